// Where the cache is, whose it is, and `asynclint clean`.

#ifndef ASYNCLINT_CLI_CACHE_FOLDER_H
#define ASYNCLINT_CLI_CACHE_FOLDER_H

#include "cli/config.h"
#include "engine/cache.h"

// The cache for a run of `files` files that starts in `directory` (absolute); NULL where
// --no-cache says so, there is no folder for it, or the files are too few to be worth it.
Cache *cache_for_run(Arena *arena, const Values *values, Str directory, uint32_t files);

#endif
