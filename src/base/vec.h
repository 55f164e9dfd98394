// A growable array in an arena. VEC(T) is a type; a zeroed one is empty; nothing is freed.
//
//     VEC(Str) names = {0};
//     vec_push(arena, &names, name);
//     for (uint32_t i = 0; i < names.len; i++) use(names.at[i]);

#ifndef ASYNCLINT_BASE_VEC_H
#define ASYNCLINT_BASE_VEC_H

#include "base/arena.h"

#include <stdint.h>

#define VEC(T)                                                                                     \
    struct {                                                                                       \
        T *at;                                                                                     \
        uint32_t len, cap;                                                                         \
    }

// Appends `value`. Evaluates `vec` more than once.
#define vec_push(arena, vec, ...)                                                                  \
    do {                                                                                           \
        vec_reserve(arena, vec, 1);                                                                \
        if ((vec)->at == NULL) __builtin_unreachable(); /* for the analyzer: cap was 0 then */     \
        (vec)->at[(vec)->len++] = (__VA_ARGS__);                                                   \
    } while (0)

// Makes room for `more` further elements.
#define vec_reserve(arena, vec, more)                                                              \
    do {                                                                                           \
        if ((vec)->cap - (vec)->len < (uint32_t)(more))                                            \
            (vec)->at = vec_grow((arena), (vec)->at, &(vec)->cap, (vec)->len + (uint32_t)(more),   \
                                 sizeof *(vec)->at);                                               \
    } while (0)

// Gives the place back that no element takes up.
#define vec_fit(arena, vec)                                                                        \
    do {                                                                                           \
        arena_trim((arena), (vec)->at, (vec)->cap * sizeof *(vec)->at,                             \
                   (vec)->len * sizeof *(vec)->at);                                                \
        (vec)->cap = (vec)->len;                                                                   \
    } while (0)

// Empties it and gives its place back.
#define vec_give_back(arena, vec)                                                                  \
    do {                                                                                           \
        arena_give_back((arena), (void *)(vec)->at, (vec)->cap * sizeof *(vec)->at);               \
        (vec)->at = NULL;                                                                          \
        (vec)->len = (vec)->cap = 0;                                                               \
    } while (0)

#define vec_last(vec) ((vec)->at[(vec)->len - 1])

// For vec_reserve() alone.
void *vec_grow(Arena *arena, void *at, uint32_t *cap, uint32_t wanted, size_t element);

#endif
