// UTF-8, ASCII and Latin-1 are decoded here, other character sets by GNU libiconv; Python's names
// for them are a table.

#include "source/encoding.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>

static const Str BYTE_ORDER_MARK = {"\xef\xbb\xbf", 3};

typedef struct Codec {
    char python[24], iconv[20];
} Codec;

static const Codec codecs[] = {
#include "source/codecs.inc"
};

// ---- Names ----

static bool is_name_byte(char c) {
    return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.';
}

// tokenize's _get_normal_name(), which looks at twelve characters.
static Str normal_name(Arena *arena, Str name) {
    Str start = str_copy(arena, str_slice(name, 0, 12));
    char *at = (char *)start.at;
    for (uint32_t i = 0; i < start.len; i++)
        at[i] = at[i] == '_' ? '-' : ascii_lower(at[i]);
    if (str_is(start, "utf-8") || str_starts_with(start, STR("utf-8-"))) return STR("utf-8");
    static const char *const latin_1[] = {"latin-1", "iso-8859-1", "iso-latin-1"};
    for (uint32_t i = 0; i < sizeof latin_1 / sizeof latin_1[0]; i++) {
        Str known = str_of(latin_1[i]);
        bool goes_on = start.len > known.len && start.at[known.len] == '-';
        if (str_starts_with(start, known) && (start.len == known.len || goes_on))
            return STR("iso-8859-1");
    }
    return name;
}

static uint32_t find_codec(Str name) {
    uint32_t count = sizeof codecs / sizeof codecs[0];
    for (uint32_t i = 0; i < count; i++)
        if (str_is(name, codecs[i].python)) return i;
    return count;
}

// What iconv calls the codec, or NULL: names are compared as the encodings package does, by their
// letters, digits and points, with one underscore for everything between them, and then with one
// for the points, too.
static const char *iconv_name(Arena *arena, Str name) {
    char *key = arena_alloc_raw(arena, (size_t)name.len + 1, 1);
    uint32_t len = 0;
    for (uint32_t i = 0; i < name.len; i++) {
        if (is_letter_or_digit(name.at[i]) || name.at[i] == '.')
            key[len++] = ascii_lower(name.at[i]);
        else if (len > 0 && key[len - 1] != '_')
            key[len++] = '_';
    }
    while (len > 0 && key[len - 1] == '_')
        len--;
    uint32_t count = sizeof codecs / sizeof codecs[0], codec = find_codec((Str){key, len});
    for (uint32_t i = 0; i < len; i++)
        if (key[i] == '.') key[i] = '_';
    if (codec == count) codec = find_codec((Str){key, len});
    return codec < count ? codecs[codec].iconv : NULL;
}

// ---- The cookie ----

static uint32_t skip_blanks(Str line, uint32_t at) {
    while (at < line.len && (line.at[at] == ' ' || line.at[at] == '\t' || line.at[at] == '\f'))
        at++;
    return at;
}

static Str first_line(Str text) {
    uint32_t end = str_find_byte(text, '\n');
    return str_slice(text, 0, end < text.len ? end + 1 : end);
}

// ^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)
static bool find_cookie(Str line, Str *name) {
    uint32_t at = skip_blanks(line, 0);
    if (at == line.len || line.at[at] != '#') return false;
    for (Str rest = str_from(line, at + 1);; rest = str_from(rest, 1)) {
        rest = str_from(rest, str_find(rest, STR("coding")));
        if (rest.len < 8) return false;
        if (rest.at[6] != ':' && rest.at[6] != '=') continue;
        uint32_t start = 7;
        while (start < rest.len && (rest.at[start] == ' ' || rest.at[start] == '\t'))
            start++;
        uint32_t end = start;
        while (end < rest.len && is_name_byte(rest.at[end]))
            end++;
        *name = str_slice(rest, start, end);
        if (end > start) return true;
    }
}

// ^[ \t\f]*(?:[#\r\n]|$)
static bool is_blank_or_comment(Str line) {
    uint32_t at = skip_blanks(line, 0);
    return at == line.len || line.at[at] == '#' || line.at[at] == '\r' || line.at[at] == '\n';
}

static bool is_utf8(Str text) {
    return utf8_find_invalid(text) == text.len;
}

// Looks for a cookie in the first two lines, and counts those that were read for it. Where they are
// not UTF-8, detect_encoding() gives up and pycodestyle reads the file anew; the cookie still
// holds, as it does for the interpreter.
static bool find_declaration(Source *self, Str text, Str *name) {
    Str first = first_line(text), second = first_line(str_from(text, first.len));
    if (first.len == 0) return false;
    self->header_lines = is_utf8(first);
    if (find_cookie(first, name)) return true;
    if (!is_blank_or_comment(first) || second.len == 0) return false;
    self->header_lines = is_utf8(first) && is_utf8(second) ? 2 : 0;
    return find_cookie(second, name);
}

// ---- Decoding ----

static void decode_latin_1(Source *self, Arena *arena, Str text) {
    uint64_t high = 0;
    for (uint32_t i = 0; i < text.len; i++)
        high += (unsigned char)text.at[i] >> 7;
    self->text = text;
    if (high == 0) return;
    if (text.len + high > UINT32_MAX) {
        self->text = (Str){0};
        self->problem = SOURCE_TOO_LARGE;
        return;
    }
    char *out = arena_alloc_raw(arena, text.len + high, 1), *at = out;
    for (uint32_t i = 0; i < text.len; i++)
        at += utf8_encode((unsigned char)text.at[i], at);
    self->text = (Str){out, (uint32_t)(text.len + high)};
    self->is_converted = true;
}

static void fall_back(Source *self, Arena *arena, Str text, SourceProblem problem,
                      const char *bad) {
    self->problem = problem;
    self->bad_offset = (uint32_t)(bad - self->raw.at);
    self->header_lines = 0;
    decode_latin_1(self, arena, text);
}

static void decode_utf8(Source *self, Arena *arena, Str text) {
    uint32_t bad = utf8_find_invalid(text);
    self->text = text;
    if (bad < text.len) fall_back(self, arena, text, SOURCE_UNDECODABLE, text.at + bad);
}

static void decode_ascii(Source *self, Arena *arena, Str text) {
    uint32_t bad = 0;
    while (bad < text.len && (unsigned char)text.at[bad] < 0x80)
        bad++;
    self->text = text;
    if (bad < text.len) fall_back(self, arena, text, SOURCE_UNDECODABLE, text.at + bad);
}

// Where iconv stopped: text.len where all is converted.
static uint32_t convert(iconv_t codec, Arena *arena, Str text, Str *converted) {
    size_t cap = (size_t)text.len * 2 + 64, left = text.len;
    char *out = arena_alloc_raw(arena, cap, 16), *to = out;
    const char *in = text.at;
    size_t room = cap;
    while (iconv(codec, left > 0 ? &in : NULL, &left, &to, &room) == (size_t)-1 || left > 0) {
        if (errno != E2BIG) break;
        size_t used = (size_t)(to - out);
        out = arena_grow(arena, out, cap, cap * 2);
        cap *= 2;
        to = out + used;
        room = cap - used;
    }
    *converted = (Str){out, (uint32_t)(to - out)};
    return text.len - (uint32_t)left;
}

// Where Python's table has nothing, that of these character sets goes on with private characters.
static bool has_private_characters(const char *name) {
    Str codec = str_of(name);
    return str_is(codec, "EUC-JP") || str_is(codec, "CP949") || str_is(codec, "CP950");
}

// U+E000 to U+F8FF
static bool has_private(Str text) {
    for (uint32_t at = 0, point = 0, length; at < text.len; at += length) {
        length = utf8_decode(text, at, &point);
        if (length == 0) return false;
        if (point >= 0xe000 && point <= 0xf8ff) return true;
    }
    return false;
}

enum { MOST_BYTES_FOR_ICONV = 1 << 30 }; // what it makes of them still has 32-bit offsets

static void decode_by_iconv(Source *self, Arena *arena, Str text, const char *name) {
    iconv_t codec = (iconv_t)-1;
    if (text.len <= MOST_BYTES_FOR_ICONV) codec = iconv_open("UTF-8", name);
    if (codec == (iconv_t)-1) {
        fall_back(self, arena, text, SOURCE_UNKNOWN_ENCODING, self->encoding.at);
        return;
    }
    uint32_t end = convert(codec, arena, text, &self->text);
    iconv_close(codec);
    self->is_converted = true;
    if (has_private_characters(name) && has_private(self->text)) end = 0;
    if (end < text.len) fall_back(self, arena, text, SOURCE_UNDECODABLE, text.at + end);
}

static void decode_as(Source *self, Arena *arena, Str text, const char *name) {
    Str codec = str_of(name);
    if (str_is(codec, "UTF-8"))
        decode_utf8(self, arena, text);
    else if (str_is(codec, "US-ASCII"))
        decode_ascii(self, arena, text);
    else if (str_is(codec, "ISO-8859-1"))
        decode_latin_1(self, arena, text);
    else
        decode_by_iconv(self, arena, text, name);
}

void source_decode(Source *self, Arena *arena) {
    Str text = self->raw;
    self->has_bom = str_starts_with(text, BYTE_ORDER_MARK);
    if (self->has_bom) text = str_from(text, BYTE_ORDER_MARK.len);
    self->encoding = STR("utf-8");
    Str cookie;
    if (!find_declaration(self, text, &cookie)) {
        decode_utf8(self, arena, text);
        return;
    }
    self->encoding = cookie;
    Str name = normal_name(arena, cookie);
    const char *codec = iconv_name(arena, name);
    if (codec == NULL)
        fall_back(self, arena, text, SOURCE_UNKNOWN_ENCODING, cookie.at);
    else if (self->has_bom && !str_is(name, "utf-8"))
        fall_back(self, arena, text, SOURCE_BOM_CONFLICT, cookie.at);
    else
        decode_as(self, arena, text, codec);
}
