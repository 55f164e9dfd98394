#include "engine/reuse.h"

#include "base/buf.h"

typedef struct Item {
    Hash128 key, content;
    uint32_t record;    // in the cache, under the key; or NO_RECORD
    bool is_known;      // found by its stamp
    bool has_old_facts; // those of the record are its own
    Str own;            // findings in the file alone
    Str facts;          // packed, where they are new
} Item;

struct Reuse {
    Cache *cache;
    Str directory;
    const RunFile *files;
    const RunResult *results; // at the end
    Item *items;
    uint32_t count;
};

// The bytes of plain values without padding, for a key.
static void add_hash(Buf *out, Hash128 hash) {
    buf_add_bytes(out, &hash, sizeof hash);
}

// All that a check may look at besides the content; the path as it was given, too.
static Hash128 key_of(const Reuse *self, const RunFile *file, Buf *bytes) {
    buf_clear(bytes);
    add_hash(bytes, file->plan->hash);
    buf_add_byte(bytes, (char)(file->is_python | file->is_listed << 1 | file->is_hand_out << 2));
    buf_add(bytes, self->directory);
    buf_add_byte(bytes, '\0');
    buf_add(bytes, file->path);
    return hash128(buf_str(bytes));
}

static bool has_stamp(const RunFile *file) {
    return !file->is_given && S_ISREG(file->stamp.mode);
}

Reuse *reuse_begin(Arena *arena, Cache *cache, Str directory, const RunFile *files,
                   uint32_t count) {
    Reuse *self = arena_new(arena, Reuse);
    *self = (Reuse){.cache = cache,
                    .directory = directory,
                    .files = files,
                    .items = arena_array(arena, Item, count),
                    .count = count};
    Buf bytes = {0};
    uint32_t last = NO_RECORD;
    for (uint32_t i = 0; i < count; i++) {
        Item *item = &self->items[i];
        item->key = key_of(self, &files[i], &bytes);
        item->record = cache_find(cache, item->key, last);
        if (item->record == NO_RECORD) continue;
        last = item->record;
        item->is_known =
            has_stamp(&files[i]) && cache_has_stamp(cache, item->record, &files[i].stamp);
        if (item->is_known) item->content = cache_content(cache, item->record);
    }
    buf_release(&bytes);
    return self;
}

// ---- The whole run ----

// Of all files' keys and contents.
static Hash128 run_key(const Reuse *self) {
    struct {
        Hash128 before, key, content;
    } link = {0};
    for (uint32_t i = 0; i < self->count; i++) {
        link.key = self->items[i].key;
        link.content = self->items[i].content;
        link.before = hash128((Str){(const char *)&link, sizeof link});
    }
    return link.before;
}

static bool all_are_known(const Reuse *self) {
    for (uint32_t i = 0; i < self->count; i++)
        if (!self->items[i].is_known) return false;
    return true;
}

bool reuse_run(const Reuse *self, RunResult *results) {
    if (!all_are_known(self) || !cache_is_of_run(self->cache, run_key(self))) return false;
    for (uint32_t i = 0; i < self->count; i++)
        results[i] = (RunResult){.path = self->files[i].path,
                                 .is_hand_out = self->files[i].is_hand_out,
                                 .findings = cache_own_findings(self->cache, self->items[i].record),
                                 .added = cache_added_findings(self->cache, self->items[i].record)};
    return true;
}

// ---- One file ----

static bool take_record(Reuse *self, uint32_t item, RunResult *result, Arena *arena) {
    Item *of = &self->items[item];
    Str packed;
    FileFacts facts;
    if (!cache_read_facts(self->cache, of->record, arena, &packed)) return false;
    if (!facts_unpack(&facts, packed, arena, result->path)) return false;
    result->facts = facts;
    result->findings = of->own = cache_own_findings(self->cache, of->record);
    of->has_old_facts = true;
    return true;
}

bool reuse_by_stamp(Reuse *self, uint32_t item, RunResult *result, Arena *arena) {
    Item *of = &self->items[item];
    of->is_known = of->is_known && take_record(self, item, result, arena);
    return of->is_known;
}

bool reuse_by_content(Reuse *self, uint32_t item, Str bytes, RunResult *result, Arena *arena) {
    Item *of = &self->items[item];
    of->content = hash128(bytes);
    if (of->record == NO_RECORD) return false;
    Hash128 before = cache_content(self->cache, of->record);
    return before.high == of->content.high && before.low == of->content.low &&
           take_record(self, item, result, arena);
}

void reuse_note(Reuse *self, uint32_t item, const RunResult *result, Arena *arena) {
    Buf bytes = {0};
    facts_pack(&bytes, &result->facts);
    self->items[item].facts = buf_keep(&bytes, arena);
    self->items[item].own = result->findings;
}

static Str absolute_path(Arena *arena, Str directory, Str path) {
    if (str_starts_with(path, STR("/"))) return path;
    return str_join3(arena, directory, STR("/"), path);
}

static void fill_item(void *context, Arena *arena, uint32_t index, CacheItem *item) {
    const Reuse *self = context;
    const Item *of = &self->items[index];
    const RunFile *file = &self->files[index];
    *item = (CacheItem){.key = of->key,
                        .content = of->content,
                        .path = absolute_path(arena, self->directory, file->path),
                        .own_findings = of->own,
                        .added_findings = self->results[index].added,
                        .facts = of->facts,
                        .record = of->record,
                        .has_old_facts = of->has_old_facts};
    if (has_stamp(file)) item->stamp = file->stamp;
}

void reuse_end(Reuse *self, const RunResult *results) {
    self->results = results;
    cache_write(self->cache, run_key(self), fill_item, self, self->count);
}
