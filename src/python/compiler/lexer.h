// The compiler's tokens, one at a time.
//
// tokenize.py, which python/tokens.h follows, is more lenient than the compiler (it lets numbers
// like 1__0 and odd characters through as several tokens) and sees f-strings as plain strings.

#ifndef ASYNCLINT_PYTHON_COMPILER_LEXER_H
#define ASYNCLINT_PYTHON_COMPILER_LEXER_H

#include "python/compiler/refusals.h"

#include <stdarg.h>
#include <stdbool.h>

typedef enum Lexeme {
    LEX_END,
    LEX_NEWLINE,
    LEX_INDENT,
    LEX_DEDENT,
    LEX_NAME,
    LEX_NUMBER,
    LEX_STRING,  // also bytes: the whole literal
    LEX_FSTRING, // prefix and opening quotes; the parser reads on
#define WORD(name, text) LEX_##name,
#define SIGN(name, text) LEX_##name,
#include "python/compiler/lexemes.def"
#undef WORD
#undef SIGN
    LEX_COUNT
} Lexeme;

typedef struct Lex {
    Lexeme kind;
    uint32_t start, end;
} Lex;

enum { MOST_BLOCKS = 100, MOST_BRACKETS = 200 };

typedef struct Bracket {
    char opener;
    bool is_field; // the `{` of an f-string's replacement field
    uint32_t offset;
} Bracket;

typedef struct SignRange {
    uint8_t first, end; // into the table of signs
    uint8_t alone;      // Lexeme: of the one byte by itself; 0
} SignRange;

typedef struct Lexer {
    Str text;
    Arena *arena;
    Refusals *refusals;
    const Token *token; // what tokenize sees from about here on, if that is known
    uint32_t at;        // the next byte
    bool is_line_start; // indentation comes next
    bool is_joined;     // the newest indentation stands behind a backslash in the first column
    bool is_over;       // refused for good: nothing but LEX_END from here on
    Lexeme last;        // what was handed out last
    int pending_dedents;
    uint32_t block_count; // columns below: tabs to eight, and tabs as one
    uint32_t columns[MOST_BLOCKS + 1], narrow_columns[MOST_BLOCKS + 1];
    uint32_t bracket_count;
    Bracket brackets[MOST_BRACKETS];
    uint32_t last_comment; // where the newest comment began
    SignRange signs_by_byte[128];
} Lexer;

// `tokens` as in compiler_check().
void lexer_init(Lexer *self, Arena *arena, Refusals *refusals, Str text, const Tokens *tokens);

Lex lexer_next(Lexer *self);

// Adds a refusal whose message is made of the rest.
__attribute__((format(printf, 4, 0))) void
refusals_add(Refusals *self, Arena *arena, Refusal refusal, const char *format, va_list arguments);

// Refuses the text from `start` to `end` in all versions and ends the token stream. Only the first
// call counts.
__attribute__((format(printf, 5, 6))) void
lexer_refuse(Lexer *self, RefusalKind kind, uint32_t start, uint32_t end, const char *format, ...);

// Moves behind the f-string `opening`, for looking ahead: a good guess, without a look at fields.
void lexer_skip_fstring(Lexer *self, Lex opening);

// Whether the innermost open bracket is an f-string's replacement field.
static inline bool lexer_is_in_field(const Lexer *self) {
    return self->bracket_count > 0 && self->brackets[self->bracket_count - 1].is_field;
}

// Opens a replacement field whose `{` is the next byte.
void lexer_open_field(Lexer *self);

// The byte at `offset`, 0 behind the end.
static inline unsigned char lexer_byte(const Lexer *self, uint32_t offset) {
    return offset < self->text.len ? (unsigned char)self->text.at[offset] : 0;
}

#endif
