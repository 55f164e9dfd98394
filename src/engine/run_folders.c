// The checks on project folders, after all files.

#include "base/map.h"

#include "base/search.h"
#include "engine/check_all.h"
#include "engine/timings.h"

static void check_folder(const RunFolder *folder, Report *report, Arena *scratch) {
    const Plan *plan = folder->plan;
    char *states = arena_alloc(scratch, plan->state_size);
    for (uint32_t i = 0; i < plan->check_count; i++) {
        const PlannedCheck *planned = &plan->checks[i];
        if (planned->check->on_project == NULL) continue;
        Pass pass = {.settings = plan->settings,
                     .state = states + planned->state_offset,
                     .arena = scratch,
                     .check = planned->check,
                     .first_rule = planned->first_rule,
                     .report = report};
        planned->check->on_project(&pass, &folder->project);
        lap(STEP_COUNT + planned->entry);
    }
}

static bool is_off(const Plan *plan, const Finding *finding) {
    return plan->settings->severities[finding->rule_number] == SEVERITY_OFF;
}

typedef struct Folders {
    Run *run;
    uint32_t checked; // results of files: sorted by path
    VEC(RunResult) others;
    Map places;          // of the others
    VEC(Report *) found; // by place; NULL: nothing
    Arena arena;
    Arena *scratch; // by worker
} Folders;

static const ProjectEntry *entry_at(const Project *project, Str path) {
    const ProjectEntry *entries = project->entries;
    uint32_t place = COUNT_BEFORE(i, project->count, str_compare(entries[i].path, path) < 0);
    bool is_there = place < project->count && str_eq(entries[place].path, path);
    return is_there ? &entries[place] : NULL;
}

static uint32_t place_among_checked(const Folders *self, Str path) {
    const RunResult *results = self->run->results;
    uint32_t place = COUNT_BEFORE(i, self->checked, str_compare(results[i].path, path) < 0);
    bool is_there = place < self->checked && str_eq(results[place].path, path);
    return is_there ? place : UINT32_MAX;
}

static RunResult *result_at(const Folders *self, uint32_t place) {
    return place < self->checked ? &self->run->results[place]
                                 : &self->others.at[place - self->checked];
}

static uint32_t place_of(Folders *self, Str path) {
    uint32_t place = place_among_checked(self, path);
    if (place != UINT32_MAX) return place;
    Arena *arena = &self->arena;
    uint32_t number = map_get_or_put(arena, &self->places, path, self->others.len);
    if (number == self->others.len) {
        vec_push(arena, &self->others, (RunResult){.path = path});
        vec_push(arena, &self->found, NULL);
    }
    return self->checked + number;
}

static void add_finding(Folders *self, uint32_t place, Finding *finding) {
    Report **found = &self->found.at[place];
    if (*found == NULL) *found = arena_new(&self->arena, Report);
    vec_push(&self->arena, &(*found)->findings, finding);
}

static void add_findings(Folders *self, const RunFolder *folder, const Report *report) {
    for (uint32_t i = 0; i < report->findings.len; i++) {
        Finding *finding = report->findings.at[i];
        const ProjectEntry *entry = entry_at(&folder->project, finding->path);
        if (entry != NULL && is_off(folder->entry_plans[entry - folder->project.entries], finding))
            continue;
        uint32_t place = place_of(self, entry != NULL ? entry->path : finding->path);
        if (entry != NULL) result_at(self, place)->is_hand_out = entry->is_hand_out;
        add_finding(self, place, finding);
    }
}

static void add_others(Folders *self) {
    if (self->others.len == 0) return;
    Run *run = self->run;
    Arena *arena = &run->crew.arenas[0];
    RunResult *all = arena_array(arena, RunResult, self->checked + self->others.len);
    if (self->checked > 0) memcpy(all, run->results, self->checked * sizeof(RunResult));
    for (uint32_t i = 0; i < self->others.len; i++) {
        all[self->checked + i] = self->others.at[i];
        all[self->checked + i].path = str_copy(arena, self->others.at[i].path);
    }
    run->results = all;
    run->count = self->checked + self->others.len;
}

static void join_one(void *context, uint32_t place, unsigned worker) {
    const Folders *self = context;
    if (self->found.at[place] == NULL) return;
    RunResult *result = &self->run->results[place];
    Arena *scratch = &self->scratch[worker];
    Suppressions *suppressions = run_result_suppressions(result, scratch);
    Report report = run_result_added(result, self->found.at[place], suppressions, scratch);
    run_result_set_added(result, &report, &self->run->crew.arenas[worker]);
    arena_reset(scratch);
}

void run_folders(Run *self, const RunFolder *folders, uint32_t count) {
    Folders all = {.run = self, .checked = self->count};
    all.scratch = arena_array(&all.arena, Arena, self->crew.jobs);
    vec_reserve(&all.arena, &all.found, self->count);
    for (uint32_t i = 0; i < self->count; i++)
        vec_push(&all.arena, &all.found, NULL);
    for (uint32_t i = 0; i < count; i++) {
        Report report = {.arena = &all.arena};
        check_folder(&folders[i], &report, &all.arena);
        add_findings(&all, &folders[i], &report);
    }
    add_others(&all);
    crew_run(self->crew, self->count, join_one, &all);
    for (unsigned i = 0; i < self->crew.jobs; i++)
        arena_release(&all.scratch[i]);
    arena_release(&all.arena);
    lap(STEP_REPORT);
}
