#include "engine/check_project.h"

#include "base/error.h"
#include "engine/pack_facts.h"
#include "engine/report.h"
#include "engine/timings.h"
#include "project/program.h"
#include "rule/decorators.h"
#include "rule/registry.h"
#include "rule/select.h"

static void check_module(const ModuleInfo *module, Report *report, const Plan *plan, Arena *arena) {
    char *states = arena_alloc(arena, plan->state_size);
    for (uint32_t i = 0; i < plan->check_count; i++) {
        const PlannedCheck *planned = &plan->checks[i];
        if (planned->check->on_module == NULL) continue;
        Pass pass = {.settings = plan->settings,
                     .state = states + planned->state_offset,
                     .arena = arena,
                     .check = planned->check,
                     .severities = planned->severities,
                     .report = report};
        planned->check->on_module(&pass, module);
        lap(STEP_COUNT + planned->entry);
    }
}

static bool matches(const void *patterns, Str name) {
    return matching_pattern(patterns, name) != UINT32_MAX;
}

// A file's calls are judged by the words of its own configuration, whoever leads to them.
static void tell_patterns(Program *program, uint32_t module, const Settings *settings) {
    const StrList *blocking = &settings->blocking_calls, *other = &settings->non_blocking_calls,
                  *threading = &settings->thread_calls;
    if (blocking->count + other->count + threading->count == 0) return;
    program_set_patterns(program, module, (CallPatterns){matches, {blocking, other, threading}});
}

static bool suppression_covers(const Suppression *self, const Rule *rule, uint32_t line) {
    bool is_near = self->first_line <= line && line <= self->last_line;
    bool any = false;
    for (uint32_t i = 0; is_near && i < self->code_count; i++)
        if (code_names(self->codes[i], rule)) self->is_used[i] = any = true;
    return any;
}

// A comment without codes may be there for something else.
static bool consents_cover(const void *consents, const char *code, uint32_t line) {
    const Suppressions *suppressions = consents;
    const Rule *rule = registry_rule(registry_find(str_of(code)), NULL);
    bool any = false;
    for (uint32_t i = 0; i < suppressions->count; i++)
        any |= suppression_covers(&suppressions->at[i], rule, line);
    return any;
}

static FileFacts *unpack_facts(const RunResult *results, uint32_t count, Arena *arena) {
    FileFacts *facts = arena_array(arena, FileFacts, count);
    for (uint32_t i = 0; i < count; i++)
        if (!facts_unpack(&facts[i], results[i].facts, arena, results[i].path))
            BUG("facts that cannot be unpacked");
    return facts;
}

static Program *make_program(const FileFacts *facts, const Plan *const *plans, uint32_t count,
                             Arena *arena) {
    const Summary **summaries = arena_array(arena, const Summary *, count);
    for (uint32_t i = 0; i < count; i++)
        summaries[i] = facts[i].summary;
    Program *program = program_make(arena, summaries, count);
    for (uint32_t i = 0, module = 0; i < count; i++) {
        if (summaries[i] == NULL) continue;
        tell_patterns(program, module, plans[i]->settings);
        if (facts[i].suppressions != NULL)
            program_set_consents(program, module,
                                 (Consents){consents_cover, facts[i].suppressions});
        module++;
    }
    return program;
}

Program *program_of_results(const RunResult *results, const Plan *const *plans, uint32_t count,
                            Arena *arena) {
    return make_program(unpack_facts(results, count, arena), plans, count, arena);
}

// What was found behind the findings of the file itself.
static void append(Report *report, const Report *found) {
    for (uint32_t i = 0; i < found->findings.len; i++) {
        Finding *finding = found->findings.at[i];
        finding->order = report->findings.len;
        vec_push(report->arena, &report->findings, finding);
    }
}

static void conclude(RunResult *result, const Report *found, const Plan *plan,
                     const Suppressions *suppressions, Arena *arena) {
    if (found->findings.len == 0 && suppressions == NULL) return;
    Report report = run_result_report(result, found->arena);
    append(&report, found);
    report.refuses_edits = plan->settings->skips_edits;
    report_suppress(&report, suppressions);
    report_unused(&report, plan, suppressions);
    report_sort(&report);
    run_result_set_report(result, &report, arena);
}

void check_project(RunResult *results, const Plan *const *plans, uint32_t count, Arena *arena) {
    Arena meanwhile = {0}, scratch = {0};
    FileFacts *facts = unpack_facts(results, count, &meanwhile);
    Program *program = make_program(facts, plans, count, &meanwhile);
    lap(STEP_PROGRAM);
    uint32_t module = 0;
    for (uint32_t i = 0; i < count; i++) {
        Report found = {.arena = &scratch};
        if (facts[i].summary != NULL)
            check_module(program_module(program, module++), &found, plans[i], &scratch);
        if (plans[i]->wants_project)
            conclude(&results[i], &found, plans[i], facts[i].suppressions, arena);
        lap(STEP_REPORT);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    arena_release(&meanwhile);
    lap(STEP_PROGRAM);
}
