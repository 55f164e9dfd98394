#include "engine/report.h"

#include <stdlib.h>

static int compare_findings(const void *left, const void *right) {
    const Finding *a = *(Finding *const *)left, *b = *(Finding *const *)right;
    if (a->start.line != b->start.line) return a->start.line < b->start.line ? -1 : 1;
    if (a->start.column != b->start.column) return a->start.column < b->start.column ? -1 : 1;
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

static void find_positions(Report *self, const Lines *lines) {
    for (uint32_t i = 0; i < self->findings.len; i++) {
        Finding *finding = self->findings.at[i];
        place_edits(finding, lines);
        if (finding->is_placed) continue;
        finding->start = lines_position(lines, finding->span.start);
        finding->end = lines_position(lines, finding->span.end);
    }
}

void report_sort(Report *self) {
    if (self->findings.len > 1)
        qsort(self->findings.at, self->findings.len, sizeof(Finding *), compare_findings);
}

void report_finish(Report *self, const File *file) {
    find_positions(self, &file->lines);
    report_sort(self);
}
