// The slots of a run's stopwatches: its steps, then every check of the registry.

#ifndef ASYNCLINT_ENGINE_TIMINGS_H
#define ASYNCLINT_ENGINE_TIMINGS_H

#include "base/buf.h"
#include "base/stopwatch.h"

// In the order of src/README.md.
typedef enum Step {
    STEP_DISCOVERY,
    STEP_LOOKUP, // in the cache
    STEP_READING,
    STEP_LINES,
    STEP_TOKENS,
    STEP_LOGICAL_LINES,
    STEP_TREE,
    STEP_REPORT,
    STEP_SUMMARY,
    STEP_PACKING,
    STEP_PROGRAM,
    STEP_CACHE,
    STEP_OUTPUT,
    STEP_OTHER,
    STEP_COUNT // the first check's slot
} Step;

// Slots for one stopwatch, all zero, in `arena`.
uint64_t *timings_new(Arena *arena);

void timings_add(uint64_t *self, const uint64_t *other);

// A table of steps, and one of the checks that took longest, each with its share of all threads'
// time.
void timings_write(Buf *out, const uint64_t *self);

#endif
