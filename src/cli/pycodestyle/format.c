#include "cli/pycodestyle/format.h"

#include "base/utf8.h"
#include "python/strings.h"

#include <inttypes.h>
#include <strings.h>

enum { WIDEST = 4096 };

// One conversion of the format, such as `%(row)-5d`.
typedef struct Conversion {
    bool has_key;
    Str key;
    bool left, plus, blank, hash, zero;
    int width, precision; // precision -1: none
    char letter;
} Conversion;

typedef struct Formatter {
    Str format;
    uint32_t at;
    const FormatValues *values;
    bool is_used_up; // the arguments, for a conversion without a key
    Buf *out;
    Error *error;
} Formatter;

Str format_named(Str name) {
    if (name.len == 7 && strncasecmp(name.at, "default", 7) == 0)
        return STR("%(path)s:%(row)d:%(col)d: %(code)s %(text)s");
    if (name.len == 6 && strncasecmp(name.at, "pylint", 6) == 0)
        return STR("%(path)s:%(row)d: [%(code)s] %(text)s");
    return name;
}

// ---- Reading a conversion ----

static bool at_end(const Formatter *self) {
    return self->at >= self->format.len;
}

static bool read_key(Formatter *self, Conversion *conversion) {
    if (at_end(self) || self->format.at[self->at] != '(') return true;
    uint32_t start = ++self->at;
    for (int depth = 1; depth > 0; self->at++) {
        if (at_end(self)) return error_set(self->error, "ValueError: incomplete format key");
        char c = self->format.at[self->at];
        depth += (c == '(') - (c == ')');
    }
    conversion->has_key = true;
    conversion->key = str_slice(self->format, start, self->at - 1);
    return true;
}

static void read_flags(Formatter *self, Conversion *conversion) {
    for (; !at_end(self); self->at++) {
        char c = self->format.at[self->at];
        if (c == '-')
            conversion->left = true;
        else if (c == '+')
            conversion->plus = true;
        else if (c == ' ')
            conversion->blank = true;
        else if (c == '#')
            conversion->hash = true;
        else if (c == '0')
            conversion->zero = true;
        else
            return;
    }
}

static bool read_size(Formatter *self, int *size) {
    if (!at_end(self) && self->format.at[self->at] == '*')
        return error_set(self->error, "TypeError: * wants int");
    for (; !at_end(self); self->at++) {
        char c = self->format.at[self->at];
        if (c < '0' || c > '9') break;
        *size = *size * 10 + (c - '0');
        if (*size > WIDEST) *size = WIDEST;
    }
    return true;
}

static bool read_conversion(Formatter *self, Conversion *conversion) {
    *conversion = (Conversion){.precision = -1};
    if (!read_key(self, conversion)) return false;
    read_flags(self, conversion);
    if (!read_size(self, &conversion->width)) return false;
    if (!at_end(self) && self->format.at[self->at] == '.') {
        self->at++;
        conversion->precision = 0;
        if (!read_size(self, &conversion->precision)) return false;
    }
    if (!at_end(self) && memchr("hlL", self->format.at[self->at], 3) != NULL) self->at++;
    if (at_end(self)) return error_set(self->error, "ValueError: incomplete format");
    conversion->letter = self->format.at[self->at++];
    return true;
}

// ---- Writing a value ----

static uint32_t count_chars(Str s) {
    uint32_t count = 0, point;
    for (uint32_t at = 0; at < s.len; count++)
        at += python_char(s, at, &point);
    return count;
}

static Str first_chars(Str s, uint32_t count) {
    uint32_t at = 0, point;
    while (at < s.len && count-- > 0)
        at += python_char(s, at, &point);
    return str_slice(s, 0, at);
}

static void add_text(Formatter *self, const Conversion *conversion, Str text) {
    if (conversion->precision >= 0) text = first_chars(text, (uint32_t)conversion->precision);
    int padding = conversion->width - (int)count_chars(text);
    if (padding < 0) padding = 0;
    buf_printf(self->out, "%*s", conversion->left ? 0 : padding, "");
    buf_add(self->out, text);
    buf_printf(self->out, "%*s", conversion->left ? padding : 0, "");
}

// C's printf knows the same flags for numbers.
static void make_c_format(const Conversion *conversion, const char *length, char *out,
                          size_t size) {
    char precision[16] = "";
    if (conversion->precision >= 0)
        snprintf(precision, sizeof precision, ".%d", conversion->precision);
    char letter = conversion->letter == 'u' || conversion->letter == 'i' ? 'd' : conversion->letter;
    snprintf(out, size, "%%%s%s%s%s%s%d%s%s%c", conversion->left ? "-" : "",
             conversion->plus ? "+" : "", conversion->blank ? " " : "", conversion->hash ? "#" : "",
             conversion->zero ? "0" : "", conversion->width, precision, length, letter);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void add_number(Formatter *self, const Conversion *conversion, int64_t value) {
    char format[64], text[2 * WIDEST];
    bool is_float = memchr("eEfFgG", conversion->letter, 6) != NULL;
    make_c_format(conversion, is_float ? "" : "l", format, sizeof format);
    if (is_float)
        snprintf(text, sizeof text, format, (double)value);
    else
        snprintf(text, sizeof text, format, (long)value);
    buf_add(self->out, str_of(text));
}
#pragma GCC diagnostic pop

static void add_mapping(Buf *out, const FormatValues *values) {
    buf_add(out, STR("{'path': "));
    python_repr(out, values->path);
    buf_printf(out, ", 'row': %" PRId64 ", 'col': %" PRId64 ", 'code': ", values->row, values->col);
    python_repr(out, values->code);
    buf_add(out, STR(", 'text': "));
    python_repr(out, values->text);
    buf_add_byte(out, '}');
}

static bool fail_on_kind(Formatter *self, const Conversion *conversion, const char *type) {
    char letter = conversion->letter;
    if (memchr("diu", letter, 3) != NULL)
        return error_set(self->error, "TypeError: %%%c format: a number is required, not %s",
                         letter, type);
    if (memchr("oxX", letter, 3) != NULL)
        return error_set(self->error, "TypeError: %%%c format: an integer is required, not %s",
                         letter, type);
    if (letter == 'c') return error_set(self->error, "TypeError: %%c requires int or char");
    return error_set(self->error, "TypeError: must be real number, not %s", type);
}

static bool add_string(Formatter *self, const Conversion *conversion, Str text, const char *type) {
    bool is_text = memchr("sra", conversion->letter, 3) != NULL;
    if (conversion->letter == 'c' && strcmp(type, "str") == 0 && count_chars(text) == 1)
        is_text = true;
    if (!is_text) return fail_on_kind(self, conversion, type);
    if (conversion->letter == 's' || conversion->letter == 'c' || strcmp(type, "str") != 0) {
        add_text(self, conversion, text);
        return true;
    }
    Buf shown = {0};
    python_repr(&shown, text);
    add_text(self, conversion, buf_str(&shown));
    buf_release(&shown);
    return true;
}

static bool add_integer(Formatter *self, const Conversion *conversion, int64_t value) {
    char text[24];
    if (memchr("sra", conversion->letter, 3) != NULL) {
        snprintf(text, sizeof text, "%" PRId64, value);
        add_text(self, conversion, str_of(text));
    } else if (conversion->letter == 'c') {
        uint32_t length = utf8_encode(value > 0 && value < 0x110000 ? (uint32_t)value : 0, text);
        add_text(self, conversion, (Str){text, length});
    } else {
        add_number(self, conversion, value);
    }
    return true;
}

static bool add_keyed(Formatter *self, const Conversion *conversion) {
    const FormatValues *values = self->values;
    Str key = conversion->key;
    if (str_is(key, "path")) return add_string(self, conversion, values->path, "str");
    if (str_is(key, "code")) return add_string(self, conversion, values->code, "str");
    if (str_is(key, "text")) return add_string(self, conversion, values->text, "str");
    if (str_is(key, "row")) return add_integer(self, conversion, values->row);
    return add_integer(self, conversion, values->col);
}

static bool is_key(Str key) {
    return str_is(key, "path") || str_is(key, "row") || str_is(key, "col") || str_is(key, "code") ||
           str_is(key, "text");
}

static bool fail_on_key(Formatter *self, Str key) {
    Buf shown = {0};
    python_repr(&shown, key);
    error_set(self->error, "KeyError: %.*s", STR_ARG(buf_str(&shown)));
    buf_release(&shown);
    return false;
}

// A conversion without a key takes the whole mapping, once.
static bool add_whole(Formatter *self, const Conversion *conversion) {
    if (self->is_used_up)
        return error_set(self->error, "TypeError: not enough arguments for format string");
    Buf shown = {0};
    add_mapping(&shown, self->values);
    bool is_right = add_string(self, conversion, buf_str(&shown), "dict");
    buf_release(&shown);
    return is_right;
}

static bool add_conversion(Formatter *self) {
    Conversion conversion;
    if (!read_conversion(self, &conversion)) return false;
    if (conversion.has_key && !is_key(conversion.key)) return fail_on_key(self, conversion.key);
    if (conversion.letter == '%') {
        buf_add_byte(self->out, '%');
        return true;
    }
    if (memchr("sracdiuoxXeEfFgG", conversion.letter, 16) == NULL)
        return error_set(self->error,
                         "ValueError: unsupported format character '%c' (0x%x) at index %u",
                         conversion.letter, (unsigned char)conversion.letter, self->at - 1);
    bool is_right =
        conversion.has_key ? add_keyed(self, &conversion) : add_whole(self, &conversion);
    self->is_used_up = true;
    return is_right;
}

bool format_add(Buf *out, Str format, const FormatValues *values, Error *error) {
    Formatter formatter = {.format = format, .values = values, .out = out, .error = error};
    size_t start = out->len;
    while (!at_end(&formatter)) {
        uint32_t next = str_find_byte(str_from(format, formatter.at), '%');
        buf_add(out, str_slice(format, formatter.at, formatter.at + next));
        formatter.at += next + 1;
        if (formatter.at > format.len) break;
        if (add_conversion(&formatter)) continue;
        out->len = start;
        return false;
    }
    return true;
}
