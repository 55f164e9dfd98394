#include "output/json_writer.h"

#include "base/utf8.h"

static void start_line(Json *self) {
    buf_add_byte(self->out, '\n');
    for (uint32_t i = 0; i < self->depth; i++)
        buf_add(self->out, STR("  "));
}

static void before_value(Json *self) {
    if (self->follows_key) {
        self->follows_key = false;
        return;
    }
    if (self->has_before) buf_add_byte(self->out, ',');
    if (self->depth > 0) start_line(self);
}

void json_begin(Json *self, char bracket) {
    before_value(self);
    buf_add_byte(self->out, bracket);
    self->depth++;
    self->has_before = false;
}

void json_end(Json *self, char bracket) {
    self->depth--;
    if (self->has_before) start_line(self);
    buf_add_byte(self->out, bracket);
    self->has_before = true;
}

static void add_escaped(Buf *out, unsigned char byte) {
    switch (byte) {
    case '"': buf_add(out, STR("\\\"")); return;
    case '\\': buf_add(out, STR("\\\\")); return;
    case '\n': buf_add(out, STR("\\n")); return;
    case '\r': buf_add(out, STR("\\r")); return;
    case '\t': buf_add(out, STR("\\t")); return;
    default: buf_printf(out, "\\u%04x", byte);
    }
}

// How many bytes from `at` on need no escape.
static uint32_t plain_length(Str text, uint32_t at) {
    uint32_t end = at;
    while (end < text.len) {
        unsigned char byte = (unsigned char)text.at[end];
        if (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7f) break;
        uint32_t point;
        uint32_t length = byte < 0x80 ? 1 : utf8_decode(text, end, &point);
        if (length == 0) break;
        end += length;
    }
    return end - at;
}

static void add_quoted(Buf *out, Str text) {
    buf_add_byte(out, '"');
    for (uint32_t at = 0; at < text.len;) {
        uint32_t plain = plain_length(text, at);
        buf_add(out, str_slice(text, at, at + plain));
        at += plain;
        if (at == text.len) break;
        unsigned char byte = (unsigned char)text.at[at++];
        if (byte >= 0x80)
            buf_add(out, STR("\xef\xbf\xbd"));
        else
            add_escaped(out, byte);
    }
    buf_add_byte(out, '"');
}

void json_add_key(Json *self, const char *key) {
    before_value(self);
    add_quoted(self->out, str_of(key));
    buf_add(self->out, STR(": "));
    self->follows_key = true;
    self->has_before = true;
}

void json_add_string(Json *self, Str text) {
    before_value(self);
    add_quoted(self->out, text);
    self->has_before = true;
}

void json_add_number(Json *self, uint64_t number) {
    before_value(self);
    buf_add_number(self->out, number);
    self->has_before = true;
}

void json_add_bool(Json *self, bool value) {
    before_value(self);
    buf_add(self->out, value ? STR("true") : STR("false"));
    self->has_before = true;
}

void json_add_null(Json *self) {
    before_value(self);
    buf_add(self->out, STR("null"));
    self->has_before = true;
}
