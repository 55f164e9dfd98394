#include "base/utf8.h"

uint32_t utf8_decode(Str s, uint32_t at, uint32_t *point) {
    const unsigned char *p = (const unsigned char *)s.at + at;
    uint32_t left = s.len - at;
    if (left == 0) return 0;
    if (p[0] < 0x80) {
        *point = p[0];
        return 1;
    }
    uint32_t length = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || left < length) return 0;
    uint32_t value = p[0] & (0x7fu >> length);
    for (uint32_t i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80) return 0;
        value = value << 6 | (p[i] & 0x3f);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return 0;
    *point = value;
    return length;
}

uint32_t utf8_encode(uint32_t point, char out[4]) {
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    uint32_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (uint32_t i = length - 1; i > 0; i--, point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3f));
    out[0] = (char)((0xf00u >> length & 0xf0) | point);
    return length;
}

static uint64_t load_word(const char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static bool is_ascii_block(const char *at) {
    uint64_t any = load_word(at) | load_word(at + 8) | load_word(at + 16) | load_word(at + 24);
    return (any & 0x8080808080808080u) == 0;
}

static uint32_t skip_ascii(Str s, uint32_t at) {
    while (at + 32 <= s.len && is_ascii_block(s.at + at))
        at += 32;
    while (at + 8 <= s.len && (load_word(s.at + at) & 0x8080808080808080u) == 0)
        at += 8;
    while (at < s.len && (unsigned char)s.at[at] < 0x80)
        at++;
    return at;
}

uint32_t utf8_find_invalid(Str s) {
    uint32_t at = 0;
    while ((at = skip_ascii(s, at)) < s.len) {
        uint32_t point;
        uint32_t length = utf8_decode(s, at, &point);
        if (length == 0) return at;
        at += length;
    }
    return s.len;
}

bool utf8_is_ascii(Str s) {
    return skip_ascii(s, 0) == s.len;
}

uint32_t utf8_count(Str s) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.at[i] & 0xc0) != 0x80;
    return count;
}
