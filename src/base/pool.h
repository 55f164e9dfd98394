// The same work over many items, on several threads.

#ifndef ASYNCLINT_BASE_POOL_H
#define ASYNCLINT_BASE_POOL_H

#include <stdint.h>

// Called once for each item; `worker` is below the number of jobs, and no two calls with the same
// `worker` run at a time.
typedef void PoolWork(void *context, uint32_t item, unsigned worker);

// Calls `work` for the items 0 … count-1, handed out in that order, on `jobs` threads of which the
// caller's is one. Returns when all are done. Where a thread cannot be made, the others do its
// share.
void pool_run(unsigned jobs, uint32_t count, PoolWork *work, void *context);

// The number of processors this process may use, at least 1.
unsigned pool_processors(void);

#endif
