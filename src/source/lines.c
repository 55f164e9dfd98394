#include "source/lines.h"

#include "base/search.h"
#include "base/utf8.h"
#include "base/vec.h"

typedef VEC(uint32_t) Starts;

// One past the line end that follows `at`, where only LF ends a line.
static uint32_t end_at_lf(Str text, uint32_t at) {
    uint32_t end = at + str_find_byte(str_from(text, at), '\n');
    return end < text.len ? end + 1 : text.len;
}

// Cuts from `at` on at LF, CR LF and CR. The next place of each is searched again only when it was
// passed, so a text with one kind alone is gone through twice at most.
static void cut_universal(Starts *starts, Arena *arena, Str text, uint32_t at) {
    uint32_t cr = at + str_find_byte(str_from(text, at), '\r');
    while (at < text.len && cr == text.len) {
        vec_push(arena, starts, at);
        at = end_at_lf(text, at);
    }
    for (uint32_t lf = at; at < text.len;) {
        vec_push(arena, starts, at);
        if (cr < at) cr = at + str_find_byte(str_from(text, at), '\r');
        if (lf <= at) lf = at + str_find_byte(str_from(text, at), '\n');
        uint32_t end = cr + 1 < lf ? cr : lf;
        at = end < text.len ? end + 1 : text.len;
    }
}

uint32_t line_separator_at(Str text, uint32_t at) {
    unsigned char c = (unsigned char)text.at[at];
    if (c == '\r') return at + 1 < text.len && text.at[at + 1] == '\n' ? 2 : 1;
    if ((c >= '\n' && c <= '\f') || (c >= 0x1c && c <= 0x1e)) return 1;
    uint32_t point;
    if (c != 0xc2 && c != 0xe2) return 0;
    uint32_t length = utf8_decode(text, at, &point);
    return point == 0x85 || point == 0x2028 || point == 0x2029 ? length : 0;
}

static void cut_at_any_control(Starts *starts, Arena *arena, Str text) {
    for (uint32_t at = 0; at < text.len;) {
        vec_push(arena, starts, at);
        uint32_t length = 0;
        while (at < text.len && (length = line_separator_at(text, at)) == 0)
            at++;
        at += length;
    }
}

void lines_scan_as(Lines *self, Arena *arena, Str text, LineRules rules) {
    *self = (Lines){.text = text, .is_ascii = utf8_is_ascii(text)};
    Starts starts = {0};
    vec_reserve(arena, &starts, text.len / 32 + 8);
    uint32_t at = 0;
    for (; at < text.len && starts.len < rules.verbatim; at = end_at_lf(text, at))
        vec_push(arena, &starts, at);
    self->verbatim = starts.len;
    if (rules.ends_at_any_control)
        cut_at_any_control(&starts, arena, text);
    else
        cut_universal(&starts, arena, text, at);
    self->count = starts.len;
    vec_push(arena, &starts, text.len);
    self->starts = starts.at;
}

void lines_scan(Lines *self, Arena *arena, Str text) {
    lines_scan_as(self, arena, text, (LineRules){0});
}

Str line_with_end(const Lines *self, uint32_t index) {
    return str_slice(self->text, self->starts[index], self->starts[index + 1]);
}

uint32_t line_text_end(const Lines *self, uint32_t index) {
    const char *text = self->text.at;
    uint32_t start = self->starts[index], end = self->starts[index + 1];
    bool has_lf = end > start && text[end - 1] == '\n';
    if (has_lf) end--;
    bool has_cr = end > start && text[end - 1] == '\r';
    if (has_cr && (has_lf || index >= self->verbatim)) end--;
    return end;
}

Str line_text(const Lines *self, uint32_t index) {
    return str_slice(self->text, self->starts[index], line_text_end(self, index));
}

Str line_end_like(const Lines *self, uint32_t index) {
    if (index >= self->count || line_text_end(self, index) == self->starts[index + 1]) index = 0;
    if (self->count == 0) return STR("\n");
    Str end = str_slice(self->text, line_text_end(self, index), self->starts[index + 1]);
    return end.len == 0 ? STR("\n") : end;
}

uint32_t lines_find(const Lines *self, uint32_t offset) {
    uint32_t line = COUNT_BEFORE(i, self->count, self->starts[i + 1] <= offset);
    bool behind_rest =
        line == self->count && line > 0 && line_text_end(self, line - 1) == self->starts[line];
    return behind_rest ? line - 1 : line;
}

uint32_t text_columns(const Lines *self, Str piece) {
    return self->is_ascii ? piece.len : utf8_count(piece);
}

Position lines_position(const Lines *self, uint32_t offset) {
    LineCursor cursor = {.line = lines_find(self, offset)};
    cursor.offset = self->starts[cursor.line];
    return lines_position_from(self, &cursor, offset);
}

static bool is_on_line(const Lines *self, uint32_t line, uint32_t offset) {
    return line < self->count && offset >= self->starts[line] && offset < self->starts[line + 1];
}

Position lines_position_from(const Lines *self, LineCursor *cursor, uint32_t offset) {
    if (offset < cursor->offset || !is_on_line(self, cursor->line, offset)) {
        cursor->line = is_on_line(self, cursor->line + 1, offset) ? cursor->line + 1
                                                                  : lines_find(self, offset);
        cursor->offset = self->starts[cursor->line];
        cursor->column = 0;
    }
    cursor->column += text_columns(self, str_slice(self->text, cursor->offset, offset));
    cursor->offset = offset;
    return (Position){cursor->line + 1, cursor->column + 1};
}
