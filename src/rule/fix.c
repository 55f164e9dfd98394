// Edits, and the one rule that holds for all of them: who takes a comment away does not do so
// safely.

#include "rule/finding.h"

static uint32_t count_comments(Str text) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < text.len; i++)
        count += text.at[i] == '#' && (i == 0 || text.at[i - 1] != '#');
    return count;
}

// Each `#`, or several in a row, that goes must come back. A `#` inside a string counts too: better
// unsafe than wrong.
static bool loses_comment(Str removed, Str text) {
    return count_comments(removed) > count_comments(text);
}

void finding_edit(Finding *finding, FixSafety safety, Span span, Str text) {
    Report *report = finding->report;
    if (report == NULL || report->refuses_edits) return;
    Str removed = str_slice(report->text, span.start, span.end);
    if (removed.len > 0 && str_eq(removed, text)) return;
    if (loses_comment(removed, text)) safety = FIX_UNSAFE;
    if (finding->fix_safety < safety) finding->fix_safety = safety;
    vec_push(report->arena, &finding->edits,
             (Edit){.span = span, .text = str_copy(report->arena, text)});
}

void finding_insert_at(Finding *finding, FixSafety safety, Place place, Str text) {
    uint32_t before = finding->edits.len;
    finding_edit(finding, safety, (Span){place.start, place.start}, text);
    if (finding->edits.len == before) return;
    Edit *edit = &vec_last(&finding->edits);
    edit->start = edit->end = (Position){place.line, place.column};
}

void finding_make_executable(Finding *finding, Str path) {
    Report *report = finding->report;
    if (report == NULL) return;
    vec_push(report->arena, &finding->to_make_executable, str_copy(report->arena, path));
}
