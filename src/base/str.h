// A view of bytes that somebody else owns: a pointer and a length, no terminator.

#ifndef ASYNCLINT_BASE_STR_H
#define ASYNCLINT_BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct Str {
    const char *at;
    uint32_t len; // bytes
} Str;

// A Str of a string literal, also in static initialisers.
#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})

// For printf: "%.*s" takes STR_ARG(s).
#define STR_ARG(s) (int)(s).len, (s).at

static inline Str str_of(const char *text) {
    return (Str){text, (uint32_t)strlen(text)};
}

static inline bool str_eq(Str a, Str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool str_is(Str a, const char *text) {
    return str_eq(a, str_of(text));
}

static inline bool str_is_among(Str a, const char *const *texts, size_t count) {
    char first = a.len == 0 ? '\0' : a.at[0];
    for (size_t i = 0; i < count; i++)
        if (texts[i][0] == first && str_is(a, texts[i])) return true;
    return false;
}

// The same for an array of texts.
#define STR_IS_ONE_OF(a, texts) str_is_among((a), (texts), sizeof(texts) / sizeof((texts)[0]))

// How many times `byte` stands at the beginning.
static inline uint32_t str_count_first(Str s, char byte) {
    const uint64_t eight = 0x0101010101010101u * (unsigned char)byte;
    uint32_t count = 0;
    for (uint64_t piece; s.len - count >= 8; count += 8) {
        memcpy(&piece, s.at + count, 8);
        if (piece != eight) break;
    }
    while (count < s.len && s.at[count] == byte)
        count++;
    return count;
}

static inline bool str_starts_with(Str s, Str prefix) {
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.at, prefix.at, prefix.len) == 0);
}

// Whether it begins with `prefix`, which is in small letters; those of ASCII match capitals, too.
bool str_starts_with_in_any_case(Str s, Str prefix);

static inline bool str_ends_with(Str s, Str suffix) {
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.at + s.len - suffix.len, suffix.at, suffix.len) == 0);
}

// The byte at `at`, or NUL where there is none.
static inline char str_byte(Str s, uint32_t at) {
    return at < s.len ? s.at[at] : '\0';
}

// The part from `from` (inclusive) to `to` (exclusive), both clamped to the length.
static inline Str str_slice(Str s, uint32_t from, uint32_t to) {
    if (to > s.len) to = s.len;
    if (from > to) from = to;
    // An empty Str may have no address to add to.
    return (Str){from > 0 ? s.at + from : s.at, to - from};
}

static inline Str str_from(Str s, uint32_t from) {
    return str_slice(s, from, s.len);
}

// Less than, equal to or greater than zero, by bytes; for UTF-8 that is the order of code points.
int str_compare(Str a, Str b);

// Where `needle` starts in `s`, or s.len where it does not occur.
uint32_t str_find(Str s, Str needle);
uint32_t str_find_byte(Str s, char byte);
uint32_t str_find_last_byte(Str s, char byte);

static inline bool str_contains(Str s, Str needle) {
    return needle.len == 0 || str_find(s, needle) < s.len;
}

// Without blanks (space, tab, form feed, CR, LF, VT) at both ends.
Str str_trim(Str s);

// Cuts the part before the first `byte` off `*rest` and returns it; without one, all of `*rest`.
// False when `*rest` is used up (its `at` is NULL then).
bool str_split(Str *rest, char byte, Str *part);

// Copies into `arena`. The copy has a NUL byte behind it that does not count.
Str str_copy(Arena *arena, Str s);
const char *str_c(Arena *arena, Str s);

// printf into `arena`.
__attribute__((format(printf, 2, 3))) Str str_format(Arena *arena, const char *format, ...);
__attribute__((format(printf, 2, 0))) Str str_vformat(Arena *arena, const char *format,
                                                      va_list arguments);

// Joins `a`, `b` (and `c`) without anything between them, in `arena`.
Str str_join(Arena *arena, Str a, Str b);
Str str_join3(Arena *arena, Str a, Str b, Str c);

// arena_give_back() for what one of the functions above made.
void str_give_back(Arena *arena, Str s);

// The name among `count` that is nearest to `wrong` (Damerau-Levenshtein distance at most a third
// of its length, at least one), or an empty Str where none is near.
Str str_nearest(Str wrong, const Str *names, uint32_t count);

#endif
