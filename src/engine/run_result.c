#include "engine/run_result.h"

#include "base/error.h"
#include "engine/pack_report.h"
#include "engine/report.h"

static Str packed(const Report *report, Arena *arena) {
    Buf bytes = {.arena = report->arena};
    report_pack(&bytes, report);
    return buf_keep(&bytes, arena);
}

static Report unpacked(Str findings, Arena *arena) {
    Report report = {.arena = arena};
    if (!report_unpack(&report, findings)) BUG("findings that cannot be unpacked");
    return report;
}

void run_result_set_report(RunResult *self, const Report *report, Arena *arena) {
    self->findings = packed(report, arena);
    self->added = (Str){0};
}

void run_result_set_added(RunResult *self, Report *report, Arena *arena) {
    report_sort(report);
    self->added = packed(report, arena);
}

void run_result_keep(RunResult *self, const FileResult *result, Arena *arena) {
    run_result_set_report(self, &result->report, arena);
    Buf bytes = {.arena = result->report.arena};
    suppressions_pack(&bytes, result->suppressions);
    self->facts = (FileFacts){.suppressions = buf_keep(&bytes, arena)};
    if (result->summary != NULL) self->facts.summary = summary_copy(result->summary, arena);
}

Report run_result_report(const RunResult *self, Arena *arena) {
    Report report = unpacked(self->findings, arena);
    if (self->added.len == 0) return report;
    Report added = unpacked(self->added, arena);
    report_merge(&report, &added);
    return report;
}

bool run_result_is_clean(const RunResult *self) {
    return self->findings.len == 0 && self->added.len == 0;
}

Severity run_result_worst(const RunResult *self) {
    Severity own = packed_worst(self->findings), added = packed_worst(self->added);
    return own > added ? own : added;
}

static void append(Report *report, const Report *found) {
    for (uint32_t i = 0; i < found->findings.len; i++) {
        Finding *finding = found->findings.at[i];
        finding->order = report->findings.len;
        vec_push(report->arena, &report->findings, finding);
    }
}

Suppressions *run_result_suppressions(const RunResult *self, Arena *arena) {
    Suppressions *suppressions;
    if (!suppressions_unpack(&suppressions, self->facts.suppressions, arena))
        BUG("suppressions that cannot be unpacked");
    return suppressions;
}

Report run_result_added(const RunResult *self, const Report *found,
                        const Suppressions *suppressions, Arena *arena) {
    Report report = unpacked(self->added, arena);
    if (found != NULL) append(&report, found);
    report_suppress(&report, suppressions);
    return report;
}
