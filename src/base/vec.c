#include "base/vec.h"

#include "base/error.h"

void *vec_grow(Arena *arena, void *at, uint32_t *cap, uint32_t wanted, size_t element) {
    uint32_t old = *cap;
    uint32_t grown = old < 8 ? 8 : old < UINT32_MAX / 2 ? old * 2 : UINT32_MAX;
    if (grown < wanted) grown = wanted;
    if (wanted < old) out_of_memory();
    *cap = grown;
    return arena_grow(arena, at, old * element, grown * element);
}
