// A hash table from Str to a 32-bit value, in an arena. Keys are views: they must live as long as
// the table. A zeroed Map is an empty one. Nothing is ever removed.

#ifndef ASYNCLINT_BASE_MAP_H
#define ASYNCLINT_BASE_MAP_H

#include "base/str.h"

typedef struct MapSlot {
    Str key; // `at` NULL: a free slot
    uint32_t hash;
    uint32_t value;
} MapSlot;

typedef struct Map {
    MapSlot *slots; // `mask` + 1 of them, at most three quarters used
    uint32_t mask, len;
} Map;

enum { MAP_NONE = UINT32_MAX };

// Makes room in an empty table for that many keys.
void map_reserve(Arena *arena, Map *self, uint32_t count);

// Empties the table and gives its place back.
void map_give_back(Arena *arena, Map *self);

// The value of `key`, or MAP_NONE.
uint32_t map_get(const Map *self, Str key);

// Sets the value of `key`, new or not.
void map_put(Arena *arena, Map *self, Str key, uint32_t value);

// The value of `key`; where it has none yet, gives it `value` and returns that.
uint32_t map_get_or_put(Arena *arena, Map *self, Str key, uint32_t value);

#endif
