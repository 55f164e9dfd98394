// The same work over many items, on several threads.

#ifndef ASYNCLINT_BASE_POOL_H
#define ASYNCLINT_BASE_POOL_H

#include "base/arena.h"

#include <stdint.h>

// Called once for each item; `worker` is below the number of jobs, and no two calls with the same
// `worker` run at a time.
typedef void PoolWork(void *context, uint32_t item, unsigned worker);

// Calls `work` for the items 0 … count-1, handed out in that order, on `jobs` threads of which the
// caller's is one. Returns when all are done. Where a thread cannot be made, the others do its
// share.
void pool_run(unsigned jobs, uint32_t count, PoolWork *work, void *context);

// Called once for each item, one at a time, in the order of the items.
typedef void PoolTurn(void *context, uint32_t item);

// The same, and calls `in_turn` for each item whose `work` is done, on any of the threads. At most
// pool_places(jobs) items are begun and not through with their turn: what `work` leaves for
// `in_turn` may stand at the place item % pool_places(jobs) of a table.
void pool_run_in_turn(unsigned jobs, uint32_t count, PoolWork *work, PoolTurn *in_turn,
                      void *context);
uint32_t pool_places(unsigned jobs);

// Threads that work together, each with memory of its own.
typedef struct Crew {
    Arena *arenas; // by worker
    unsigned jobs;
} Crew;

// With empty arenas; the table of them lives in the first one.
Crew crew_make(unsigned jobs);

void crew_release(Crew self);

// pool_run() with as many of the crew as are worth it for items that are done in a moment.
void crew_run(Crew self, uint32_t count, PoolWork *work, void *context);

// The number of processors this process may use, at least 1.
unsigned pool_processors(void);

#endif
