// Blocks double from 16 KiB up to 16 MiB, so that a small file costs one malloc and a large one
// a handful; a reset keeps them, so that the next file costs none. A fresh page costs more than
// what is done with it: what is given back is used first.
//
// What is large has pieces of its own, which grow together again where neighbours are given back:
// the arrays of one step take the place of those of the step before. Small allocations would stand
// in between, so they are made at the other end.

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

// From here on an allocation is large.
enum { LARGE = 16 << 10 };

// What takes less than this part of a piece is cut from its end, with what is small.
enum { FAR_LESS = 16 };

enum { FIRST_BLOCK = LARGE, LARGEST_BLOCK = 16 << 20, MOST_KEPT = 32 << 20 };

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

static uintptr_t next_huge_page(uintptr_t at) {
    return (at + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
}

// A page costs more to be given than to be filled: large blocks ask for few large ones.
static void ask_for_huge_pages(ArenaBlock *block) {
    uintptr_t start = next_huge_page((uintptr_t)block), end = (uintptr_t)block->bytes + block->size;
    if (start < end) madvise((void *)start, end - start, MADV_HUGEPAGE);
}

static size_t round_up(size_t size) {
    return (size + MOST_ALIGN - 1) & ~(size_t)(MOST_ALIGN - 1);
}

// ---- Large pieces, by address ----

static void put_piece(ArenaPiece **list, char *at, size_t size) {
    hide(at, size);
    ArenaPiece *piece = (ArenaPiece *)at;
    show(piece, sizeof *piece);
    *piece = (ArenaPiece){*list, size};
    *list = piece;
}

static void join_next(ArenaPiece *self) {
    ArenaPiece *next = self->next;
    if ((char *)self + self->size != (char *)next) return;
    self->size += next->size;
    self->next = next->next;
    hide(next, sizeof *next);
}

static void keep_large(Arena *self, char *at, size_t size) {
    ArenaPiece *before = NULL, **link = &self->large;
    for (; *link != NULL && (char *)*link < at; link = &before->next)
        before = *link;
    put_piece(link, at, round_up(size));
    if ((*link)->next != NULL) join_next(*link);
    if (before != NULL) join_next(before);
}

// The first piece that has `size` bytes: what is in front was touched most. NULL: none.
static ArenaPiece **find_large(Arena *self, size_t size) {
    ArenaPiece **link = &self->large;
    while (*link != NULL && (*link)->size < size)
        link = &(*link)->next;
    return *link == NULL ? NULL : link;
}

static void keep_small(Arena *self, char *at, size_t size);

// Takes the first `size` bytes of the piece.
static char *cut_front(Arena *self, ArenaPiece **link, size_t size) {
    ArenaPiece *piece = *link;
    size_t left = piece->size - size;
    *link = piece->next;
    char *rest = (char *)piece + size;
    if (left >= LARGE)
        put_piece(link, rest, left);
    else
        keep_small(self, rest, left);
    return (char *)piece;
}

// Takes the last `size` bytes of the piece, which has LARGE bytes more.
static char *cut_end(ArenaPiece *piece, size_t size) {
    piece->size -= size;
    return (char *)piece + piece->size;
}

// What comes behind an allocation shall have room beside it, so that both can become one piece.
static void add_block(Arena *self, size_t wanted) {
    if (wanted > SIZE_MAX / 4) out_of_memory();
    size_t size = self->block == NULL ? FIRST_BLOCK : self->block->size * 2;
    if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
    if (size < 2 * wanted) size = 2 * round_up(wanted);
    ArenaBlock *block = malloc(sizeof(ArenaBlock) + size);
    if (block == NULL) out_of_memory();
    *block = (ArenaBlock){.older = self->block, .size = size};
    self->block = block;
    if (size >= HUGE_PAGES_FROM) ask_for_huge_pages(block);
    keep_large(self, block->bytes, size);
}

static char *take_large(Arena *self, size_t size) {
    size_t room = round_up(size);
    ArenaPiece **link = find_large(self, room);
    if (link == NULL) {
        add_block(self, room);
        link = find_large(self, room);
    }
    bool is_far_less = room < (*link)->size / FAR_LESS;
    char *found = is_far_less ? cut_end(*link, room) : cut_front(self, link, room);
    show(found, size);
    return found;
}

static bool extend_large(Arena *self, const char *at, size_t old_size, size_t new_size) {
    size_t old_room = round_up(old_size), more = round_up(new_size) - old_room;
    ArenaPiece **link = &self->large;
    while (*link != NULL && (char *)*link < at + old_room)
        link = &(*link)->next;
    if ((char *)*link != at + old_room || (*link)->size < more) return false;
    if (more > 0) cut_front(self, link, more);
    return true;
}

// A piece for small allocations.
static void use_end_of_large(Arena *self) {
    ArenaPiece *first = self->large;
    if (first->size >= 2 * LARGE) {
        use_piece(self, cut_end(first, LARGE), LARGE);
    } else {
        self->large = first->next;
        use_piece(self, (char *)first, first->size);
    }
}

// ---- Small pieces, by rank ----

static unsigned rank_of(size_t size) {
    unsigned rank = 0;
    for (size /= 2 * LEAST_PIECE; size > 0 && rank + 1 < ARENA_RANKS; size /= 2)
        rank++;
    return rank;
}

static void keep_small(Arena *self, char *at, size_t size) {
    size_t skip = (size_t)(-(uintptr_t)at) & (MOST_ALIGN - 1);
    if (size < LEAST_PIECE + skip) return;
    hide(at, skip);
    put_piece(&self->spare[rank_of(size - skip)], at + skip, size - skip);
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

static void keep(Arena *self, char *at, size_t size) {
    if (size >= LARGE)
        keep_large(self, at, size);
    else
        keep_small(self, at, size);
}

void arena_reset(Arena *self) {
    size_t kept = 0;
    memset(self->spare, 0, sizeof self->spare);
    self->large = NULL;
    self->next = self->end = NULL;
    for (ArenaBlock **link = &self->block; *link != NULL;) {
        ArenaBlock *block = *link;
        if (block->size > MOST_KEPT - kept) {
            *link = block->older;
            free(block);
            continue;
        }
        kept += block->size;
        keep_large(self, block->bytes, block->size);
        link = &block->older;
    }
}

void arena_give_back(Arena *self, void *at, size_t size) {
    if (at == NULL) return;
    if (size >= LARGE) {
        keep_large(self, at, size);
    } else if ((char *)at + size == self->next) {
        hide(at, size);
        self->next = at;
    } else if (size >= LEAST_PIECE) {
        keep_small(self, self->next, (size_t)(self->end - self->next));
        use_piece(self, at, size);
    }
}

void arena_trim(Arena *self, void *at, size_t size, size_t kept) {
    if (size >= LARGE) {
        size = round_up(size);
        kept = round_up(kept);
    }
    if (kept < size) arena_give_back(self, (char *)at + kept, size - kept);
}

// The piece's own description stands in a page that stays.
void arena_release_free(Arena *self) {
    for (ArenaPiece *piece = self->large; piece != NULL; piece = piece->next) {
        if (piece->size <= MOST_KEPT) continue;
        uintptr_t end = ((uintptr_t)piece + piece->size) & ~(uintptr_t)(HUGE_PAGE - 1);
        uintptr_t start = next_huge_page((uintptr_t)(piece + 1));
        madvise((void *)start, end - start, MADV_DONTNEED);
    }
}

void arena_take_over(Arena *self, Arena *other) {
    keep_small(self, self->next, (size_t)(self->end - self->next));
    keep_small(other, other->next, (size_t)(other->end - other->next));
    for (unsigned rank = 0; rank < ARENA_RANKS; rank++) {
        ArenaPiece **last = &self->spare[rank];
        while (*last != NULL)
            last = &(*last)->next;
        *last = other->spare[rank];
    }
    for (ArenaPiece *next, *piece = other->large; piece != NULL; piece = next) {
        next = piece->next;
        keep_large(self, (char *)piece, piece->size);
    }
    ArenaBlock **oldest = &self->block;
    while (*oldest != NULL)
        oldest = &(*oldest)->older;
    *oldest = other->block;
    *other = (Arena){0};
    self->next = self->end = NULL;
    use_spare(self, 0);
}

static void find_room(Arena *self, size_t wanted) {
    char *left = self->next;
    size_t size = (size_t)(self->end - self->next);
    if (!use_spare(self, wanted)) {
        if (self->large == NULL) add_block(self, wanted);
        use_end_of_large(self);
    }
    keep_small(self, left, size);
}

static bool has_room(const Arena *self, size_t skip, size_t size) {
    if (self->next == NULL) return false;
    size_t left = (size_t)(self->end - self->next);
    return left >= skip && left - skip >= size;
}

void *arena_alloc_raw(Arena *self, size_t size, size_t align) {
    if (size >= LARGE) return take_large(self, size);
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

static bool can_grow_in_place(Arena *self, char *old, size_t old_size, size_t new_size) {
    if (old_size >= LARGE) return extend_large(self, old, old_size, new_size);
    bool is_newest = old != NULL && old + old_size == self->next && new_size < LARGE;
    if (!is_newest || (size_t)(self->end - self->next) < new_size - old_size) return false;
    self->next += new_size - old_size;
    return true;
}

void *arena_grow(Arena *self, void *old, size_t old_size, size_t new_size) {
    if (can_grow_in_place(self, old, old_size, new_size)) {
        show(old, new_size);
        return old;
    }
    void *fresh = arena_alloc_raw(self, new_size, 16);
    if (old == NULL) return fresh;
    memcpy(fresh, old, old_size);
    keep(self, old, old_size);
    return fresh;
}
