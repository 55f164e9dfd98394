#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash64(Str s) {
    return XXH3_64bits(s.at, s.len);
}

Hash128 hash128(Str s) {
    XXH128_hash_t hash = XXH3_128bits(s.at, s.len);
    return (Hash128){hash.high64, hash.low64};
}
