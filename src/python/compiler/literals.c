#include "python/compiler/literals.h"

#include "base/ascii.h"
#include "base/search.h"
#include "base/utf8.h"

// ---- Strings ----

bool string_prefix(Str text, uint32_t offset, StringPrefix *prefix) {
    *prefix = (StringPrefix){0};
    bool is_unicode = false;
    for (;; prefix->length++) {
        char byte = str_byte(text, offset + prefix->length);
        if (byte == '"' || byte == '\'') {
            prefix->quote = (char)byte;
            break;
        }
        bool raw = (byte | 0x20) == 'r';
        bool bytes = byte == 'b' || byte == 'B';
        bool format = byte == 'f' || byte == 'F';
        bool unicode = byte == 'u' || byte == 'U';
        if (!raw && !bytes && !format && !unicode) return false;
        if (is_unicode || (unicode && prefix->length > 0)) return false;
        if ((raw && prefix->is_raw) || (bytes && (prefix->is_bytes || prefix->is_format)))
            return false;
        if (format && (prefix->is_format || prefix->is_bytes)) return false;
        prefix->is_raw |= raw;
        prefix->is_bytes |= bytes;
        prefix->is_format |= format;
        is_unicode |= unicode;
    }
    uint32_t quotes = offset + prefix->length;
    bool triple =
        str_byte(text, quotes + 1) == prefix->quote && str_byte(text, quotes + 2) == prefix->quote;
    prefix->quotes = triple ? 3 : 1;
    return true;
}

uint32_t string_end(Str text, uint32_t offset, StringPrefix prefix) {
    uint32_t at = offset + prefix.length + prefix.quotes;
    while (at < text.len) {
        char byte = text.at[at];
        if (byte == '\\') {
            bool crlf = str_byte(text, at + 1) == '\r' && str_byte(text, at + 2) == '\n';
            at += crlf ? 3 : 2;
            continue;
        }
        if (prefix.quotes == 1 && (byte == '\n' || byte == '\r')) return UINT32_MAX;
        if (byte == prefix.quote && (prefix.quotes == 1 || (str_byte(text, at + 1) == byte &&
                                                            str_byte(text, at + 2) == byte)))
            return at + prefix.quotes;
        at++;
    }
    return UINT32_MAX;
}

static uint32_t count_hex(Str text, uint32_t at, uint32_t most) {
    uint32_t count = 0;
    while (count < most && is_hex_digit(str_byte(text, at + count)))
        count++;
    return count;
}

// An escape at the backslash `*at`; moves behind it.
static const char *escape_problem(Str text, uint32_t *at, bool is_bytes) {
    char letter = str_byte(text, *at + 1);
    uint32_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    uint32_t body = *at + 2;
    *at = body;
    if (is_bytes && letter != 'x') return NULL;
    if (digits > 0) {
        if (count_hex(text, body, digits) < digits)
            return is_bytes ? "an `\\x` escape without two hexadecimal digits"
                            : "an escape with too few hexadecimal digits";
        bool beyond =
            digits == 8 && (memcmp(text.at + body, "00", 2) != 0 ||
                            (text.at[body + 2] != '0' && memcmp(text.at + body + 2, "10", 2) != 0));
        *at = body + digits;
        return beyond ? "an escape beyond the last code point" : NULL;
    }
    if (letter != 'N') return NULL;
    uint32_t end = body;
    while (end < text.len && text.at[end] != '}')
        end++;
    if (str_byte(text, body) != '{' || end >= text.len || end == body + 1)
        return "an `\\N` escape without a name in braces";
    *at = end + 1;
    return NULL;
}

const char *string_problem(Str inside, StringPrefix prefix, uint32_t *bad) {
    if (prefix.is_bytes) {
        for (uint32_t i = 0; i < inside.len; i++) {
            *bad = i;
            if ((unsigned char)inside.at[i] >= 0x80)
                return "a non-ASCII character in a bytes literal";
        }
    }
    if (prefix.is_raw) return NULL;
    uint32_t at = str_find_byte(inside, '\\');
    while (at < inside.len) {
        *bad = at;
        const char *problem = escape_problem(inside, &at, prefix.is_bytes);
        if (problem != NULL) return problem;
        at += str_find_byte(str_from(inside, at), '\\');
    }
    return NULL;
}

// ---- Numbers ----

// Digits with single underscores between them; false where an underscore has no digit behind it.
static bool skip_digits(Str text, uint32_t *at, bool (*is_one)(char)) {
    for (;;) {
        while (is_one(str_byte(text, *at)))
            ++*at;
        if (str_byte(text, *at) != '_') return true;
        if (!is_one(str_byte(text, *at + 1))) return false;
        ++*at;
    }
}

static uint32_t radix_end(Str text, uint32_t at, bool (*is_one)(char), const char **problem) {
    at += 2;
    uint32_t start = at;
    if (str_byte(text, at) == '_') at++;
    if (!is_one(str_byte(text, at)) || !skip_digits(text, &at, is_one) || at == start ||
        is_digit(str_byte(text, at)))
        *problem = "a number with a wrong digit";
    return at;
}

enum { MOST_INT_DIGITS = 4300 };

static uint32_t decimal_end(Str text, uint32_t offset, const char **problem) {
    uint32_t at = offset;
    bool ok = skip_digits(text, &at, is_digit);
    bool is_integer = true;
    uint32_t digits_end = at;
    if (ok && str_byte(text, at) == '.') {
        is_integer = false;
        at++;
        ok = !is_digit(str_byte(text, at)) || skip_digits(text, &at, is_digit);
        if (ok && str_byte(text, at) == '_') ok = false;
    }
    char mark = str_byte(text, at);
    if (ok && (mark == 'e' || mark == 'E')) {
        uint32_t sign = str_byte(text, at + 1) == '+' || str_byte(text, at + 1) == '-' ? 2 : 1;
        if (is_digit(str_byte(text, at + sign))) {
            is_integer = false;
            at += sign;
            ok = skip_digits(text, &at, is_digit);
        } else if (sign == 2) {
            ok = false;
        }
    }
    if (ok && (str_byte(text, at) == 'j' || str_byte(text, at) == 'J')) {
        is_integer = false;
        at++;
    }
    if (!ok) {
        *problem = "a number with a misplaced `_` or an exponent without digits";
    } else if (is_integer && str_byte(text, offset) == '0') {
        for (uint32_t i = offset; i < digits_end; i++)
            if (text.at[i] != '0' && text.at[i] != '_')
                *problem = "a decimal number with leading zeros";
    } else if (is_integer && digits_end - offset > MOST_INT_DIGITS) {
        uint32_t digits = 0;
        for (uint32_t i = offset; i < digits_end; i++)
            digits += text.at[i] != '_';
        if (digits > MOST_INT_DIGITS) *problem = "an integer of more than 4300 digits";
    }
    return at;
}

uint32_t number_end(Str text, uint32_t offset, uint32_t *bad, const char **problem) {
    char letter = str_byte(text, offset + 1) | 0x20;
    uint32_t at;
    *bad = offset;
    if (str_byte(text, offset) == '0' && letter == 'x')
        at = radix_end(text, offset, is_hex_digit, problem);
    else if (str_byte(text, offset) == '0' && letter == 'o')
        at = radix_end(text, offset, is_octal_digit, problem);
    else if (str_byte(text, offset) == '0' && letter == 'b')
        at = radix_end(text, offset, is_binary_digit, problem);
    else
        at = decimal_end(text, offset, problem);
    return at;
}

// ---- Names ----

typedef struct PointRange {
    uint32_t first, last;
} PointRange;

static const PointRange starts[] = {
#define START(first, last) {first, last},
#define REST(first, last)
#include "python/compiler/identifiers.def"
#undef START
#undef REST
};

static const PointRange rests[] = {
#define START(first, last)
#define REST(first, last) {first, last},
#include "python/compiler/identifiers.def"
#undef START
#undef REST
};

static bool is_in(const PointRange *ranges, uint32_t count, uint32_t point) {
    uint32_t place = COUNT_BEFORE(i, count, ranges[i].last < point);
    return place < count && ranges[place].first <= point;
}

uint32_t identifier_find_bad(Str name) {
    for (uint32_t at = 0; at < name.len;) {
        uint32_t point = 0;
        uint32_t length = utf8_decode(name, at, &point);
        if (length == 0) return at;
        bool ok = is_in(starts, sizeof starts / sizeof starts[0], point) ||
                  (at > 0 && is_in(rests, sizeof rests / sizeof rests[0], point));
        if (!ok) return at;
        at += length;
    }
    return name.len;
}
