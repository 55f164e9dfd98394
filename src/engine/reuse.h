// What of a run can be taken from the one before.
//
// Where no file has changed, what all files together say is kept under the run's own key, and no
// facts are read. Otherwise each file that has not changed brings what check_file() made of it, and
// only the project step is done anew.

#ifndef ASYNCLINT_ENGINE_REUSE_H
#define ASYNCLINT_ENGINE_REUSE_H

#include "engine/cache.h"
#include "engine/check_all.h"

typedef struct Reuse Reuse;

// Looks up the files of a run in the cache. All live in `arena`, as `directory`, the absolute
// path that relative ones start from.
Reuse *reuse_begin(Arena *arena, Cache *cache, Str directory, const RunFile *files, uint32_t count);

// Fills the results with all findings, if no file has changed since they were kept.
bool reuse_run(const Reuse *self, RunResult *results);

// Fills the result of file `item`, if its stamp is the same; then, after it was read, if its bytes
// are. One thread for each item at a time.
bool reuse_by_stamp(Reuse *self, uint32_t item, RunResult *result, Arena *arena);
bool reuse_by_content(Reuse *self, uint32_t item, Str bytes, RunResult *result, Arena *arena);

// Says what the check of file `item` alone gave; its facts are packed into `arena`. One thread for
// each item at a time.
void reuse_note(Reuse *self, uint32_t item, const RunResult *result, Arena *arena);

// Keeps what was found and writes the cache.
void reuse_end(Reuse *self, const RunResult *results);

#endif
