#include "engine/reuse.h"

#include "engine/pack_result.h"

typedef struct Item {
    Str path; // absolute
    Hash128 configuration, content;
    FileStamp stamp;
    bool has_stamp;
    bool is_known; // found by its stamp
    CacheHit hit;  // where it was found
    Str kept;      // anew; empty: not
} Item;

struct Reuse {
    Arena *arena;
    Cache *cache;
    Str directory;
    const RunFile *files;
    Item *items;
    uint32_t count;
    Hash128 run; // of all files' paths, configurations and contents
};

// The bytes of plain values without padding, for a key.
static void add_hash(Buf *out, Hash128 hash) {
    buf_add_bytes(out, &hash, sizeof hash);
}

// All that a check may look at besides the content; the path as it was given, too.
static Hash128 configuration_of(const RunFile *file, Buf *bytes) {
    buf_clear(bytes);
    add_hash(bytes, file->plan->hash);
    buf_add_byte(bytes, (char)(file->is_python | file->is_listed << 1 | file->is_hand_out << 2));
    buf_add(bytes, file->path);
    return hash128(buf_str(bytes));
}

static Str absolute_path(Arena *arena, Str directory, Str path) {
    if (str_starts_with(path, STR("/"))) return path;
    return str_format(arena, "%.*s/%.*s", STR_ARG(directory), STR_ARG(path));
}

static void look_up(Reuse *self, uint32_t i, Buf *bytes) {
    const RunFile *file = &self->files[i];
    Item *item = &self->items[i];
    item->path = absolute_path(self->arena, self->directory, file->path);
    item->configuration = configuration_of(file, bytes);
    if (file->is_given || !S_ISREG(file->stamp.mode)) return;
    item->has_stamp = true;
    item->stamp = file->stamp;
    CacheHit hit;
    item->is_known = cache_find(self->cache, item->path, item->configuration, &item->stamp, &hit);
    if (!item->is_known) return;
    item->content = hit.content;
    item->hit = hit;
}

Reuse *reuse_begin(Arena *arena, Cache *cache, Str directory, const RunFile *files,
                   uint32_t count) {
    Reuse *self = arena_new(arena, Reuse);
    *self = (Reuse){.arena = arena,
                    .cache = cache,
                    .directory = directory,
                    .files = files,
                    .items = arena_array(arena, Item, count),
                    .count = count};
    Buf bytes = {0};
    for (uint32_t i = 0; i < count; i++)
        look_up(self, i, &bytes);
    buf_release(&bytes);
    return self;
}

// ---- The whole run ----

static bool all_are_known(const Reuse *self) {
    for (uint32_t i = 0; i < self->count; i++)
        if (!self->items[i].is_known) return false;
    return true;
}

static Hash128 run_key(const Reuse *self) {
    Buf bytes = {0};
    for (uint32_t i = 0; i < self->count; i++) {
        add_hash(&bytes, self->items[i].configuration);
        add_hash(&bytes, self->items[i].content);
    }
    Hash128 key = hash128(buf_str(&bytes));
    buf_release(&bytes);
    return key;
}

bool reuse_run(Reuse *self, FileResult *results, Arena *arena) {
    if (!all_are_known(self)) return false;
    CacheHit hit;
    if (!cache_find_content(self->cache, self->directory, run_key(self), (Hash128){0}, &hit))
        return false;
    Unpacker from = {.rest = cache_kept(self->cache, hit)};
    for (uint32_t i = 0; i < self->count; i++) {
        results[i] = (FileResult){.path = self->files[i].path,
                                  .is_hand_out = self->files[i].is_hand_out,
                                  .report = {.arena = arena}};
        if (!report_unpack(&results[i].report, &from)) return false;
    }
    return true;
}

// ---- One file ----

static bool unpack(const Reuse *self, const Item *item, FileResult *result, Arena *arena) {
    Unpacker from = {.rest = cache_kept(self->cache, item->hit)};
    return result_unpack(result, &from, arena);
}

bool reuse_files(Reuse *self) {
    if (cache_load(self->cache)) return true;
    for (uint32_t i = 0; i < self->count; i++) {
        self->items[i].is_known = false;
        self->items[i].hit = (CacheHit){0};
    }
    return false;
}

bool reuse_by_stamp(Reuse *self, uint32_t item, FileResult *result, Arena *arena) {
    result->path = self->files[item].path;
    return self->items[item].is_known && unpack(self, &self->items[item], result, arena);
}

bool reuse_by_content(Reuse *self, uint32_t i, Str bytes, FileResult *result, Arena *arena) {
    Item *item = &self->items[i];
    CacheHit hit;
    item->is_known = false;
    item->content = hash128(bytes);
    if (!item->has_stamp) return false;
    if (!cache_find_content(self->cache, item->path, item->configuration, item->content, &hit))
        return false;
    item->hit = hit;
    result->path = self->files[i].path;
    return unpack(self, item, result, arena);
}

void reuse_keep(Reuse *self, uint32_t item, const FileResult *result, Arena *arena) {
    if (!self->items[item].has_stamp) return;
    Buf bytes = {0};
    result_pack(&bytes, result);
    self->items[item].kept = str_copy(arena, buf_str(&bytes));
    buf_release(&bytes);
}

static void keep_file(Reuse *self, const Item *item) {
    Str kept = item->kept.len > 0 ? item->kept : cache_kept(self->cache, item->hit);
    if (kept.len == 0) return;
    cache_keep(self->cache, CACHE_LATER, item->path, item->configuration, &item->stamp,
               item->content, kept, item->is_known);
}

void reuse_end(Reuse *self, const FileResult *results) {
    Buf findings = {0};
    for (uint32_t i = 0; i < self->count; i++) {
        keep_file(self, &self->items[i]);
        report_pack(&findings, &results[i].report);
    }
    cache_keep(self->cache, CACHE_FIRST, self->directory, run_key(self), &(FileStamp){0},
               (Hash128){0}, buf_str(&findings), false);
    cache_write(self->cache);
    buf_release(&findings);
}
