// What a run keeps of a file until its end. Findings and suppressions are packed, to a fraction of
// what they take up otherwise, and unpacked file by file, where somebody looks at them.

#ifndef ASYNCLINT_ENGINE_RUN_RESULT_H
#define ASYNCLINT_ENGINE_RUN_RESULT_H

#include "engine/check_file.h"
#include "engine/pack_facts.h"

typedef struct RunResult {
    Str path;
    bool is_hand_out;
    Str findings; // what the file's own checks say: report_pack(); empty: none
    Str added;    // what all files together, and folders, say: the same
    FileFacts facts;
} RunResult;

// Copies `result` into `arena`; nothing of what it refers to is needed afterwards.
void run_result_keep(RunResult *self, const FileResult *result, Arena *arena);

// All findings, in `arena`, in their order. Their texts are views of the packed ones.
Report run_result_report(const RunResult *self, Arena *arena);

bool run_result_is_clean(const RunResult *self);

// SEVERITY_OFF: there are no findings.
Severity run_result_worst(const RunResult *self);

// What was added, and the findings of `found` (NULL: none) behind, without what comments suppress.
Report run_result_added(const RunResult *self, const Report *found,
                        const Suppressions *suppressions, Arena *arena);

// Replaces what was added by the findings of `report`, which are sorted here, packed into `arena`.
void run_result_set_added(RunResult *self, Report *report, Arena *arena);

// What comments suppress, none of it used yet, in `arena`. NULL: nothing.
Suppressions *run_result_suppressions(const RunResult *self, Arena *arena);

// Replaces all findings by those of `report`, which are sorted, packed into `arena`.
void run_result_set_report(RunResult *self, const Report *report, Arena *arena);

#endif
