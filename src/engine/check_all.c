#include "engine/check_all.h"

#include "engine/check_project.h"
#include "engine/reuse.h"
#include "engine/timings.h"

#include <stdatomic.h>

enum { MOST_JOBS = 256 };

typedef struct Bench {
    const RunFile *files;
    RunResult *results;
    Fixed *fixed;          // NULL: findings only
    Arena *results_arenas; // by worker
    Arena *scratch;        // by worker
    Reuse *reuse;          // NULL: without a cache
    const uint32_t *order; // in which the files are taken up
    RunOptions options;
    Stopwatch *watches; // by worker; NULL: nobody asks
    uint32_t count;
    _Atomic uint32_t done;
} Bench;

static void read_source(Source *source, Arena *arena, const RunFile *file, uint64_t most_bytes) {
    if (!file->is_given) {
        if (file->is_python || file->any_kind)
            source_read(source, arena, file->path, most_bytes, file->any_kind);
        else
            source_read_text(source, arena, file->path, most_bytes);
        return;
    }
    source_of_bytes(source, arena, file->path, file->bytes);
    if (file->bytes.len > most_bytes)
        *source = (Source){.path = file->path, .problem = SOURCE_TOO_LARGE};
    source->is_executable = file->is_executable;
}

static void check_source(const Bench *bench, uint32_t item, unsigned worker, const Source *source) {
    const RunFile *file = &bench->files[item];
    RunResult *result = &bench->results[item];
    Arena *scratch = &bench->scratch[worker], *results = &bench->results_arenas[worker];
    if (bench->fixed != NULL) {
        Fixed *fixed = &bench->fixed[item];
        apply_fixes(fixed, file->plan, source, file->is_python, bench->options.fix, results);
        run_result_keep(result, &fixed->result, results);
        return;
    }
    if (bench->reuse != NULL && reuse_by_content(bench->reuse, item, source->raw, result, results))
        return;
    FileResult checked;
    check_file(&checked, file->plan, source, file->is_python, scratch, scratch);
    arena_release_free(scratch);
    run_result_keep(result, &checked, results);
    if (bench->reuse != NULL) reuse_note(bench->reuse, item, result, results);
    lap(STEP_PACKING);
}

static void read_and_check(const Bench *bench, uint32_t item, unsigned worker) {
    const RunFile *file = &bench->files[item];
    Arena *scratch = &bench->scratch[worker];
    Source source;
    read_source(&source, scratch, file, bench->options.most_bytes);
    source.is_listed = file->is_listed;
    lap(STEP_READING);
    // In what is no text nothing can be found.
    if (source.problem != SOURCE_NO_TEXT) check_source(bench, item, worker, &source);
    arena_reset(scratch);
}

static void show_progress(Bench *bench, unsigned worker) {
    const RunOptions *options = &bench->options;
    if (options->progress == NULL) return;
    uint32_t done = atomic_fetch_add(&bench->done, 1) + 1;
    if (worker == 0) options->progress(options->progress_context, done, bench->count);
}

static void check_one(void *context, uint32_t turn, unsigned worker) {
    Bench *bench = context;
    uint32_t item = bench->order[turn];
    Stopwatch *before = stopwatch_take(bench->watches == NULL ? NULL : &bench->watches[worker]);
    RunResult *result = &bench->results[item];
    result->path = bench->files[item].path;
    result->is_hand_out = bench->files[item].is_hand_out;
    Arena *results = &bench->results_arenas[worker];
    if (bench->reuse == NULL || !reuse_by_stamp(bench->reuse, item, result, results))
        read_and_check(bench, item, worker);
    lap(STEP_OTHER);
    stopwatch_take(before);
    show_progress(bench, worker);
}

// ---- The run ----

enum { SIZE_RANKS = 65 };

// By powers of two, from the largest files: 64 is for empty ones.
static unsigned size_rank(const RunFile *file) {
    return file->stamp.size == 0 ? SIZE_RANKS - 1 : (unsigned)__builtin_clzll(file->stamp.size);
}

// The largest first, so that no thread is left with a large one at the end.
static const uint32_t *order_by_size(Arena *arena, const RunFile *files, uint32_t count) {
    uint32_t *order = arena_array(arena, uint32_t, count);
    uint32_t next[SIZE_RANKS + 1] = {0}; // by rank: the place of its next file
    for (uint32_t i = 0; i < count; i++)
        next[size_rank(&files[i]) + 1]++;
    for (unsigned rank = 1; rank < SIZE_RANKS; rank++)
        next[rank] += next[rank - 1];
    for (uint32_t i = 0; i < count; i++)
        order[next[size_rank(&files[i])]++] = i;
    return order;
}

static void check_program(Run *self, const RunFile *files, Crew meanwhile) {
    const Plan **plans = arena_array(&meanwhile.arenas[0], const Plan *, self->count);
    for (uint32_t i = 0; i < self->count; i++)
        plans[i] = files[i].plan;
    check_project(self->results, plans, self->count, meanwhile, self->crew.arenas);
    for (unsigned i = 0; i < meanwhile.jobs; i++)
        arena_reset(&meanwhile.arenas[i]);
    lap(STEP_PROGRAM);
}

// One round over the files whose findings in the whole program have edits. `own` is what each
// file's own checks say.
static bool fix_program(Run *self, RunResult *own, const RunFile *files, FixSafety safety) {
    Arena *arena = &self->crew.arenas[0], meanwhile = {0};
    bool any = false;
    for (uint32_t i = 0; i < self->count; i++) {
        if (!files[i].is_python || !files[i].plan->wants_project) continue;
        Report report = run_result_report(&self->results[i], &meanwhile);
        bool is_fixed =
            apply_more_fixes(&self->fixed[i], files[i].plan, files[i].path, &report, safety, arena);
        if (is_fixed) run_result_keep(&own[i], &self->fixed[i].result, arena);
        any |= is_fixed;
        arena_reset(&meanwhile);
    }
    arena_release(&meanwhile);
    return any;
}

// Checks the program, and again as long as something in it was fixed.
static void check_and_fix_program(Run *self, const RunFile *files, FixSafety safety,
                                  Crew meanwhile) {
    RunResult *own = arena_array(&self->crew.arenas[0], RunResult, self->count);
    memcpy(own, self->results, self->count * sizeof *own);
    check_program(self, files, meanwhile);
    for (int round = 0; round < MOST_FIX_ROUNDS && fix_program(self, own, files, safety); round++) {
        memcpy(self->results, own, self->count * sizeof *own);
        check_program(self, files, meanwhile);
    }
}

static Stopwatch *make_watches(Arena *arena, unsigned jobs) {
    Stopwatch *watches = arena_array(arena, Stopwatch, jobs);
    for (unsigned i = 0; i < jobs; i++)
        watches[i].slots = timings_new(arena);
    return watches;
}

static void check_files(Run *self, const RunFile *files, RunOptions options, Reuse *reuse,
                        Arena *scratch) {
    Arena *arena = &self->crew.arenas[0];
    Bench bench = {.files = files,
                   .results = self->results,
                   .fixed = self->fixed,
                   .results_arenas = self->crew.arenas,
                   .scratch = scratch,
                   .reuse = reuse,
                   .order = order_by_size(arena, files, self->count),
                   .options = options,
                   .count = self->count};
    if (options.timings != NULL) bench.watches = make_watches(arena, self->crew.jobs);
    pool_run(self->crew.jobs, self->count, check_one, &bench);
    lap(STEP_OTHER); // waiting for the others
    for (unsigned i = 0; options.timings != NULL && i < self->crew.jobs; i++)
        timings_add(options.timings, bench.watches[i].slots);
}

void run_files(Run *self, const RunFile *files, uint32_t count, RunOptions options) {
    *self = (Run){.count = count,
                  .crew = crew_make(options.jobs < MOST_JOBS ? options.jobs : MOST_JOBS)};
    Arena *arena = &self->crew.arenas[0];
    self->results = arena_array(arena, RunResult, count);
    if (options.fix != FIX_NONE) self->fixed = arena_array(arena, Fixed, count);
    Reuse *reuse = NULL;
    if (options.cache != NULL && options.fix == FIX_NONE)
        reuse = reuse_begin(arena, options.cache, options.directory, files, count);
    bool is_known = reuse != NULL && reuse_run(reuse, self->results);
    lap(STEP_LOOKUP);
    if (is_known) return;
    Crew meanwhile = {arena_array(arena, Arena, self->crew.jobs), self->crew.jobs};
    check_files(self, files, options, reuse, meanwhile.arenas);
    if (options.fix != FIX_NONE)
        check_and_fix_program(self, files, options.fix, meanwhile);
    else
        check_program(self, files, meanwhile);
    for (unsigned i = 0; i < meanwhile.jobs; i++)
        arena_release(&meanwhile.arenas[i]);
    if (reuse != NULL) reuse_end(reuse, self->results);
    lap(STEP_CACHE);
}

void run_release(Run *self) {
    crew_release(self->crew);
    *self = (Run){0};
}
