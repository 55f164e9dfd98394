#include "engine/pack_facts.h"

// ---- Suppressions ----

static void pack_suppression(Buf *out, const Suppression *self) {
    buf_add_bytes(out, self, sizeof *self);
    for (uint32_t i = 0; i < self->code_count; i++)
        pack_str(out, self->codes[i]);
    buf_add_bytes(out, self->is_used, self->code_count == 0 ? 1 : self->code_count);
}

void suppressions_pack(Buf *out, const Suppressions *self) {
    if (self == NULL) return;
    pack_number(out, self->count);
    for (uint32_t i = 0; i < self->count; i++)
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

bool suppressions_unpack(Suppressions **self, Str packed, Arena *arena) {
    *self = NULL;
    if (packed.len == 0) return true;
    Unpacker from = {.rest = packed};
    uint32_t count = unpack_count(&from);
    *self = arena_new(arena, Suppressions);
    (*self)->at = arena_array(arena, Suppression, count);
    for (; (*self)->count < count && !from.is_damaged; (*self)->count++)
        (*self)->at[(*self)->count] = unpack_suppression(&from, arena);
    return !from.is_damaged;
}

// ---- Summary ----

static void pack_names(Buf *out, const Summary *self) {
    pack_number(out, self->names.len);
    for (uint32_t i = 0; i < self->names.len; i++) {
        NameForm form = name_form(self, i);
        pack_number(out, (uint64_t)self->names.at[i].len << 2 | form);
        if (form == NAME_WHOLE) buf_add(out, self->names.at[i]);
    }
}

static Str unpack_name(Unpacker *from, const Summary *self, uint32_t index) {
    uint64_t coded = unpack_below(from, UINT32_MAX);
    uint32_t len = (uint32_t)(coded >> 2);
    if ((coded & 3) != NAME_WHOLE) return name_part(self, index, (NameForm)(coded & 3), len);
    if (len > from->rest.len) *from = (Unpacker){.is_damaged = true};
    Str name = str_slice(from->rest, 0, len);
    from->rest = str_from(from->rest, len);
    return name;
}

static void unpack_names(Unpacker *from, Arena *arena, Summary *self) {
    self->names.len = unpack_count(from);
    self->names.at = arena_array(arena, Str, self->names.len);
    for (uint32_t i = 0; i < self->names.len; i++)
        self->names.at[i] = unpack_name(from, self, i);
}

// Records are told as what differs from the one before: which of their words, and by how much.
typedef uint32_t Word;
enum { MOST_WORDS = 32 };

static Word word_at(const void *record, size_t word) {
    Word value;
    memcpy(&value, (const char *)record + word * sizeof value, sizeof value);
    return value;
}

static void pack_record(Buf *out, const void *record, const void *before, size_t words) {
    uint64_t changed = 0;
    for (size_t i = 0; i < words; i++)
        changed |= (uint64_t)(word_at(record, i) != word_at(before, i)) << i;
    char *at = buf_reserve(out, (words + 1) * LONGEST_PACKED_NUMBER);
    at = put_number(at, changed);
    for (; changed != 0; changed &= changed - 1) {
        size_t word = (size_t)__builtin_ctzll(changed);
        Word step = word_at(record, word) - word_at(before, word);
        at = put_number(at, (Word)(step << 1) ^ (step >> 31 ? UINT32_MAX : 0));
    }
    out->len = (size_t)(at - out->at);
}

static void pack_records(Buf *out, const void *records, size_t size, uint32_t count) {
    static const Word zeroes[MOST_WORDS];
    const void *before = zeroes;
    pack_number(out, count);
    for (uint32_t i = 0; i < count; i++) {
        const void *record = (const char *)records + i * size;
        pack_record(out, record, before, size / sizeof(Word));
        before = record;
    }
}

static void unpack_record(Unpacker *from, void *record, const void *before, size_t words) {
    memcpy(record, before, words * sizeof(Word));
    uint64_t changed = unpack_below(from, (uint64_t)1 << words);
    for (; changed != 0; changed &= changed - 1) {
        size_t word = (size_t)__builtin_ctzll(changed);
        Word step = unpack_below(from, (uint64_t)UINT32_MAX + 1);
        Word value = word_at(before, word) + ((step >> 1) ^ (step & 1 ? UINT32_MAX : 0));
        memcpy((char *)record + word * sizeof value, &value, sizeof value);
    }
}

static void *unpack_records(Unpacker *from, Arena *arena, size_t size, uint32_t *count) {
    static const Word zeroes[MOST_WORDS];
    *count = unpack_count(from);
    char *records = arena_alloc_raw(arena, *count * size, 16);
    const void *before = zeroes;
    for (uint32_t i = 0; i < *count; i++) {
        unpack_record(from, records + i * size, before, size / sizeof(Word));
        before = records + i * size;
    }
    return records;
}

#define CHECK_SIZE(list)                                                                           \
    _Static_assert(sizeof *((Summary *)0)->list.at % sizeof(Word) == 0 &&                          \
                       sizeof *((Summary *)0)->list.at <= MOST_WORDS * sizeof(Word),               \
                   #list);
SUMMARY_EACH_LIST(CHECK_SIZE)
#undef CHECK_SIZE

static void pack_summary(Buf *out, const Summary *self) {
    pack_number(out, self != NULL);
    if (self == NULL) return;
    pack_names(out, self);
#define PACK(list) pack_records(out, self->list.at, sizeof *self->list.at, self->list.len);
    SUMMARY_EACH_LIST(PACK)
#undef PACK
    pack_number(out, self->loose_words.len);
    buf_add_bytes(out, self->loose_words.at, self->loose_words.len * sizeof(uint16_t));
}

static void unpack_loose_words(Unpacker *from, Arena *arena, Summary *self) {
    self->loose_words.len = unpack_count(from);
    self->loose_words.at = arena_array(arena, uint16_t, self->loose_words.len);
    unpack_bytes(from, self->loose_words.at, self->loose_words.len * sizeof(uint16_t));
    if (from->is_damaged) self->loose_words.len = 0;
}

static Summary *unpack_summary(Unpacker *from, Arena *arena, Str path) {
    if (unpack_below(from, 2) == 0) return NULL;
    Summary *self = arena_new(arena, Summary);
    self->path = path;
    unpack_names(from, arena, self);
#define UNPACK(list)                                                                               \
    self->list.at = unpack_records(from, arena, sizeof *self->list.at, &self->list.len);
    SUMMARY_EACH_LIST(UNPACK)
#undef UNPACK
    unpack_loose_words(from, arena, self);
    return self;
}

void facts_pack(Buf *out, const FileFacts *self) {
    if (self->suppressions.len == 0 && self->summary == NULL) return;
    pack_str(out, self->suppressions);
    pack_summary(out, self->summary);
}

bool facts_unpack(FileFacts *self, Str packed, Arena *arena, Str path) {
    *self = (FileFacts){0};
    if (packed.len == 0) return true;
    Unpacker from = {.rest = packed};
    self->suppressions = unpack_str(&from);
    self->summary = unpack_summary(&from, arena, path);
    Suppressions *suppressions;
    return suppressions_unpack(&suppressions, self->suppressions, arena) && !from.is_damaged;
}
