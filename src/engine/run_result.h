// What a run keeps of a file until its end. Findings and suppressions are packed, to a fraction of
// what they take up otherwise, and unpacked file by file, where somebody looks at them.

#ifndef ASYNCLINT_ENGINE_RUN_RESULT_H
#define ASYNCLINT_ENGINE_RUN_RESULT_H

#include "engine/check_file.h"
#include "engine/pack_facts.h"

typedef struct RunResult {
    Str path;
    bool is_hand_out;
    Str findings; // report_pack(); empty: none
    FileFacts facts;
} RunResult;

// Copies `result` into `arena`; nothing of what it refers to is needed afterwards.
void run_result_keep(RunResult *self, const FileResult *result, Arena *arena);

// The findings, in `arena`, in their order. Their texts are views of the packed ones.
Report run_result_report(const RunResult *self, Arena *arena);

// The same and those of `found` (NULL: none) behind them, without what comments suppress. Not
// sorted.
Report run_result_joined(const RunResult *self, const Report *found,
                         const Suppressions *suppressions, Arena *arena);

// What comments suppress, none of it used yet, in `arena`. NULL: nothing.
Suppressions *run_result_suppressions(const RunResult *self, Arena *arena);

// Replaces the findings by those of `report`, packed into `arena`.
void run_result_set_report(RunResult *self, const Report *report, Arena *arena);

#endif
