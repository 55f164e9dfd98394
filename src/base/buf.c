#include "base/buf.h"

#include "base/error.h"
#include "base/format.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

void buf_release(Buf *self) {
    if (self->arena == NULL)
        free(self->at);
    else
        arena_give_back(self->arena, self->at, self->cap);
    *self = (Buf){.arena = self->arena};
}

void buf_clear(Buf *self) {
    self->len = 0;
}

static char *grown_to(const Buf *self, size_t cap) {
    if (self->arena != NULL) return arena_grow(self->arena, self->at, self->cap, cap);
    char *grown = realloc(self->at, cap);
    if (grown == NULL) out_of_memory();
    return grown;
}

char *buf_reserve(Buf *self, size_t more) {
    if (self->cap - self->len < more) {
        if (more > SIZE_MAX / 2 - self->len) out_of_memory();
        size_t cap = self->cap < 256 ? 256 : self->cap;
        while (cap - self->len < more)
            cap *= 2;
        self->at = grown_to(self, cap);
        self->cap = cap;
    }
    return self->at + self->len;
}

void buf_add_bytes(Buf *self, const void *bytes, size_t count) {
    if (count == 0) return;
    memcpy(buf_reserve(self, count), bytes, count);
    self->len += count;
}

void buf_add(Buf *self, Str s) {
    buf_add_bytes(self, s.at, s.len);
}

void buf_add_byte(Buf *self, char byte) {
    buf_add_bytes(self, &byte, 1);
}

void buf_add_number(Buf *self, uint64_t number) {
    char digits[MOST_DIGITS], *end = digits + sizeof digits, *first = format_number(end, number);
    buf_add_bytes(self, first, (size_t)(end - first));
}

static void add_anything(Buf *self, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    size_t length = format_length(format, arguments);
    vsnprintf(buf_reserve(self, length + 1), length + 1, format, again);
    va_end(again);
    self->len += length;
}

void buf_printf(Buf *self, const char *format, ...) {
    char text[SHORT_TEXT];
    size_t length;
    va_list arguments;
    va_start(arguments, format);
    bool is_simple = format_simply(text, sizeof text, &length, format, arguments);
    va_end(arguments);
    if (is_simple) {
        buf_add_bytes(self, text, length);
        return;
    }
    va_start(arguments, format);
    add_anything(self, format, arguments);
    va_end(arguments);
}

Str buf_str(const Buf *self) {
    return (Str){self->at, (uint32_t)self->len};
}

Str buf_keep(Buf *self, Arena *arena) {
    Str copy = self->len == 0 ? (Str){0} : str_copy(arena, buf_str(self));
    buf_release(self);
    return copy;
}

static bool is_control(uint32_t point) {
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x061c ||
           (point >= 0x200e && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xfeff;
}

// Whether the next eight bytes are from a blank to a tilde.
static bool are_printable(const char *at) {
    const uint64_t ones = 0x0101010101010101u, highs = 0x80 * ones;
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return ((bytes | (bytes + ones) | (bytes - ' ' * ones)) & highs) == 0;
}

static uint32_t skip_printable(Str s, uint32_t at) {
    while (at + 8 <= s.len && are_printable(s.at + at))
        at += 8;
    while (at < s.len && s.at[at] >= ' ' && s.at[at] < 0x7f)
        at++;
    return at;
}

void buf_add_printable(Buf *self, Str s, bool keep_lines) {
    for (uint32_t i = 0; i < s.len;) {
        uint32_t run = skip_printable(s, i);
        buf_add(self, str_slice(s, i, run));
        i = run;
        if (i == s.len) break;
        uint32_t point;
        uint32_t length = utf8_decode(s, i, &point);
        if (length == 0) {
            buf_printf(self, "\\x%02x", (unsigned char)s.at[i++]);
            continue;
        }
        if (!is_control(point) || (keep_lines && (point == '\n' || point == '\t')))
            buf_add(self, str_slice(s, i, i + length));
        else
            buf_printf(self, point < 0x100 ? "\\x%02x" : "\\u%04x", point);
        i += length;
    }
}
