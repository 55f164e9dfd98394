// Step 7: the checks that look at all files of a run together, through their summaries.

#ifndef ASYNCLINT_ENGINE_CHECK_PROJECT_H
#define ASYNCLINT_ENGINE_CHECK_PROJECT_H

#include "base/pool.h"
#include "engine/plan.h"
#include "engine/run_result.h"

typedef struct Program Program; // project/program.h

// The program of the results' summaries, with all it needs in `arena`.
Program *program_of_results(RunResult *results, const Plan *const *plans, uint32_t count,
                            Arena *arena);

// Makes the program of the results' summaries and calls each planned `on_module` hook for each
// module under its own file's plan (`plans[i]` belongs to `results[i]`). The findings join those
// of the module's file, under the same suppressions and in the same order. Of an editor's one file
// the program is that file. The program lives in the arenas of `meanwhile`, whose caller may reset
// them behind it; what is kept of the results, in those of `outlasts`, by worker.
void check_project(RunResult *results, const Plan *const *plans, uint32_t count, Crew meanwhile,
                   Arena *outlasts);

#endif
