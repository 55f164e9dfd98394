// Runs of files with about the same amount of findings are unpacked and written into buffers on all
// threads, and passed on in their order: a few such texts are held at a time.

#include "cli/write_results.h"

#include "cli/terminal.h"

#include <stdlib.h>

enum { BATCH = 1 << 15 }; // bytes of packed findings

// Results from `first` to `end`.
typedef struct Batch {
    uint32_t first, end;
    uint32_t index; // of the first one with findings, among all of those
} Batch;

typedef struct Stream {
    const Run *run;
    VEC(Batch) batches;
    OutputGroup group;
    OutputFileWriter *add;
    void *form;
    Arena *arenas; // by worker: of the present file
    Buf *texts;    // by place (base/pool.h): of its batch, each in an arena of its own
    uint32_t places;
    bool has_failed;
} Stream;

static void pass_on(Stream *self, Buf *text) {
    if (text->len > 0 && !self->has_failed) self->has_failed = !write_out(text);
    buf_clear(text);
}

static void pass_batch_on(void *context, uint32_t item) {
    Stream *self = context;
    pass_on(self, &self->texts[item % self->places]);
}

static void write_batch(void *context, uint32_t item, unsigned worker) {
    const Stream *self = context;
    const Batch *batch = &self->batches.at[item];
    Arena *arena = &self->arenas[worker];
    Buf *text = &self->texts[item % self->places];
    uint32_t index = batch->index;
    for (uint32_t i = batch->first; i < batch->end; i++) {
        const RunResult *result = &self->run->results[i];
        if (run_result_is_clean(result)) continue;
        uint32_t own_index = index++;
        if (!output_group_has(self->group, result->is_hand_out)) continue;
        Report report = run_result_report(result, arena);
        OutputFile file = {result->path, &report, result->is_hand_out, own_index};
        self->add(self->form, text, &file);
        arena_reset(arena);
    }
}

static void write_each(void *context, Buf *out, OutputGroup group, OutputFileWriter *add,
                       void *form) {
    Stream *self = context;
    pass_on(self, out);
    self->group = group;
    self->add = add;
    self->form = form;
    pool_run_in_turn(self->run->crew.jobs, self->batches.len, write_batch, pass_batch_on, self);
}

// ---- The files ----

static void make_batches(Stream *self, OutputFiles *files, Arena *arena) {
    size_t bytes = BATCH;
    for (uint32_t i = 0; i < self->run->count; i++) {
        const RunResult *result = &self->run->results[i];
        if (bytes >= BATCH) {
            vec_push(arena, &self->batches, (Batch){.first = i, .index = files->count});
            bytes = 0;
        }
        vec_last(&self->batches).end = i + 1;
        bytes += result->findings.len + result->added.len;
        if (run_result_is_clean(result)) continue;
        files->count++;
        files->hand_outs += result->is_hand_out;
    }
}

static int compare_results(const void *left, const void *right) {
    const RunResult *a = left, *b = right;
    return str_compare(a->path, b->path);
}

static bool are_sorted(const Run *run) {
    for (uint32_t i = 1; i < run->count; i++)
        if (compare_results(&run->results[i - 1], &run->results[i]) > 0) return false;
    return true;
}

bool results_write(const Run *run, const OutputForm *form, const OutputOptions *options) {
    if (!are_sorted(run)) qsort(run->results, run->count, sizeof(RunResult), compare_results);
    unsigned jobs = run->crew.jobs, places = pool_places(jobs);
    Arena *arena = &run->crew.arenas[0];
    Stream stream = {.run = run,
                     .arenas = arena_array(arena, Arena, jobs),
                     .texts = arena_array(arena, Buf, places),
                     .places = places};
    Arena *text_arenas = arena_array(arena, Arena, places);
    for (unsigned i = 0; i < places; i++)
        stream.texts[i].arena = &text_arenas[i];
    OutputFiles files = {.each = write_each, .context = &stream};
    make_batches(&stream, &files, arena);
    Buf out = {0};
    if (form == NULL)
        output_write_statistics(&out, &files);
    else
        form->write(&out, &files, options);
    pass_on(&stream, &out);
    buf_release(&out);
    for (unsigned i = 0; i < jobs; i++)
        arena_release(&stream.arenas[i]);
    for (unsigned i = 0; i < places; i++)
        arena_release(&text_arenas[i]);
    return !stream.has_failed;
}
