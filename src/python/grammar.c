// A parser frees nearly as much as it allocates: what is freed is used again for the next one of
// its size. Sizes are rounded up, small ones to sixteen bytes, others to a power of two.

#include "python/grammar.h"

#include "base/arena.h"
#include "base/error.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

// What the parser sees begins at `next`.
typedef struct Chunk {
    uint64_t rank;      // of its size, with this
    struct Chunk *next; // of the free ones
} Chunk;

enum { STEP = 16, SMALL_RANKS = 64, RANKS = SMALL_RANKS + 24, HEAD = offsetof(Chunk, next) };

typedef struct Memory {
    Arena arena;
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
    uint64_t rank = rank_of(size + HEAD);
    Chunk *chunk = memory.spare[rank];
    if (chunk != NULL)
        memory.spare[rank] = chunk->next;
    else
        chunk = arena_alloc_raw(&memory.arena, size_of(rank), STEP);
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

const TSTree *grammar_parse(const TSLanguage *language, Str text) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, use_it);
    TSParser *parser = ts_parser_new();
    if (parser == NULL || !ts_parser_set_language(parser, language))
        BUG("the grammar does not fit the parser");
    const TSTree *tree =
        ts_parser_parse_string(parser, NULL, text.len == 0 ? "" : text.at, text.len);
    if (tree == NULL) BUG("a parse without limits gave nothing");
    ts_parser_delete(parser); // the memory of its scanner is not ours
    return tree;
}

void grammar_release(void) {
    arena_release(&memory.arena);
    memory = (Memory){0};
}
