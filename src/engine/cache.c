// The file: a header, the facts of each record, and the *first part*, which is all that a run
// without changes reads: the records and their findings. In the byte order and with the layout of
// the build that wrote it; any other build passes it over.

#include "engine/cache.h"

#include "base/buf.h"
#include "base/pack.h"
#include "base/search.h"
#include "base/vec.h"
#include "base/write_all.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef struct Header {
    char magic[8];
    Hash128 program, run;
    uint64_t size; // of the whole file
    uint64_t first_at, first_size, first_checksum;
    uint64_t count;    // records
    uint64_t checksum; // of this header, with zero here
} Header;

// A part of the file: of the first part's findings, counted from its beginning; of facts, from the
// file's.
typedef struct Extent {
    uint32_t at, len;
} Extent;

typedef struct Record {
    Hash128 key, stamp, content;
    uint64_t path; // its hash
    uint64_t facts_checksum;
    Extent own, added, facts; // the facts begin with the path
} Record;

// A place in the table that finds records by key.
typedef struct Keyed {
    uint64_t key;
    uint32_t record;
} Keyed;

struct Cache {
    Arena *arena;
    Str folder, file;
    Hash128 program;
    int open_file; // -1: none that can be used
    Header header;
    Str first; // the first part
    const Record *records;
    Keyed *by_key;   // made when somebody asks out of order
    uint64_t opened; // nanoseconds
};

static const char magic[8] = "asyncln2";
enum { MOST_BYTES = 1 << 30, RACE = 100000000 /* nanoseconds */, CHUNK = 1 << 18 };

static uint64_t nanoseconds(struct timespec time) {
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

FileStamp file_stamp(const struct stat *status) {
    return (FileStamp){.device = status->st_dev,
                       .inode = status->st_ino,
                       .size = (uint64_t)status->st_size,
                       .mode = status->st_mode,
                       .modified = nanoseconds(status->st_mtim),
                       .changed = nanoseconds(status->st_ctim)};
}

static bool same_hash(Hash128 a, Hash128 b) {
    return a.high == b.high && a.low == b.low;
}

static Hash128 hash_of_stamp(const FileStamp *stamp) {
    return hash128((Str){(const char *)stamp, sizeof *stamp});
}

// Chunk by chunk, since it is written so.
static uint64_t add_to_checksum(uint64_t checksum, Str chunk) {
    uint64_t both[2] = {checksum, hash64(chunk)};
    return hash64((Str){(const char *)both, sizeof both});
}

static uint64_t checksum_of(Str bytes) {
    uint64_t checksum = 0;
    for (uint32_t at = 0; at < bytes.len; at += CHUNK)
        checksum = add_to_checksum(checksum, str_slice(bytes, at, at + CHUNK));
    return checksum;
}

// ---- Reading ----

static bool is_trusted(const struct stat *status) {
    return S_ISREG(status->st_mode) && status->st_uid == geteuid() &&
           (status->st_mode & 022) == 0 && status->st_size >= (off_t)sizeof(Header) &&
           status->st_size <= MOST_BYTES;
}

static bool read_at(int file, char *bytes, size_t size, uint64_t at) {
    size_t have = 0;
    while (have < size) {
        ssize_t got = pread(file, bytes + have, size - have, (off_t)(at + have));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        have += (size_t)got;
    }
    return true;
}

static uint64_t header_checksum(Header header) {
    header.checksum = 0;
    return hash64((Str){(const char *)&header, sizeof header});
}

static bool is_ours(const Cache *self, const Header *header, const struct stat *status) {
    return memcmp(header->magic, magic, sizeof magic) == 0 &&
           header->checksum == header_checksum(*header) &&
           same_hash(header->program, self->program) && header->size == (uint64_t)status->st_size &&
           header->first_at >= sizeof(Header) && header->first_at <= header->size &&
           header->first_size == header->size - header->first_at &&
           header->count <= header->first_size / sizeof(Record);
}

static bool lies_inside(Extent extent, uint64_t size) {
    return extent.at <= size && extent.len <= size - extent.at;
}

static bool records_are_sound(const Cache *self) {
    for (uint64_t i = 0; i < self->header.count; i++) {
        const Record *record = &self->records[i];
        if (!lies_inside(record->own, self->first.len) ||
            !lies_inside(record->added, self->first.len) ||
            !lies_inside(record->facts, self->header.first_at))
            return false;
    }
    return true;
}

static bool read_first(Cache *self) {
    struct stat status;
    Header *header = &self->header;
    if (fstat(self->open_file, &status) != 0 || !is_trusted(&status)) return false;
    if (!read_at(self->open_file, (char *)header, sizeof *header, 0)) return false;
    if (!is_ours(self, header, &status)) return false;
    char *first = arena_alloc_raw(self->arena, header->first_size + 1, 16);
    if (!read_at(self->open_file, first, header->first_size, header->first_at)) return false;
    self->first = (Str){first, (uint32_t)header->first_size};
    self->records = (const Record *)(const void *)first;
    return checksum_of(self->first) == header->first_checksum && records_are_sound(self);
}

static void forget(Cache *self) {
    cache_close(self);
    self->header = (Header){0};
    self->first = (Str){0};
    self->records = NULL;
}

Cache *cache_open(Arena *arena, Str folder, Str root, Hash128 program) {
    Cache *self = arena_new(arena, Cache);
    self->arena = arena;
    self->folder = str_copy(arena, folder);
    self->program = program;
    Hash128 name = hash128(root);
    self->file = str_format(arena, "%.*s/%016llx%016llx.cache", STR_ARG(folder),
                            (unsigned long long)name.high, (unsigned long long)name.low);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    self->opened = nanoseconds(now);
    self->open_file = open(self->file.at, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (self->open_file >= 0 && !read_first(self)) forget(self);
    return self;
}

void cache_close(Cache *self) {
    if (self->open_file >= 0) close(self->open_file);
    self->open_file = -1;
}

static int compare_keyed(const void *left, const void *right) {
    const Keyed *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->record > b->record) - (a->record < b->record);
}

static void index_keys(Cache *self) {
    self->by_key = arena_array(self->arena, Keyed, self->header.count + 1);
    for (uint32_t i = 0; i < self->header.count; i++)
        self->by_key[i] = (Keyed){self->records[i].key.low, i};
    qsort(self->by_key, self->header.count, sizeof(Keyed), compare_keyed);
}

uint32_t cache_find(Cache *self, Hash128 key, uint32_t after) {
    uint32_t next = after + 1; // NO_RECORD + 1 is 0
    if (next < self->header.count && same_hash(self->records[next].key, key)) return next;
    if (self->header.count == 0) return NO_RECORD;
    if (self->by_key == NULL) index_keys(self);
    uint32_t count = (uint32_t)self->header.count;
    uint32_t place = COUNT_BEFORE(i, count, self->by_key[i].key < key.low);
    if (place == count) return NO_RECORD;
    uint32_t record = self->by_key[place].record;
    return same_hash(self->records[record].key, key) ? record : NO_RECORD;
}

bool cache_has_stamp(const Cache *self, uint32_t record, const FileStamp *stamp) {
    return same_hash(self->records[record].stamp, hash_of_stamp(stamp));
}

Hash128 cache_content(const Cache *self, uint32_t record) {
    return self->records[record].content;
}

bool cache_is_of_run(const Cache *self, Hash128 run) {
    return self->header.count > 0 && same_hash(self->header.run, run);
}

static Str first_slice(const Cache *self, Extent extent) {
    return extent.len == 0 ? (Str){0} : str_slice(self->first, extent.at, extent.at + extent.len);
}

Str cache_own_findings(const Cache *self, uint32_t record) {
    return first_slice(self, self->records[record].own);
}

Str cache_added_findings(const Cache *self, uint32_t record) {
    return first_slice(self, self->records[record].added);
}

static bool read_facts(const Cache *self, uint32_t number, Arena *arena, Unpacker *from) {
    const Record *record = &self->records[number];
    if (self->open_file < 0) return false;
    char *bytes = arena_alloc_raw(arena, (size_t)record->facts.len + 1, 16);
    if (!read_at(self->open_file, bytes, record->facts.len, record->facts.at)) return false;
    *from = (Unpacker){.rest = {bytes, record->facts.len}};
    return hash64(from->rest) == record->facts_checksum;
}

bool cache_read_facts(const Cache *self, uint32_t record, Arena *arena, Str *facts) {
    Unpacker from;
    if (!read_facts(self, record, arena, &from)) return false;
    unpack_str(&from);
    *facts = from.rest;
    return !from.is_damaged;
}

// ---- Writing ----

typedef struct Writer {
    Cache *cache;
    int file;
    bool has_failed;
    Buf chunk;
    uint64_t at; // where the chunk will stand
    uint64_t checksum;
    VEC(Record) records;
    Arena arena;
    // Facts of the old file, one behind the other, that are still to be copied.
    uint64_t copy_from, copy_end;
} Writer;

static void write_chunk(Writer *self) {
    Str chunk = buf_str(&self->chunk);
    self->checksum = add_to_checksum(self->checksum, chunk);
    self->has_failed = self->has_failed || !write_all(self->file, chunk.at, chunk.len);
    self->at += chunk.len;
    buf_clear(&self->chunk);
}

// Bytes come in any size and go out in chunks.
static void write_bytes(Writer *self, Str bytes) {
    while (bytes.len > 0) {
        uint32_t room = CHUNK - (uint32_t)self->chunk.len;
        buf_add(&self->chunk, str_slice(bytes, 0, room));
        bytes = str_from(bytes, room);
        if (self->chunk.len == CHUNK) write_chunk(self);
    }
}

static uint64_t position(const Writer *self) {
    return self->at + self->chunk.len;
}

static void copy_old_facts(Writer *self) {
    while (self->copy_from < self->copy_end && !self->has_failed) {
        char bytes[1 << 15];
        uint64_t left = self->copy_end - self->copy_from;
        uint32_t size = left < sizeof bytes ? (uint32_t)left : (uint32_t)sizeof bytes;
        self->has_failed |= !read_at(self->cache->open_file, bytes, size, self->copy_from);
        write_bytes(self, (Str){bytes, size});
        self->copy_from += size;
    }
}

static void take_old_facts(Writer *self, Record *record, const Record *old) {
    bool goes_on = self->copy_end == old->facts.at;
    if (!goes_on) {
        copy_old_facts(self);
        self->copy_from = old->facts.at;
    }
    self->copy_end = (uint64_t)old->facts.at + old->facts.len;
    record->facts_checksum = old->facts_checksum;
    record->facts =
        (Extent){(uint32_t)(position(self) + old->facts.at - self->copy_from), old->facts.len};
}

static void write_facts(Writer *self, Record *record, const CacheItem *item) {
    copy_old_facts(self);
    self->copy_from = self->copy_end = 0;
    Buf bytes = {0};
    pack_str(&bytes, item->path);
    buf_add(&bytes, item->facts);
    record->facts = (Extent){(uint32_t)position(self), (uint32_t)bytes.len};
    record->facts_checksum = hash64(buf_str(&bytes));
    write_bytes(self, buf_str(&bytes));
    buf_release(&bytes);
}

// A file that changed at about the time it was read may change again within the clock's grain and
// keep its stamp: such a stamp is not kept.
static Hash128 lasting_stamp(const Cache *self, const FileStamp *stamp) {
    return stamp->changed + RACE < self->opened ? hash_of_stamp(stamp) : (Hash128){0};
}

static bool is_worth_keeping(const CacheItem *item) {
    return item->stamp.inode != 0;
}

static void write_items(Writer *self, CacheItems *items, void *context, uint32_t count) {
    Arena scratch = {0};
    vec_reserve(&self->arena, &self->records, count);
    for (uint32_t i = 0; i < count && !self->has_failed; i++) {
        CacheItem item = {0};
        items(context, &scratch, i, &item);
        if (!is_worth_keeping(&item)) continue;
        Record record = {.key = item.key,
                         .stamp = lasting_stamp(self->cache, &item.stamp),
                         .content = item.content,
                         .path = hash64(item.path)};
        if (item.has_old_facts)
            take_old_facts(self, &record, &self->cache->records[item.record]);
        else
            write_facts(self, &record, &item);
        vec_push(&self->arena, &self->records, record);
        arena_reset(&scratch);
        if (position(self) > MOST_BYTES) self->has_failed = true;
    }
    arena_release(&scratch);
}

// ---- Other paths ----

static int compare_numbers(const void *left, const void *right) {
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static bool has_number(const uint64_t *sorted, uint32_t count, uint64_t number) {
    return count > 0 && bsearch(&number, sorted, count, sizeof number, compare_numbers) != NULL;
}

static bool still_exists(const Cache *self, uint32_t record, Arena *arena) {
    Unpacker from;
    return read_facts(self, record, arena, &from) &&
           access(str_c(arena, unpack_str(&from)), F_OK) == 0;
}

// The numbers of the old records whose paths this run did not look at, while they exist.
typedef VEC(uint32_t) Numbers;

static Numbers find_others(Writer *self) {
    const Cache *cache = self->cache;
    uint32_t count = self->records.len;
    uint64_t *paths = arena_array(&self->arena, uint64_t, count);
    for (uint32_t i = 0; i < count; i++)
        paths[i] = self->records.at[i].path;
    if (count > 1) qsort(paths, count, sizeof *paths, compare_numbers);
    Arena scratch = {0};
    Numbers others = {0};
    for (uint32_t i = 0; i < cache->header.count; i++) {
        if (has_number(paths, count, cache->records[i].path)) continue;
        if (still_exists(cache, i, &scratch)) vec_push(&self->arena, &others, i);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    return others;
}

static void write_others(Writer *self, Numbers others) {
    for (uint32_t i = 0; i < others.len; i++) {
        const Record *old = &self->cache->records[others.at[i]];
        Record record = *old;
        take_old_facts(self, &record, old);
        vec_push(&self->arena, &self->records, record);
    }
    copy_old_facts(self);
}

// ---- The first part ----

typedef struct Findings {
    Str own, added;
} Findings;

static Extent lay_out(Str bytes, uint64_t *at) {
    Extent extent = {(uint32_t)*at, bytes.len};
    *at += bytes.len;
    return extent;
}

static void lay_out_findings(Record *record, Findings findings, uint64_t *at) {
    record->own = lay_out(findings.own, at);
    record->added = lay_out(findings.added, at);
}

// Asked twice for each item: where its findings will stand must be known before they are written.
static void write_first(Writer *self, CacheItems *items, void *context, uint32_t count,
                        Numbers others) {
    Arena scratch = {0};
    VEC(Findings) findings = {0};
    vec_reserve(&self->arena, &findings, self->records.len);
    for (uint32_t i = 0; i < count; i++) {
        CacheItem item = {0};
        items(context, &scratch, i, &item);
        if (is_worth_keeping(&item))
            vec_push(&self->arena, &findings, (Findings){item.own_findings, item.added_findings});
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    for (uint32_t i = 0; i < others.len; i++) {
        Str own = cache_own_findings(self->cache, others.at[i]);
        vec_push(&self->arena, &findings, (Findings){.own = own});
    }
    uint64_t at = self->records.len * sizeof(Record);
    for (uint32_t i = 0; i < findings.len; i++)
        lay_out_findings(&self->records.at[i], findings.at[i], &at);
    if (position(self) + at > MOST_BYTES) self->has_failed = true;
    for (uint32_t i = 0; i < self->records.len && !self->has_failed; i++)
        write_bytes(self, (Str){(const char *)&self->records.at[i], sizeof(Record)});
    for (uint32_t i = 0; i < findings.len && !self->has_failed; i++) {
        write_bytes(self, findings.at[i].own);
        write_bytes(self, findings.at[i].added);
    }
}

static void write_header(Writer *self, Hash128 run, uint64_t first_at) {
    Header header = {.program = self->cache->program,
                     .run = run,
                     .size = self->at,
                     .first_at = first_at,
                     .first_size = self->at - first_at,
                     .first_checksum = self->checksum,
                     .count = self->records.len};
    memcpy(header.magic, magic, sizeof magic);
    header.checksum = header_checksum(header);
    ssize_t wrote = pwrite(self->file, &header, sizeof header, 0);
    self->has_failed |= wrote != (ssize_t)sizeof header;
}

static bool write_file(Writer *self, Hash128 run, CacheItems *items, void *context,
                       uint32_t count) {
    Header nothing = {0};
    write_bytes(self, (Str){(const char *)&nothing, sizeof nothing});
    write_items(self, items, context, count);
    Numbers others = find_others(self);
    write_others(self, others);
    write_chunk(self);
    uint64_t first_at = self->at;
    self->checksum = 0;
    write_first(self, items, context, count, others);
    if (self->chunk.len > 0) write_chunk(self);
    if (!self->has_failed) write_header(self, run, first_at);
    return !self->has_failed;
}

static bool make_folders(Arena *arena, Str folder) {
    for (uint32_t at = 1; at <= folder.len; at++) {
        if (at < folder.len && folder.at[at] != '/') continue;
        const char *part = str_c(arena, str_slice(folder, 0, at));
        if (mkdir(part, 0700) != 0 && errno != EEXIST) return false;
    }
    return true;
}

bool cache_write(Cache *self, Hash128 run, CacheItems *items, void *context, uint32_t count) {
    if (!make_folders(self->arena, self->folder)) return false;
    Str temporary = str_format(self->arena, "%s.%d", self->file.at, (int)getpid());
    Writer writer = {.cache = self};
    writer.file = open(temporary.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (writer.file < 0) return false;
    bool done = write_file(&writer, run, items, context, count);
    done &= close(writer.file) == 0;
    done = done && rename(temporary.at, self->file.at) == 0;
    if (!done) unlink(temporary.at);
    buf_release(&writer.chunk);
    arena_release(&writer.arena);
    return done;
}

uint32_t cache_clean(Arena *arena, Str folder) {
    DIR *open_folder = opendir(str_c(arena, folder));
    if (open_folder == NULL) return 0;
    uint32_t removed = 0;
    const struct dirent *found;
    while ((found = readdir(open_folder)) != NULL) {
        if (!str_contains(str_of(found->d_name), STR(".cache"))) continue;
        removed += unlinkat(dirfd(open_folder), found->d_name, 0) == 0;
    }
    closedir(open_folder);
    return removed;
}
