// Tokens as Python 3.7's tokenize.generate_tokens() gives them, over bytes.
//
// Differences that the caller sees: `:=` is one operator where `walrus` is set (3.8 and later);
// a line end inside a token's text is as the file has it (tokenize reads universal newlines).

#ifndef ASYNCLINT_PYTHON_TOKENS_H
#define ASYNCLINT_PYTHON_TOKENS_H

#include "python/words.h"
#include "source/lines.h"

typedef enum TokenKind {
    TOKEN_END, // ENDMARKER
    TOKEN_NAME,
    TOKEN_NUMBER,
    TOKEN_STRING,
    TOKEN_NEWLINE, // ends a logical line
    TOKEN_INDENT,
    TOKEN_DEDENT,
    TOKEN_OP,
    TOKEN_ERROR, // ERRORTOKEN
    TOKEN_COMMENT,
    TOKEN_NL, // a line end that ends no logical line
} TokenKind;

typedef struct Token {
    uint32_t start, end;           // byte offsets into the text
    uint32_t start_line, end_line; // 0-based physical lines
    uint8_t kind;                  // TokenKind
    uint8_t word;                  // TokenWord: the operator or keyword it is
    uint8_t depth;                 // open brackets before it, capped at 255
} Token;

typedef enum TokensProblem {
    TOKENS_OK,
    TOKENS_EOF_IN_STRING,    // TokenError: EOF in multi-line string
    TOKENS_EOF_IN_STATEMENT, // TokenError: EOF in multi-line statement
    TOKENS_BAD_DEDENT, // IndentationError: unindent does not match any outer indentation level
} TokensProblem;

typedef struct Tokens {
    Token *at; // what came before a problem is there, as a generator would have given it
    uint32_t count;
    TokensProblem problem;
    uint32_t problem_offset; // where the string starts, the text's end, or the dedented line's text
    uint32_t deepest_indent; // levels
    uint32_t deepest_nesting; // brackets
    uint32_t
        too_deep_offset; // where indentation passed 100 levels or brackets 200; else UINT32_MAX
} Tokens;

void tokens_scan(Tokens *self, Arena *arena, const Lines *lines, bool walrus);

// The index of the first token that starts at byte `offset` or behind it; `count` where none does.
uint32_t tokens_from(const Tokens *self, uint32_t offset);

// Keeps what comments and lines' ends are told by: comments, NEWLINE, NL, and what goes over
// several lines. The place of the others is given back to `arena`, where all live.
void tokens_thin_out(Tokens *self, Arena *arena);

static inline Str token_text(const Lines *lines, const Token *token) {
    return str_slice(lines->text, token->start, token->end);
}

// Whether it is a name that is no keyword.
static inline bool token_is_name(const Token *token) {
    return token->kind == TOKEN_NAME && token->word == WORD_NONE;
}

// Whether it is part of the grammar: neither a comment nor an empty line's or bracket's line end.
static inline bool token_is_significant(const Token *token) {
    return token->kind != TOKEN_NL && token->kind != TOKEN_COMMENT;
}

static inline bool token_opens(const Token *token) {
    return token->word >= OP_LEFT_PAREN && token->word <= OP_LEFT_BRACE;
}

static inline bool token_closes(const Token *token) {
    return token->word >= OP_RIGHT_PAREN && token->word <= OP_RIGHT_BRACE;
}

#endif
