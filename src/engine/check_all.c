#include "engine/check_all.h"

#include "base/pool.h"

enum { MOST_JOBS = 256 };

typedef struct Bench {
    const RunFile *files;
    FileResult *results;
    Arena *results_arenas; // by worker
    Arena *scratch;        // by worker
    uint64_t most_bytes;
} Bench;

static void check_one(void *context, uint32_t item, unsigned worker) {
    Bench *bench = context;
    const RunFile *file = &bench->files[item];
    Arena *scratch = &bench->scratch[worker];
    Source source;
    source_read(&source, scratch, file->path, bench->most_bytes, file->any_kind);
    check_file(&bench->results[item], file->plan, &source, file->is_python, scratch,
               &bench->results_arenas[worker]);
    arena_reset(scratch);
}

void run_files(Run *self, const RunFile *files, uint32_t count, RunOptions options) {
    *self = (Run){.count = count, .jobs = options.jobs < MOST_JOBS ? options.jobs : MOST_JOBS};
    Arena first = {0};
    self->arenas = arena_array(&first, Arena, self->jobs);
    self->results = arena_array(&first, FileResult, count);
    Arena scratch[MOST_JOBS] = {0};
    Bench bench = {files, self->results, self->arenas, scratch, options.most_bytes};
    // The arena that holds the table of arenas is owned by the table's first place from now on.
    self->arenas[0] = first;
    pool_run(self->jobs, count, check_one, &bench);
    for (unsigned i = 0; i < self->jobs; i++)
        arena_release(&scratch[i]);
}

void run_release(Run *self) {
    Arena first = self->arenas[0];
    for (unsigned i = 1; i < self->jobs; i++)
        arena_release(&self->arenas[i]);
    arena_release(&first);
    *self = (Run){0};
}
