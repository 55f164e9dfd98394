// Bump allocation: memory that is freed all at once.
//
// All that belongs to one file lives in that file's arena and is freed with it. A `Str` is a view
// and is never freed. What lives longer has one owner, with an init/release pair in the same
// function. `malloc` occurs in arena.c and buf.c only.

#ifndef ASYNCLINT_BASE_ARENA_H
#define ASYNCLINT_BASE_ARENA_H

#include <stddef.h>

typedef struct ArenaBlock ArenaBlock;
typedef struct ArenaPiece ArenaPiece;

enum { ARENA_RANKS = 5 };

typedef struct Arena {
    ArenaBlock *block; // the newest block; older ones hang behind it
    char *next, *end;  // the free part of the piece in use: a block, or part of one
    // Pieces for later: what was given back, and what was left of others.
    ArenaPiece *large;              // by address
    ArenaPiece *spare[ARENA_RANKS]; // the others by size
} Arena;

// A zeroed Arena is an empty one; arena_init() is there to say so.
void arena_init(Arena *self);

// Frees everything that was allocated from it. The arena is empty again afterwards.
void arena_release(Arena *self);

// Forgets everything that was allocated but keeps memory (at most 32 MiB) for the next use.
void arena_reset(Arena *self);

// `size` zeroed bytes, aligned for any type. Never NULL: without memory the program ends with
// one line on stderr and exit status 2.
void *arena_alloc(Arena *self, size_t size);

// `size` bytes of unspecified content, aligned to `align` (a power of two, at most 16).
void *arena_alloc_raw(Arena *self, size_t size, size_t align);

// Makes room for `new_size` bytes where `old` had `old_size`; grows in place where `old` is the
// newest allocation; otherwise copies and gives the old place back. `old` may be NULL with
// `old_size` 0. The added bytes are of unspecified content.
void *arena_grow(Arena *self, void *old, size_t old_size, size_t new_size);

// Says that nobody looks any more at the `size` bytes at `at`, an allocation of this arena: what is
// allocated later may stand there. Worth it for what is large, or was allocated last.
void arena_give_back(Arena *self, void *at, size_t size);

// The same for all but the first `kept` bytes, which are the allocation from now on.
void arena_trim(Arena *self, void *at, size_t size, size_t kept);

// Hands the pages of free pieces that are larger than what a reset keeps back to the system now, so
// that other arenas get them.
void arena_release_free(Arena *self);

// Makes all that `other` allocated, and its free memory, `self`'s; `other` is empty then.
void arena_take_over(Arena *self, Arena *other);

// From now on what is freed stays the process's: for a process that ends with its work.
void arena_keep_freed_memory(void);

#define arena_new(arena, T)          ((T *)arena_alloc((arena), sizeof(T)))
#define arena_array(arena, T, count) ((T *)arena_alloc((arena), sizeof(T) * (size_t)(count)))

#endif
