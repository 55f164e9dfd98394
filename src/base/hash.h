// Hashing by xxHash's XXH3.

#ifndef ASYNCLINT_BASE_HASH_H
#define ASYNCLINT_BASE_HASH_H

#include "base/str.h"

typedef struct Hash128 {
    uint64_t high, low;
} Hash128;

uint64_t hash64(Str s);
Hash128 hash128(Str s);

#endif
