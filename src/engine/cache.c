// The file: a header, the entries sorted by path and configuration, then their paths and bytes. In
// the byte order and with the layout of the build that wrote it; any other build passes it over.

#include "engine/cache.h"

#include "base/buf.h"
#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

typedef struct Header {
    char magic[8];
    uint64_t size; // of the whole file
    Hash128 program;
    uint64_t checksum; // of all that follows the header
    uint64_t count;    // entries
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
} Kept;

struct Cache {
    Arena *arena;
    Str folder, file;
    Hash128 program;
    Str bytes; // of the file as it was read; empty: none that can be used
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

static Str read_whole(Arena *arena, int file, size_t size) {
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

static Str read_trusted(Arena *arena, Str path) {
    int file = open(path.at, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (file < 0) return (Str){0};
    struct stat status;
    Str bytes = {0};
    if (fstat(file, &status) == 0 && is_trusted(&status))
        bytes = read_whole(arena, file, (size_t)status.st_size);
    close(file);
    return bytes;
}

static Str behind_header(Str bytes) {
    return str_from(bytes, sizeof(Header));
}

static bool lies_inside(uint64_t at, uint32_t len, uint64_t size) {
    return at <= size && len <= size - at;
}

static bool is_whole(const Cache *self, Str bytes) {
    if (bytes.len < sizeof(Header)) return false;
    const Header *header = (const Header *)(const void *)bytes.at;
    if (memcmp(header->magic, magic, sizeof magic) != 0 || header->size != bytes.len) return false;
    if (!same_hash(header->program, self->program)) return false;
    if (header->count > (bytes.len - sizeof(Header)) / sizeof(Entry)) return false;
    if (hash64(behind_header(bytes)) != header->checksum) return false;
    const Entry *entries = (const Entry *)(const void *)(bytes.at + sizeof(Header));
    for (uint64_t i = 0; i < header->count; i++)
        if (!lies_inside(entries[i].path_at, entries[i].path_len, bytes.len) ||
            !lies_inside(entries[i].kept_at, entries[i].kept_len, bytes.len))
            return false;
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
    Str bytes = read_trusted(arena, self->file);
    if (!is_whole(self, bytes)) return self;
    self->bytes = bytes;
    self->count = ((const Header *)(const void *)bytes.at)->count;
    self->entries = (const Entry *)(const void *)(bytes.at + sizeof(Header));
    return self;
}

static Str path_of(const Cache *self, const Entry *entry) {
    return (Str){self->bytes.at + entry->path_at, entry->path_len};
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

static CacheHit hit_of(const Cache *self, const Entry *entry) {
    return (CacheHit){entry->content, {self->bytes.at + entry->kept_at, entry->kept_len}};
}

bool cache_find(const Cache *self, Str path, Hash128 configuration, const FileStamp *stamp,
                CacheHit *hit) {
    const Entry *entry = find_entry(self, path, configuration);
    if (entry == NULL || !same_stamp(&entry->stamp, stamp)) return false;
    *hit = hit_of(self, entry);
    return true;
}

bool cache_find_content(const Cache *self, Str path, Hash128 configuration, Hash128 content,
                        CacheHit *hit) {
    const Entry *entry = find_entry(self, path, configuration);
    if (entry == NULL || !same_hash(entry->content, content)) return false;
    *hit = hit_of(self, entry);
    return true;
}

// ---- Writing ----

// A file that changed at about the time it was read may change again within the clock's grain and
// keep its stamp: such a stamp is not kept.
static FileStamp lasting_stamp(const Cache *self, const FileStamp *stamp) {
    return stamp->changed + RACE < self->opened ? *stamp : (FileStamp){0};
}

void cache_keep(Cache *self, Str path, Hash128 configuration, const FileStamp *stamp,
                Hash128 content, Str kept, bool is_known) {
    self->has_news |= !is_known;
    Entry entry = {.stamp = lasting_stamp(self, stamp),
                   .configuration = configuration,
                   .content = content,
                   .path_len = path.len,
                   .kept_len = kept.len};
    vec_push(self->arena, &self->kept, (Kept){entry, path, kept});
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
        vec_push(self->arena, &self->kept, (Kept){*entry, path, hit_of(self, entry).kept});
    }
}

static void lay_out(Cache *self, Buf *out) {
    sort_kept(self);
    keep_others(self);
    sort_kept(self);
    uint64_t at = sizeof(Header) + self->kept.len * sizeof(Entry);
    buf_add_bytes(out, &(Header){0}, sizeof(Header));
    for (uint32_t i = 0; i < self->kept.len; i++) {
        Entry *entry = &self->kept.at[i].entry;
        entry->path_at = at;
        entry->kept_at = at += entry->path_len;
        at += entry->kept_len;
        buf_add_bytes(out, entry, sizeof *entry);
    }
    for (uint32_t i = 0; i < self->kept.len && at <= MOST_BYTES; i++) {
        buf_add(out, self->kept.at[i].path);
        buf_add(out, self->kept.at[i].bytes);
    }
    Header header = {.size = out->len, .program = self->program, .count = self->kept.len};
    memcpy(header.magic, magic, sizeof magic);
    header.checksum = hash64(behind_header(buf_str(out)));
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

static bool write_file(int file, const Buf *bytes) {
    for (size_t done = 0; done < bytes->len;) {
        ssize_t written = write(file, bytes->at + done, bytes->len - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        done += (size_t)written;
    }
    return true;
}

static bool replace(const Cache *self, const Buf *bytes) {
    Str temporary = str_format(self->arena, "%s.%d", self->file.at, (int)getpid());
    int file = open(temporary.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return false;
    bool done = write_file(file, bytes);
    done &= close(file) == 0;
    done = done && rename(temporary.at, self->file.at) == 0;
    if (!done) unlink(temporary.at);
    return done;
}

bool cache_write(Cache *self) {
    if (!self->has_news) return true;
    if (!make_folders(self->arena, self->folder)) return false;
    Buf out = {0};
    lay_out(self, &out);
    bool done = out.len <= MOST_BYTES && replace(self, &out);
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
