#include "engine/timings.h"

#include "rule/registry.h"

#include <stdlib.h>

static const char *const step_names[STEP_COUNT] = {
    [STEP_DISCOVERY] = "finding files",
    [STEP_LOOKUP] = "looking up the cache",
    [STEP_READING] = "reading",
    [STEP_LINES] = "lines",
    [STEP_TOKENS] = "tokens",
    [STEP_LOGICAL_LINES] = "logical lines",
    [STEP_TREE] = "tree",
    [STEP_REPORT] = "suppressions and positions",
    [STEP_SUMMARY] = "summaries",
    [STEP_PACKING] = "packing",
    [STEP_PROGRAM] = "linking the program",
    [STEP_CACHE] = "writing the cache",
    [STEP_OUTPUT] = "output",
    [STEP_OTHER] = "other",
};

static uint32_t slot_count(void) {
    return STEP_COUNT + registry_count;
}

uint64_t *timings_new(Arena *arena) {
    return arena_array(arena, uint64_t, slot_count());
}

void timings_add(uint64_t *self, const uint64_t *other) {
    for (uint32_t i = 0; i < slot_count(); i++)
        self[i] += other[i];
}

typedef struct Row {
    uint64_t time;
    const char *name;
} Row;

static int compare_rows(const void *left, const void *right) {
    const Row *a = left, *b = right;
    if (a->time != b->time) return a->time > b->time ? -1 : 1;
    return strcmp(a->name, b->name);
}

static void add_row(Buf *out, uint64_t time, uint64_t total, const char *name) {
    double share = total == 0 ? 0 : 100 * (double)time / (double)total;
    buf_printf(out, "%10.1f ms %5.1f %%  %s\n", (double)time / 1e6, share, name);
}

void timings_write(Buf *out, const uint64_t *self) {
    Arena arena = {0};
    Row *rows = arena_array(&arena, Row, registry_count);
    uint64_t checks = 0, total = 0;
    for (uint32_t i = 0; i < registry_count; i++) {
        rows[i] = (Row){self[STEP_COUNT + i], registry[i].stem};
        checks += rows[i].time;
    }
    for (uint32_t i = 0; i < slot_count(); i++)
        total += self[i];
    buf_add(out, STR("time of all threads, by step:\n"));
    for (uint32_t i = 0; i < STEP_COUNT; i++) {
        if (i == STEP_REPORT) add_row(out, checks, total, "checks");
        add_row(out, self[i], total, step_names[i]);
    }
    add_row(out, total, total, "all");
    buf_add(out, STR("of the checks:\n"));
    qsort(rows, registry_count, sizeof *rows, compare_rows);
    for (uint32_t i = 0; i < registry_count && rows[i].time > 0; i++)
        add_row(out, rows[i].time, total, rows[i].name);
    arena_release(&arena);
}
