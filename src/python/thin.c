// A wide character is a lead byte, which UTF-8 does not have, its length in bytes, and bytes that
// nobody reads. Each kind of them has its length in one byte or in four.

#include "python/thin.h"

#include "base/utf8.h"
#include "python/primaries.h"

#include <tree_sitter/api.h>

enum {
    LEAD_BLANK = 0xf8,
    LEAD_LETTER = 0xfa,
    LEAD_DIGIT = 0xfc,
    LEAD_FORM_FEED = 0xfe,
    LONG = 1, // LEAD_… + LONG: four bytes of length
};

static const uint8_t shown[] = {' ', 'x', '1', '\f'}; // for each lead

typedef struct Thinning {
    char *text;
    const Lines *lines;
    const Tokens *tokens;
    const Shortcuts *shortcuts;
} Thinning;

static void put_wide(Thinning *self, uint32_t start, uint32_t end, uint8_t lead) {
    char *at = self->text + start;
    uint32_t length = end - start;
    if (length == 0) return;
    if (length == 1) {
        at[0] = (char)shown[(lead - LEAD_BLANK) / 2];
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

// Words that the grammar, unlike Python 3.7, takes for more than a name.
static bool is_soft_keyword(Str name) {
    return names_statement(name) || str_is(name, "_") || str_is(name, "type") ||
           str_is(name, "__future__");
}

static bool is_plain_name(Str name) {
    for (uint32_t i = 0; i < name.len; i++)
        if ((uint8_t)name.at[i] >= 0x80) return false;
    return !is_soft_keyword(name);
}

// A name that is no keyword looks like any other.
static void thin_name(Thinning *self, const Token *token) {
    if (token->word != WORD_NONE || !is_plain_name(token_text(self->lines, token))) return;
    put_wide(self, token->start, token->end, LEAD_LETTER);
}

// Statements and strings are nothing that can be assigned to, and the grammar knows that of a
// number.
static void thin_shortcut(Thinning *self, const Shortcut *shortcut) {
    uint8_t kind = self->shortcuts->nodes[shortcut->node].kind;
    bool is_number =
        shortcut->are_statements || kind == NODE_STRING || kind == NODE_CONCATENATED_STRING;
    put_wide(self, self->tokens->at[shortcut->first].start, self->tokens->at[shortcut->last].end,
             is_number ? LEAD_DIGIT : LEAD_LETTER);
}

// What lies between two tokens of one logical line: blanks, continuations and, in brackets,
// comments and line ends.
static void thin_gap(Thinning *self, const Token *before, const Token *token) {
    if (before != NULL) put_wide(self, before->end, token->start, LEAD_BLANK);
}

// What lies between two logical lines: empty lines, comments, indentation. The grammar counts
// blanks to see which indentation is deeper, so one for each level does; a form feed sets it to
// nought.
static void thin_line_start(Thinning *self, uint32_t start, uint32_t end, uint32_t levels) {
    if (end - start < levels) return;
    put_wide(self, start, end - levels, LEAD_FORM_FEED);
    memset(self->text + end - levels, ' ', levels);
}

static void thin_tokens(Thinning *self) {
    const Token *before = NULL; // on the same logical line
    uint32_t line_start = 0, levels = 0;
    bool has_format_string = false;
    const Shortcut *shortcut = self->shortcuts->at;
    const Shortcut *no_shortcut = shortcut + self->shortcuts->count;
    for (uint32_t i = 0; i < self->tokens->count; i++) {
        const Token *token = &self->tokens->at[i];
        switch (token->kind) {
        case TOKEN_NEWLINE:
            if (!has_format_string) thin_gap(self, before, token);
            before = NULL;
            has_format_string = false;
            line_start = token->end;
            continue;
        case TOKEN_INDENT: levels++; continue;
        case TOKEN_DEDENT: levels--; continue;
        case TOKEN_COMMENT:
        case TOKEN_NL:
        case TOKEN_END: continue;
        default: break;
        }
        if (before == NULL) thin_line_start(self, line_start, token->start, levels);
        if (token->kind == TOKEN_STRING && !token_is_plain_string(self->lines, token))
            has_format_string = true;
        if (!has_format_string) thin_gap(self, before, token);
        if (shortcut < no_shortcut && shortcut->first == i) {
            thin_shortcut(self, shortcut);
            i = shortcut++->last;
        } else if (!has_format_string && token->kind == TOKEN_STRING) {
            thin_string(self, token);
        } else if (!has_format_string && token->kind == TOKEN_NAME) {
            thin_name(self, token);
        }
        before = &self->tokens->at[i];
    }
}

Str thin_text(Arena *arena, const Lines *lines, const Tokens *tokens, const Shortcuts *shortcuts) {
    Str copy = str_copy(arena, lines->text);
    Thinning self = {(char *)copy.at, lines, tokens, shortcuts};
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
        *code_point = shown[(lead - LEAD_BLANK) / 2];
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
