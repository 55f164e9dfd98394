#include "engine/realign.h"

typedef struct Bracket {
    bool has_item;       // on its own row
    uint32_t item_start; // of the first token behind it
    uint32_t item_line;
    int32_t item_shift; // by how many columns it moves
    int32_t base;       // by how many the indentation of its row does
    bool has_row;       // that begins in it
    uint32_t row_column;
    int32_t row_shift;
} Bracket;

typedef struct Realign {
    Arena *arena;
    const Lines *lines;
    Edits *edits;
    uint32_t line_limit;
    uint32_t given;  // how many edits there were
    uint32_t next;   // the first edit that is not behind the token at hand
    int32_t shift;   // by how many columns the token at hand moves
    int32_t base;    // the same of the indentation of its row
    int32_t *shifts; // by token of the line
    VEC(Bracket) open;
} Realign;

// The columns behind the last line end of `text`; -1 where it has none.
static int32_t columns_behind_break(Str text) {
    for (uint32_t i = text.len; i > 0; i--)
        if (text.at[i - 1] == '\n' || text.at[i - 1] == '\r') return (int32_t)(text.len - i);
    return -1;
}

static uint32_t column_of(const Lines *lines, uint32_t row, uint32_t offset) {
    uint32_t start = lines->starts[row];
    return text_columns(lines, str_slice(lines->text, start, offset));
}

static uint32_t indentation_end(const Lines *lines, uint32_t row) {
    uint32_t at = lines->starts[row], end = line_text_end(lines, row);
    while (at < end && (lines->text.at[at] == ' ' || lines->text.at[at] == '\t'))
        at++;
    return at;
}

// What is put before a token on its row, and is no blank, stands in the token's column.
static bool begins_at(const Edit *edit, uint32_t offset) {
    if (edit->span.start != offset || edit->text.len == 0) return false;
    return edit->text.at[0] != ' ' && columns_behind_break(edit->text) < 0;
}

// Moves on over the edits before the byte `offset` of row `row`.
static void pass_edits(Realign *self, uint32_t row, uint32_t offset) {
    const Lines *lines = self->lines;
    for (; self->next < self->given; self->next++) {
        const Edit *edit = &self->edits->at[self->next];
        if (edit->span.end > offset || begins_at(edit, offset)) return;
        int32_t columns = columns_behind_break(edit->text);
        uint32_t indentation = indentation_end(lines, row);
        if (columns >= 0 && edit->span.start > lines->starts[row]) {
            self->base = columns - (int32_t)column_of(lines, row, indentation);
            self->shift = columns - (int32_t)column_of(lines, row, edit->span.end);
        } else if (columns < 0 && edit->span.start >= lines->starts[row]) {
            int32_t removed = (int32_t)text_columns(
                lines, str_slice(lines->text, edit->span.start, edit->span.end));
            int32_t growth = (int32_t)edit->text.len - removed;
            self->shift += growth;
            if (edit->span.end <= indentation) self->base += growth;
        }
    }
}

enum { LOOK_BACK = 256 };

// By how many columns what stands above the token moves: the nearest token at its column, or the
// first one in its bracket.
static int32_t shift_above(const Realign *self, const LogicalLine *line, uint32_t index,
                           const Bracket *bracket) {
    const Lines *lines = self->lines;
    const Token *token = &line->tokens[index];
    uint32_t column = column_of(lines, token->start_line, token->start);
    if (column_of(lines, bracket->item_line, bracket->item_start) == column)
        return bracket->item_shift;
    uint32_t least = index > LOOK_BACK ? index - LOOK_BACK : 0;
    for (uint32_t i = index; i > least && line->tokens[i - 1].start >= bracket->item_start; i--) {
        const Token *above = &line->tokens[i - 1];
        if (token_is_skipped(above) || above->start_line == token->start_line) continue;
        if (column_of(lines, above->start_line, above->start) == column) return self->shifts[i - 1];
    }
    return bracket->item_shift;
}

// Whether an edit has the indentation between these offsets in hand.
static bool is_edited(const Realign *self, uint32_t start, uint32_t end) {
    if (self->next >= self->given) return false;
    uint32_t next = self->edits->at[self->next].span.start;
    return next == start || next < end;
}

static const char blanks[] = "                                                                "
                             "                                                                ";

// A row that is short enough stays so.
static bool has_room(const Realign *self, uint32_t row) {
    uint32_t length = text_columns(self->lines, line_text(self->lines, row));
    return self->shift <= 0 || length > self->line_limit ||
           length + (uint32_t)self->shift <= self->line_limit;
}

// Moves the row whose first token is given by self->shift columns.
static void move_row(Realign *self, const Token *token) {
    uint32_t start = self->lines->starts[token->start_line], end = token->start;
    int32_t columns = (int32_t)(end - start) + self->shift;
    bool is_plain = true; // spaces alone
    for (uint32_t at = start; at < end; at++)
        is_plain &= self->lines->text.at[at] == ' ';
    if (is_edited(self, start, end) || !is_plain || !has_room(self, token->start_line) ||
        columns < 0 || columns >= (int32_t)sizeof blanks)
        self->shift = self->base = 0;
    if (self->shift == 0) return;
    Edit edit = {.span = {start, end}, .text = {blanks, (uint32_t)columns}};
    vec_push(self->arena, self->edits, edit);
}

static void begin_row(Realign *self, const LogicalLine *line, uint32_t index) {
    const Bracket *bracket = self->open.len > 0 ? &vec_last(&self->open) : NULL;
    const Token *token = &line->tokens[index];
    bool is_below_row =
        bracket != NULL && bracket->has_row && !token_closes(token) &&
        column_of(self->lines, token->start_line, token->start) == bracket->row_column;
    if (bracket != NULL && bracket->has_item)
        self->shift = shift_above(self, line, index, bracket);
    else if (is_below_row)
        self->shift = bracket->row_shift;
    else
        self->shift = bracket != NULL ? bracket->base : self->base;
    self->base = self->shift;
    move_row(self, token);
}

static void note_row(Realign *self, const Token *token) {
    if (self->open.len == 0) return;
    Bracket *bracket = &vec_last(&self->open);
    bracket->has_row = true;
    bracket->row_column = column_of(self->lines, token->start_line, token->start);
    bracket->row_shift = self->shift;
}

static void note_bracket(Realign *self, const LogicalLine *line, uint32_t index) {
    const Token *token = &line->tokens[index];
    if (token_closes(token) && self->open.len > 0) self->open.len--;
    if (!token_opens(token)) return;
    vec_push(self->arena, &self->open, (Bracket){.base = self->base});
}

// The first token behind a bracket on its row is what later rows line up with.
static void note_item(Realign *self, const LogicalLine *line, uint32_t index) {
    const Token *token = &line->tokens[index];
    bool is_item = index > line->first && token_opens(token - 1) &&
                   token[-1].end_line == token->start_line && token->kind != TOKEN_COMMENT;
    if (!is_item || self->open.len == 0) return;
    Bracket *bracket = &vec_last(&self->open);
    bracket->has_item = true;
    bracket->item_start = token->start;
    bracket->item_line = token->start_line;
    bracket->item_shift = self->shift;
}

static void realign_line(Realign *self, const LogicalLine *line) {
    uint32_t row = line->tokens[line->first].start_line;
    self->shift = self->base = 0;
    self->open.len = 0;
    self->shifts = arena_array(self->arena, int32_t, line->token_count);
    for (uint32_t i = line->first; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (token_is_skipped(token)) continue;
        bool begins_row = token->start_line != row;
        if (begins_row) {
            pass_edits(self, row, self->lines->starts[token->start_line] - 1);
            begin_row(self, line, i);
            row = token->start_line;
        }
        pass_edits(self, row, token->start);
        self->shifts[i] = self->shift;
        if (begins_row) note_row(self, token);
        note_item(self, line, i);
        note_bracket(self, line, i);
        if (token->end_line != row) self->shift = 0; // behind a string of several rows
        row = token->end_line;
    }
}

void realign(Edits *edits, Arena *arena, const Lines *lines, const LogicalLines *logical,
             uint32_t line_limit) {
    Realign self = {.arena = arena,
                    .lines = lines,
                    .edits = edits,
                    .line_limit = line_limit,
                    .given = edits->len};
    for (uint32_t i = 0; i < logical->lines.len && self.next < self.given; i++) {
        const LogicalLine *line = &logical->lines.at[i];
        const Token *first = &line->tokens[line->first];
        const Token *last = &line->tokens[line->token_count - 1];
        uint32_t start = lines->starts[first->start_line];
        while (self.next < self.given && edits->at[self.next].span.start < start)
            self.next++;
        bool is_touched = self.next < self.given && edits->at[self.next].span.start <= last->end;
        if (is_touched && first->start_line < last->end_line) realign_line(&self, line);
    }
}
