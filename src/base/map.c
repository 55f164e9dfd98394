// Open addressing with linear probing; the order of slots depends on keys alone.

#include "base/map.h"

#include "base/hash.h"

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

static void grow(Arena *arena, Map *self) {
    Map old = *self;
    uint32_t count = old.slots == NULL ? 8 : (old.mask + 1) * 2;
    self->slots = arena_array(arena, MapSlot, count);
    self->mask = count - 1;
    if (old.slots == NULL) return;
    for (uint32_t i = 0; i <= old.mask; i++) {
        const MapSlot *slot = &old.slots[i];
        if (slot->key.at != NULL) *find_slot(self, slot->key, slot->hash) = *slot;
    }
}

static MapSlot *claim_slot(Arena *arena, Map *self, Str key, bool *fresh) {
    if (self->slots == NULL || self->len + 1 > (self->mask + 1) / 4 * 3) grow(arena, self);
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
