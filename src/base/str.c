#include "base/str.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/format.h"

#include <stdio.h>

int str_compare(Str a, Str b) {
    uint32_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter == 0 ? 0 : memcmp(a.at, b.at, shorter);
    if (order != 0) return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool str_starts_with_in_any_case(Str s, Str prefix) {
    if (s.len < prefix.len) return false;
    for (uint32_t i = 0; i < prefix.len; i++)
        if (ascii_lower(s.at[i]) != prefix.at[i]) return false;
    return true;
}

// memmem gets ready for the worst, which short needles cannot be.
uint32_t str_find(Str s, Str needle) {
    enum { LONGEST_SHORT = 32 };
    if (needle.len == 0) return 0;
    if (needle.len > LONGEST_SHORT) {
        const char *found = s.len == 0 ? NULL : memmem(s.at, s.len, needle.at, needle.len);
        return found == NULL ? s.len : (uint32_t)(found - s.at);
    }
    uint32_t at = str_find_byte(s, needle.at[0]);
    while (at < s.len && !str_starts_with(str_from(s, at), needle))
        at += 1 + str_find_byte(str_from(s, at + 1), needle.at[0]);
    return at;
}

uint32_t str_find_byte(Str s, char byte) {
    const char *found = s.len == 0 ? NULL : memchr(s.at, byte, s.len);
    return found == NULL ? s.len : (uint32_t)(found - s.at);
}

uint32_t str_find_last_byte(Str s, char byte) {
    const char *found = s.len == 0 ? NULL : memrchr(s.at, byte, s.len);
    return found == NULL ? s.len : (uint32_t)(found - s.at);
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

Str str_trim(Str s) {
    while (s.len > 0 && is_blank(s.at[0]))
        s = str_from(s, 1);
    while (s.len > 0 && is_blank(s.at[s.len - 1]))
        s.len--;
    return s;
}

bool str_split(Str *rest, char byte, Str *part) {
    if (rest->at == NULL) return false;
    uint32_t cut = str_find_byte(*rest, byte);
    *part = str_slice(*rest, 0, cut);
    *rest = cut == rest->len ? (Str){0} : str_from(*rest, cut + 1);
    return true;
}

Str str_copy(Arena *arena, Str s) {
    char *copy = arena_alloc_raw(arena, (size_t)s.len + 1, 1);
    if (s.len > 0) memcpy(copy, s.at, s.len);
    copy[s.len] = '\0';
    return (Str){copy, s.len};
}

const char *str_c(Arena *arena, Str s) {
    return str_copy(arena, s).at;
}

static Str format_anything(Arena *arena, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    size_t length = format_length(format, arguments);
    char *at = arena_alloc_raw(arena, length + 1, 1);
    vsnprintf(at, length + 1, format, again);
    va_end(again);
    return (Str){at, (uint32_t)length};
}

Str str_vformat(Arena *arena, const char *format, va_list arguments) {
    char text[SHORT_TEXT];
    size_t length;
    va_list again;
    va_copy(again, arguments);
    Str formatted = format_simply(text, sizeof text, &length, format, arguments)
                        ? str_copy(arena, (Str){text, (uint32_t)length})
                        : format_anything(arena, format, again);
    va_end(again);
    return formatted;
}

Str str_format(Arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Str formatted = str_vformat(arena, format, arguments);
    va_end(arguments);
    return formatted;
}

Str str_join3(Arena *arena, Str a, Str b, Str c) {
    char *all = arena_alloc_raw(arena, (size_t)a.len + b.len + c.len + 1, 1);
    if (a.len > 0) memcpy(all, a.at, a.len);
    if (b.len > 0) memcpy(all + a.len, b.at, b.len);
    if (c.len > 0) memcpy(all + a.len + b.len, c.at, c.len);
    all[a.len + b.len + c.len] = '\0';
    return (Str){all, a.len + b.len + c.len};
}

Str str_join(Arena *arena, Str a, Str b) {
    return str_join3(arena, a, b, (Str){0});
}

void str_give_back(Arena *arena, Str s) {
    arena_give_back(arena, (char *)s.at, (size_t)s.len + 1);
}

enum { LONGEST_NAME = 64 };

// Optimal string alignment distance; both at most LONGEST_NAME long.
static uint32_t edit_distance(Str a, Str b) {
    uint32_t rows[3][LONGEST_NAME + 1];
    uint32_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (uint32_t j = 0; j <= b.len; j++)
        above[j] = j;
    for (uint32_t i = 1; i <= a.len; i++) {
        row[0] = i;
        for (uint32_t j = 1; j <= b.len; j++) {
            uint32_t best = above[j - 1] + (a.at[i - 1] != b.at[j - 1]);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        uint32_t *oldest = before;
        before = above, above = row, row = oldest;
    }
    return above[b.len];
}

Str str_nearest(Str wrong, const Str *names, uint32_t count) {
    Str nearest = {0};
    if (wrong.len > LONGEST_NAME) return nearest;
    uint32_t least = wrong.len / 3 > 1 ? wrong.len / 3 : 1;
    for (uint32_t i = 0; i < count; i++) {
        if (names[i].len > LONGEST_NAME) continue;
        uint32_t distance = edit_distance(wrong, names[i]);
        if (distance > least || (distance == least && nearest.at != NULL)) continue;
        least = distance;
        nearest = names[i];
    }
    return nearest;
}
