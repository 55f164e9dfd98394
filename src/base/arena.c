// Blocks double from 16 KiB up to 16 MiB, so that a small file costs one malloc and a large one
// a handful; a reset keeps them, so that the next file costs none. A fresh page costs more than
// what is done with it: what is given back is used first.

#include "base/arena.h"

#include "base/error.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

// What is free is hidden from the address sanitizer, so that it tells who still looks at it.
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define hide(at, size) ASAN_POISON_MEMORY_REGION(at, size)
#define show(at, size) ASAN_UNPOISON_MEMORY_REGION(at, size)
#else
#define hide(at, size) ((void)0)
#define show(at, size) ((void)0)
#endif

struct ArenaBlock {
    ArenaBlock *older;
    size_t size; // of `bytes`
    _Alignas(16) char bytes[];
};

// Stands in the piece that it describes.
struct ArenaPiece {
    ArenaPiece *next;
    size_t size;
};

// A block has pages of the common size at both ends: worth it where a huge one fits between them.
enum { HUGE_PAGE = 2 << 20, HUGE_PAGES_FROM = 2 * HUGE_PAGE };

enum { MOST_ALIGN = 16 };

// What is smaller is not kept for later. A rank's pieces are at least twice as large as those of
// the one before; of those that may be too small only the newest are looked at.
enum { LEAST_PIECE = 1 << 10, MOST_LOOKS = 8 };

enum { FIRST_BLOCK = 16 << 10, LARGEST_BLOCK = 16 << 20, MOST_KEPT = 32 << 20 };

// Where the C library cannot be told so, it does as it likes.
void arena_keep_freed_memory(void) {
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, MOST_KEPT);
    mallopt(M_TRIM_THRESHOLD, INT32_MAX);
#endif
}

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

static void use_piece(Arena *self, char *at, size_t size) {
    hide(at, size);
    self->next = at;
    self->end = at + size;
}

static void use_block(Arena *self, ArenaBlock *block) {
    self->block = block;
    use_piece(self, block->bytes, block->size);
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
    if (size >= HUGE_PAGES_FROM) ask_for_huge_pages(block);
    return block;
}

static unsigned rank_of(size_t size) {
    unsigned rank = 0;
    for (size /= 2 * LEAST_PIECE; size > 0 && rank + 1 < ARENA_RANKS; size /= 2)
        rank++;
    return rank;
}

static void keep_piece(Arena *self, char *at, size_t size) {
    size_t skip = (size_t)(-(uintptr_t)at) & (MOST_ALIGN - 1);
    if (size < LEAST_PIECE + skip) return;
    ArenaPiece *piece = (ArenaPiece *)(at + skip);
    hide(at, size);
    show(piece, sizeof *piece);
    ArenaPiece **list = &self->spare[rank_of(size - skip)];
    *piece = (ArenaPiece){*list, size - skip};
    *list = piece;
}

static ArenaPiece *take_spare(ArenaPiece **list, size_t wanted) {
    for (int looks = 0; *list != NULL && looks < MOST_LOOKS; looks++, list = &(*list)->next) {
        ArenaPiece *piece = *list;
        if (piece->size < wanted) continue;
        *list = piece->next;
        return piece;
    }
    return NULL;
}

// A small one, if it is large enough: what is larger may have to hold more than others can.
static bool use_spare(Arena *self, size_t wanted) {
    ArenaPiece *piece = NULL;
    for (unsigned rank = rank_of(wanted); piece == NULL && rank < ARENA_RANKS; rank++)
        piece = take_spare(&self->spare[rank], wanted);
    if (piece == NULL) return false;
    use_piece(self, (char *)piece, piece->size);
    return true;
}

void arena_reset(Arena *self) {
    size_t kept = 0;
    memset(self->spare, 0, sizeof self->spare);
    self->next = self->end = NULL;
    for (ArenaBlock **link = &self->block; *link != NULL;) {
        ArenaBlock *block = *link;
        if (block->size > MOST_KEPT - kept) {
            *link = block->older;
            free(block);
            continue;
        }
        kept += block->size;
        keep_piece(self, block->bytes, block->size);
        link = &block->older;
    }
    use_spare(self, 0);
}

void arena_give_back(Arena *self, void *at, size_t size) {
    if (at == NULL) return;
    if ((char *)at + size == self->next) {
        hide(at, size);
        self->next = at;
    } else if (size >= LEAST_PIECE) {
        keep_piece(self, self->next, (size_t)(self->end - self->next));
        use_piece(self, at, size);
    }
}

void arena_take_over(Arena *self, Arena *other) {
    keep_piece(self, self->next, (size_t)(self->end - self->next));
    keep_piece(other, other->next, (size_t)(other->end - other->next));
    for (unsigned rank = 0; rank < ARENA_RANKS; rank++) {
        ArenaPiece **last = &self->spare[rank];
        while (*last != NULL)
            last = &(*last)->next;
        *last = other->spare[rank];
    }
    ArenaBlock **oldest = &self->block;
    while (*oldest != NULL)
        oldest = &(*oldest)->older;
    *oldest = other->block;
    *other = (Arena){0};
    self->next = self->end = NULL;
    use_spare(self, 0);
}

static void add_block(Arena *self, size_t wanted) {
    size_t size = self->block == NULL ? FIRST_BLOCK : self->block->size * 2;
    if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
    if (size < wanted) size = wanted;
    use_block(self, new_block(size, self->block));
}

static void find_room(Arena *self, size_t wanted) {
    char *left = self->next;
    size_t size = (size_t)(self->end - self->next);
    if (!use_spare(self, wanted)) add_block(self, wanted);
    keep_piece(self, left, size);
}

static bool has_room(const Arena *self, size_t skip, size_t size) {
    if (self->block == NULL) return false;
    size_t left = (size_t)(self->end - self->next);
    return left >= skip && left - skip >= size;
}

void *arena_alloc_raw(Arena *self, size_t size, size_t align) {
    size_t skip = (size_t)(-(uintptr_t)self->next) & (align - 1);
    if (!has_room(self, skip, size)) {
        find_room(self, size); // begins aligned for any type
        skip = 0;
    }
    char *found = self->next + skip;
    self->next = found + size;
    show(found, size);
    return found;
}

void *arena_alloc(Arena *self, size_t size) {
    return memset(arena_alloc_raw(self, size, 16), 0, size);
}

void *arena_grow(Arena *self, void *old, size_t old_size, size_t new_size) {
    bool is_newest = old != NULL && (char *)old + old_size == self->next;
    if (is_newest && (size_t)(self->end - self->next) >= new_size - old_size) {
        self->next += new_size - old_size;
        show(old, new_size);
        return old;
    }
    void *fresh = arena_alloc_raw(self, new_size, 16);
    if (old == NULL) return fresh;
    memcpy(fresh, old, old_size);
    keep_piece(self, old, old_size);
    return fresh;
}
