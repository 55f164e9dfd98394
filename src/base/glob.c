#include "base/glob.h"

#include "base/utf8.h"

static uint32_t code_point_length(Str text, uint32_t at) {
    uint32_t point;
    uint32_t length = utf8_decode(text, at, &point);
    return length == 0 ? 1 : length;
}

static uint32_t code_point(Str text, uint32_t at) {
    uint32_t point = (unsigned char)text.at[at];
    utf8_decode(text, at, &point);
    return point;
}

// The end of the set that begins at `at` ("["), or 0 where it has none: then it stands for itself.
static uint32_t set_end(Str pattern, uint32_t at) {
    uint32_t i = at + 1;
    if (i < pattern.len && pattern.at[i] == '!') i++;
    if (i < pattern.len && pattern.at[i] == ']') i++;
    while (i < pattern.len && pattern.at[i] != ']')
        i++;
    return i < pattern.len ? i + 1 : 0;
}

static bool is_in_set(Str set, uint32_t point) {
    bool is_negated = set.len > 0 && set.at[0] == '!';
    bool found = false;
    for (uint32_t i = is_negated; i < set.len;) {
        uint32_t low = code_point(set, i), high = low;
        i += code_point_length(set, i);
        if (i + 1 < set.len && set.at[i] == '-') {
            high = code_point(set, i + 1);
            i += 1 + code_point_length(set, i + 1);
        }
        found |= low <= point && point <= high;
    }
    return found != is_negated;
}

// Matches the one-character pattern at `*at` and moves both on.
static bool match_one(Str pattern, uint32_t *at, Str text, uint32_t *place) {
    if (*place == text.len) return false;
    uint32_t length = code_point_length(text, *place);
    char c = pattern.at[*at];
    uint32_t end = c == '[' ? set_end(pattern, *at) : 0;
    if (end != 0) {
        if (!is_in_set(str_slice(pattern, *at + 1, end - 1), code_point(text, *place)))
            return false;
        *at = end;
    } else if (c == '?') {
        ++*at;
    } else {
        if (c != text.at[*place]) return false;
        length = 1;
        ++*at;
    }
    *place += length;
    return true;
}

bool glob_match(Str pattern, Str text) {
    uint32_t at = 0, place = 0;
    uint32_t star = UINT32_MAX, star_place = 0; // where to go back to
    for (;;) {
        if (at < pattern.len && pattern.at[at] == '*') {
            star = ++at;
            star_place = place;
        } else if (at == pattern.len && place == text.len) {
            return true;
        } else if (at == pattern.len || !match_one(pattern, &at, text, &place)) {
            if (star == UINT32_MAX || star_place == text.len) return false;
            at = star;
            place = ++star_place;
        }
    }
}

Str path_name(Str path) {
    uint32_t slash = str_find_last_byte(path, '/');
    return slash == path.len ? path : str_from(path, slash + 1);
}

static bool is_literal(char c) {
    return c != '*' && c != '?' && c != '[' && c != ']' && c != '\\';
}

bool fnmatch_is_possible(Str pattern, Str name) {
    if (pattern.len == 0 || name.len == 0) return true;
    char first = pattern.at[0], last = pattern.at[pattern.len - 1];
    return (!is_literal(first) || first == name.at[0]) &&
           (!is_literal(last) || last == name.at[name.len - 1]);
}

bool glob_match_path(Str pattern, Str folder, Str path) {
    while (pattern.len > 1 && pattern.at[pattern.len - 1] == '/')
        pattern.len--;
    if (str_starts_with(pattern, STR("./")))
        pattern = str_from(pattern, 1);
    else if (!str_contains(pattern, STR("/")))
        return glob_match(pattern, path_name(path));
    else if (pattern.at[0] == '/')
        return glob_match(pattern, path);
    if (!str_starts_with(path, folder)) return false;
    Str relative = str_from(path, folder.len);
    if (relative.len == 0 || relative.at[0] != '/') return false;
    if (pattern.at[0] == '/') pattern = str_from(pattern, 1);
    return glob_match(pattern, str_from(relative, 1));
}
