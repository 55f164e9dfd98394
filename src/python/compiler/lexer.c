#include "python/compiler/lexer.h"

#include "python/compiler/literals.h"

#include <stdio.h>

// Kept out of lexer_next(), which is short then where the next token is known.
#define RARELY __attribute__((noinline))

// Of keywords, and of signs that begin no longer one that tokenize does not know: not `:` of `:=`.
static const uint8_t kinds_of_words[WORD_COUNT] = {
    [OP_LEFT_PAREN] = LEX_LPAREN,
    [OP_RIGHT_PAREN] = LEX_RPAREN,
    [OP_LEFT_BRACKET] = LEX_LBRACKET,
    [OP_RIGHT_BRACKET] = LEX_RBRACKET,
    [OP_LEFT_BRACE] = LEX_LBRACE,
    [OP_RIGHT_BRACE] = LEX_RBRACE,
    [OP_COMMA] = LEX_COMMA,
    [OP_DOT] = LEX_DOT,
    [OP_ASSIGN] = LEX_ASSIGN,
    [OP_EQUAL] = LEX_EQUAL,
    [OP_PLUS] = LEX_PLUS,
    [OP_MINUS] = LEX_MINUS,
    [OP_STAR] = LEX_STAR,
    [OP_PERCENT] = LEX_PERCENT,
#define WORD(name, text) [KEYWORD_##name] = LEX_##name,
#define SIGN(name, text)
#include "python/compiler/lexemes.def"
#undef WORD
#undef SIGN
};

static const struct {
    const char *text;
    uint8_t length;
    uint8_t kind;
} signs[] = {
#define WORD(name, text)
#define SIGN(name, text) {text, sizeof(text) - 1, LEX_##name},
#include "python/compiler/lexemes.def"
#undef WORD
#undef SIGN
};

enum { SIGN_COUNT = sizeof signs / sizeof signs[0] };

// By first byte: all signs that begin with it are in that range, among others.
static void find_sign_ranges(Lexer *self) {
    for (uint8_t i = SIGN_COUNT; i > 0; i--) {
        SignRange *range = &self->signs_by_byte[(unsigned char)signs[i - 1].text[0]];
        range->first = i - 1;
        if (range->end == 0) range->end = i;
        if (signs[i - 1].length == 1) range->alone = signs[i - 1].kind;
    }
}

void lexer_init(Lexer *self, Arena *arena, Refusals *refusals, Str text, const Tokens *tokens) {
    *self = (Lexer){.text = text,
                    .arena = arena,
                    .refusals = refusals,
                    .is_line_start = true,
                    .last = LEX_NEWLINE,
                    .last_comment = UINT32_MAX};
    static const Token none = {.start = UINT32_MAX};
    self->token = tokens != NULL && tokens->problem == TOKENS_OK ? tokens->at : &none;
    find_sign_ranges(self);
    uint32_t nul = str_find_byte(text, '\0');
    if (nul < text.len) lexer_refuse(self, REFUSED_SYNTAX, nul, nul + 1, "a NUL byte");
}

void refusals_add(Refusals *self, Arena *arena, Refusal refusal, const char *format,
                  va_list arguments) {
    char message[256];
    vsnprintf(message, sizeof message, format, arguments);
    refusal.message = str_copy(arena, str_of(message));
    vec_push(arena, &self->list, refusal);
}

void lexer_refuse(Lexer *self, RefusalKind kind, uint32_t start, uint32_t end, const char *format,
                  ...) {
    if (self->is_over) return;
    self->is_over = true;
    va_list arguments;
    va_start(arguments, format);
    refusals_add(self->refusals, self->arena,
                 (Refusal){start, end, (uint8_t)kind, ANY_VERSION, NO_VERSION}, format, arguments);
    va_end(arguments);
}

static Lex end_of(Lexer *self) {
    return (Lex){LEX_END, self->at, self->at};
}

static Lex hand_out(Lexer *self, Lexeme kind, uint32_t start) {
    if (self->is_over) return end_of(self);
    self->last = kind;
    return (Lex){kind, start, self->at};
}

static const bool name_bytes[256] = {['0' ... '9'] = true,
                                     ['A' ... 'Z'] = true,
                                     ['_'] = true,
                                     ['a' ... 'z'] = true,
                                     [0x80 ... 0xff] = true};

static bool is_name_byte(unsigned char byte) {
    return name_bytes[byte];
}

// Skips one line end, if there is one: LF, CR LF or CR.
static bool skip_line_end(Lexer *self) {
    unsigned char byte = lexer_byte(self, self->at);
    if (byte != '\n' && byte != '\r') return false;
    self->at += byte == '\r' && lexer_byte(self, self->at + 1) == '\n' ? 2 : 1;
    return true;
}

static void skip_comment(Lexer *self) {
    self->last_comment = self->at;
    Str rest = str_from(self->text, self->at);
    rest.len = str_find_byte(rest, '\n');
    self->at += str_find_byte(rest, '\r');
}

// A backslash and the line end behind it.
static bool skip_continuation(Lexer *self) {
    uint32_t start = self->at++;
    if (!skip_line_end(self) && self->at < self->text.len) {
        lexer_refuse(self, REFUSED_SYNTAX, start, self->at,
                     "a character behind a line continuation");
        return false;
    }
    // 3.7 takes the file's end for an empty line.
    if (self->at >= self->text.len && !self->is_over)
        vec_push(self->arena, &self->refusals->list,
                 (Refusal){start, self->at, REFUSED_SYNTAX, 308, NO_VERSION,
                           STR("the file ends behind a line continuation")});
    return true;
}

// Blanks, comments and continued lines; line ends too inside brackets.
static void skip_blanks(Lexer *self) {
    for (;;) {
        unsigned char byte = lexer_byte(self, self->at);
        if (byte == ' ' || byte == '\t' || byte == '\f')
            self->at++;
        else if (byte == '#')
            skip_comment(self);
        else if (byte == '\\') {
            if (!skip_continuation(self)) return;
        } else if (self->bracket_count == 0 || !skip_line_end(self))
            return;
    }
}

// ---- Indentation ----

static void open_block(Lexer *self, uint32_t column, uint32_t narrow) {
    if (narrow <= self->narrow_columns[self->block_count]) {
        lexer_refuse(self, REFUSED_INDENTATION, self->at, self->at,
                     "tabs and spaces mixed so that the depth depends on the tab's width");
    } else if (self->block_count + 1 >= MOST_BLOCKS) {
        lexer_refuse(self, REFUSED_DEPTH, self->at, self->at,
                     "blocks nested more than %d levels deep", MOST_BLOCKS);
    } else {
        self->block_count++;
        self->columns[self->block_count] = column;
        self->narrow_columns[self->block_count] = narrow;
        self->pending_dedents = -1;
    }
}

static void close_blocks(Lexer *self, uint32_t column, uint32_t narrow) {
    while (self->block_count > 0 && column < self->columns[self->block_count]) {
        self->block_count--;
        self->pending_dedents++;
    }
    if (column != self->columns[self->block_count])
        lexer_refuse(self, REFUSED_INDENTATION, self->at, self->at,
                     "unindented to a depth that no outer block has");
    else if (narrow != self->narrow_columns[self->block_count])
        lexer_refuse(self, REFUSED_INDENTATION, self->at, self->at,
                     "tabs and spaces mixed so that the depth depends on the tab's width");
}

typedef struct Indentation {
    uint32_t column, narrow;
} Indentation;

// Blanks at the start of a line. A backslash goes on with the next line; the first one with blanks
// before it fixes the depth.
static Indentation skip_indentation(Lexer *self) {
    Indentation here = {0}, fixed = {0};
    for (;;) {
        unsigned char byte = lexer_byte(self, self->at);
        if (byte == ' ') {
            uint32_t spaces = str_count_first(str_from(self->text, self->at), ' ');
            here.column += spaces;
            here.narrow += spaces;
            self->at += spaces;
            continue;
        }
        if (byte == '\t') {
            here.column = (here.column / 8 + 1) * 8;
            here.narrow++;
        } else if (byte == '\f') {
            here = (Indentation){0};
        } else if (byte == '\\') {
            if (fixed.column == 0) fixed = here;
            self->is_joined |= fixed.column == 0;
            if (!skip_continuation(self)) return here;
            continue;
        } else {
            return fixed.column > 0 ? fixed : here;
        }
        self->at++;
    }
}

// Reads the indentation of the next line that has code; sets pending_dedents, -1 for an indent.
RARELY static void read_indentation(Lexer *self) {
    Indentation depth;
    do {
        self->is_joined = false;
        depth = skip_indentation(self);
        if (self->is_over) return;
        if (lexer_byte(self, self->at) == '#') skip_comment(self);
    } while (skip_line_end(self));
    self->is_line_start = false;
    if (self->at >= self->text.len) depth = (Indentation){0};
    if (depth.column > self->columns[self->block_count])
        open_block(self, depth.column, depth.narrow);
    else
        close_blocks(self, depth.column, depth.narrow);
}

// ---- Tokens ----

void lexer_skip_fstring(Lexer *self, Lex opening) {
    StringPrefix prefix;
    string_prefix(self->text, opening.start, &prefix);
    uint32_t end = string_end(self->text, opening.start, prefix);
    if (end != UINT32_MAX) self->at = end;
}

static Lexeme word_kind(Str word) {
    uint8_t kind = kinds_of_words[keyword_of(word)]; // 0 for `print`, too
    return kind != 0 ? kind : LEX_NAME;
}

static Lex name(Lexer *self) {
    uint32_t start = self->at;
    const unsigned char *bytes = (const unsigned char *)self->text.at;
    uint32_t end = start;
    unsigned char all = 0;
    for (; end < self->text.len && is_name_byte(bytes[end]); end++)
        all |= bytes[end];
    self->at = end;
    Str text = str_slice(self->text, start, end);
    if (all < 0x80) return hand_out(self, word_kind(text), start);
    uint32_t bad = identifier_find_bad(text);
    if (bad < text.len)
        lexer_refuse(self, REFUSED_SYNTAX, start + bad, self->at,
                     "a character that no name may contain");
    return hand_out(self, LEX_NAME, start);
}

// A name right behind a number, up to `end`: of the keywords some may stand there in all versions,
// the others up to 3.9.
static void check_word_behind(Lexer *self, uint32_t end) {
    Str word = str_slice(self->text, self->at, end);
    static const char *const allowed[] = {"and", "else", "for", "if", "in", "is", "not", "or"};
    for (uint32_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (str_starts_with(word, str_of(allowed[i]))) return;
    const char *what = "a number that runs into a name";
    if (word_kind(word) == LEX_NAME)
        lexer_refuse(self, REFUSED_SYNTAX, self->at, self->at + 1, "%s", what);
    else if (!self->is_over)
        vec_push(self->arena, &self->refusals->list,
                 (Refusal){self->at, end, REFUSED_SYNTAX, 310, NO_VERSION, str_of(what)});
}

static Lex number(Lexer *self) {
    uint32_t start = self->at;
    const char *problem = NULL;
    uint32_t bad = start;
    self->at = number_end(self->text, start, &bad, &problem);
    if (problem != NULL) lexer_refuse(self, REFUSED_SYNTAX, bad, bad + 1, "%s", problem);
    uint32_t word_end = self->at;
    while (is_name_byte(lexer_byte(self, word_end)))
        word_end++;
    if (word_end > self->at) check_word_behind(self, word_end);
    return hand_out(self, LEX_NUMBER, start);
}

// The token that begins at the next byte, or one behind it: inside an f-string's fields there may
// be none.
static const Token *token_here(Lexer *self) {
    const Token *token = self->token;
    while (token->kind != TOKEN_END && (token->start < self->at || token->kind == TOKEN_DEDENT))
        token++;
    return self->token = token;
}

// Over several lines with one quote each, tokenize takes an escaped backslash at a line's end for
// one that continues it.
static bool ends_as_string(const Token *token, StringPrefix prefix) {
    return token->kind == TOKEN_STRING &&
           (prefix.quotes == 3 || token->start_line == token->end_line);
}

static Lex string(Lexer *self, uint32_t start, StringPrefix prefix, const Token *token) {
    self->at = start + prefix.length + prefix.quotes;
    if (prefix.is_format) return hand_out(self, LEX_FSTRING, start);
    bool is_known = token->start == start && ends_as_string(token, prefix);
    uint32_t end = is_known ? token->end : string_end(self->text, start, prefix);
    if (end == UINT32_MAX) {
        lexer_refuse(self, REFUSED_SYNTAX, start, self->at,
                     prefix.quotes == 3 ? "a triple-quoted string that does not end"
                                        : "a string that does not end on its line");
        return end_of(self);
    }
    uint32_t inside = self->at;
    self->at = end;
    uint32_t bad = inside;
    Str text = str_slice(self->text, inside, end - prefix.quotes);
    const char *problem = string_problem(text, prefix, &bad);
    if (problem != NULL)
        lexer_refuse(self, REFUSED_SYNTAX, inside + bad, inside + bad + 1, "%s", problem);
    return hand_out(self, LEX_STRING, start);
}

static void open_bracket(Lexer *self, uint32_t start, char opener) {
    if (self->bracket_count == MOST_BRACKETS) {
        lexer_refuse(self, REFUSED_DEPTH, start, self->at, "brackets nested more than %d deep",
                     MOST_BRACKETS);
        return;
    }
    self->brackets[self->bracket_count++] = (Bracket){.opener = opener, .offset = start};
}

void lexer_open_field(Lexer *self) {
    uint32_t start = self->at++;
    open_bracket(self, start, '{');
    if (!self->is_over) self->brackets[self->bracket_count - 1].is_field = true;
}

static void close_bracket(Lexer *self, uint32_t start, char opener, char closer) {
    if (self->bracket_count == 0) {
        lexer_refuse(self, REFUSED_SYNTAX, start, self->at, "`%c` closes nothing", closer);
        return;
    }
    Bracket top = self->brackets[self->bracket_count - 1];
    if (top.opener != opener)
        lexer_refuse(self, REFUSED_SYNTAX, start, self->at, "`%c` does not close `%c`", closer,
                     top.opener);
    else
        self->bracket_count--;
}

// The second and third bytes of signs.
static const bool goes_on_sign[256] = {
    ['='] = true, ['<'] = true, ['>'] = true, ['*'] = true, ['/'] = true, ['.'] = true};

// The longest sign here, which it moves behind; LEX_END where there is none.
static Lexeme take_sign(Lexer *self, unsigned char byte) {
    if (byte >= 128) return LEX_END;
    SignRange range = self->signs_by_byte[byte];
    if (!goes_on_sign[lexer_byte(self, self->at + 1)]) {
        self->at += range.alone != 0;
        return range.alone;
    }
    Str rest = str_from(self->text, self->at);
    uint32_t length = 0;
    Lexeme kind = LEX_END;
    for (uint32_t i = range.first; i < range.end; i++)
        if (signs[i].length > length &&
            str_starts_with(rest, (Str){signs[i].text, signs[i].length})) {
            length = signs[i].length;
            kind = signs[i].kind;
        }
    self->at += length;
    return kind;
}

static Lex hand_out_sign(Lexer *self, Lexeme kind, uint32_t start) {
    switch (kind) {
    case LEX_LPAREN: open_bracket(self, start, '('); break;
    case LEX_LBRACKET: open_bracket(self, start, '['); break;
    case LEX_LBRACE: open_bracket(self, start, '{'); break;
    case LEX_RPAREN: close_bracket(self, start, '(', ')'); break;
    case LEX_RBRACKET: close_bracket(self, start, '[', ']'); break;
    case LEX_RBRACE: close_bracket(self, start, '{', '}'); break;
    default: break;
    }
    return hand_out(self, kind, start);
}

static Lex sign(Lexer *self, unsigned char byte) {
    uint32_t start = self->at;
    Lexeme kind = take_sign(self, byte);
    if (kind == LEX_END) {
        lexer_refuse(self, REFUSED_SYNTAX, start, start + 1,
                     "a character that has no meaning here");
        return end_of(self);
    }
    if (kind == LEX_WALRUS && lexer_is_in_field(self)) {
        kind = LEX_COLON;
        self->at--;
    }
    return hand_out_sign(self, kind, start);
}

static bool is_quote(unsigned char byte) {
    return byte == '"' || byte == '\'';
}

// The name, keyword or sign that the token is, or LEX_END where that is to be found out. A name
// before a quote may be the prefix of a string that does not end.
static Lexeme known_kind(const Lexer *self, const Token *token) {
    if (token->start != self->at) return LEX_END;
    Lexeme kind = kinds_of_words[token->word];
    if (token->kind == TOKEN_OP) return kind;
    if (token->kind != TOKEN_NAME || is_quote(lexer_byte(self, token->end))) return LEX_END;
    return kind != 0 ? kind : LEX_NAME;
}

static Lex take_known(Lexer *self, const Token *token, Lexeme kind) {
    uint32_t start = self->at;
    self->at = token->end;
    self->token = token + 1;
    return hand_out_sign(self, kind, start);
}

static Lex at_end(Lexer *self) {
    if (self->bracket_count > 0) {
        Bracket open = self->brackets[self->bracket_count - 1];
        lexer_refuse(self, REFUSED_SYNTAX, open.offset, open.offset + 1, "`%c` is never closed",
                     open.opener);
        return end_of(self);
    }
    if (self->last != LEX_NEWLINE && self->last != LEX_DEDENT) {
        self->is_line_start = true;
        return hand_out(self, LEX_NEWLINE, self->at);
    }
    if (self->block_count == 0) return end_of(self);
    self->block_count--;
    return hand_out(self, LEX_DEDENT, self->at);
}

// Whether a string may begin with the byte, and whether it may be the second one of a prefix.
enum { FIRST_OF_STRING = 1, SECOND_OF_STRING = 2 };
static const uint8_t string_bytes[256] = {['"'] = 3, ['\''] = 3, ['b'] = 3, ['B'] = 3, ['f'] = 3,
                                          ['F'] = 3, ['r'] = 3,  ['R'] = 3, ['u'] = 1, ['U'] = 1};

static bool may_begin_string(unsigned char byte, unsigned char next) {
    if (is_quote(byte)) return true;
    return (string_bytes[byte] & FIRST_OF_STRING) && (string_bytes[next] & SECOND_OF_STRING);
}

// The token at the next byte, which is no blank.
static Lex scan(Lexer *self, const Token *token) {
    uint32_t start = self->at;
    unsigned char byte = lexer_byte(self, start), next = lexer_byte(self, start + 1);
    if (skip_line_end(self)) {
        self->is_line_start = true;
        return hand_out(self, LEX_NEWLINE, start);
    }
    bool is_digit = byte >= '0' && byte <= '9';
    if (is_digit || (byte == '.' && next >= '0' && next <= '9')) return number(self);
    StringPrefix prefix;
    if (may_begin_string(byte, next) && string_prefix(self->text, start, &prefix))
        return string(self, start, prefix, token);
    return is_name_byte(byte) ? name(self) : sign(self, byte);
}

// An indent or dedents, as the line at hand begins with.
static Lex take_block(Lexer *self) {
    bool opens = self->pending_dedents < 0;
    self->pending_dedents += opens ? 1 : -1;
    return hand_out(self, opens ? LEX_INDENT : LEX_DEDENT, self->at);
}

// What stands behind more than one blank, or is neither name, keyword nor sign.
RARELY static Lex find_next(Lexer *self) {
    skip_blanks(self);
    if (self->is_over) return end_of(self);
    if (self->at >= self->text.len) return at_end(self);
    const Token *token = token_here(self);
    Lexeme kind = known_kind(self, token);
    return kind == LEX_END ? scan(self, token) : take_known(self, token, kind);
}

Lex lexer_next(Lexer *self) {
    if (self->is_over) return end_of(self);
    if (self->is_line_start && self->bracket_count == 0) {
        read_indentation(self);
        if (self->is_over) return end_of(self);
    }
    if (self->pending_dedents != 0) return take_block(self);
    if (lexer_byte(self, self->at) == ' ') self->at++;
    Lexeme kind = known_kind(self, self->token);
    return kind == LEX_END ? find_next(self) : take_known(self, self->token, kind);
}
