// Where the time of a thread goes: each lap's time is added to one of its slots. A thread without a
// stopwatch asks no clock.

#ifndef ASYNCLINT_BASE_STOPWATCH_H
#define ASYNCLINT_BASE_STOPWATCH_H

#include <stddef.h>
#include <stdint.h>

typedef struct Stopwatch {
    uint64_t *slots; // nanoseconds
    uint64_t since;
} Stopwatch;

// This thread's; NULL: none.
extern _Thread_local Stopwatch *stopwatch;

// Sets the thread's stopwatch, which may be NULL, and starts it. Returns the one before, which
// stands still meanwhile.
Stopwatch *stopwatch_take(Stopwatch *next);

void stopwatch_add_lap(uint32_t slot);

// Adds the time since the last lap to `slot`.
static inline void lap(uint32_t slot) {
    if (stopwatch != NULL) stopwatch_add_lap(slot);
}

#endif
