// A wide character is a lead byte, which UTF-8 does not have, its length in bytes, and bytes that
// nobody reads. There are two of them, each with its length in one byte or in four: one that the
// grammar takes for a blank and one that it takes for a letter.

#include "python/thin.h"

#include "base/utf8.h"

#include <tree_sitter/api.h>

enum { LEAD_BLANK = 0xf8, LEAD_LETTER = 0xfa, LONG = 1 }; // LEAD_… + LONG: four bytes of length

typedef struct Thinning {
    char *text;
    const Lines *lines;
    const Tokens *tokens;
} Thinning;

static void put_wide(Thinning *self, uint32_t start, uint32_t end, uint8_t lead) {
    char *at = self->text + start;
    uint32_t length = end - start;
    if (length == 0) return;
    if (length == 1) {
        at[0] = lead == LEAD_BLANK ? ' ' : 'x';
    } else if (length <= UINT8_MAX) {
        at[0] = (char)lead;
        at[1] = (char)length;
    } else {
        at[0] = (char)(lead + LONG);
        memcpy(at + 1, &length, sizeof length);
    }
}

static bool is_prefix_letter(char c) {
    c |= 32;
    return c == 'r' || c == 'b' || c == 'u' || c == 'f' || c == 't';
}

static bool is_format_string(Str literal) {
    for (uint32_t i = 0; i < literal.len && is_prefix_letter(literal.at[i]); i++)
        if ((literal.at[i] | 32) == 'f' || (literal.at[i] | 32) == 't') return true;
    return false;
}

static void thin_string(Thinning *self, const Token *token) {
    Str literal = token_text(self->lines, token);
    uint32_t prefix = 0;
    while (prefix < literal.len && is_prefix_letter(literal.at[prefix]))
        prefix++;
    Str quoted = str_from(literal, prefix);
    bool is_triple =
        quoted.len >= 6 && quoted.at[1] == quoted.at[0] && quoted.at[2] == quoted.at[0];
    uint32_t quotes = is_triple ? 3 : 1;
    put_wide(self, token->start + prefix + quotes, token->end - quotes, LEAD_LETTER);
}

static bool is_significant(const Token *token) {
    return token->kind != TOKEN_NL && token->kind != TOKEN_COMMENT;
}

// What lies between two tokens of one logical line: blanks, continuations and, in brackets,
// comments and line ends.
static void thin_gap(Thinning *self, const Token *before, const Token *token) {
    if (before != NULL) put_wide(self, before->end, token->start, LEAD_BLANK);
}

static void thin_tokens(Thinning *self) {
    const Token *before = NULL; // on the same logical line
    bool has_format_string = false;
    for (uint32_t i = 0; i < self->tokens->count; i++) {
        const Token *token = &self->tokens->at[i];
        if (token->depth > 0 && !is_significant(token)) continue;
        switch (token->kind) {
        case TOKEN_NEWLINE:
        case TOKEN_NL:
            if (!has_format_string) thin_gap(self, before, token);
            before = NULL;
            has_format_string = false;
            continue;
        case TOKEN_INDENT:
        case TOKEN_DEDENT:
        case TOKEN_END: continue;
        case TOKEN_COMMENT:
            if (has_format_string) continue;
            put_wide(self, before != NULL ? before->end : token->start, token->end, LEAD_BLANK);
            before = token;
            continue;
        default: break;
        }
        if (token->kind == TOKEN_STRING && is_format_string(token_text(self->lines, token)))
            has_format_string = true;
        if (!has_format_string) thin_gap(self, before, token);
        if (!has_format_string && token->kind == TOKEN_STRING) thin_string(self, token);
        before = token;
    }
}

Str thin_text(Arena *arena, const Lines *lines, const Tokens *tokens) {
    Str copy = str_copy(arena, lines->text);
    Thinning self = {(char *)copy.at, lines, tokens};
    thin_tokens(&self);
    return copy;
}

uint32_t thin_decode(const uint8_t *at, uint32_t left, int32_t *code_point) {
    uint8_t lead = at[0];
    if (lead < 0x80) {
        *code_point = lead;
        return 1;
    }
    if (lead >= LEAD_BLANK) {
        *code_point = lead < LEAD_LETTER ? ' ' : 'x';
        if ((lead & LONG) == 0) return at[1];
        uint32_t length;
        memcpy(&length, at + 1, sizeof length);
        return length;
    }
    uint32_t point = 0;
    uint32_t length = utf8_decode((Str){(const char *)at, left}, 0, &point);
    *code_point = length == 0 ? -1 : (int32_t)point;
    return length == 0 ? 1 : length;
}
