#include "base/stopwatch.h"

#include <time.h>

_Thread_local Stopwatch *stopwatch;

static uint64_t nanoseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

Stopwatch *stopwatch_take(Stopwatch *next) {
    Stopwatch *before = stopwatch;
    stopwatch = next;
    if (next != NULL) next->since = nanoseconds_now();
    return before;
}

void stopwatch_add_lap(uint32_t slot) {
    uint64_t now = nanoseconds_now();
    stopwatch->slots[slot] += now - stopwatch->since;
    stopwatch->since = now;
}
