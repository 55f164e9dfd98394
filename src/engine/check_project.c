#include "engine/check_project.h"

#include "engine/report.h"
#include "project/program.h"

static void check_module(const ModuleInfo *module, FileResult *result, const Plan *plan,
                         Arena *arena) {
    char *states = arena_alloc(arena, plan->state_size);
    uint32_t before = result->report.findings.len;
    for (uint32_t i = 0; i < plan->check_count; i++) {
        const PlannedCheck *planned = &plan->checks[i];
        if (planned->check->on_module == NULL) continue;
        Pass pass = {.settings = plan->settings,
                     .state = states + planned->state_offset,
                     .arena = arena,
                     .check = planned->check,
                     .severities = planned->severities,
                     .report = &result->report};
        planned->check->on_module(&pass, module);
    }
    if (result->report.findings.len > before) report_join(&result->report, before);
}

void check_project(FileResult *results, const Plan *const *plans, uint32_t count, Arena *arena) {
    const Summary **summaries = arena_array(arena, const Summary *, count);
    uint32_t modules = 0;
    for (uint32_t i = 0; i < count; i++) {
        summaries[i] = results[i].summary;
        modules += summaries[i] != NULL;
    }
    if (modules == 0) return;
    const Program *program = program_make(arena, summaries, count);
    for (uint32_t i = 0, module = 0; i < count; i++)
        if (summaries[i] != NULL)
            check_module(program_module(program, module++), &results[i], plans[i], arena);
}
