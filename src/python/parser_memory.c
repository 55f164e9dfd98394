// A parser frees nearly as much as it allocates: what is freed is used again for the next one of
// its size. Sizes are rounded up, small ones to sixteen bytes, others to a power of two.

#include "python/parser_memory.h"

#include "base/error.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <tree_sitter/api.h>

// What the parser sees begins at `next`.
typedef struct Chunk {
    uint64_t rank;      // of its size, with this
    struct Chunk *next; // of the free ones
} Chunk;

enum { STEP = 16, SMALL_RANKS = 64, RANKS = SMALL_RANKS + 24, HEAD = offsetof(Chunk, next) };

typedef struct Memory {
    Arena *arena; // NULL: nobody may ask
    Chunk *spare[RANKS];
} Memory;

static _Thread_local Memory memory;

static size_t size_of(uint64_t rank) {
    return rank < SMALL_RANKS ? rank * STEP : (size_t)STEP * SMALL_RANKS << (rank - SMALL_RANKS);
}

static uint64_t rank_of(size_t size) {
    uint64_t rank = (size + STEP - 1) / STEP;
    if (rank < SMALL_RANKS) return rank;
    for (rank = SMALL_RANKS; rank < RANKS && size_of(rank) < size;)
        rank++;
    if (rank == RANKS) out_of_memory();
    return rank;
}

static void *take(size_t size) {
    if (memory.arena == NULL) BUG("a parser without memory");
    uint64_t rank = rank_of(size + HEAD);
    Chunk *chunk = memory.spare[rank];
    if (chunk != NULL)
        memory.spare[rank] = chunk->next;
    else
        chunk = arena_alloc_raw(memory.arena, size_of(rank), STEP);
    chunk->rank = rank;
    return &chunk->next;
}

static void *take_zeroed(size_t count, size_t size) {
    return memset(take(count * size), 0, count * size);
}

static Chunk *chunk_of(void *at) {
    return (Chunk *)((char *)at - HEAD);
}

static void give_back(void *at) {
    if (at == NULL) return;
    Chunk *chunk = chunk_of(at);
    chunk->next = memory.spare[chunk->rank];
    memory.spare[chunk->rank] = chunk;
}

static void *resize(void *at, size_t size) {
    if (at == NULL) return take(size);
    size_t room = size_of(chunk_of(at)->rank) - HEAD;
    if (size <= room) return at;
    void *larger = memcpy(take(size), at, room);
    give_back(at);
    return larger;
}

static void use_it(void) {
    ts_set_allocator(take, take_zeroed, resize, give_back);
}

void parser_memory_enter(Arena *arena) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, use_it);
    memory = (Memory){.arena = arena};
}

void parser_memory_leave(void) {
    memory = (Memory){0};
}
