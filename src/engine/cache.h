// What the last run found, so that a file that has not changed need not be looked at again.
//
// One file for each project folder, in the user's cache folder. It is replaced whole, so two
// processes can use it at once: the later one's findings stay. A file that is another user's, that
// others may write, that has a wrong checksum or is of another build of the program is as good as
// none.

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

enum { NO_RECORD = UINT32_MAX };

// The record that was kept under `key`, or NO_RECORD. `after` is the one that was found before, or
// NO_RECORD: who asks in the order in which records were kept finds them at once. One thread at a
// time; all that only reads records may be called by several.
uint32_t cache_find(Cache *self, Hash128 key, uint32_t after);

bool cache_has_stamp(const Cache *self, uint32_t record, const FileStamp *stamp);
Hash128 cache_content(const Cache *self, uint32_t record);

// Whether the added findings are those of the run with that key.
bool cache_is_of_run(const Cache *self, Hash128 run);

// What was found in the file alone, and what all files together added. Views of the cache's arena.
Str cache_own_findings(const Cache *self, uint32_t record);
Str cache_added_findings(const Cache *self, uint32_t record);

// Reads the facts of a record into `arena`. False where they are damaged.
bool cache_read_facts(const Cache *self, uint32_t record, Arena *arena, Str *facts);

// What is to be kept of one file.
typedef struct CacheItem {
    Hash128 key, content;
    FileStamp stamp; // all zero where there is none: nothing is kept
    Str path;        // absolute
    Str own_findings, added_findings;
    Str facts;
    uint32_t record;    // that was found under the key, or NO_RECORD
    bool has_old_facts; // those of the record; `facts` is not looked at
} CacheItem;

// Says what is to be kept as number `index`.
typedef void CacheItems(void *context, Arena *arena, uint32_t index, CacheItem *item);

// Replaces the file by `count` items and by what it holds of other paths that still exist. `run` is
// the key under which the added findings are good. False where it cannot be written; a cache is a
// convenience, so nobody need be told.
bool cache_write(Cache *self, Hash128 run, CacheItems *items, void *context, uint32_t count);

// Before the arena goes.
void cache_close(Cache *self);

// Removes all caches below `folder`; the number of files removed.
uint32_t cache_clean(Arena *arena, Str folder);

#endif
