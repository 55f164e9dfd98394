// The checks on project folders, after all files.

#include "base/map.h"
#include "engine/check_all.h"
#include "engine/report.h"

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

typedef VEC(FileResult) FileResults;

static FileResult *result_of(FileResults *results, Arena *arena, Map *places, Str path) {
    uint32_t place = map_get_or_put(arena, places, path, results->len);
    if (place == results->len)
        vec_push(arena, results, (FileResult){.path = path, .report = {.arena = arena}});
    return &results->at[place];
}

// The findings of one folder, each to the result of its path; places: where that is.
static void add_findings(FileResults *results, Arena *arena, Map *places, const RunFolder *folder,
                         const Report *report, Arena *scratch) {
    Map entries = {0};
    for (uint32_t i = 0; i < folder->project.count; i++)
        map_put(scratch, &entries, folder->project.entries[i].path, i);
    for (uint32_t i = 0; i < report->findings.len; i++) {
        Finding *finding = report->findings.at[i];
        uint32_t entry = map_get(&entries, finding->path);
        bool is_entry = entry != MAP_NONE;
        if (is_entry && is_off(folder->entry_plans[entry], finding->rule)) continue;
        FileResult *result = result_of(results, arena, places, finding->path);
        if (is_entry) result->is_hand_out = folder->project.entries[entry].is_hand_out;
        vec_push(arena, &result->report.findings, finding);
    }
}

void run_folders(Run *self, const RunFolder *folders, uint32_t count) {
    Arena *arena = &self->arenas[0];
    Arena scratch = {0};
    FileResults results = {0};
    Map places = {0};
    for (uint32_t i = 0; i < self->count; i++) {
        vec_push(arena, &results, self->results[i]);
        map_put(arena, &places, self->results[i].path, i);
    }
    for (uint32_t i = 0; i < count; i++) {
        Report report = {.arena = arena};
        check_folder(&folders[i], &report, &scratch);
        add_findings(&results, arena, &places, &folders[i], &report, &scratch);
        arena_reset(&scratch);
    }
    for (uint32_t i = 0; i < results.len; i++) {
        report_suppress(&results.at[i].report, results.at[i].suppressions);
        report_sort(&results.at[i].report);
    }
    arena_release(&scratch);
    self->results = results.at;
    self->count = results.len;
}
