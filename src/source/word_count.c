#include "source/word_count.h"

#include "base/utf8.h"

// White space of glibc's UTF-8 locales, and the no-break spaces that wc takes for it.
static bool is_blank(uint32_t point) {
    if (point < 0x80) return point == ' ' || (point >= '\t' && point <= '\r');
    return point == 0xa0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200a) ||
           point == 0x202f || point == 0x205f || point == 0x2060 || point == 0x3000;
}

// Controls, separators of lines and paragraphs, and what no character is assigned to for good.
static bool is_unprintable(uint32_t point) {
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x2028 || point == 0x2029 ||
           (point & 0xfffe) == 0xfffe || (point >= 0xfdd0 && point <= 0xfdef);
}

WordCount word_count(Str bytes) {
    WordCount count = {.bytes = bytes.len};
    bool in_word = false;
    for (uint32_t at = 0; at < bytes.len;) {
        uint32_t point;
        uint32_t length = utf8_decode(bytes, at, &point);
        at += length == 0 ? 1 : length;
        if (length == 0) continue;
        if (point == '\n') count.lines++;
        if (is_blank(point)) {
            count.words += in_word;
            in_word = false;
        } else if (!is_unprintable(point)) {
            in_word = true;
        }
    }
    count.words += in_word;
    return count;
}
