// The checks on project folders, after all files.

#include "base/error.h"
#include "base/map.h"
#include "engine/check_all.h"
#include "engine/pack_facts.h"
#include "engine/report.h"
#include "engine/timings.h"

#include <stdlib.h>

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
                     .severities = planned->severities,
                     .report = report};
        planned->check->on_project(&pass, &folder->project);
        lap(STEP_COUNT + planned->entry);
    }
}

static bool is_off(const Plan *plan, const Rule *rule) {
    for (uint32_t i = 0; i < plan->check_count; i++) {
        const Check *check = plan->checks[i].check;
        if (rule >= check->rules.at && rule < check->rules.at + check->rules.count)
            return plan->checks[i].severities[rule - check->rules.at] == SEVERITY_OFF;
    }
    return true;
}

// A finding and the result that it belongs to.
typedef struct Addition {
    uint32_t result;
    Finding *finding;
} Addition;

typedef struct Folders {
    Run *run;
    uint32_t checked; // results of files: sorted by path
    VEC(RunResult) others;
    Map places; // of the others
    VEC(Addition) additions;
    Arena scratch;
} Folders;

static const ProjectEntry *entry_at(const Project *project, Str path) {
    uint32_t low = 0, high = project->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(path, project->entries[middle].path);
        if (order == 0) return &project->entries[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static uint32_t place_among_checked(const Folders *self, Str path) {
    uint32_t low = 0, high = self->checked;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(path, self->run->results[middle].path);
        if (order == 0) return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return UINT32_MAX;
}

static RunResult *result_at(const Folders *self, uint32_t place) {
    return place < self->checked ? &self->run->results[place]
                                 : &self->others.at[place - self->checked];
}

static uint32_t place_of(Folders *self, Str path) {
    uint32_t place = place_among_checked(self, path);
    if (place != UINT32_MAX) return place;
    Arena *arena = &self->scratch;
    uint32_t number = map_get_or_put(arena, &self->places, path, self->others.len);
    if (number == self->others.len) vec_push(arena, &self->others, (RunResult){.path = path});
    return self->checked + number;
}

static void add_findings(Folders *self, const RunFolder *folder, const Report *report) {
    for (uint32_t i = 0; i < report->findings.len; i++) {
        Finding *finding = report->findings.at[i];
        const ProjectEntry *entry = entry_at(&folder->project, finding->path);
        if (entry != NULL &&
            is_off(folder->entry_plans[entry - folder->project.entries], finding->rule))
            continue;
        uint32_t place = place_of(self, entry != NULL ? entry->path : finding->path);
        if (entry != NULL) result_at(self, place)->is_hand_out = entry->is_hand_out;
        vec_push(&self->scratch, &self->additions, (Addition){place, finding});
    }
}

static int compare_additions(const void *left, const void *right) {
    const Addition *a = left, *b = right;
    if (a->result != b->result) return a->result < b->result ? -1 : 1;
    return (a->finding->order > b->finding->order) - (a->finding->order < b->finding->order);
}

static Suppressions *suppressions_of(const RunResult *result, Arena *arena) {
    Suppressions *suppressions;
    if (!facts_unpack_suppressions(&suppressions, result->facts, arena))
        BUG("facts that cannot be unpacked");
    return suppressions;
}

// Adds what belongs to one result: the additions from `first` to `end`.
static void join(Folders *self, uint32_t first, uint32_t end) {
    Arena *arena = &self->scratch;
    RunResult *result = &self->run->results[self->additions.at[first].result];
    Report report = run_result_report(result, arena);
    for (uint32_t i = first; i < end; i++)
        vec_push(arena, &report.findings, self->additions.at[i].finding);
    report_suppress(&report, suppressions_of(result, arena));
    report_sort(&report);
    run_result_set_report(result, &report, &self->run->crew.arenas[0]);
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

static void join_all(Folders *self) {
    uint32_t count = self->additions.len;
    const Addition *at = self->additions.at;
    if (count > 1) qsort(self->additions.at, count, sizeof(Addition), compare_additions);
    for (uint32_t first = 0, end; first < count; first = end) {
        for (end = first; end < count && at[end].result == at[first].result; end++)
            continue;
        join(self, first, end);
    }
}

void run_folders(Run *self, const RunFolder *folders, uint32_t count) {
    Folders all = {.run = self, .checked = self->count};
    for (uint32_t i = 0; i < count; i++) {
        Report report = {.arena = &all.scratch};
        check_folder(&folders[i], &report, &all.scratch);
        add_findings(&all, &folders[i], &report);
    }
    add_others(&all);
    join_all(&all);
    arena_release(&all.scratch);
    lap(STEP_REPORT);
}
