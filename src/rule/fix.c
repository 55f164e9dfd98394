// Edits, and the one rule that holds for all of them: who takes a comment away does not do so
// safely.

#include "rule/finding.h"

// Each `#` that goes must come back. A `#` inside a string counts too: better unsafe than wrong.
static bool loses_comment(Str removed, Str text) {
    uint32_t balance = 0;
    for (uint32_t i = 0; i < removed.len; i++)
        balance += removed.at[i] == '#';
    for (uint32_t i = 0; i < text.len && balance > 0; i++)
        balance -= text.at[i] == '#';
    return balance > 0;
}

void finding_edit(Finding *finding, FixSafety safety, Span span, Str text) {
    Report *report = finding->report;
    if (report == NULL) return;
    if (loses_comment(str_slice(report->text, span.start, span.end), text)) safety = FIX_UNSAFE;
    if (finding->fix_safety < safety) finding->fix_safety = safety;
    vec_push(report->arena, &finding->edits,
             (Edit){.span = span, .text = str_copy(report->arena, text)});
}

void finding_make_executable(Finding *finding, Str path) {
    Report *report = finding->report;
    if (report == NULL) return;
    vec_push(report->arena, &finding->to_make_executable, str_copy(report->arena, path));
}
