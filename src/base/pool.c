#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { MOST_JOBS = 256, FEWEST_ITEMS = 64 }; // items for which a thread is worth its making

// Places beside one for each thread: who is done before its turn goes on with the next item, since
// to sleep and be woken takes longer than many an item.
enum { SPARE_PLACES = 6, MOST_PLACES = MOST_JOBS + SPARE_PLACES };

typedef struct Turns {
    PoolTurn *take;
    uint32_t places;
    uint32_t next;             // the item whose turn it is
    bool is_taking;            // a thread takes all that is done
    bool is_done[MOST_PLACES]; // by place
    pthread_mutex_t mutex;
    pthread_cond_t room;
} Turns;

typedef struct Shift {
    PoolWork *work;
    void *context;
    uint32_t count;
    _Atomic uint32_t next;
    Turns *turns; // NULL: the order of the items is nobody's concern
} Shift;

typedef struct Worker {
    Shift *shift;
    unsigned index;
} Worker;

// Items are handed out in order: whose turn it is, somebody works on.
static void wait_for_place(Turns *self, uint32_t item) {
    pthread_mutex_lock(&self->mutex);
    while (item - self->next >= self->places)
        pthread_cond_wait(&self->room, &self->mutex);
    pthread_mutex_unlock(&self->mutex);
}

static void take_what_is_done(Turns *self, void *context) {
    while (self->is_done[self->next % self->places]) {
        pthread_mutex_unlock(&self->mutex);
        self->take(context, self->next);
        pthread_mutex_lock(&self->mutex);
        self->is_done[self->next++ % self->places] = false;
        pthread_cond_broadcast(&self->room);
    }
}

static void do_in_turn(Turns *self, void *context, uint32_t item) {
    pthread_mutex_lock(&self->mutex);
    self->is_done[item % self->places] = true;
    if (!self->is_taking) {
        self->is_taking = true;
        take_what_is_done(self, context);
        self->is_taking = false;
    }
    pthread_mutex_unlock(&self->mutex);
}

static void *do_share(void *argument) {
    const Worker *worker = argument;
    Shift *shift = worker->shift;
    for (;;) {
        uint32_t item = atomic_fetch_add(&shift->next, 1);
        if (item >= shift->count) return NULL;
        if (shift->turns != NULL) wait_for_place(shift->turns, item);
        shift->work(shift->context, item, worker->index);
        if (shift->turns != NULL) do_in_turn(shift->turns, shift->context, item);
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

static void run(unsigned jobs, Shift *shift) {
    if (jobs > MOST_JOBS) jobs = MOST_JOBS;
    if (jobs > shift->count) jobs = shift->count;
    if (jobs > 1)
        share_among_threads(shift, jobs);
    else
        do_share(&(Worker){shift, 0});
}

void pool_run(unsigned jobs, uint32_t count, PoolWork *work, void *context) {
    run(jobs, &(Shift){.work = work, .context = context, .count = count});
}

uint32_t pool_places(unsigned jobs) {
    return (jobs < MOST_JOBS ? jobs : MOST_JOBS) + SPARE_PLACES;
}

void pool_run_in_turn(unsigned jobs, uint32_t count, PoolWork *work, PoolTurn *in_turn,
                      void *context) {
    Turns turns = {.take = in_turn,
                   .places = pool_places(jobs),
                   .mutex = PTHREAD_MUTEX_INITIALIZER,
                   .room = PTHREAD_COND_INITIALIZER};
    run(jobs, &(Shift){.work = work, .context = context, .count = count, .turns = &turns});
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
