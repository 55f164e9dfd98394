#include "python/logical.h"

#include "base/search.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "python/unicode.h"

enum { TAB_SIZE = 8 };

typedef struct Builder {
    Arena *arena;
    const Lines *lines;
    const Tokens *tokens;
    const char *text;
    char *next_text; // where the next line's text goes that is not the file's
    LogicalLines made;
    int32_t nesting;
    uint32_t begin; // the first token that no logical line has taken
    uint32_t blank_lines, blank_before;
    uint32_t indented; // lines looked at for the first indentation
    bool has_tab, moves_indent_char;
    char indent_char;
    uint32_t with_text, unindented; // numbers of the last line with a text, and at level 0; from 1
} Builder;

// ---- Text ----

uint32_t expand_indent(Str text) {
    uint32_t column = str_count_first(text, ' ');
    if (column == text.len) return column;
    if ((signed char)text.at[column] > ' ') return column;
    column = 0;
    if (str_find_byte(text, '\t') == text.len) {
        Str trimmed = unicode_trim_start(text);
        return utf8_count(str_slice(text, 0, text.len - trimmed.len));
    }
    for (uint32_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\t')
            column = column / TAB_SIZE * TAB_SIZE + TAB_SIZE;
        else if (text.at[i] == ' ')
            column++;
        else
            break;
    }
    return column;
}

uint32_t line_indent(const Lines *lines, uint32_t line) {
    Str text = line_text(lines, line), all = line_with_end(lines, line);
    uint32_t spaces = str_count_first(text, ' ');
    if (spaces < text.len && (signed char)text.at[spaces] > ' ') return spaces;
    if (line < lines->verbatim || unicode_trim_start(text).len > 0) return expand_indent(all);
    bool has_end = text.len < all.len, has_tab = str_find_byte(text, '\t') < text.len;
    return expand_indent(text) + (has_end && !has_tab ? 1 : 0);
}

static bool matches_noqa(Str text, uint32_t at, Str word) {
    if (!str_starts_with_in_any_case(str_from(text, at), word)) return false;
    uint32_t point = 0;
    return utf8_decode(text, at + word.len, &point) == 0 || !unicode_is_word(point);
}

bool has_noqa(Str text) {
    uint32_t at = str_find_byte(text, '#');
    while (at < text.len) {
        if (matches_noqa(text, at, STR("# noqa")) || matches_noqa(text, at, STR("# nopep8")))
            return true;
        at += 1 + str_find_byte(str_from(text, at + 1), '#');
    }
    return false;
}

Str token_line(const Lines *lines, const Token *token) {
    bool is_implied = token->start == token->end && token->kind == TOKEN_NEWLINE;
    if (is_implied || token->end_line >= lines->count || token->kind == TOKEN_END)
        return (Str){lines->text.at, 0};
    if (token->start_line == token->end_line) return line_with_end(lines, token->end_line);
    uint32_t end_line = token->kind == TOKEN_ERROR ? token->end_line : token->end_line + 1;
    return str_slice(lines->text, lines->starts[token->start_line], lines->starts[end_line]);
}

// ---- Physical lines ----

static void find_indent_char(Builder *self, uint32_t lines_read) {
    for (; self->indent_char == 0 && self->indented < lines_read; self->indented++) {
        uint32_t start = self->lines->starts[self->indented];
        char c = start < self->lines->text.len ? self->text[start] : '\n';
        if (c == ' ' || c == '\t') self->indent_char = c;
    }
}

static uint32_t find_mixed(const Builder *self, uint32_t start, uint32_t end) {
    if (!self->has_tab && self->indent_char != 0) return UINT32_MAX;
    for (uint32_t at = start; at < end; at++) {
        if (self->text[at] != ' ' && self->text[at] != '\t') break;
        if (self->text[at] != self->indent_char) return at - start;
    }
    return UINT32_MAX;
}

static PhysicalLine *look_at(Builder *self, uint32_t start, uint32_t end, uint32_t row) {
    PhysicalLine line = {.start = start, .end = end, .row = row};
    line.indent_char = self->indent_char;
    line.mixed = find_mixed(self, start, end);
    line.is_repeated = self->made.physical.len > 0 && vec_last(&self->made.physical).row == row;
    if (line.mixed != UINT32_MAX && self->moves_indent_char) self->indent_char = self->text[start];
    vec_push(self->arena, &self->made.physical, line);
    return &vec_last(&self->made.physical);
}

// One look for each piece that str.split('\n') makes, but the last: what ends in another way is no
// piece of its own.
static void look_at_string(Builder *self, const Token *token) {
    const uint32_t *starts = self->lines->starts;
    bool noqa = has_noqa(token_line(self->lines, token));
    char indent_char = self->indent_char;
    uint32_t start = starts[token->start_line], row = token->start_line + 1;
    for (uint32_t line = token->start_line; line < token->end_line; line++) {
        if (line_text_end(self->lines, line) == starts[line + 1]) continue;
        PhysicalLine *look = look_at(self, start, starts[line + 1], row++);
        look->in_string = true;
        look->noqa = noqa;
        start = starts[line + 1];
    }
    if (noqa) self->indent_char = indent_char;
}

// Whether a backslash and the line's end are all that follows in the token's line.
static bool ends_at_backslash(const Builder *self, const Token *token) {
    Str line = token_line(self->lines, token);
    uint32_t end = token->end - self->lines->starts[token->end_line];
    if (token->start_line < token->end_line) {
        if (token->kind != TOKEN_ERROR) return false;
        end = utf8_count(line_text(self->lines, token->end_line)) + 1; // counted in another line
        if (end > line.len) return false;
    } else if (end < line.len && (signed char)line.at[end] > ' ' && line.at[end] != '\\') {
        return false;
    }
    Str rest = unicode_trim_start(str_from(line, end));
    if (rest.len < 2 || rest.at[0] != '\\') return false;
    bool is_verbatim = token->end_line < self->lines->verbatim;
    return rest.at[1] == '\n' || (rest.at[1] == '\r' && !is_verbatim);
}

static void look_at_line_of(Builder *self, const Token *token) {
    Str line = token_line(self->lines, token);
    uint32_t start = (uint32_t)(line.at - self->text);
    PhysicalLine *look = look_at(self, start, start + line.len, token->end_line + 1);
    look->noqa_start = look->start;
    look->noqa_end = look->end;
}

static bool may_end_at_backslash(const Builder *self, uint32_t index) {
    const Token *token = &self->tokens->at[index], *next = token + 1;
    if (index + 1 == self->tokens->count || next->start_line > token->end_line) return true;
    return token->kind == TOKEN_INDENT || token->kind == TOKEN_DEDENT;
}

// ---- The text of a logical line ----

// What stands between two tokens on different rows: pycodestyle puts a blank or nothing.
static bool gets_blank(const Builder *self, const Token *before, const Token *token) {
    char c = before->end > 0 ? self->text[before->end - 1] : '\n';
    bool is_closing = token_closes(token) || token->start == token->end;
    return c == ',' || (c != '{' && c != '[' && c != '(' && !is_closing);
}

static uint32_t quotes_length(Str string) {
    char quote = string.at[string.len - 1];
    bool is_triple =
        string.len >= 6 && string.at[string.len - 2] == quote && string.at[string.len - 3] == quote;
    return is_triple ? 3 : 1;
}

// Characters as pycodestyle counts them, where a line end of any kind is one.
static uint32_t count_characters(const Lines *lines, Str text, uint32_t line) {
    uint32_t count = text_columns(lines, text);
    if (line < lines->verbatim) return count;
    for (uint32_t at = str_find_byte(text, '\r'); at + 1 < text.len;
         at += 1 + str_find_byte(str_from(text, at + 1), '\r'))
        count -= text.at[at + 1] == '\n';
    return count;
}

static char *add_muted(const Builder *self, char *out, const Token *token) {
    Str string = token_text(self->lines, token);
    uint32_t quotes = quotes_length(string);
    uint32_t start = str_find_byte(string, string.at[string.len - 1]) + quotes;
    Str inner = str_slice(string, start, string.len - quotes);
    uint32_t count = count_characters(self->lines, inner, token->start_line);
    memcpy(out, string.at, start);
    memset(out + start, 'x', count);
    memcpy(out + start + count, string.at + string.len - quotes, quotes);
    return out + start + count + quotes;
}

static char *add_run(const Builder *self, char *out, uint32_t start, uint32_t end) {
    memcpy(out, self->text + start, end - start);
    return out + (end - start);
}

// An unfinished string over several lines, with its line ends as one character each.
static char *add_broken_string(const Builder *self, char *out, const Token *token) {
    for (uint32_t at = token->start; at < token->end; at++) {
        char c = self->text[at];
        bool is_lf_behind = c == '\r' && at + 1 < token->end && self->text[at + 1] == '\n';
        bool is_verbatim = token->start_line < self->lines->verbatim;
        if (c == '\r' && !is_verbatim) c = '\n';
        if (!is_lf_behind || is_verbatim) *out++ = c;
    }
    return out;
}

// The traits that a blank before and behind such a token gives a line, and none behind.
enum {
    CLOSES = TRAIT_GAP_INSIDE,
    CALLS = TRAIT_GAP_BEFORE_OPEN,
};

static const uint8_t traits_of_gap_before[WORD_COUNT] = {
    [OP_LEFT_PAREN] = CALLS,     [OP_LEFT_BRACKET] = CALLS, [OP_RIGHT_PAREN] = CLOSES,
    [OP_RIGHT_BRACKET] = CLOSES, [OP_RIGHT_BRACE] = CLOSES, [OP_COMMA] = CLOSES,
    [OP_COLON] = CLOSES,         [OP_SEMICOLON] = CLOSES,
};

static const uint8_t traits_of_gap_behind[WORD_COUNT] = {
    [OP_LEFT_PAREN] = TRAIT_GAP_INSIDE,
    [OP_LEFT_BRACKET] = TRAIT_GAP_INSIDE,
    [OP_LEFT_BRACE] = TRAIT_GAP_INSIDE,
};

static const uint8_t traits_of_no_gap_behind[WORD_COUNT] = {
    [OP_COMMA] = TRAIT_NO_GAP_BEHIND,
    [OP_COLON] = TRAIT_NO_GAP_BEHIND,
    [OP_SEMICOLON] = TRAIT_NO_GAP_BEHIND,
};

static uint8_t traits_between(const Token *before, const Token *token, bool has_gap) {
    if (!has_gap) return traits_of_no_gap_behind[before->word];
    return traits_of_gap_before[token->word] | traits_of_gap_behind[before->word];
}

bool token_is_ambiguous(const Lines *lines, const Token *token) {
    if (token->kind != TOKEN_NAME || token->end - token->start != 1) return false;
    char c = lines->text.at[token->start];
    return c == 'l' || c == 'O' || c == 'I';
}

static bool is_line_end_backslashed(const Builder *self, uint32_t line) {
    uint32_t end = line_text_end(self->lines, line);
    return end > self->lines->starts[line] && self->text[end - 1] == '\\';
}

static uint8_t traits_at_row_change(const Builder *self, const Token *before, const Token *token) {
    uint8_t traits = traits_between(before, token, gets_blank(self, before, token));
    if (token->word == OP_LEFT_PAREN || token->word == OP_LEFT_BRACKET)
        traits |= TRAIT_GAP_BEFORE_OPEN;
    if (is_line_end_backslashed(self, before->end_line)) traits |= TRAIT_BACKSLASH;
    return traits;
}

static uint8_t traits_in_row(const Builder *self, const Token *before, const Token *token) {
    uint32_t gap = token->start - before->end;
    bool is_wide = gap > 1 || (gap == 1 && self->text[before->end] != ' ');
    uint8_t traits = traits_between(before, token, gap > 0) | (is_wide ? TRAIT_WIDE_GAP : 0);
    // A form feed is a gap, but not the blank that a comma wants.
    return is_wide ? traits | traits_of_no_gap_behind[before->word] : traits;
}

static void note_comment(const Builder *self, LogicalLine *line, const Token *token) {
    if (!line->noqa) line->noqa = has_noqa(token_text(self->lines, token));
}

// Traits, words and kinds of the line; true where its text is a piece of the file's as it stands.
static bool note_line(const Builder *self, LogicalLine *line) {
    enum { OUTSIDE = 1 << TOKEN_NEWLINE | 1 << TOKEN_NL | 1 << TOKEN_INDENT | 1 << TOKEN_DEDENT };
    const Token *before = NULL, *end = line->tokens + line->token_count;
    uint32_t kinds = 0, traits = 0;
    bool is_plain = true;
    for (const Token *token = line->tokens + line->first; token < end; token++) {
        kinds |= 1u << token->kind;
        line->words[token->word >> 6] |= 1ull << (token->word & 63);
        if (OUTSIDE >> token->kind & 1) continue;
        if (token->kind == TOKEN_COMMENT) {
            note_comment(self, line, token);
            continue;
        }
        if (token->word == OP_ASSIGN && (token->depth > 0 || line_has_word(line, OP_RIGHT_PAREN) ||
                                         line_has_word(line, OP_RIGHT_BRACKET)))
            traits |= TRAIT_ASSIGN_INSIDE;
        if (token_is_ambiguous(self->lines, token)) traits |= TRAIT_ONE_LETTER;
        if (before != NULL && before->end_line == token->start_line) {
            traits |= traits_in_row(self, before, token);
        } else if (before != NULL) {
            is_plain = false;
            traits |= traits_at_row_change(self, before, token);
        }
        before = token;
    }
    line->kinds = (uint16_t)kinds;
    line->traits = (uint8_t)traits;
    if (!line_has_kind(line, TOKEN_ERROR)) return is_plain && !line_has_kind(line, TOKEN_STRING);
    line->words[0] = line->words[1] = UINT64_MAX;
    line->kinds = UINT16_MAX;
    line->traits = UINT8_MAX;
    return false;
}

static bool belongs_to_text(const Token *token) {
    return !token_is_skipped(token) && token->kind != TOKEN_COMMENT;
}

// Copies the tokens' text to `out`; `parts`, where given, takes where each one ends.
static Str copy_text(const Builder *self, const LogicalLine *line, char *out, LogicalPart *parts,
                     uint32_t *part_count) {
    const Token *before = NULL;
    char *at = out;
    for (uint32_t i = line->first; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (!belongs_to_text(token)) continue;
        if (before != NULL && before->end_line == token->start_line)
            at = add_run(self, at, before->end, token->start);
        else if (before != NULL && gets_blank(self, before, token))
            *at++ = ' ';
        if (token->kind == TOKEN_STRING)
            at = add_muted(self, at, token);
        else if (token->start_line < token->end_line)
            at = add_broken_string(self, at, token);
        else
            at = add_run(self, at, token->start, token->end);
        if (parts != NULL) parts[(*part_count)++] = (LogicalPart){(uint32_t)(at - out), i};
        before = token;
    }
    return (Str){out, (uint32_t)(at - out)};
}

// The bytes from the first to behind the last token of the text.
static Str text_span(const Builder *self, const LogicalLine *line) {
    uint32_t start = line->tokens[line->first].start, end = start;
    for (uint32_t i = line->token_count; i > line->first && end == start; i--)
        if (belongs_to_text(&line->tokens[i - 1])) end = line->tokens[i - 1].end;
    return str_slice(self->lines->text, start, end);
}

static bool is_on_one_row(const LogicalLine *line) {
    return line->tokens[line->first].start_line == line->tokens[line->token_count - 1].end_line;
}

// The text of a line of one row in ASCII differs from the file's in what its strings hold alone.
static void mute_strings(const LogicalLine *line, Str span, char *out) {
    memcpy(out, span.at, span.len);
    for (uint32_t i = line->first; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (token->kind != TOKEN_STRING) continue;
        uint32_t start = token->start - line->tokens[line->first].start;
        Str string = str_slice(span, start, start + token->end - token->start);
        uint32_t quotes = quotes_length(string);
        uint32_t inner = str_find_byte(string, string.at[string.len - 1]) + quotes;
        memset(out + start + inner, 'x', string.len - quotes - inner);
    }
}

static void make_text(Builder *self, LogicalLine *line) {
    bool is_plain = note_line(self, line);
    line->text = text_span(self, line);
    if (is_plain) return;
    if (self->lines->is_ascii && is_on_one_row(line) && !line_has_kind(line, TOKEN_ERROR)) {
        mute_strings(line, line->text, self->next_text);
        line->text.at = self->next_text;
    } else {
        line->text = copy_text(self, line, self->next_text, NULL, NULL);
    }
    self->next_text += line->text.len;
}

// ---- Logical lines ----

static bool find_first(LogicalLine *line) {
    while (line->first < line->token_count && token_is_skipped(&line->tokens[line->first]))
        line->first++;
    return line->first < line->token_count;
}

static void remember(Builder *self, const LogicalLine *line) {
    self->blank_lines = 0;
    if (line->text.len == 0) return;
    self->with_text = self->made.lines.len;
    if (line->indent_level == 0) self->unindented = self->made.lines.len;
}

// Makes a line of the tokens up to `end`. Where all of them are line ends and dedents they stay for
// the next one.
static void end_logical_line(Builder *self, uint32_t end, uint32_t row) {
    LogicalLine line = {.tokens = self->tokens->at + self->begin, .token_count = end - self->begin};
    if (!find_first(&line)) return;
    if (self->with_text > 0) line.previous = self->made.lines.len + 1 - self->with_text;
    if (self->unindented > 0)
        line.previous_unindented = self->made.lines.len + 1 - self->unindented;
    const Token *first = &line.tokens[line.first];
    uint32_t line_start = self->lines->starts[first->start_line];
    line.row = row;
    line.indent_char = self->indent_char;
    line.indent_level = expand_indent(str_slice(self->lines->text, line_start, first->start));
    if (self->blank_before < self->blank_lines) self->blank_before = self->blank_lines;
    line.blank_lines = self->blank_lines;
    line.blank_before = self->blank_before;
    make_text(self, &line);
    vec_push(self->arena, &self->made.lines, line);
    remember(self, &line);
    self->begin = end;
}

static void take_line_end(Builder *self, uint32_t index) {
    const Token *token = &self->tokens->at[index];
    if (token->kind == TOKEN_NL && index == self->begin) {
        self->blank_lines++;
        self->begin = index + 1;
        return;
    }
    end_logical_line(self, index + 1, token->end_line + 1);
    if (token->kind == TOKEN_NEWLINE) self->blank_before = 0;
}

static void take_token(Builder *self, uint32_t index) {
    const Token *token = &self->tokens->at[index];
    if (token->kind == TOKEN_NEWLINE || token->kind == TOKEN_NL) {
        find_indent_char(self, token->end_line + 1);
        look_at_line_of(self, token);
        if (self->nesting == 0) take_line_end(self, index);
        return;
    }
    if (may_end_at_backslash(self, index) && ends_at_backslash(self, token)) {
        find_indent_char(self, token->end_line + 1);
        look_at_line_of(self, token);
    } else if (token->kind == TOKEN_STRING && token->start_line < token->end_line) {
        find_indent_char(self, token->end_line + 1);
        look_at_string(self, token);
    }
    self->nesting += token_opens(token) - token_closes(token);
}

// What is left at the end: tokens before a problem, or an end that stands on a line of blanks.
static void take_rest(Builder *self, uint32_t end) {
    if (self->begin == end) return;
    const Token *last = &self->tokens->at[end - 1];
    uint32_t count = self->lines->count, row = count;
    if (self->tokens->problem == TOKENS_BAD_DEDENT)
        row = lines_find(self->lines, self->tokens->problem_offset) + 1;
    else if (last->kind == TOKEN_END)
        row = last->start_line + 1;
    find_indent_char(self, row);
    PhysicalLine *look =
        look_at(self, self->lines->starts[count - 1], self->lines->starts[count], row);
    bool was_line_end = last->kind == TOKEN_NEWLINE || last->kind == TOKEN_NL;
    Str line = token_line(self->lines, last);
    if (!was_line_end || self->nesting != 0) {
        look->noqa_start = (uint32_t)(line.at - self->text);
        look->noqa_end = look->noqa_start + line.len;
    }
    end_logical_line(self, end, row);
}

void logical_lines_build(LogicalLines *self, Arena *arena, const Lines *lines, const Tokens *tokens,
                         bool moves_indent_char) {
    Builder builder = {.arena = arena,
                       .lines = lines,
                       .tokens = tokens,
                       .text = lines->text.at,
                       .moves_indent_char = moves_indent_char};
    builder.has_tab = str_find_byte(lines->text, '\t') < lines->text.len;
    vec_reserve(arena, &builder.made.physical, lines->count + 2);
    vec_reserve(arena, &builder.made.lines, lines->count + 2);
    // A blank is put between rows, also where an unfinished string holds the line's end.
    size_t most_text = (size_t)lines->text.len + lines->count;
    char *texts = builder.next_text = arena_alloc_raw(arena, most_text, 1);
    uint32_t end = tokens->count;
    while (end > 0 && tokens->at[end - 1].start_line >= lines->count)
        end--;
    for (uint32_t index = 0; index < end; index++)
        take_token(&builder, index);
    take_rest(&builder, end);
    builder.made.texts = texts;
    builder.made.texts_size = (size_t)(builder.next_text - texts);
    arena_trim(arena, texts, most_text, builder.made.texts_size);
    *self = builder.made;
}

void logical_lines_give_back(LogicalLines *self, Arena *arena) {
    vec_give_back(arena, &self->physical);
    vec_give_back(arena, &self->lines);
    arena_give_back(arena, self->texts, self->texts_size);
    *self = (LogicalLines){0};
}

// ---- Places ----

RowColumn line_place(const Lines *lines, uint32_t line, uint32_t offset) {
    if (line >= lines->count) return (RowColumn){line + 1, 0};
    uint32_t text_end = line_text_end(lines, line);
    Str before = str_slice(lines->text, lines->starts[line], offset < text_end ? offset : text_end);
    return (RowColumn){line + 1,
                       (int32_t)(text_columns(lines, before) + (offset > text_end ? 1 : 0))};
}

uint32_t place_offset(const Lines *lines, RowColumn place) {
    if (place.row > lines->count) return lines->text.len;
    uint32_t at = lines->starts[place.row - 1], end = line_text_end(lines, place.row - 1);
    if (place.column <= 0) return at;
    uint32_t column = (uint32_t)place.column;
    if (lines->is_ascii) return column < end - at ? at + column : end;
    for (; at < end; at++)
        if (((unsigned char)lines->text.at[at] & 0xc0) != 0x80 && column-- == 0) break;
    return at;
}

static void make_parts(LogicalLine *self, Arena *arena, const Lines *lines) {
    Builder builder = {.arena = arena, .lines = lines, .text = lines->text.at};
    self->parts = arena_array(arena, LogicalPart, self->token_count + 1);
    self->parts[0] = (LogicalPart){0, self->first};
    self->part_count = 1;
    char *out =
        arena_alloc_raw(arena, (size_t)text_span(&builder, self).len + self->token_count, 1);
    copy_text(&builder, self, out, self->parts, &self->part_count);
}

static const LogicalPart *find_part(const LogicalLine *self, uint32_t offset) {
    return &self->parts[COUNT_BEFORE(i, self->part_count - 1, self->parts[i].logical < offset)];
}

// The place is that of the token's end, and as many columns before it as the text has characters
// from `offset` to there: for a token on one row that is a byte of the file.
Spot logical_spot(const LogicalLine *self, Arena *arena, const Lines *lines, uint32_t offset) {
    // What is kept in the line is what would be computed each time.
    if (self->parts == NULL) make_parts((LogicalLine *)self, arena, lines);
    const LogicalPart *part = find_part(self, offset);
    const Token *token = &self->tokens[part->token];
    if (part == self->parts) return (Spot){.offset = token->start};
    Str between = str_slice(self->text, offset, part->logical);
    bool is_as_in_file =
        token->start_line == token->end_line && (lines->is_ascii || token->kind != TOKEN_STRING);
    if (is_as_in_file) return (Spot){.offset = token->end - between.len};
    RowColumn place = line_place(lines, token->end_line, token->end);
    place.column -= (int32_t)text_columns(lines, between);
    return (Spot){.offset = place_offset(lines, place), .is_elsewhere = true, .place = place};
}
