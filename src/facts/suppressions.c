#include "facts/suppressions.h"

#include "base/ascii.h"
#include "base/search.h"
#include "base/vec.h"

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool has_noqa_around(Str text, char q) {
    for (uint32_t i = 0; i < text.len; i++) {
        i += str_find_byte(str_from(text, i), q);
        if (i >= 2 && str_starts_with_in_any_case(str_from(text, i - 2), STR("noqa"))) return true;
    }
    return false;
}

bool suppressions_are_likely(Str text) {
    return has_noqa_around(text, 'q') || has_noqa_around(text, 'Q');
}

// ---- One comment ----

typedef VEC(Str) Codes;

static Str in_capitals(Arena *arena, Str code) {
    char *copy = arena_alloc_raw(arena, code.len + 1, 1);
    for (uint32_t i = 0; i < code.len; i++)
        copy[i] = is_letter(code.at[i]) ? (char)(code.at[i] & ~0x20) : code.at[i];
    copy[code.len] = '\0';
    return (Str){copy, code.len};
}

// The length of the code that `text` begins with, letters and then digits; 0 where it is none.
static uint32_t code_length(Str text, bool wants_digits) {
    uint32_t letters = 0;
    while (letters < text.len && is_letter(text.at[letters]))
        letters++;
    uint32_t end = letters;
    while (end < text.len && is_digit(text.at[end]))
        end++;
    return letters == 0 || (wants_digits && end == letters) ? 0 : end;
}

// Reads ": CODE, CODE" at the beginning of `text`; returns its length, 0 where there is no code.
static uint32_t read_codes(Codes *codes, Arena *arena, Str text, bool wants_digits) {
    uint32_t at = 1, end = 0;
    if (text.len == 0 || text.at[0] != ':') return 0;
    if (at < text.len && is_blank(text.at[at])) at++;
    for (;;) {
        uint32_t length = code_length(str_from(text, at), wants_digits);
        if (length == 0) return end;
        vec_push(arena, codes, in_capitals(arena, str_slice(text, at, at + length)));
        end = at += length;
        while (at < text.len && (text.at[at] == ',' || is_blank(text.at[at])))
            at++;
    }
}

// What goes with the words from `start` to `end` of the comment: all up to the comment's end and
// the blanks before it, or what stands before another `#`.
static void find_removal(Suppression *self, const File *file, const Token *comment, uint32_t end) {
    Str text = file->lines.text, rest = str_slice(text, end, comment->end);
    uint32_t row = file->lines.starts[comment->start_line], start = self->offset;
    while (rest.len > 0 && is_blank(rest.at[0]))
        rest = str_from(rest, 1);
    if (rest.len > 0 && rest.at[0] != '#') return;
    if (rest.len == 0)
        while (start > row && is_blank(text.at[start - 1]))
            start--;
    if (start == row || file->source.is_converted) return;
    self->removal_start = start;
    self->removal_end = comment->end - rest.len;
}

// The comment's words from `start` to `end`; the last `list` bytes are a colon and the codes.
static Suppression make(const File *file, Arena *arena, const Token *comment, uint32_t start,
                        uint32_t end, uint32_t list, const Codes *codes) {
    Suppression self = {
        .start = lines_position(&file->lines, start),
        .end = lines_position(&file->lines, end),
        .codes = codes->at,
        .code_count = codes->len,
        .is_used = arena_array(arena, bool, codes->len == 0 ? 1 : codes->len),
        .offset = start,
        .list_start = end,
        .list_end = end,
    };
    if (list > 0) self.list_start = end - list + 1;
    while (self.list_start < end && is_blank(file->lines.text.at[self.list_start]))
        self.list_start++;
    find_removal(&self, file, comment, end);
    return self;
}

// flake8 searches the comment; the first place counts.
static bool read_inline(Suppression *self, const File *file, Arena *arena, const Token *comment) {
    static const Str mark = {"# noqa", 6};
    Str text = token_text(&file->lines, comment);
    uint32_t at = 0;
    while (at < text.len && !str_starts_with_in_any_case(str_from(text, at), mark))
        at += 1 + str_find_byte(str_from(text, at + 1), '#');
    if (at >= text.len) return false;
    Codes codes = {0};
    uint32_t list = read_codes(&codes, arena, str_from(text, at + mark.len), true);
    uint32_t start = comment->start + at;
    *self = make(file, arena, comment, start, start + mark.len + list, list, &codes);
    return true;
}

static bool stands_alone(const File *file, const Token *comment) {
    Str line = line_text(&file->lines, comment->start_line);
    uint32_t column = comment->start - file->lines.starts[comment->start_line];
    return str_trim(str_slice(line, 0, column)).len == 0;
}

static bool read_for_file(Suppression *self, const File *file, Arena *arena, const Token *comment) {
    Str text = token_text(&file->lines, comment);
    uint32_t at = 1;
    while (at < text.len && is_blank(text.at[at]))
        at++;
    if (!str_starts_with_in_any_case(str_from(text, at), STR("asynclint:"))) return false;
    at += 10;
    while (at < text.len && is_blank(text.at[at]))
        at++;
    if (!str_starts_with_in_any_case(str_from(text, at), STR("noqa"))) return false;
    at += 4;
    Codes codes = {0};
    uint32_t list = read_codes(&codes, arena, str_from(text, at), false);
    // A list that cannot be read must not silence a whole file.
    if (list == 0 && str_trim(str_from(text, at)).len > 0) return false;
    if (!stands_alone(file, comment)) return false;
    *self = make(file, arena, comment, comment->start, comment->start + at + list, list, &codes);
    self->is_for_file = true;
    return true;
}

// ---- The file ----

static void hold_for(Suppression *self, uint32_t first_line, uint32_t last_line) {
    uint32_t line = self->start.line;
    bool is_at_end = line == first_line || line == last_line;
    self->statement_first_line = first_line;
    self->statement_last_line = last_line;
    self->first_line = is_at_end ? first_line : line;
    self->last_line = is_at_end ? last_line : line;
}

static bool is_layout(const Token *token) {
    return token->kind == TOKEN_NL || token->kind == TOKEN_INDENT || token->kind == TOKEN_DEDENT ||
           token->kind == TOKEN_COMMENT;
}

// Before a statement has begun, and behind its end, a comment is on a line of its own.
typedef struct Statement {
    bool is_open;
    uint32_t first_line;    // 1-based
    uint32_t first_comment; // the first suppression in it
} Statement;

Suppressions *suppressions_find(const File *file, Arena *arena) {
    VEC(Suppression) found = {0};
    Statement statement = {0};
    for (uint32_t i = 0; i < file->tokens.count; i++) {
        const Token *token = &file->tokens.at[i];
        Suppression one;
        if (token->kind == TOKEN_COMMENT &&
            (read_for_file(&one, file, arena, token) || read_inline(&one, file, arena, token))) {
            hold_for(&one, one.start.line, one.start.line);
            vec_push(arena, &found, one);
        } else if (!statement.is_open && !is_layout(token)) {
            statement = (Statement){true, token->start_line + 1, found.len};
        }
        if (token->kind != TOKEN_NEWLINE && token->kind != TOKEN_END) continue;
        for (uint32_t j = statement.first_comment; statement.is_open && j < found.len; j++)
            hold_for(&found.at[j], statement.first_line, token->start_line + 1);
        statement.is_open = false;
    }
    if (found.len == 0) return NULL;
    Suppressions *self = arena_new(arena, Suppressions);
    *self = (Suppressions){found.at, found.len};
    return self;
}

// ---- Where a comment can stand ----

// The last token that begins on the line (0-based) or before it; NULL: there is none.
static const Token *last_token_before(const Tokens *tokens, uint32_t line) {
    uint32_t end = COUNT_BEFORE(i, tokens->count, tokens->at[i].start_line <= line);
    return end == 0 ? NULL : &tokens->at[end - 1];
}

// Where a token has its line's end to itself, no backslash joins the next line to it.
static bool joins_next(const Lines *lines, const Token *last, uint32_t line) {
    if (last != NULL && last->kind == TOKEN_NL && last->start_line == line) return false;
    if (last != NULL && last->kind == TOKEN_NEWLINE && last->start_line == line) return false;
    return line + 1 < lines->count && str_ends_with(line_text(lines, line), STR("\\"));
}

uint32_t commentable_line(const File *file, uint32_t line) {
    if (file->tokens.count == 0 || line == 0 || line > file->lines.count) return line;
    for (uint32_t at = line - 1;;) {
        const Token *last = last_token_before(&file->tokens, at);
        if (last != NULL && last->kind == TOKEN_STRING && last->end_line > at)
            at = last->end_line;
        else if (joins_next(&file->lines, last, at))
            at++;
        else
            return at + 1;
    }
}
