// The file: a header, the entries sorted by path and configuration, their paths, and what is kept
// first; then the rest, which is read only where it is needed. In the byte order and with the
// layout of the build that wrote it; any other build passes it over.

#include "engine/cache.h"

#include "base/buf.h"
#include "base/vec.h"
#include "base/write_all.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

typedef struct Header {
    char magic[8];
    uint64_t first_size, size; // of the first part, with this header; of the whole file
    Hash128 program;
    uint64_t first_checksum, rest_checksum; // of the first part behind this header; of the rest
    uint64_t count;                         // entries
} Header;

typedef struct Entry {
    FileStamp stamp;
    Hash128 configuration, content;
    uint64_t path_at, kept_at; // from the start of the file
    uint32_t path_len, kept_len;
} Entry;

typedef struct Kept {
    Entry entry;
    Str path, bytes;
    CachePlace place;
} Kept;

struct Cache {
    Arena *arena;
    Str folder, file;
    Hash128 program;
    int open_file; // while the rest can still be read; -1: not
    Str first;     // the file's first part; empty: none that can be used
    Str rest;      // empty: not loaded
    const Entry *entries;
    uint64_t count;
    uint64_t opened; // nanoseconds
    VEC(Kept) kept;
    bool has_news;
};

static const char magic[8] = "asynclnt";
enum { MOST_BYTES = 1 << 30, RACE = 100000000 /* nanoseconds */ };

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

static bool same_stamp(const FileStamp *a, const FileStamp *b) {
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->mode == b->mode && a->modified == b->modified && a->changed == b->changed;
}

static bool same_hash(Hash128 a, Hash128 b) {
    return a.high == b.high && a.low == b.low;
}

// ---- Reading ----

static bool is_trusted(const struct stat *status) {
    return S_ISREG(status->st_mode) && status->st_uid == geteuid() &&
           (status->st_mode & 022) == 0 && status->st_size >= (off_t)sizeof(Header) &&
           status->st_size <= MOST_BYTES;
}

static Str read_part(Arena *arena, int file, size_t size) {
    char *bytes = arena_alloc_raw(arena, size, 16);
    size_t have = 0;
    while (have < size) {
        ssize_t got = read(file, bytes + have, size - have);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return (Str){0};
        have += (size_t)got;
    }
    return (Str){bytes, (uint32_t)size};
}

static bool is_ours(const Cache *self, const Header *header, const struct stat *status) {
    return memcmp(header->magic, magic, sizeof magic) == 0 &&
           same_hash(header->program, self->program) && header->size == (uint64_t)status->st_size &&
           header->first_size >= sizeof(Header) && header->first_size <= header->size &&
           header->count <= (header->first_size - sizeof(Header)) / sizeof(Entry);
}

static bool lies_inside(uint64_t at, uint32_t len, uint64_t size) {
    return at <= size && len <= size - at;
}

static bool entries_are_sound(const Header *header, const Entry *entries) {
    for (uint64_t i = 0; i < header->count; i++) {
        const Entry *entry = &entries[i];
        if (!lies_inside(entry->path_at, entry->path_len, header->first_size)) return false;
        uint64_t part = entry->kept_at < header->first_size ? header->first_size : header->size;
        if (!lies_inside(entry->kept_at, entry->kept_len, part)) return false;
    }
    return true;
}

static const Header *header_of(const Cache *self) {
    return (const Header *)(const void *)self->first.at;
}

// The header and the first part, checked; false where it is of no use.
static bool read_first(Cache *self) {
    struct stat status;
    if (fstat(self->open_file, &status) != 0 || !is_trusted(&status)) return false;
    Header header;
    if (pread(self->open_file, &header, sizeof header, 0) != (ssize_t)sizeof header) return false;
    if (!is_ours(self, &header, &status)) return false;
    Str first = read_part(self->arena, self->open_file, header.first_size);
    if (first.len == 0 || hash64(str_from(first, sizeof header)) != header.first_checksum)
        return false;
    const Entry *entries = (const Entry *)(const void *)(first.at + sizeof header);
    if (!entries_are_sound(&header, entries)) return false;
    self->first = first;
    self->entries = entries;
    self->count = header.count;
    return true;
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
    if (self->open_file >= 0 && !read_first(self)) cache_close(self);
    return self;
}

bool cache_load(Cache *self) {
    if (self->open_file < 0) return self->count == 0 || self->rest.at != NULL;
    const Header *header = header_of(self);
    Str rest = read_part(self->arena, self->open_file, header->size - header->first_size);
    bool is_whole = rest.at != NULL && hash64(rest) == header->rest_checksum;
    self->rest = is_whole ? rest : (Str){0};
    if (!is_whole) self->count = 0;
    cache_close(self);
    return is_whole;
}

void cache_close(Cache *self) {
    if (self->open_file >= 0) close(self->open_file);
    self->open_file = -1;
}

static Str path_of(const Cache *self, const Entry *entry) {
    return str_slice(self->first, (uint32_t)entry->path_at,
                     (uint32_t)entry->path_at + entry->path_len);
}

static int compare_keys(Str path, Hash128 configuration, Str other_path, Hash128 other) {
    int order = str_compare(path, other_path);
    if (order != 0) return order;
    if (configuration.high != other.high) return configuration.high < other.high ? -1 : 1;
    return (configuration.low > other.low) - (configuration.low < other.low);
}

static const Entry *find_entry(const Cache *self, Str path, Hash128 configuration) {
    uint64_t low = 0, high = self->count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        const Entry *entry = &self->entries[middle];
        int order = compare_keys(path, configuration, path_of(self, entry), entry->configuration);
        if (order == 0) return entry;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static CacheHit hit_of(const Entry *entry) {
    return (CacheHit){entry->content, entry->kept_at, entry->kept_len};
}

Str cache_kept(const Cache *self, CacheHit hit) {
    if (hit.at < self->first.len)
        return str_slice(self->first, (uint32_t)hit.at, (uint32_t)hit.at + hit.len);
    uint32_t at = (uint32_t)(hit.at - self->first.len);
    return str_slice(self->rest, at, at + hit.len);
}

bool cache_find(const Cache *self, Str path, Hash128 configuration, const FileStamp *stamp,
                CacheHit *hit) {
    const Entry *entry = find_entry(self, path, configuration);
    if (entry == NULL || !same_stamp(&entry->stamp, stamp)) return false;
    *hit = hit_of(entry);
    return true;
}

bool cache_find_content(const Cache *self, Str path, Hash128 configuration, Hash128 content,
                        CacheHit *hit) {
    const Entry *entry = find_entry(self, path, configuration);
    if (entry == NULL || !same_hash(entry->content, content)) return false;
    *hit = hit_of(entry);
    return true;
}

// ---- Writing ----

// A file that changed at about the time it was read may change again within the clock's grain and
// keep its stamp: such a stamp is not kept.
static FileStamp lasting_stamp(const Cache *self, const FileStamp *stamp) {
    return stamp->changed + RACE < self->opened ? *stamp : (FileStamp){0};
}

void cache_keep(Cache *self, CachePlace place, Str path, Hash128 configuration,
                const FileStamp *stamp, Hash128 content, Str kept, bool is_known) {
    self->has_news |= !is_known;
    Entry entry = {.stamp = lasting_stamp(self, stamp),
                   .configuration = configuration,
                   .content = content,
                   .path_len = path.len,
                   .kept_len = kept.len};
    vec_push(self->arena, &self->kept, (Kept){entry, path, kept, place});
}

static int compare_kept(const void *left, const void *right) {
    const Kept *a = left, *b = right;
    return compare_keys(a->path, a->entry.configuration, b->path, b->entry.configuration);
}

static void sort_kept(Cache *self) {
    if (self->kept.len > 1) qsort(self->kept.at, self->kept.len, sizeof(Kept), compare_kept);
}

// Whether `path` is among the first `count` of what is kept, which are sorted.
static bool is_kept(const Cache *self, uint32_t count, Str path) {
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(path, self->kept.at[middle].path);
        if (order == 0) return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

// What the file holds of paths that this run did not look at, while they exist.
static void keep_others(Cache *self) {
    uint32_t count = self->kept.len;
    for (uint64_t i = 0; i < self->count; i++) {
        const Entry *entry = &self->entries[i];
        Str path = path_of(self, entry);
        if (is_kept(self, count, path) || access(str_c(self->arena, path), F_OK) != 0) continue;
        CachePlace place = entry->kept_at < self->first.len ? CACHE_FIRST : CACHE_LATER;
        Str kept = cache_kept(self, hit_of(entry));
        vec_push(self->arena, &self->kept, (Kept){*entry, path, kept, place});
    }
}

// Says where each thing will stand; the size of the whole.
static uint64_t lay_out(Cache *self, uint64_t *first_size) {
    uint64_t at = sizeof(Header) + self->kept.len * sizeof(Entry);
    for (uint32_t i = 0; i < self->kept.len; i++) {
        self->kept.at[i].entry.path_at = at;
        at += self->kept.at[i].path.len;
    }
    for (CachePlace place = CACHE_FIRST; place <= CACHE_LATER; place++) {
        for (uint32_t i = 0; i < self->kept.len; i++) {
            if (self->kept.at[i].place != place) continue;
            self->kept.at[i].entry.kept_at = at;
            at += self->kept.at[i].bytes.len;
        }
        if (place == CACHE_FIRST) *first_size = at;
    }
    return at;
}

static void add_kept(const Cache *self, Buf *out, CachePlace place) {
    for (uint32_t i = 0; i < self->kept.len; i++)
        if (self->kept.at[i].place == place) buf_add(out, self->kept.at[i].bytes);
}

static void fill(const Cache *self, Buf *out, uint64_t first_size) {
    Header header = {.first_size = first_size, .program = self->program, .count = self->kept.len};
    memcpy(header.magic, magic, sizeof magic);
    buf_add_bytes(out, &header, sizeof header);
    for (uint32_t i = 0; i < self->kept.len; i++)
        buf_add_bytes(out, &self->kept.at[i].entry, sizeof(Entry));
    for (uint32_t i = 0; i < self->kept.len; i++)
        buf_add(out, self->kept.at[i].path);
    add_kept(self, out, CACHE_FIRST);
    add_kept(self, out, CACHE_LATER);
    header.size = out->len;
    header.first_checksum = hash64(str_slice(buf_str(out), sizeof header, (uint32_t)first_size));
    header.rest_checksum = hash64(str_from(buf_str(out), (uint32_t)first_size));
    memcpy(out->at, &header, sizeof header);
}

static bool make_folders(Arena *arena, Str folder) {
    for (uint32_t at = 1; at <= folder.len; at++) {
        if (at < folder.len && folder.at[at] != '/') continue;
        const char *part = str_c(arena, str_slice(folder, 0, at));
        if (mkdir(part, 0700) != 0 && errno != EEXIST) return false;
    }
    return true;
}

static bool replace(const Cache *self, const Buf *bytes) {
    Str temporary = str_format(self->arena, "%s.%d", self->file.at, (int)getpid());
    int file = open(temporary.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return false;
    bool done = write_all(file, bytes->at, bytes->len);
    done &= close(file) == 0;
    done = done && rename(temporary.at, self->file.at) == 0;
    if (!done) unlink(temporary.at);
    return done;
}

bool cache_write(Cache *self) {
    if (!self->has_news) return true;
    if (!make_folders(self->arena, self->folder)) return false;
    sort_kept(self);
    keep_others(self);
    sort_kept(self);
    uint64_t first_size;
    if (lay_out(self, &first_size) > MOST_BYTES) return false;
    Buf out = {0};
    fill(self, &out, first_size);
    bool done = replace(self, &out);
    buf_release(&out);
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
