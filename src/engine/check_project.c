#include "engine/check_project.h"

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
                     .first_rule = planned->first_rule,
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

typedef struct Work {
    RunResult *results;
    const Plan *const *plans;
    uint32_t count;
    Crew crew;                   // with what is needed meanwhile
    Arena *scratch;              // by worker
    Arena *outlasts;             // by worker: for what is kept of the results
    Suppressions **suppressions; // by result; NULL: none
    Report **found;              // by result; NULL: nothing
} Work;

static Program *make_program(Work *self) {
    Arena *arena = &self->crew.arenas[0];
    self->suppressions = arena_array(arena, Suppressions *, self->count);
    const Summary **summaries = arena_array(arena, const Summary *, self->count);
    for (uint32_t i = 0; i < self->count; i++) {
        self->suppressions[i] = run_result_suppressions(&self->results[i], arena);
        summaries[i] = self->results[i].facts.summary;
    }
    Program *program = program_make(self->crew, summaries, self->count);
    for (uint32_t i = 0, module = 0; module < program_module_count(program); i++) {
        if (summaries[i] == NULL) continue;
        tell_patterns(program, module, self->plans[i]->settings);
        if (self->suppressions[i] != NULL)
            program_set_consents(program, module,
                                 (Consents){consents_cover, self->suppressions[i]});
        module++;
    }
    return program;
}

Program *program_of_results(RunResult *results, const Plan *const *plans, uint32_t count,
                            Arena *arena) {
    Work work = {.results = results, .plans = plans, .count = count, .crew = {arena, 1}};
    return make_program(&work);
}

// One module after the other: each may be the first to ask for something of the program.
static void check_modules(Work *self, Program *program) {
    Arena *arena = &self->crew.arenas[0], scratch = {0};
    self->found = arena_array(arena, Report *, self->count);
    for (uint32_t i = 0, module = 0; module < program_module_count(program); i++) {
        if (self->results[i].facts.summary == NULL) continue;
        Report found = {.arena = arena};
        check_module(program_module(program, module++), &found, self->plans[i], &scratch);
        arena_reset(&scratch);
        if (found.findings.len == 0) continue;
        self->found[i] = arena_new(arena, Report);
        *self->found[i] = found;
    }
    arena_release(&scratch);
}

// What was found joins the findings of the file.
static void conclude(void *context, uint32_t item, unsigned worker) {
    const Work *work = context;
    const Plan *plan = work->plans[item];
    const Suppressions *suppressions = work->suppressions[item];
    const Report *found = work->found[item];
    if (!plan->wants_project || (found == NULL && suppressions == NULL)) return;
    Arena *scratch = &work->scratch[worker];
    Report report = run_result_added(&work->results[item], found, suppressions, scratch);
    report.refuses_edits = plan->settings->skips_edits;
    report_unused(&report, plan, suppressions);
    run_result_set_added(&work->results[item], &report, &work->outlasts[worker]);
    arena_reset(scratch);
}

void check_project(RunResult *results, const Plan *const *plans, uint32_t count, Crew meanwhile,
                   Arena *outlasts) {
    Work work = {.results = results,
                 .plans = plans,
                 .count = count,
                 .crew = meanwhile,
                 .outlasts = outlasts};
    work.scratch = arena_array(&meanwhile.arenas[0], Arena, meanwhile.jobs);
    Program *program = make_program(&work);
    lap(STEP_PROGRAM);
    check_modules(&work, program);
    crew_run(work.crew, count, conclude, &work);
    lap(STEP_REPORT);
    for (unsigned i = 0; i < meanwhile.jobs; i++)
        arena_release(&work.scratch[i]);
}
