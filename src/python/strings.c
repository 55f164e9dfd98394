#include "python/strings.h"

#include "base/utf8.h"

bool python_is_space(uint32_t point) {
    if (point < 0x80)
        return point == ' ' || (point >= '\t' && point <= '\r') || (point >= 0x1c && point <= 0x1f);
    return point == 0x85 || point == 0xa0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200a) || point == 0x2028 || point == 0x2029 ||
           point == 0x202f || point == 0x205f || point == 0x3000;
}

uint32_t python_char(Str s, uint32_t at, uint32_t *point) {
    uint32_t length = utf8_decode(s, at, point);
    if (length > 0) return length;
    *point = 0xdc00 + (unsigned char)s.at[at];
    return 1;
}

Str python_rstrip(Str s) {
    while (s.len > 0) {
        uint32_t last = s.len - 1, point;
        while (last > 0 && s.len - last < 4 && ((unsigned char)s.at[last] & 0xc0) == 0x80)
            last--;
        if (last + python_char(s, last, &point) != s.len || !python_is_space(point)) break;
        s.len = last;
    }
    return s;
}

Str python_strip(Str s) {
    uint32_t point;
    while (s.len > 0) {
        uint32_t length = python_char(s, 0, &point);
        if (!python_is_space(point)) break;
        s = str_from(s, length);
    }
    return python_rstrip(s);
}

static bool ends_line(uint32_t point) {
    return (point >= '\n' && point <= '\r') || (point >= 0x1c && point <= 0x1e) || point == 0x85 ||
           point == 0x2028 || point == 0x2029;
}

bool python_split_line(Str *rest, Str *line) {
    if (rest->len == 0) return false;
    uint32_t at = 0, point = 0;
    while (at < rest->len && !ends_line(point))
        at += python_char(*rest, at, &point);
    if (point == '\r' && at < rest->len && rest->at[at] == '\n') at++;
    *line = str_slice(*rest, 0, at);
    *rest = str_from(*rest, at);
    return true;
}

Str python_without_line_end(Str line) {
    static const Str ends[] = {STR("\r\n"),         STR("\n"),          STR("\r"),
                               STR("\v"),           STR("\f"),          STR("\x1c"),
                               STR("\x1d"),         STR("\x1e"),        STR("\xc2\x85"),
                               STR("\xe2\x80\xa8"), STR("\xe2\x80\xa9")};
    for (uint32_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (str_ends_with(line, ends[i])) return str_slice(line, 0, line.len - ends[i].len);
    return line;
}

// ---- repr ----

static bool is_printable(uint32_t point) {
    if (point < 0x7f) return point >= ' ';
    if (point <= 0xa0 || point == 0xad) return false;
    if (python_is_space(point)) return false;
    static const uint32_t hidden[][2] = {{0x200b, 0x200f}, {0x202a, 0x202e},   {0x2060, 0x206f},
                                         {0xd800, 0xf8ff}, {0xfeff, 0xfeff},   {0xfff0, 0xfffb},
                                         {0xfffe, 0xffff}, {0xe0000, 0xe00ff}, {0xe01f0, 0x10ffff}};
    for (uint32_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (point >= hidden[i][0] && point <= hidden[i][1]) return false;
    return true;
}

static void add_escaped(Buf *out, uint32_t point) {
    if (point == '\n') {
        buf_add(out, STR("\\n"));
    } else if (point == '\r') {
        buf_add(out, STR("\\r"));
    } else if (point == '\t') {
        buf_add(out, STR("\\t"));
    } else if (point < 0x100) {
        buf_printf(out, "\\x%02x", point);
    } else if (point < 0x10000) {
        buf_printf(out, "\\u%04x", point);
    } else {
        buf_printf(out, "\\U%08x", point);
    }
}

void python_repr(Buf *out, Str s) {
    bool has_single = str_find_byte(s, '\'') < s.len, has_double = str_find_byte(s, '"') < s.len;
    char quote = has_single && !has_double ? '"' : '\'';
    buf_add_byte(out, quote);
    for (uint32_t at = 0, length, point; at < s.len; at += length) {
        length = python_char(s, at, &point);
        if (point == '\\' || point == (uint32_t)quote) buf_add_byte(out, '\\');
        if (is_printable(point))
            buf_add(out, str_slice(s, at, at + length));
        else
            add_escaped(out, point);
    }
    buf_add_byte(out, quote);
}

// ---- int ----

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return 99;
}

static Str without_prefix(Str s, int radix) {
    char letter = radix == 16 ? 'x' : radix == 8 ? 'o' : radix == 2 ? 'b' : '\0';
    if (s.len < 2 || letter == '\0' || s.at[0] != '0' || (s.at[1] | 0x20) != letter) return s;
    s = str_from(s, 2);
    return s.len > 0 && s.at[0] == '_' ? str_from(s, 1) : s;
}

bool python_int(Str s, int radix, int64_t *value) {
    s = python_strip(s);
    bool is_negative = s.len > 0 && s.at[0] == '-';
    if (s.len > 0 && (s.at[0] == '-' || s.at[0] == '+')) s = str_from(s, 1);
    s = without_prefix(s, radix);
    if (s.len == 0 || s.at[s.len - 1] == '_') return false;
    int64_t sum = 0;
    bool may_underscore = false;
    for (uint32_t i = 0; i < s.len; i++) {
        bool is_underscore = s.at[i] == '_';
        if (is_underscore && !may_underscore) return false;
        may_underscore = !is_underscore;
        if (is_underscore) continue;
        int digit = digit_value(s.at[i]);
        if (digit >= radix) return false;
        sum = sum > (INT64_MAX - digit) / radix ? INT64_MAX : sum * radix + digit;
    }
    *value = is_negative ? -sum : sum;
    return true;
}
