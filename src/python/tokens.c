// The tokenizer goes line by line, as tokenize.py does, and keeps what it keeps between lines: the
// open brackets, the indentation stack, a backslash, a string that goes on. Where tokenize.py asks
// a regular expression, a switch on the first byte's class decides.

#include "python/tokens.h"

#include "base/ascii.h"
#include "base/search.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "python/numbers.h"
#include "python/unicode.h"

enum { TAB_SIZE = 8, MOST_INDENTS = 100, MOST_NESTING = 200 };

typedef enum Class {
    CLASS_OTHER,  // of no token
    CLASS_LETTER, // or underscore
    CLASS_DIGIT,
    CLASS_BLANK,
    CLASS_DOT,
    CLASS_QUOTE,
    CLASS_OPERATOR,
    CLASS_COMMENT,
    CLASS_BACKSLASH,
    CLASS_LINE_END,
    CLASS_HIGH, // the first byte of a code point above ASCII
} Class;

static const uint8_t classes[256] = {
    [' '] = CLASS_BLANK,
    ['\t'] = CLASS_BLANK,
    ['\f'] = CLASS_BLANK,
    ['\n'] = CLASS_LINE_END,
    ['\r'] = CLASS_LINE_END,
    ['_'] = CLASS_LETTER,
    ['a' ... 'z'] = CLASS_LETTER,
    ['A' ... 'Z'] = CLASS_LETTER,
    ['0' ... '9'] = CLASS_DIGIT,
    ['.'] = CLASS_DOT,
    ['"'] = CLASS_QUOTE,
    ['\''] = CLASS_QUOTE,
    ['#'] = CLASS_COMMENT,
    ['\\'] = CLASS_BACKSLASH,
    [0x80 ... 0xff] = CLASS_HIGH,
    ['!'] = CLASS_OPERATOR,
    ['%' ... '&'] = CLASS_OPERATOR,
    ['(' ... '-'] = CLASS_OPERATOR,
    ['/'] = CLASS_OPERATOR,
    [':' ... '>'] = CLASS_OPERATOR,
    ['@'] = CLASS_OPERATOR,
    ['['] = CLASS_OPERATOR,
    [']' ... '^'] = CLASS_OPERATOR,
    ['{' ... '~'] = CLASS_OPERATOR,
};

typedef struct Scanner {
    Arena *arena;
    const Lines *lines;
    const char *text;
    Tokens *result;
    VEC(Token) tokens;
    VEC(uint32_t) indents; // columns; the first one is 0
    int32_t nesting;       // below 0 behind too many closing brackets
    uint8_t depth;         // the same, cut to what a token can say
    bool walrus;
    bool is_continued; // by a backslash
    uint32_t
        unclosed[2]; // by quote: on this line nothing closes a string that starts here or later

    // The string that goes on over the next line: its first token, and how it ends.
    bool in_string;
    bool needs_backslash; // the string has one quote; stays set after a broken one, as there
    bool is_triple;
    char quote;
    uint32_t string_start, string_line;

    // The line at hand: its bytes up to and behind the line end.
    uint32_t line, at, limit, end;
} Scanner;

// ---- Tokens ----

static void push(Scanner *self, TokenKind kind, uint32_t start, uint32_t end) {
    vec_push(self->arena, &self->tokens,
             (Token){.start = start,
                     .end = end,
                     .start_line = self->line,
                     .end_line = self->line,
                     .kind = (uint8_t)kind,
                     .depth = self->depth});
}

static void push_from(Scanner *self, TokenKind kind, uint32_t start, uint32_t start_line) {
    push(self, kind, start, self->at);
    vec_last(&self->tokens).start_line = start_line;
}

static void note_too_deep(Scanner *self, uint32_t offset) {
    if (self->result->too_deep_offset == UINT32_MAX) self->result->too_deep_offset = offset;
}

static Str up_to_line_end(const Scanner *self) {
    return (Str){self->text, self->end};
}

static char byte_at(const Scanner *self, uint32_t at) {
    return str_byte(up_to_line_end(self), at);
}

static bool is_line_end(const Scanner *self, uint32_t at) {
    return at == self->limit && self->limit < self->end;
}

// A line end at `at` or, in a line that is read as it stands, before the LF.
static uint32_t line_end_length(const Scanner *self, uint32_t at) {
    return is_line_end(self, at) ? self->end - at : 0;
}

// ---- Strings ----

// Where the string's closing quotes end on this line, searched from `at`; UINT32_MAX where they do
// not stand here.
static uint32_t string_end(const Scanner *self, uint32_t at, char quote, bool is_triple) {
    const char *text = self->text;
    if (memchr(text + at, quote, self->end - at) == NULL) return UINT32_MAX;
    for (; at < self->end; at++) {
        if (text[at] == '\\') {
            at++;
            if (at < self->end && text[at] == '\n') break;
        } else if (text[at] == quote) {
            if (!is_triple) return at + 1;
            if (byte_at(self, at + 1) == quote && byte_at(self, at + 2) == quote) return at + 3;
        }
    }
    return UINT32_MAX;
}

static void begin_string(Scanner *self, uint32_t start, char quote, bool is_triple) {
    self->in_string = true;
    self->string_start = start;
    self->string_line = self->line;
    self->quote = quote;
    self->is_triple = is_triple;
    self->at = self->end;
}

static bool is_prefix(Str word) {
    if (word.len == 0) return true;
    if (word.len > 2) return false;
    char a = (char)(word.at[0] | 0x20), b = word.len == 2 ? (char)(word.at[1] | 0x20) : 'r';
    if (word.len == 1) return a == 'b' || a == 'r' || a == 'u' || a == 'f';
    return (b == 'r' && (a == 'b' || a == 'f')) || (a == 'r' && (b == 'b' || b == 'f'));
}

// The end of the string with one quote that starts behind the quote at `open`: its closing quote,
// or the line end behind a backslash (then *goes_on). UINT32_MAX where the line has neither.
static uint32_t line_string_end(Scanner *self, uint32_t open, bool *goes_on) {
    char quote = self->text[open];
    uint32_t *unclosed = &self->unclosed[quote == '"'];
    *goes_on = false;
    if (open >= *unclosed) return UINT32_MAX;
    for (uint32_t at = open + 1; at < self->limit; at++) {
        if (self->text[at] == quote) return at + 1;
        if (self->text[at] != '\\') continue;
        at++;
        *goes_on = is_line_end(self, at);
        if (*goes_on) return self->end;
    }
    *unclosed = open;
    return UINT32_MAX;
}

// Scans the string whose prefix starts at `start` and whose quote stands at `open`; false where
// there is none.
static bool scan_string(Scanner *self, uint32_t start, uint32_t open) {
    char quote = self->text[open];
    uint32_t end;
    if (byte_at(self, open + 1) == quote && byte_at(self, open + 2) == quote) {
        end = string_end(self, open + 3, quote, true);
        if (end == UINT32_MAX) {
            begin_string(self, start, quote, true);
            return true;
        }
    } else {
        bool goes_on;
        end = line_string_end(self, open, &goes_on);
        if (end == UINT32_MAX) return false;
        if (goes_on) {
            begin_string(self, start, quote, false);
            self->needs_backslash = true;
            return true;
        }
    }
    push(self, TOKEN_STRING, start, end);
    self->at = end;
    return true;
}

static bool ends_with_backslash(const Scanner *self) {
    return self->limit < self->end && self->limit > self->lines->starts[self->line] &&
           self->text[self->limit - 1] == '\\';
}

// A line inside a string. False where all of it belongs to the string.
static bool continue_string(Scanner *self) {
    uint32_t end = string_end(self, self->at, self->quote, self->is_triple);
    bool is_broken = end == UINT32_MAX && self->needs_backslash && !ends_with_backslash(self);
    if (end == UINT32_MAX && !is_broken) return false;
    self->in_string = false;
    self->at = is_broken ? self->end : end;
    push_from(self, is_broken ? TOKEN_ERROR : TOKEN_STRING, self->string_start, self->string_line);
    if (!is_broken) self->needs_backslash = false;
    return !is_broken;
}

// ---- Names ----

static bool is_word_byte(char c) {
    return (uint8_t)(classes[(unsigned char)c] - CLASS_LETTER) <= CLASS_DIGIT - CLASS_LETTER;
}

static uint32_t high_word_end(const Scanner *self, uint32_t at);

static uint32_t word_end(const Scanner *self, uint32_t at) {
    const char *text = self->text;
    uint32_t end = self->end;
    while (at < end && is_word_byte(text[at]))
        at++;
    bool is_high = at < end && classes[(unsigned char)text[at]] == CLASS_HIGH;
    return is_high ? high_word_end(self, at) : at;
}

// The same from a code point above ASCII on.
static uint32_t high_word_end(const Scanner *self, uint32_t at) {
    Str text = up_to_line_end(self);
    uint32_t point, length;
    while ((length = utf8_decode(text, at, &point)) > 0 && unicode_is_word(point))
        at += length;
    return at;
}

static void scan_name(Scanner *self, uint32_t start) {
    uint32_t end = word_end(self, start);
    bool has_quote = classes[(unsigned char)byte_at(self, end)] == CLASS_QUOTE;
    Str name = str_slice(self->lines->text, start, end);
    if (has_quote && is_prefix(name) && scan_string(self, start, end)) return;
    push(self, TOKEN_NAME, start, end);
    vec_last(&self->tokens).word = (uint8_t)keyword_of(name);
    self->at = end;
}

// A word that begins above ASCII is a name where Python could begin an identifier so, else, by
// tokenize's last branch, an operator. False where it is no word.
static bool scan_high_name(Scanner *self, uint32_t start) {
    uint32_t end = word_end(self, start), point = 0;
    if (end == start) return false;
    utf8_decode(self->lines->text, start, &point);
    push(self, unicode_is_identifier_start(point) ? TOKEN_NAME : TOKEN_OP, start, end);
    self->at = end;
    return true;
}

// ---- Operators ----

static void push_operator(Scanner *self, TokenWord word, uint32_t start) {
    self->at = start + token_word_text(word).len;
    push(self, TOKEN_OP, start, self->at);
    vec_last(&self->tokens).word = (uint8_t)word;
}

static void nest(Scanner *self, int32_t nesting) {
    self->nesting = nesting;
    self->depth = (uint8_t)(nesting < 0 ? 0 : nesting > UINT8_MAX ? UINT8_MAX : nesting);
    if (nesting > (int32_t)self->result->deepest_nesting)
        self->result->deepest_nesting = (uint32_t)nesting;
}

static bool scan_operator(Scanner *self, uint32_t start) {
    TokenWord word = operator_of((Str){self->text + start, self->end - start}, self->walrus);
    if (word == WORD_NONE) return false;
    push_operator(self, word, start);
    if (word > OP_RIGHT_BRACE) return true;
    nest(self, word <= OP_LEFT_BRACE ? self->nesting + 1 : self->nesting - 1);
    if (self->nesting > MOST_NESTING) note_too_deep(self, start);
    return true;
}

static bool scan_dot(Scanner *self, uint32_t start) {
    if (is_digit(byte_at(self, start + 1))) {
        self->at = number_token_end(up_to_line_end(self), start);
        push(self, TOKEN_NUMBER, start, self->at);
        return true;
    }
    bool is_ellipsis = byte_at(self, start + 1) == '.' && byte_at(self, start + 2) == '.';
    push_operator(self, is_ellipsis ? OP_ELLIPSIS : OP_DOT, start);
    return true;
}

// ---- Lines ----

static bool scan_comment(Scanner *self, uint32_t start) {
    uint32_t end = start + str_find_byte(str_slice(self->lines->text, start, self->limit), '\r');
    push(self, TOKEN_COMMENT, start, end);
    self->at = end;
    return true;
}

static bool scan_backslash(Scanner *self, uint32_t start) {
    if (!is_line_end(self, start + 1)) return false;
    self->is_continued = true;
    self->at = self->end;
    return true;
}

static bool scan_line_end(Scanner *self, uint32_t start) {
    uint32_t length = line_end_length(self, start);
    if (length == 0) return false;
    push(self, self->nesting > 0 ? TOKEN_NL : TOKEN_NEWLINE, start, self->end);
    self->at = self->end;
    return true;
}

// The token at `start`, which is no blank; false where nothing matches.
static bool scan_token(Scanner *self, uint32_t start) {
    switch ((Class)classes[(unsigned char)self->text[start]]) {
    case CLASS_LETTER: scan_name(self, start); return true;
    case CLASS_DIGIT:
        self->at = number_token_end(up_to_line_end(self), start);
        push(self, TOKEN_NUMBER, start, self->at);
        return true;
    case CLASS_DOT: return scan_dot(self, start);
    case CLASS_QUOTE: return scan_string(self, start, start);
    case CLASS_OPERATOR: return scan_operator(self, start);
    case CLASS_COMMENT: return scan_comment(self, start);
    case CLASS_BACKSLASH: return scan_backslash(self, start);
    case CLASS_LINE_END: return scan_line_end(self, start);
    case CLASS_HIGH: return scan_high_name(self, start);
    case CLASS_BLANK:
    case CLASS_OTHER: break;
    }
    return false;
}

// One ERRORTOKEN for each character from the blanks before `bad` to itself.
static void push_errors(Scanner *self, uint32_t bad) {
    for (; self->at < bad; self->at++)
        push(self, TOKEN_ERROR, self->at, self->at + 1);
    uint32_t point;
    uint32_t length = utf8_decode(up_to_line_end(self), bad, &point);
    self->at = bad + (length == 0 ? 1 : length);
    push(self, TOKEN_ERROR, bad, self->at);
}

static void scan_tokens(Scanner *self) {
    while (self->at < self->end) {
        uint32_t start = self->at;
        while (start < self->end && classes[(unsigned char)self->text[start]] == CLASS_BLANK)
            start++;
        if (start == self->end) return;
        if (!scan_token(self, start)) push_errors(self, start);
    }
}

// A comment or blank line: COMMENT and NL, or NL alone, up to the line's end.
static void scan_blank_line(Scanner *self) {
    uint32_t at = self->at;
    if (self->text[at] == '#') {
        uint32_t end = self->limit;
        while (self->text[end - 1] == '\r')
            end--;
        push(self, TOKEN_COMMENT, at, end);
        at = end;
    }
    push(self, TOKEN_NL, at, self->end);
    self->at = self->end;
}

static uint32_t measure_indent(Scanner *self) {
    uint32_t column = str_count_first(str_slice(self->lines->text, self->at, self->end), ' ');
    for (self->at += column; self->at < self->end; self->at++) {
        char c = self->text[self->at];
        if (c == ' ')
            column++;
        else if (c == '\t')
            column = (column / TAB_SIZE + 1) * TAB_SIZE;
        else if (c == '\f')
            column = 0;
        else
            break;
    }
    return column;
}

static void indent_to(Scanner *self, uint32_t column) {
    vec_push(self->arena, &self->indents, column);
    push(self, TOKEN_INDENT, self->lines->starts[self->line], self->at);
    uint32_t levels = self->indents.len - 1;
    if (levels > MOST_INDENTS) note_too_deep(self, self->at);
    if (levels > self->result->deepest_indent) self->result->deepest_indent = levels;
}

static bool dedent_to(Scanner *self, uint32_t column) {
    uint32_t level = self->indents.len - 1;
    while (self->indents.at[level] > column)
        level--;
    if (self->indents.at[level] != column) return false;
    for (; self->indents.len > level + 1; self->indents.len--)
        push(self, TOKEN_DEDENT, self->at, self->at);
    return true;
}

// Indentation, comment and blank lines. False where there is a problem or the file ends.
static bool begin_statement(Scanner *self) {
    uint32_t column = measure_indent(self);
    if (self->at == self->end) return false; // a last line of blanks ends the file
    char c = self->text[self->at];
    if (c == '#' || c == '\n' || c == '\r') {
        scan_blank_line(self);
        return true;
    }
    if (column > vec_last(&self->indents)) indent_to(self, column);
    if (column == vec_last(&self->indents) || dedent_to(self, column)) return true;
    self->result->problem = TOKENS_BAD_DEDENT;
    self->result->problem_offset = self->at;
    return false;
}

static void take_line(Scanner *self, uint32_t line) {
    self->line = line;
    self->at = self->lines->starts[line];
    self->end = self->lines->starts[line + 1];
    self->limit = line_text_end(self->lines, line);
    self->unclosed[0] = self->unclosed[1] = UINT32_MAX;
}

// False where the file's tokens end with this line.
static bool scan_line(Scanner *self) {
    if (self->in_string) {
        if (!continue_string(self)) return true;
    } else if (self->nesting == 0 && !self->is_continued) {
        if (!begin_statement(self)) return false;
    } else {
        self->is_continued = false;
    }
    scan_tokens(self);
    return true;
}

// ---- The end ----

static uint32_t innermost_open_bracket(const Scanner *self) {
    uint32_t closed = 0;
    for (uint32_t i = self->tokens.len; i > 0; i--) {
        const Token *token = &self->tokens.at[i - 1];
        if (token_closes(token)) closed++;
        if (token_opens(token) && closed-- == 0) return token->start;
    }
    return self->lines->text.len;
}

static void find_problem_at_end(Scanner *self) {
    if (self->in_string) {
        self->result->problem = TOKENS_EOF_IN_STRING;
        self->result->problem_offset = self->string_start;
    } else if (self->nesting != 0 || self->is_continued) {
        self->result->problem = TOKENS_EOF_IN_STATEMENT;
        self->result->problem_offset = innermost_open_bracket(self);
    }
}

// The NEWLINE that a last line without line end is given, the dedents and the end. self->line is
// the line behind the last one, or the blanks that stand there without a line end.
static void push_end(Scanner *self) {
    uint32_t last_end = self->lines->starts[self->line];
    char last = last_end > 0 ? self->text[last_end - 1] : '\n';
    if (last != '\n' && last != '\r') {
        self->line--;
        push(self, TOKEN_NEWLINE, last_end, last_end);
        self->line++;
    }
    for (; self->indents.len > 1; self->indents.len--)
        push(self, TOKEN_DEDENT, last_end, last_end);
    push(self, TOKEN_END, last_end, last_end);
}

void tokens_scan(Tokens *self, Arena *arena, const Lines *lines, bool walrus) {
    *self = (Tokens){.too_deep_offset = UINT32_MAX};
    Scanner scanner = {
        .arena = arena, .lines = lines, .text = lines->text.at, .result = self, .walrus = walrus};
    vec_reserve(arena, &scanner.indents, MOST_INDENTS + 1);
    vec_push(arena, &scanner.indents, 0);
    vec_reserve(arena, &scanner.tokens, lines->text.len / 4 + 8);
    uint32_t line = 0;
    for (; line < lines->count; line++) {
        take_line(&scanner, line);
        if (!scan_line(&scanner)) break;
    }
    scanner.line = line;
    if (line == lines->count) find_problem_at_end(&scanner);
    if (self->problem == TOKENS_OK) push_end(&scanner);
    vec_fit(arena, &scanner.tokens);
    self->at = scanner.tokens.at;
    self->count = scanner.tokens.len;
}

uint32_t tokens_from(const Tokens *self, uint32_t offset) {
    return COUNT_BEFORE(i, self->count, self->at[i].start < offset);
}

static bool is_about_lines(const Token *token) {
    return token->kind == TOKEN_COMMENT || token->kind == TOKEN_NEWLINE ||
           token->kind == TOKEN_NL || token->start_line < token->end_line;
}

void tokens_thin_out(Tokens *self, Arena *arena) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->count; i++)
        if (is_about_lines(&self->at[i])) self->at[kept++] = self->at[i];
    arena_trim(arena, self->at, self->count * sizeof(Token), kept * sizeof(Token));
    self->count = kept;
}
