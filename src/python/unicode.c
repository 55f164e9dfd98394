#include "python/unicode.h"

#include "base/search.h"
#include "base/utf8.h"

typedef struct Range {
    uint32_t first, last;
} Range;

#include "python/unicode_tables.inc"

static bool is_in(const Range *ranges, uint32_t count, uint32_t point) {
    uint32_t place = COUNT_BEFORE(i, count, ranges[i].last < point);
    return place < count && ranges[place].first <= point;
}

#define IS_IN(ranges, point) is_in((ranges), sizeof(ranges) / sizeof((ranges)[0]), (point))

static bool is_ascii_letter(uint32_t point) {
    return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
}

static bool is_ascii_digit(uint32_t point) {
    return point >= '0' && point <= '9';
}

bool unicode_is_space(uint32_t point) {
    if (point >= 0x80) return IS_IN(space_ranges, point);
    return point == ' ' || (point >= '\t' && point <= '\r') || (point >= 0x1c && point <= 0x1f);
}

bool unicode_is_word(uint32_t point) {
    if (point >= 0x80) return IS_IN(word_ranges, point);
    return is_ascii_letter(point) || is_ascii_digit(point) || point == '_';
}

bool unicode_is_identifier_start(uint32_t point) {
    if (point >= 0x80) return IS_IN(identifier_start_ranges, point);
    return is_ascii_letter(point) || point == '_';
}

bool unicode_is_identifier_part(uint32_t point) {
    if (point >= 0x80) return IS_IN(identifier_ranges, point);
    return is_ascii_letter(point) || is_ascii_digit(point) || point == '_';
}

bool unicode_is_identifier(Str s) {
    uint32_t point;
    uint32_t at = utf8_decode(s, 0, &point);
    if (at == 0 || !unicode_is_identifier_start(point)) return false;
    while (at < s.len) {
        uint32_t length = utf8_decode(s, at, &point);
        if (length == 0 || !unicode_is_identifier_part(point)) return false;
        at += length;
    }
    return true;
}

Str unicode_trim_start(Str s) {
    uint32_t point, length, spaces = 0;
    while (spaces < s.len && s.at[spaces] == ' ')
        spaces++;
    s = str_from(s, spaces);
    if (s.len > 0 && (signed char)s.at[0] > ' ') return s;
    while ((length = utf8_decode(s, 0, &point)) > 0 && unicode_is_space(point))
        s = str_from(s, length);
    return s;
}

Str unicode_trim_end(Str s) {
    while (s.len > 0) {
        uint32_t point = 0, start = s.len - 1;
        if ((signed char)s.at[start] > ' ') return s;
        while (start > 0 && ((unsigned char)s.at[start] & 0xc0) == 0x80)
            start--;
        if (utf8_decode(s, start, &point) == 0 || !unicode_is_space(point)) return s;
        s.len = start;
    }
    return s;
}

Str unicode_trim(Str s) {
    return unicode_trim_end(unicode_trim_start(s));
}
