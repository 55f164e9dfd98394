#include "rule/style.h"

#include "base/utf8.h"
#include "python/unicode.h"

Spot spot_in(const Pass *pass, const LogicalLine *line, uint32_t offset) {
    return logical_spot(line, pass->arena, &pass->file->lines, offset);
}

Spot spot_before(const Token *token) {
    return (Spot){.offset = token->start};
}

Spot spot_behind(const Pass *pass, const Token *token) {
    const Lines *lines = &pass->file->lines;
    bool ends_row =
        token->end_line < lines->count && token->end > line_text_end(lines, token->end_line);
    if (!ends_row) return (Spot){.offset = token->end};
    return (Spot){.offset = token->end,
                  .is_elsewhere = true,
                  .place = line_place(lines, token->end_line, token->end)};
}

Spot spot_at(const Pass *pass, RowColumn place) {
    const Lines *lines = &pass->file->lines;
    return (Spot){.offset = place_offset(lines, place), .is_elsewhere = true, .place = place};
}

Spot spot_on(const Pass *pass, const PhysicalLine *line, uint32_t offset) {
    const Lines *lines = &pass->file->lines;
    if (lines_find(lines, offset) + 1 == line->row) return (Spot){.offset = offset};
    Str before = str_slice(lines->text, line->start, offset);
    RowColumn place = {line->row, (int32_t)text_columns(lines, before)};
    return (Spot){.offset = offset, .is_elsewhere = true, .place = place};
}

Finding *spot_show(const Pass *pass, Finding *finding, Spot spot) {
    if (!spot.is_elsewhere) return finding;
    int32_t column = spot.place.column + 1;
    if (column < 1 && !pass->settings->pycodestyle_noqa) column = 1;
    finding_place(finding, (Position){spot.place.row, (uint32_t)column});
    return finding;
}

// The place of `needle` from `at` on, found by its second byte: the searches are for words whose
// second letter is rare in code.
static uint32_t find_by_second_byte(Str text, uint32_t at, Str needle) {
    for (;;) {
        uint32_t second = at + 1 + str_find_byte(str_from(text, at + 1), needle.at[1]);
        if (second >= text.len) return text.len;
        if (has_at(text, second - 1, needle)) return second - 1;
        at = second;
    }
}

bool line_mentions(const Pass *pass, const LogicalLine *line, Str needle, uint32_t *next) {
    Str text = pass->file->lines.text;
    uint32_t start = line->tokens[line->first].start;
    uint32_t end = line->tokens[line->token_count - 1].end;
    if (*next < start || start == 0)
        *next = needle.len == 1 ? start + str_find_byte(str_from(text, start), needle.at[0])
                                : find_by_second_byte(text, start, needle);
    return *next < end;
}

// ---- Text ----

uint32_t other_space_at(Str text, uint32_t at) {
    uint32_t point;
    uint32_t length = utf8_decode(text, at, &point);
    return length > 0 && unicode_is_space(point) ? length : 0;
}

uint32_t word_at(Str text, uint32_t at) {
    uint32_t point;
    if (at >= text.len) return 0;
    uint32_t length = utf8_decode(text, at, &point);
    return length > 0 && unicode_is_word(point) ? length : 0;
}

uint32_t skip_spaces(Str text, uint32_t at) {
    uint32_t length;
    while ((length = space_at(text, at)) > 0)
        at += length;
    return at;
}

uint32_t skip_word(Str text, uint32_t at) {
    uint32_t length;
    while ((length = word_at(text, at)) > 0)
        at += length;
    return at;
}

uint32_t previous_character(Str text, uint32_t at) {
    do
        at--;
    while (at > 0 && ((unsigned char)text.at[at] & 0xc0) == 0x80);
    return at;
}

uint32_t skip_spaces_back(Str text, uint32_t at) {
    while (at > 0) {
        uint32_t before = previous_character(text, at);
        if (space_at(text, before) == 0) break;
        at = before;
    }
    return at;
}

bool is_word_boundary(Str text, uint32_t at) {
    bool before = at > 0 && word_at(text, previous_character(text, at)) > 0;
    bool behind = word_at(text, at) > 0;
    return before != behind;
}

bool has_word_at(Str text, uint32_t at, Str word) {
    return has_at(text, at, word) && is_word_boundary(text, at + word.len);
}
