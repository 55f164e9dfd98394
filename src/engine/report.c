#include "engine/report.h"

#include "base/search.h"
#include "facts/refusals.h"
#include "rule/select.h"

#include <stdlib.h>

static int compare_findings(const void *left, const void *right) {
    const Finding *a = *(Finding *const *)left, *b = *(Finding *const *)right;
    if (a->start.line != b->start.line) return a->start.line < b->start.line ? -1 : 1;
    int32_t left_column = (int32_t)a->start.column, right_column = (int32_t)b->start.column;
    if (left_column != right_column) return left_column < right_column ? -1 : 1;
    int order = strcmp(a->rule->code, b->rule->code);
    if (order == 0) order = str_compare(a->message, b->message);
    if (order != 0) return order;
    return (a->order > b->order) - (a->order < b->order);
}

static void place_edits(Finding *finding, const Lines *lines) {
    for (uint32_t i = 0; i < finding->edits.len; i++) {
        Edit *edit = &finding->edits.at[i];
        edit->start = lines_position(lines, edit->span.start);
        edit->end = lines_position(lines, edit->span.end);
    }
}

// A check reports from top to bottom mostly, so a cursor is near the next place.
static void find_positions(Report *self, const Lines *lines) {
    LineCursor start = {0}, end = {0};
    for (uint32_t i = 0; i < self->findings.len; i++) {
        Finding *finding = self->findings.at[i];
        place_edits(finding, lines);
        if (finding->is_placed) continue;
        finding->start = lines_position_from(lines, &start, finding->span.start);
        finding->end = lines_position_from(lines, &end, finding->span.end);
    }
}

void report_sort(Report *self) {
    if (self->findings.len > 1)
        qsort(self->findings.at, self->findings.len, sizeof(Finding *), compare_findings);
}

void report_merge(Report *self, const Report *other) {
    uint32_t own = self->findings.len, others = other->findings.len, end = own + others;
    for (uint32_t i = 0; i < others; i++)
        other->findings.at[i]->order += own;
    vec_reserve(self->arena, &self->findings, end);
    self->findings.len = end;
    Finding **at = self->findings.at;
    while (others > 0) {
        Finding *const *other_last = &other->findings.at[others - 1];
        bool is_own = own > 0 && compare_findings(&at[own - 1], other_last) > 0;
        at[--end] = is_own ? at[--own] : other->findings.at[--others];
    }
}

// ---- Suppression ----

// A file's comments by the lines that they hold for. Those of several lines stand on the first or
// last line of a statement: there are at most two for a line.
typedef struct ByLine {
    VEC(const Suppression *) of_file, of_line, of_lines; // the last two by first line
} ByLine;

static void index_lines(ByLine *self, const Suppressions *suppressions, Arena *arena) {
    for (uint32_t i = 0; i < suppressions->count; i++) {
        const Suppression *one = &suppressions->at[i];
        if (one->is_for_file)
            vec_push(arena, &self->of_file, one);
        else if (one->first_line == one->last_line)
            vec_push(arena, &self->of_line, one);
        else
            vec_push(arena, &self->of_lines, one);
    }
}

// How many of them, which are sorted, begin before `line`.
static uint32_t count_before(const Suppression *const *at, uint32_t count, uint32_t line) {
    return COUNT_BEFORE(i, count, at[i]->first_line < line);
}

static bool suppresses(const Suppression *self, const Finding *finding) {
    bool any = self->code_count == 0;
    self->is_used[0] |= any;
    for (uint32_t i = 0; i < self->code_count; i++) {
        if (!code_names(self->codes[i], finding->rule)) continue;
        self->is_used[i] = any = true;
    }
    return any;
}

static bool suppresses_at(const ByLine *self, const Finding *finding, uint32_t line) {
    bool any = false;
    for (uint32_t i = count_before(self->of_line.at, self->of_line.len, line);
         i < self->of_line.len && self->of_line.at[i]->first_line == line; i++)
        any |= suppresses(self->of_line.at[i], finding);
    uint32_t end = count_before(self->of_lines.at, self->of_lines.len, line + 1);
    for (uint32_t i = end; i > 0 && self->of_lines.at[i - 1]->last_line >= line; i--)
        any |= suppresses(self->of_lines.at[i - 1], finding);
    return any;
}

// What a comment is told about itself, the same comment cannot take back.
static bool is_about_comments(const Rule *rule) {
    return str_starts_with(str_of(rule->code), STR("NOQA"));
}

static bool is_suppressed(const Finding *finding, const ByLine *comments) {
    if (rule_cannot_be_ignored(finding->rule) || is_about_comments(finding->rule)) return false;
    bool any = suppresses_at(comments, finding, finding->start.line);
    if (finding->noqa_line != 0 && finding->noqa_line != finding->start.line)
        any |= suppresses_at(comments, finding, finding->noqa_line);
    for (uint32_t i = 0; i < comments->of_file.len; i++)
        any |= suppresses(comments->of_file.at[i], finding);
    return any;
}

void report_suppress(Report *self, const Suppressions *suppressions) {
    if (suppressions == NULL) return;
    Arena arena = {0};
    ByLine comments = {0};
    index_lines(&comments, suppressions, &arena);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->findings.len; i++) {
        Finding *finding = self->findings.at[i];
        if (!is_suppressed(finding, &comments)) self->findings.at[kept++] = finding;
    }
    self->findings.len = kept;
    arena_release(&arena);
}

void report_unused(Report *self, const Plan *plan, const Suppressions *suppressions) {
    if (suppressions == NULL || !plan->wants_suppressions) return;
    for (uint32_t i = 0; i < plan->check_count; i++) {
        const PlannedCheck *planned = &plan->checks[i];
        if (planned->check->on_suppressions == NULL) continue;
        Pass pass = {.settings = plan->settings,
                     .arena = self->arena,
                     .check = planned->check,
                     .first_rule = planned->first_rule,
                     .report = self};
        planned->check->on_suppressions(&pass, suppressions);
    }
    report_sort(self);
}

typedef struct Errors {
    uint32_t count;
    bool are_grave; // the file is no Python
} Errors;

static Errors look_for_errors(const Report *self, File *file, int version) {
    Errors errors = {0};
    const Refusals *refusals = file_refusals(file);
    for (uint32_t i = 0; i < refusals->list.len; i++) {
        const Refusal *refusal = &refusals->list.at[i];
        if (refusal->kind == REFUSED_OLD || !refusal_applies(refusal, version)) continue;
        errors.count++;
        errors.are_grave |= refusal->kind <= REFUSED_MEANING;
    }
    for (uint32_t i = 0; i < self->findings.len; i++) {
        if (!str_starts_with(str_of(self->findings.at[i]->rule->code), STR("E9"))) continue;
        errors.count++;
        errors.are_grave = true;
    }
    return errors;
}

// What a rule takes for the structure of a file that is no Python is a guess.
static void drop_edits(Report *self) {
    for (uint32_t i = 0; i < self->findings.len; i++) {
        Finding *finding = self->findings.at[i];
        if (finding->rule->fixes_any_text) continue;
        finding->edits.len = 0;
        finding->fix_safety = FIX_NONE;
    }
}

static void find_noqa_lines(Report *self, const File *file) {
    for (uint32_t i = 0; i < self->findings.len; i++) {
        Finding *finding = self->findings.at[i];
        if (finding->noqa_line == 0)
            finding->noqa_line = commentable_line(file, finding->start.line);
    }
}

uint32_t report_finish(Report *self, File *file, const Settings *settings,
                       const Suppressions *suppressions) {
    Errors errors = {0};
    if (file->is_python && !settings->skips_edits)
        errors = look_for_errors(self, file, settings->target_version);
    if (errors.are_grave) drop_edits(self);
    find_positions(self, &file->lines);
    find_noqa_lines(self, file);
    report_suppress(self, suppressions);
    report_sort(self);
    return errors.count;
}
