#include "source/lines.h"

#include "base/utf8.h"
#include "base/vec.h"

void lines_scan(Lines *self, Arena *arena, Str text) {
    *self = (Lines){.text = text, .is_ascii = utf8_is_ascii(text)};
    VEC(uint32_t) starts = {0};
    vec_reserve(arena, &starts, text.len / 32 + 8);
    bool has_cr = str_find_byte(text, '\r') < text.len;
    for (uint32_t at = 0; at < text.len;) {
        vec_push(arena, &starts, at);
        Str rest = str_from(text, at);
        uint32_t end = str_find_byte(rest, '\n');
        if (has_cr) {
            uint32_t cr = str_find_byte(str_slice(rest, 0, end), '\r');
            if (cr < end && cr + 1 < end) end = cr;
        }
        at += end < rest.len ? end + 1 : rest.len;
    }
    self->count = starts.len;
    vec_push(arena, &starts, text.len);
    self->starts = starts.at;
}

Str line_with_end(const Lines *self, uint32_t index) {
    return str_slice(self->text, self->starts[index], self->starts[index + 1]);
}

Str line_text(const Lines *self, uint32_t index) {
    Str line = line_with_end(self, index);
    if (line.len > 0 && line.at[line.len - 1] == '\n') line.len--;
    if (line.len > 0 && line.at[line.len - 1] == '\r') line.len--;
    return line;
}

uint32_t lines_find(const Lines *self, uint32_t offset) {
    uint32_t low = 0, high = self->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->starts[middle + 1] <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    bool behind_rest = low == self->count && low > 0 &&
                       line_text(self, low - 1).len == line_with_end(self, low - 1).len;
    return behind_rest ? low - 1 : low;
}

Position lines_position(const Lines *self, uint32_t offset) {
    uint32_t line = lines_find(self, offset);
    Str before = str_slice(self->text, self->starts[line], offset);
    uint32_t column = self->is_ascii ? before.len : utf8_count(before);
    return (Position){line + 1, column + 1};
}
