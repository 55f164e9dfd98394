#include "engine/check_all.h"

#include "base/map.h"
#include "base/pool.h"
#include "engine/check_project.h"
#include "engine/report.h"

enum { MOST_JOBS = 256 };

typedef struct Bench {
    const RunFile *files;
    FileResult *results;
    Fixed *fixed;          // NULL: findings only
    Arena *results_arenas; // by worker
    Arena *scratch;        // by worker
    RunOptions options;
} Bench;

enum { BINARY_PREFIX = 8192 }; // bytes in which a NUL tells what is no text

static bool is_binary(const Source *source) {
    Str prefix = str_slice(source->raw, 0, BINARY_PREFIX);
    return str_find_byte(prefix, '\0') < prefix.len;
}

static void read_source(Source *source, Arena *arena, const RunFile *file, uint64_t most_bytes) {
    if (!file->is_given) {
        source_read(source, arena, file->path, most_bytes, file->any_kind);
        return;
    }
    source_of_bytes(source, arena, file->path, file->bytes);
    if (file->bytes.len > most_bytes)
        *source = (Source){.path = file->path, .problem = SOURCE_TOO_LARGE};
    source->is_executable = file->is_executable;
}

static void check_source(const Bench *bench, uint32_t item, unsigned worker, const Source *source) {
    const RunFile *file = &bench->files[item];
    Arena *scratch = &bench->scratch[worker], *results = &bench->results_arenas[worker];
    if (bench->fixed == NULL) {
        check_file(&bench->results[item], file->plan, source, file->is_python, scratch, results);
        return;
    }
    Fixed *fixed = &bench->fixed[item];
    apply_fixes(fixed, file->plan, source, file->is_python, bench->options.fix, results);
    bench->results[item] = fixed->result;
}

static void check_one(void *context, uint32_t item, unsigned worker) {
    Bench *bench = context;
    const RunFile *file = &bench->files[item];
    Arena *scratch = &bench->scratch[worker];
    Source source;
    FileResult *result = &bench->results[item];
    read_source(&source, scratch, file, bench->options.most_bytes);
    source.is_listed = file->is_listed;
    if (file->is_python || !is_binary(&source)) check_source(bench, item, worker, &source);
    result->path = file->path;
    result->is_hand_out = file->is_hand_out;
    arena_reset(scratch);
}

void run_files(Run *self, const RunFile *files, uint32_t count, RunOptions options) {
    *self = (Run){.count = count, .jobs = options.jobs < MOST_JOBS ? options.jobs : MOST_JOBS};
    Arena first = {0};
    self->arenas = arena_array(&first, Arena, self->jobs);
    self->results = arena_array(&first, FileResult, count);
    Arena scratch[MOST_JOBS] = {0};
    if (options.fix != FIX_NONE) self->fixed = arena_array(&first, Fixed, count);
    Bench bench = {files, self->results, self->fixed, self->arenas, scratch, options};
    // The arena that holds the table of arenas is owned by the table's first place from now on.
    self->arenas[0] = first;
    pool_run(self->jobs, count, check_one, &bench);
    const Plan **plans = arena_array(&scratch[0], const Plan *, count);
    for (uint32_t i = 0; i < count; i++)
        plans[i] = files[i].plan;
    check_project(self->results, plans, count, &scratch[0]);
    for (unsigned i = 0; i < self->jobs; i++)
        arena_release(&scratch[i]);
}

// ---- Project folders ----

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

static const ProjectEntry *find_entry(const Project *project, Str path) {
    for (uint32_t i = 0; i < project->count; i++)
        if (str_eq(project->entries[i].path, path)) return &project->entries[i];
    return NULL;
}

typedef VEC(FileResult) FileResults;

static FileResult *result_of(FileResults *results, Arena *arena, Map *places, Str path) {
    uint32_t place = map_get_or_put(arena, places, path, results->len);
    if (place == results->len)
        vec_push(arena, results, (FileResult){.path = path, .report = {.arena = arena}});
    return &results->at[place];
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
        for (uint32_t j = 0; j < report.findings.len; j++) {
            Finding *finding = report.findings.at[j];
            const Project *project = &folders[i].project;
            const ProjectEntry *entry = find_entry(project, finding->path);
            if (entry != NULL &&
                is_off(folders[i].entry_plans[entry - project->entries], finding->rule))
                continue;
            FileResult *result = result_of(&results, arena, &places, finding->path);
            if (entry != NULL) result->is_hand_out = entry->is_hand_out;
            vec_push(arena, &result->report.findings, finding);
            report_sort(&result->report);
        }
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    self->results = results.at;
    self->count = results.len;
}

void run_release(Run *self) {
    Arena first = self->arenas[0];
    for (unsigned i = 1; i < self->jobs; i++)
        arena_release(&self->arenas[i]);
    arena_release(&first);
    *self = (Run){0};
}
