// Every piece has its size in the 16 bytes before it. Pieces of up to 1 KiB are rounded up to a
// multiple of 16, and each of those sizes has a list of freed ones. Larger pieces are arrays that
// double: they are not reused, which costs at most as much again as the final array.

#include "python/parse_memory.h"

#include "base/error.h"

#include <stdint.h>
#include <string.h>
#include <tree_sitter/api.h>

enum { GRAIN = 16, CLASSES = 1024 / GRAIN + 1 };

typedef struct Piece {
    uint64_t size; // bytes behind the header
    struct Piece *next_free;
} Piece;

typedef struct ParseMemory {
    Arena *arena;
    Piece *freed[CLASSES];
} ParseMemory;

static _Thread_local ParseMemory memory;

static void *take(size_t size) {
    size_t rounded = (size + GRAIN - 1) & ~(size_t)(GRAIN - 1);
    size_t class = rounded / GRAIN;
    if (class < CLASSES && memory.freed[class] != NULL) {
        Piece *piece = memory.freed[class];
        memory.freed[class] = piece->next_free;
        return piece + 1;
    }
    Piece *piece = arena_alloc_raw(memory.arena, sizeof(Piece) + rounded, 16);
    piece->size = rounded;
    return piece + 1;
}

static void *take_zeroed(size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) out_of_memory();
    return memset(take(count * size), 0, count * size);
}

static void give_back(void *at) {
    if (at == NULL) return;
    Piece *piece = (Piece *)at - 1;
    size_t class = piece->size / GRAIN;
    if (class >= CLASSES) return;
    piece->next_free = memory.freed[class];
    memory.freed[class] = piece;
}

static void *resize(void *at, size_t size) {
    if (at == NULL) return take(size);
    Piece *piece = (Piece *)at - 1;
    if (size <= piece->size) return at;
    void *fresh = take(size);
    memcpy(fresh, at, piece->size);
    give_back(at);
    return fresh;
}

void parse_memory_install(void) {
    ts_set_allocator(take, take_zeroed, resize, give_back);
}

void parse_memory_begin(Arena *arena) {
    memory = (ParseMemory){.arena = arena};
}
