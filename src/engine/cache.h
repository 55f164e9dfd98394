// What the last run found, so that a file that has not changed need not be looked at again.
//
// One file for each project folder, in the user's cache folder. It is only ever read whole and
// replaced whole, so two processes can use it at once: the later one's findings stay. A file that
// is another user's, that others may write, that has a wrong checksum or is of another build of
// the program is as good as none.

#ifndef ASYNCLINT_ENGINE_CACHE_H
#define ASYNCLINT_ENGINE_CACHE_H

#include "base/hash.h"
#include "base/str.h"

#include <sys/stat.h>

typedef struct Cache Cache;

// What makes a file the same file without reading it.
typedef struct FileStamp {
    uint64_t device, inode, size, mode;
    uint64_t modified, changed; // nanoseconds
} FileStamp;

FileStamp file_stamp(const struct stat *status);

// Opens the cache of the project at `root` (an absolute path) below `folder`; `program` tells
// builds of the program apart. Never fails: without a usable file it is empty. In `arena`.
Cache *cache_open(Arena *arena, Str folder, Str root, Hash128 program);

typedef struct CacheHit {
    Hash128 content; // of the file
    uint64_t at;     // for cache_kept()
    uint32_t len;    // of what was kept
} CacheHit;

// What was kept for `path` (absolute) under that configuration, if the file still has that stamp;
// false otherwise. Several threads may ask at a time, as with the next.
bool cache_find(const Cache *self, Str path, Hash128 configuration, const FileStamp *stamp,
                CacheHit *hit);

// The same by the file's content, where the stamp has changed.
bool cache_find_content(const Cache *self, Str path, Hash128 configuration, Hash128 content,
                        CacheHit *hit);

// What was kept: a view into the cache's arena. Empty before cache_load(), but for what was kept
// with CACHE_FIRST.
Str cache_kept(const Cache *self, CacheHit hit);

// Reads the rest of the file. False where it is damaged: then there are no hits any more.
bool cache_load(Cache *self);

typedef enum CachePlace {
    CACHE_FIRST, // is at hand as soon as the cache is open
    CACHE_LATER,
} CachePlace;

// Says what is to be kept for `path`: each path once. Views, which must hold until cache_write().
// `is_known` says that the very same was found by its stamp. One thread at a time.
void cache_keep(Cache *self, CachePlace place, Str path, Hash128 configuration,
                const FileStamp *stamp, Hash128 content, Str kept, bool is_known);

// Replaces the file by what was kept, and by what it holds of other files that still exist. Does
// nothing where there is no news. False where it cannot be written; a cache is a convenience, so
// nobody need be told.
bool cache_write(Cache *self);

// Before the arena goes.
void cache_close(Cache *self);

// Removes all caches below `folder`; the number of files removed.
uint32_t cache_clean(Arena *arena, Str folder);

#endif
