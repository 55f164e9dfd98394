// Open addressing with linear probing; the order of slots depends on keys alone.

#include "base/map.h"

#include "base/hash.h"

enum { FEWEST_SLOTS = 8 };

static uint32_t hash_of(Str key) {
    return (uint32_t)hash64(key);
}

static MapSlot *find_slot(const Map *self, Str key, uint32_t hash) {
    for (uint32_t i = hash & self->mask;; i = (i + 1) & self->mask) {
        MapSlot *slot = &self->slots[i];
        if (slot->key.at == NULL) return slot;
        if (slot->hash == hash && str_eq(slot->key, key)) return slot;
    }
}

uint32_t map_get(const Map *self, Str key) {
    if (self->len == 0) return MAP_NONE;
    const MapSlot *slot = find_slot(self, key, hash_of(key));
    return slot->key.at == NULL ? MAP_NONE : slot->value;
}

static uint32_t most_keys(uint32_t slots) {
    return slots / 4 * 3;
}

static void grow(Arena *arena, Map *self, uint32_t count) {
    Map old = *self;
    self->slots = arena_array(arena, MapSlot, count);
    self->mask = count - 1;
    if (old.slots == NULL) return;
    for (uint32_t i = 0; i <= old.mask; i++) {
        const MapSlot *slot = &old.slots[i];
        if (slot->key.at != NULL) *find_slot(self, slot->key, slot->hash) = *slot;
    }
    map_give_back(arena, &old);
}

void map_give_back(Arena *arena, Map *self) {
    arena_give_back(arena, self->slots, ((size_t)self->mask + 1) * sizeof *self->slots);
    *self = (Map){0};
}

void map_reserve(Arena *arena, Map *self, uint32_t count) {
    uint32_t slots = FEWEST_SLOTS;
    while (most_keys(slots) < count)
        slots *= 2;
    if (count > 0) grow(arena, self, slots);
}

static MapSlot *claim_slot(Arena *arena, Map *self, Str key, bool *fresh) {
    if (self->slots == NULL) grow(arena, self, FEWEST_SLOTS);
    if (self->len + 1 > most_keys(self->mask + 1)) grow(arena, self, (self->mask + 1) * 2);
    if (key.at == NULL) key.at = "";
    uint32_t hash = hash_of(key);
    MapSlot *slot = find_slot(self, key, hash);
    *fresh = slot->key.at == NULL;
    if (*fresh) {
        *slot = (MapSlot){.key = key, .hash = hash};
        self->len++;
    }
    return slot;
}

void map_put(Arena *arena, Map *self, Str key, uint32_t value) {
    bool fresh;
    claim_slot(arena, self, key, &fresh)->value = value;
}

uint32_t map_get_or_put(Arena *arena, Map *self, Str key, uint32_t value) {
    bool fresh;
    MapSlot *slot = claim_slot(arena, self, key, &fresh);
    if (fresh) slot->value = value;
    return slot->value;
}
