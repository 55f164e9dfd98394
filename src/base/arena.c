// Blocks double from 16 KiB up to 4 MiB, so that a small file costs one malloc and a large one
// a handful; a reset makes one block of them, so that the next file costs none.

#include "base/arena.h"

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct ArenaBlock {
    ArenaBlock *older;
    size_t size; // of `bytes`
    _Alignas(16) char bytes[];
};

enum { HUGE_PAGE = 2 << 20 };

enum { FIRST_BLOCK = 16 << 10, LARGEST_BLOCK = 4 << 20, MOST_KEPT = 32 << 20 };

void arena_init(Arena *self) {
    *self = (Arena){0};
}

static void free_chain(ArenaBlock *block) {
    while (block != NULL) {
        ArenaBlock *older = block->older;
        free(block);
        block = older;
    }
}

void arena_release(Arena *self) {
    free_chain(self->block);
    *self = (Arena){0};
}

static void use_block(Arena *self, ArenaBlock *block) {
    self->block = block;
    self->next = block->bytes;
    self->end = block->bytes + block->size;
}

// A page costs more to be given than to be filled: large blocks ask for few large ones.
static void ask_for_huge_pages(ArenaBlock *block) {
    uintptr_t start = ((uintptr_t)block + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
    uintptr_t end = (uintptr_t)block->bytes + block->size;
    if (start < end) madvise((void *)start, end - start, MADV_HUGEPAGE);
}

static ArenaBlock *new_block(size_t size, ArenaBlock *older) {
    if (size > SIZE_MAX - sizeof(ArenaBlock)) out_of_memory();
    ArenaBlock *block = malloc(sizeof(ArenaBlock) + size);
    if (block == NULL) out_of_memory();
    block->older = older;
    block->size = size;
    if (size >= LARGEST_BLOCK) ask_for_huge_pages(block);
    return block;
}

void arena_reset(Arena *self) {
    if (self->block == NULL) return;
    size_t total = 0;
    for (const ArenaBlock *block = self->block; block != NULL; block = block->older)
        total += block->size;
    if (self->block->older != NULL || total > MOST_KEPT) {
        arena_release(self);
        use_block(self, new_block(total < MOST_KEPT ? total : MOST_KEPT, NULL));
    }
    use_block(self, self->block);
}

static void add_block(Arena *self, size_t wanted) {
    size_t size = self->block == NULL ? FIRST_BLOCK : self->block->size * 2;
    if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
    if (size < wanted) size = wanted;
    use_block(self, new_block(size, self->block));
}

static bool has_room(const Arena *self, size_t skip, size_t size) {
    if (self->block == NULL) return false;
    size_t left = (size_t)(self->end - self->next);
    return left >= skip && left - skip >= size;
}

void *arena_alloc_raw(Arena *self, size_t size, size_t align) {
    size_t skip = (size_t)(-(uintptr_t)self->next) & (align - 1);
    if (!has_room(self, skip, size)) {
        add_block(self, size);
        skip = 0;
    }
    char *found = self->next + skip;
    self->next = found + size;
    return found;
}

void *arena_alloc(Arena *self, size_t size) {
    return memset(arena_alloc_raw(self, size, 16), 0, size);
}

void *arena_grow(Arena *self, void *old, size_t old_size, size_t new_size) {
    bool is_newest = old != NULL && (char *)old + old_size == self->next;
    if (is_newest && (size_t)(self->end - self->next) >= new_size - old_size) {
        self->next += new_size - old_size;
        return old;
    }
    void *fresh = arena_alloc_raw(self, new_size, 16);
    if (old != NULL) memcpy(fresh, old, old_size);
    return fresh;
}
