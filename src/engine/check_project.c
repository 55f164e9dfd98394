#include "engine/check_project.h"

#include "engine/report.h"
#include "project/program.h"
#include "rule/decorators.h"

static void check_module(const ModuleInfo *module, FileResult *result, const Plan *plan,
                         Arena *arena) {
    char *states = arena_alloc(arena, plan->state_size);
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
}

static bool matches(const void *patterns, Str name) {
    return matching_pattern(patterns, name) != UINT32_MAX;
}

// One run has one call graph: where its files have several configurations, the first one's words on
// calls hold.
static void tell_patterns(Program *program, const Settings *settings) {
    const StrList *blocking = &settings->blocking_calls, *other = &settings->non_blocking_calls,
                  *threading = &settings->thread_calls;
    if (blocking->count + other->count + threading->count == 0) return;
    program_set_patterns(program, (CallPatterns){matches, {blocking, other, threading}});
}

static Program *make_program(const FileResult *results, uint32_t count, Arena *arena) {
    const Summary **summaries = arena_array(arena, const Summary *, count);
    for (uint32_t i = 0; i < count; i++)
        summaries[i] = results[i].summary;
    return program_make(arena, summaries, count);
}

void check_project(FileResult *results, const Plan *const *plans, uint32_t count, Arena *arena) {
    Program *program = make_program(results, count, arena);
    if (count > 0) tell_patterns(program, plans[0]->settings);
    uint32_t module = 0;
    for (uint32_t i = 0; i < count; i++) {
        FileResult *result = &results[i];
        if (result->summary != NULL)
            check_module(program_module(program, module++), result, plans[i], arena);
        if (!plans[i]->wants_project) continue;
        report_suppress(&result->report, result->suppressions);
        report_unused(&result->report, plans[i], result->suppressions);
        report_sort(&result->report);
    }
}
