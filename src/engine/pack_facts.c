#include "engine/pack_facts.h"

// ---- Suppressions ----

static void pack_suppression(Buf *out, const Suppression *self) {
    buf_add_bytes(out, self, sizeof *self);
    for (uint32_t i = 0; i < self->code_count; i++)
        pack_str(out, self->codes[i]);
    buf_add_bytes(out, self->is_used, self->code_count == 0 ? 1 : self->code_count);
}

static void pack_suppressions(Buf *out, const Suppressions *self) {
    pack_number(out, self == NULL ? 0 : self->count);
    for (uint32_t i = 0; self != NULL && i < self->count; i++)
        pack_suppression(out, &self->at[i]);
}

// `size` bytes as they lie in memory, into `to`; zeroes where they are missing.
static void unpack_bytes(Unpacker *from, void *to, size_t size) {
    memset(to, 0, size);
    if (from->rest.len < size) {
        *from = (Unpacker){.is_damaged = true};
        return;
    }
    if (size > 0) memcpy(to, from->rest.at, size);
    from->rest = str_from(from->rest, (uint32_t)size);
}

static Suppression unpack_suppression(Unpacker *from, Arena *arena) {
    Suppression self;
    unpack_bytes(from, &self, sizeof self);
    if (self.code_count > from->rest.len) from->is_damaged = true;
    if (from->is_damaged) self.code_count = 0;
    Str *codes = arena_array(arena, Str, self.code_count);
    for (uint32_t i = 0; i < self.code_count; i++)
        codes[i] = unpack_str(from);
    uint32_t flags = self.code_count == 0 ? 1 : self.code_count;
    self.codes = codes;
    self.is_used = arena_array(arena, bool, flags);
    unpack_bytes(from, self.is_used, flags);
    return self;
}

static Suppressions *unpack_suppressions(Unpacker *from, Arena *arena) {
    uint32_t count = unpack_count(from);
    if (count == 0) return NULL;
    Suppressions *self = arena_new(arena, Suppressions);
    self->at = arena_array(arena, Suppression, count);
    for (; self->count < count && !from->is_damaged; self->count++)
        self->at[self->count] = unpack_suppression(from, arena);
    return self;
}

// ---- Summary ----

// The lists of plain records, all but `names` and `path`. Whoever adds one to Summary brings it
// here.
_Static_assert(sizeof(Summary) == sizeof(Str) + 13 * 16, "EACH_LIST must name every list");
#define EACH_LIST(DO)                                                                              \
    DO(functions)                                                                                  \
    DO(classes)                                                                                    \
    DO(attributes)                                                                                 \
    DO(decorators)                                                                                 \
    DO(bases)                                                                                      \
    DO(type_arguments) DO(exports) DO(stars) DO(sites) DO(regions) DO(late_writes) DO(loose_words)

static void pack_summary(Buf *out, const Summary *self) {
    pack_number(out, self != NULL);
    if (self == NULL) return;
    pack_number(out, self->names.len);
    for (uint32_t i = 0; i < self->names.len; i++)
        pack_str(out, self->names.at[i]);
#define PACK(list)                                                                                 \
    pack_number(out, self->list.len);                                                              \
    buf_add_bytes(out, self->list.at, self->list.len * sizeof *self->list.at);
    EACH_LIST(PACK)
#undef PACK
}

static void *unpack_records(Unpacker *from, Arena *arena, size_t size, uint32_t *count) {
    *count = unpack_count(from);
    if (*count > from->rest.len / size) *from = (Unpacker){.is_damaged = true};
    if (from->is_damaged) *count = 0;
    void *records = arena_alloc_raw(arena, *count * size, 16);
    unpack_bytes(from, records, *count * size);
    return records;
}

static Summary *unpack_summary(Unpacker *from, Arena *arena, Str path) {
    if (unpack_below(from, 2) == 0) return NULL;
    Summary *self = arena_new(arena, Summary);
    self->path = path;
    self->names.len = unpack_count(from);
    self->names.at = arena_array(arena, Str, self->names.len);
    for (uint32_t i = 0; i < self->names.len; i++)
        self->names.at[i] = unpack_str(from);
#define UNPACK(list)                                                                               \
    self->list.at = unpack_records(from, arena, sizeof *self->list.at, &self->list.len);
    EACH_LIST(UNPACK)
#undef UNPACK
    return self;
}

void facts_pack(Buf *out, const Suppressions *suppressions, const Summary *summary) {
    if (suppressions == NULL && summary == NULL) return;
    pack_suppressions(out, suppressions);
    pack_summary(out, summary);
}

bool facts_unpack(FileFacts *self, Str packed, Arena *arena, Str path) {
    *self = (FileFacts){0};
    if (packed.len == 0) return true;
    Unpacker from = {.rest = packed};
    self->suppressions = unpack_suppressions(&from, arena);
    self->summary = unpack_summary(&from, arena, path);
    return !from.is_damaged;
}
