#include "engine/run_result.h"

#include "base/error.h"
#include "engine/pack_report.h"
#include "engine/report.h"

void run_result_set_report(RunResult *self, const Report *report, Arena *arena) {
    Buf bytes = {.arena = report->arena};
    report_pack(&bytes, report);
    self->findings = buf_keep(&bytes, arena);
}

void run_result_keep(RunResult *self, const FileResult *result, Arena *arena) {
    run_result_set_report(self, &result->report, arena);
    Buf bytes = {.arena = result->report.arena};
    suppressions_pack(&bytes, result->suppressions);
    self->facts = (FileFacts){.suppressions = buf_keep(&bytes, arena)};
    if (result->summary != NULL) self->facts.summary = summary_copy(result->summary, arena);
}

Report run_result_report(const RunResult *self, Arena *arena) {
    Report report = {.arena = arena};
    if (!report_unpack(&report, self->findings)) BUG("findings that cannot be unpacked");
    return report;
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

Report run_result_joined(const RunResult *self, const Report *found,
                         const Suppressions *suppressions, Arena *arena) {
    Report report = run_result_report(self, arena);
    if (found != NULL) append(&report, found);
    report_suppress(&report, suppressions);
    return report;
}
