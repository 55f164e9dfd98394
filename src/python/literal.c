#include "python/literal.h"

#include "base/search.h"
#include "base/utf8.h"

enum { REPLACEMENT = 0xFFFD };

static bool read_prefix(StringPart *self, char letter) {
    switch (letter | 0x20) {
    case 'r': return self->is_raw = true;
    case 'b': return self->is_bytes = true;
    case 'f':
    case 't': return self->is_format = true;
    case 'u': return self->is_unicode = true;
    default: return false;
    }
}

bool string_part_read(StringPart *self, Str text, uint32_t start, uint32_t end) {
    *self = (StringPart){.start = start, .end = end};
    if (end > text.len) return false;
    uint32_t at = start;
    while (at < end && text.at[at] != '"' && text.at[at] != '\'')
        if (!read_prefix(self, text.at[at++])) return false;
    if (at == end) return false;
    self->quote = text.at[at];
    char triple[3] = {self->quote, self->quote, self->quote};
    uint32_t width = end - at >= 6 && memcmp(text.at + at, triple, 3) == 0 ? 3 : 1;
    if (end - at < 2 * width || memcmp(text.at + end - width, triple, width) != 0) return false;
    self->is_triple = width == 3;
    self->body_start = at + width;
    self->body_end = end - width;
    return true;
}

typedef struct Reading {
    Arena *arena;
    StringValue *value;
    char *out; // value->text.at
    Str text;
    uint32_t at, end; // the part of the body that is not read yet
    bool is_bytes;
} Reading;

static void put_point(Reading *self, uint32_t point) {
    if (self->is_bytes) {
        self->out[self->value->text.len++] = (char)point;
        return;
    }
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) point = REPLACEMENT;
    char bytes[4];
    uint32_t length = utf8_encode(point, bytes);
    memcpy(self->out + self->value->text.len, bytes, length);
    self->value->text.len += length;
}

static void put_step(Reading *self) {
    vec_push(self->arena, &self->value->steps, (StringStep){self->value->text.len, self->at});
}

static int digit_value(char c, int base) {
    int value = c >= '0' && c <= '9'                     ? c - '0'
                : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                         : base;
    return value < base ? value : -1;
}

// Reads up to `most` digits at self->at.
static uint32_t read_number(Reading *self, uint32_t most, int base) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < most && self->at < self->end; i++, self->at++) {
        int digit = digit_value(self->text.at[self->at], base);
        if (digit < 0) break;
        number = number * (uint32_t)base + (uint32_t)digit;
    }
    return number;
}

// The line end at self->at, whichever it is.
static bool skip_line_end(Reading *self) {
    char c = self->text.at[self->at];
    if (c != '\n' && c != '\r') return false;
    self->at++;
    if (c == '\r' && self->at < self->end && self->text.at[self->at] == '\n') self->at++;
    return true;
}

static void skip_name(Reading *self) {
    Str rest = str_slice(self->text, self->at, self->end);
    uint32_t close = str_find_byte(rest, '}');
    self->at += close < rest.len ? close + 1 : rest.len;
}

// The letter behind a backslash, self->at; false where the two are no escape sequence.
static bool read_escape(Reading *self) {
    static const char letters[] = "\\'\"abfnrtv", values[] = "\\'\"\a\b\f\n\r\t\v";
    if (skip_line_end(self)) return true;
    char c = self->text.at[self->at];
    const char *simple = c == '\0' ? NULL : strchr(letters, c);
    if (simple != NULL) {
        self->at++;
        put_point(self, (uint8_t)values[simple - letters]);
        return true;
    }
    if (c >= '0' && c <= '7') {
        put_point(self, read_number(self, 3, 8));
        return true;
    }
    bool is_number = c == 'x' || (!self->is_bytes && (c == 'u' || c == 'U'));
    if (is_number) {
        self->at++;
        put_point(self, read_number(self, c == 'x' ? 2 : c == 'u' ? 4 : 8, 16));
        return true;
    }
    if (c != 'N' || self->is_bytes) return false;
    skip_name(self);
    put_point(self, REPLACEMENT);
    return true;
}

static void read_byte(Reading *self) {
    self->out[self->value->text.len++] = self->text.at[self->at++];
}

// Whether every byte of the part stands for itself.
static bool is_verbatim(const StringPart *part, Str text) {
    Str body = str_slice(text, part->body_start, part->body_end);
    return (part->is_raw || str_find_byte(body, '\\') == body.len) &&
           str_find_byte(body, '\r') == body.len;
}

static void read_part(Reading *self, const StringPart *part) {
    self->at = part->body_start;
    self->end = part->body_end;
    self->is_bytes = part->is_bytes;
    put_step(self);
    if (is_verbatim(part, self->text)) {
        uint32_t length = self->end - self->at;
        memcpy(self->out + self->value->text.len, self->text.at + self->at, length);
        self->value->text.len += length;
        return;
    }
    while (self->at < self->end) {
        char c = self->text.at[self->at];
        if (c == '\r') {
            skip_line_end(self);
            self->out[self->value->text.len++] = '\n';
            put_step(self);
        } else if (c == '\\' && !part->is_raw && self->at + 1 < self->end) {
            self->at++;
            if (!read_escape(self)) self->out[self->value->text.len++] = '\\';
            put_step(self);
        } else {
            read_byte(self);
        }
    }
}

static const Node *first_part(const Node *node) {
    return node->kind == NODE_CONCATENATED_STRING ? node_child_of_kind(node, NODE_STRING) : node;
}

static const Node *next_part(const Node *part, const Node *whole) {
    if (part == whole) return NULL;
    do
        part = node_next_sibling(part);
    while (part != NULL && part->kind != NODE_STRING);
    return part;
}

StringValue string_value(Arena *arena, Str text, const Node *node) {
    StringValue value = {.is_plain = true};
    // No escape is shorter than what it stands for.
    char *out = arena_alloc_raw(arena, node->end - node->start + 4, 1);
    value.text.at = out;
    Reading reading = {.arena = arena, .value = &value, .out = out, .text = text};
    for (const Node *at = first_part(node); at != NULL; at = next_part(at, node)) {
        StringPart part;
        if (!string_part_read(&part, text, at->start, at->end)) {
            value.is_plain = false;
            continue;
        }
        value.is_plain &= !part.is_bytes && !part.is_format;
        read_part(&reading, &part);
    }
    return value;
}

uint32_t string_value_source(const StringValue *self, uint32_t offset) {
    if (self->steps.len == 0) return 0;
    uint32_t later = COUNT_BEFORE(i, self->steps.len - 1, self->steps.at[i + 1].value <= offset);
    return self->steps.at[later].source + (offset - self->steps.at[later].value);
}

bool is_plain_string(Str text, const Node *node) {
    if (node->kind != NODE_STRING && node->kind != NODE_CONCATENATED_STRING) return false;
    const Node *at = first_part(node);
    if (at == NULL) return false;
    for (; at != NULL; at = next_part(at, node)) {
        StringPart part;
        if (!string_part_read(&part, text, at->start, at->end)) return false;
        if (part.is_bytes || part.is_format) return false;
    }
    return true;
}
