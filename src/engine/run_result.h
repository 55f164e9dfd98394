// What a run keeps of a file until its end: packed bytes, a fraction of what findings and summaries
// take up otherwise. They are unpacked file by file, where somebody looks at them.

#ifndef ASYNCLINT_ENGINE_RUN_RESULT_H
#define ASYNCLINT_ENGINE_RUN_RESULT_H

#include "engine/check_file.h"

typedef struct RunResult {
    Str path;
    bool is_hand_out;
    Str findings; // report_pack(); empty: none
    Str facts;    // facts_pack(); empty: none
} RunResult;

// Packs `result` into `arena`; nothing of what it refers to is needed afterwards.
void run_result_keep(RunResult *self, const FileResult *result, Arena *arena);

// The findings, in `arena`, in their order. Their texts are views of the packed ones.
Report run_result_report(const RunResult *self, Arena *arena);

// The same and those of `found` (NULL: none) behind them, without what comments suppress. Not
// sorted.
Report run_result_joined(const RunResult *self, const Report *found,
                         const Suppressions *suppressions, Arena *arena);

// Replaces the findings by those of `report`, packed into `arena`.
void run_result_set_report(RunResult *self, const Report *report, Arena *arena);

#endif
