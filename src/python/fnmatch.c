// One `*` is remembered at a time: when what follows it fails, the last `*` takes one more
// character and all is tried again. Earlier ones need no second thought.

#include "python/fnmatch.h"

#include "python/strings.h"

// Where the `]` of the set that begins behind the `[` at `open` stands, or pattern.len.
static uint32_t set_end(Str pattern, uint32_t open) {
    uint32_t at = open + 1;
    if (at < pattern.len && pattern.at[at] == '!') at++;
    if (at < pattern.len && pattern.at[at] == ']') at++;
    while (at < pattern.len && pattern.at[at] != ']')
        at++;
    return at;
}

static bool set_has(Str set, uint32_t point) {
    for (uint32_t at = 0; at < set.len;) {
        uint32_t first, last;
        at += python_char(set, at, &first);
        last = first;
        if (at + 1 < set.len && set.at[at] == '-') at += 1 + python_char(set, at + 1, &last);
        if (point >= first && point <= last) return true;
    }
    return false;
}

// Matches one character of `name` at `*at` with one element of `pattern` at `*with`; moves both on.
static bool match_one(Str name, uint32_t *at, Str pattern, uint32_t *with) {
    uint32_t point, wanted;
    *at += python_char(name, *at, &point);
    uint32_t open = *with;
    *with += python_char(pattern, *with, &wanted);
    if (wanted == '?') return true;
    uint32_t close = wanted == '[' ? set_end(pattern, open) : pattern.len;
    if (wanted != '[' || close == pattern.len) return point == wanted;
    *with = close + 1;
    Str set = str_slice(pattern, open + 1, close);
    bool is_negated = set.at[0] == '!';
    return set_has(str_from(set, is_negated), point) != is_negated;
}

bool python_fnmatch(Str name, Str pattern) {
    uint32_t at = 0, with = 0;
    uint32_t retry_at = 0, retry_with = UINT32_MAX; // behind the last `*`
    while (at < name.len) {
        if (with < pattern.len && pattern.at[with] == '*') {
            retry_at = at;
            retry_with = ++with;
            continue;
        }
        if (with < pattern.len && match_one(name, &at, pattern, &with)) continue;
        if (retry_with == UINT32_MAX) return false;
        uint32_t point;
        retry_at += python_char(name, retry_at, &point);
        at = retry_at;
        with = retry_with;
    }
    while (with < pattern.len && pattern.at[with] == '*')
        with++;
    return with == pattern.len;
}
