#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { MOST_JOBS = 256, FEWEST_ITEMS = 64 }; // items for which a thread is worth its making

typedef struct Shift {
    PoolWork *work, *in_turn; // the latter NULL: the order of the items is nobody's concern
    void *context;
    uint32_t count;
    _Atomic uint32_t next;
    uint32_t turn; // the item whose turn it is
    pthread_mutex_t mutex;
    pthread_cond_t next_turn;
} Shift;

typedef struct Worker {
    Shift *shift;
    unsigned index;
} Worker;

// Items are handed out in order: whose turn it is, somebody works on.
static void do_in_turn(Shift *self, uint32_t item, unsigned worker) {
    pthread_mutex_lock(&self->mutex);
    while (self->turn != item)
        pthread_cond_wait(&self->next_turn, &self->mutex);
    self->in_turn(self->context, item, worker);
    self->turn++;
    pthread_cond_broadcast(&self->next_turn);
    pthread_mutex_unlock(&self->mutex);
}

static void *do_share(void *argument) {
    const Worker *worker = argument;
    Shift *shift = worker->shift;
    for (;;) {
        uint32_t item = atomic_fetch_add(&shift->next, 1);
        if (item >= shift->count) return NULL;
        shift->work(shift->context, item, worker->index);
        if (shift->in_turn != NULL) do_in_turn(shift, item, worker->index);
    }
}

static void share_among_threads(Shift *shift, unsigned jobs) {
    pthread_t threads[MOST_JOBS];
    Worker workers[MOST_JOBS];
    unsigned started = 1;
    for (; started < jobs; started++) {
        workers[started] = (Worker){shift, started};
        if (pthread_create(&threads[started], NULL, do_share, &workers[started]) != 0) break;
    }
    do_share(&(Worker){shift, 0});
    for (unsigned i = 1; i < started; i++)
        pthread_join(threads[i], NULL);
}

void pool_run_in_turn(unsigned jobs, uint32_t count, PoolWork *work, PoolWork *in_turn,
                      void *context) {
    Shift shift = {.work = work,
                   .in_turn = in_turn,
                   .context = context,
                   .count = count,
                   .mutex = PTHREAD_MUTEX_INITIALIZER,
                   .next_turn = PTHREAD_COND_INITIALIZER};
    if (jobs > MOST_JOBS) jobs = MOST_JOBS;
    if (jobs > count) jobs = count;
    if (jobs > 1)
        share_among_threads(&shift, jobs);
    else
        do_share(&(Worker){&shift, 0});
}

void pool_run(unsigned jobs, uint32_t count, PoolWork *work, void *context) {
    pool_run_in_turn(jobs, count, work, NULL, context);
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
