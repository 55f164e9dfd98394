// Steps 1 to 6 of src/README.md. The source is read by the caller, so that an editor's bytes take
// the same way.

#include "engine/check_file.h"

#include "engine/report.h"
#include "engine/timings.h"
#include "engine/walk.h"
#include "facts/async_names.h"
#include "facts/refusals.h"

static void scan_tokens(File *file, const Plan *plan) {
    tokens_scan(&file->tokens, file->arena, &file->lines,
                plan->settings->target_version >= PYTHON(3, 8));
}

// Where nobody wanted tokens, they are still needed to tell comments from strings.
static Suppressions *find_suppressions(File *file, const Plan *plan, Arena *results) {
    const Settings *settings = plan->settings;
    bool are_heeded = file->is_python && !settings->pycodestyle_noqa && !settings->ignore_noqa;
    if (!are_heeded || !suppressions_are_likely(file->source.text)) return NULL;
    if (!plan->wants_tokens) scan_tokens(file, plan);
    return suppressions_find(file, results);
}

// The rest is made of the tree alone, and is large where the tokens are many.
static void thin_tokens_out(File *file) {
    has_async_names(file); // asked of all tokens
    tokens_thin_out(&file->tokens, file->arena);
}

// The last that is made of the file.
static Summary *summarize(File *file, Arena *results) {
    arena_give_back(file->arena, file->tokens.at, file->tokens.count * sizeof(Token));
    file->tokens = (Tokens){0};
    Summary *summary = summary_make(file, results);
    arena_give_back(file->arena, file->tree.nodes, file->tree.count * sizeof(Node));
    file->tree = (Tree){0};
    return summary;
}

void check_file(FileResult *result, const Plan *plan, const Source *source, bool is_python,
                Arena *scratch, Arena *results) {
    // What could not be read has no text to judge: it is no Python, either.
    File file = {
        .arena = scratch, .source = *source, .is_python = is_python && source_was_read(source)};
    lines_scan(&file.lines, scratch, source->text);
    check_lines(result, plan, &file, results);
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
    if (file->is_python && plan->wants_tree) file_make_tree(file);
    lap(STEP_TREE);
    result->suppressions = find_suppressions(file, plan, results);
    bool has_summary = file->tree.nodes != NULL && plan->wants_project;
    if (has_summary) thin_tokens_out(file);
    lap(STEP_REPORT);
    walk_rest(&walk);
    result->errors = report_finish(&result->report, file, plan->settings, result->suppressions);
    if (!plan->wants_project) report_unused(&result->report, plan, result->suppressions);
    lap(STEP_REPORT);
    if (has_summary) result->summary = summarize(file, results);
    lap(STEP_SUMMARY);
}
