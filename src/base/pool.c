#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { MOST_JOBS = 256, FEWEST_ITEMS = 64 }; // items for which a thread is worth its making

typedef struct Shift {
    PoolWork *work;
    void *context;
    uint32_t count;
    _Atomic uint32_t next;
} Shift;

typedef struct Worker {
    Shift *shift;
    unsigned index;
} Worker;

static void *do_share(void *argument) {
    const Worker *worker = argument;
    Shift *shift = worker->shift;
    for (;;) {
        uint32_t item = atomic_fetch_add(&shift->next, 1);
        if (item >= shift->count) return NULL;
        shift->work(shift->context, item, worker->index);
    }
}

void pool_run(unsigned jobs, uint32_t count, PoolWork *work, void *context) {
    Shift shift = {.work = work, .context = context, .count = count};
    if (jobs > MOST_JOBS) jobs = MOST_JOBS;
    if (jobs > count) jobs = count;
    pthread_t threads[MOST_JOBS];
    Worker workers[MOST_JOBS];
    unsigned started = 1;
    workers[0] = (Worker){&shift, 0};
    for (; started < jobs; started++) {
        workers[started] = (Worker){&shift, started};
        if (pthread_create(&threads[started], NULL, do_share, &workers[started]) != 0) break;
    }
    do_share(&workers[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(threads[i], NULL);
}

Crew crew_make(unsigned jobs) {
    Arena first = {0};
    Arena *arenas = arena_array(&first, Arena, jobs);
    arenas[0] = first;
    return (Crew){arenas, jobs};
}

void crew_release(Crew self) {
    Arena first = self.arenas[0];
    for (unsigned i = 1; i < self.jobs; i++)
        arena_release(&self.arenas[i]);
    arena_release(&first);
}

void crew_run(Crew self, uint32_t count, PoolWork *work, void *context) {
    unsigned useful = count / FEWEST_ITEMS + 1;
    pool_run(useful < self.jobs ? useful : self.jobs, count, work, context);
}

unsigned pool_processors(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    int count = CPU_COUNT(&set);
    return count < 1 ? 1 : (unsigned)count;
}
