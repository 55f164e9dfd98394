// Steps 1 to 6 of src/README.md. The source is read by the caller, so that an editor's bytes take
// the same way.

#include "engine/check_file.h"

#include "engine/report.h"
#include "engine/timings.h"
#include "engine/walk.h"
#include "facts/async_names.h"
#include "facts/refusals.h"

// CPython refuses what is nested deeper, and the grammar's scanner is not safe on it.
static bool is_safe_to_parse(const File *file) {
    return file->tokens.too_deep_offset == UINT32_MAX;
}

static void scan_tokens(File *file, const Plan *plan) {
    tokens_scan(&file->tokens, file->arena, &file->lines,
                plan->settings->target_version >= PYTHON(3, 8));
}

static void parse(File *file) {
    if (!file_parse(file)) tree_parse(&file->tree, file->arena, file->lines.text);
}

// Where nobody wanted tokens, they are still needed to tell comments from strings.
static Suppressions *find_suppressions(File *file, const Plan *plan, Arena *results) {
    if (!file->is_python || plan->settings->pycodestyle_noqa) return NULL;
    if (plan->settings->ignore_noqa) return NULL;
    if (!suppressions_are_likely(file->source.text)) return NULL;
    if (!plan->wants_tokens) scan_tokens(file, plan);
    return suppressions_find(file, results);
}

void check_file(FileResult *result, const Plan *plan, const Source *source, bool is_python,
                Arena *scratch, Arena *results) {
    // What could not be read has no text to judge: it is no Python, either.
    File file = {
        .arena = scratch, .source = *source, .is_python = is_python && source_was_read(source)};
    lines_scan(&file.lines, scratch, source->text);
    check_lines(result, plan, &file, results);
}

// Whether or not the user asked for E9: no edit may be built on a file that is no Python, nor break
// one that is.
static bool look_for_errors(FileResult *result, File *file, int version) {
    const Refusals *refusals = file_refusals(file);
    bool is_broken = false;
    for (uint32_t i = 0; i < refusals->list.len; i++) {
        const Refusal *refusal = &refusals->list.at[i];
        if (refusal->kind == REFUSED_OLD || !refusal_applies(refusal, version)) continue;
        result->errors++;
        is_broken |= refusal->kind <= REFUSED_MEANING;
    }
    for (uint32_t i = 0; i < result->report.findings.len; i++) {
        const char *code = result->report.findings.at[i]->rule->code;
        if (!str_starts_with(str_of(code), STR("E9"))) continue;
        result->errors++;
        is_broken = true;
    }
    return is_broken;
}

// Names and the summary are made of the tree alone, and are large where the tokens are many.
static void thin_tokens_out(File *file) {
    has_async_names(file); // asked of all tokens
    tokens_thin_out(&file->tokens, file->arena);
}

// The summary is the last that is made of the file.
static void summarize(FileResult *result, File *file, Arena *results) {
    arena_give_back(file->arena, file->tokens.at, file->tokens.count * sizeof(Token));
    file->tokens = (Tokens){0};
    result->summary = summary_make(file, results);
    arena_give_back(file->arena, file->tree.nodes, file->tree.count * sizeof(Node));
    file->tree = (Tree){0};
}

void check_lines(FileResult *result, const Plan *plan, File *file, Arena *results) {
    *result = (FileResult){.path = file->source.path, .report = {.arena = results}};
    lap(STEP_LINES);
    if (file->is_python && plan->wants_tokens) scan_tokens(file, plan);
    lap(STEP_TOKENS);
    if (file->is_python && plan->wants_logical)
        logical_lines_build(&file->logical, file->arena, &file->lines, &file->tokens,
                            plan->moves_indent_char);
    lap(STEP_LOGICAL_LINES);
    Walk walk = walk_begin(plan, file, &result->report);
    walk_layout(&walk);
    if (file->is_python && plan->wants_tree) {
        logical_lines_give_back(&file->logical, file->arena); // a tree is large, too
        if (is_safe_to_parse(file)) parse(file);
    }
    lap(STEP_TREE);
    result->suppressions = find_suppressions(file, plan, results);
    bool has_summary = file->tree.nodes != NULL && plan->wants_project;
    if (has_summary) thin_tokens_out(file);
    lap(STEP_REPORT);
    walk_rest(&walk);
    bool is_broken = file->is_python && !plan->settings->skips_edits &&
                     look_for_errors(result, file, plan->settings->target_version);
    report_finish(&result->report, file, result->suppressions, is_broken);
    if (!plan->wants_project) report_unused(&result->report, plan, result->suppressions);
    lap(STEP_REPORT);
    if (has_summary) summarize(result, file, results);
    lap(STEP_SUMMARY);
}
