// String literals side by side, and f-strings with their replacement fields.
//
// Fields are read as 3.12 does (PEP 701): any expression, quotes and all. What earlier versions,
// which first find the literal's end and then look inside, cannot read is noted as newer syntax.

#include "python/compiler/parser.h"

#include "python/compiler/literals.h"

typedef struct FString {
    uint32_t start;
    StringPrefix prefix;
    bool is_new; // beyond what 3.11 reads
} FString;

static bool closes(const Parser *self, const FString *string, uint32_t at) {
    unsigned char quote = (unsigned char)string->prefix.quote;
    for (uint32_t i = 0; i < string->prefix.quotes; i++)
        if (lexer_byte(&self->lexer, at + i) != quote) return false;
    return true;
}

// A line end in a format specifier is allowed from 3.12 on.
static bool breaks_off(const Parser *self, const FString *string, uint32_t at, bool is_specifier) {
    unsigned char byte = lexer_byte(&self->lexer, at);
    if (at >= self->lexer.text.len) return true;
    return !is_specifier && string->prefix.quotes == 1 && (byte == '\n' || byte == '\r');
}

static void check_characters(Parser *self, const FString *string, uint32_t start, uint32_t end) {
    uint32_t bad = 0;
    const char *problem = string_problem(parser_text(self, start, end), string->prefix, &bad);
    if (problem != NULL)
        refuse(self, REFUSED_SYNTAX, start + bad, start + bad + 1, ANY_VERSION, NO_VERSION, "%s",
               problem);
}

// One past the backslash at `at` and what belongs to it.
static uint32_t skip_escape(const Parser *self, const FString *string, uint32_t at) {
    unsigned char next = lexer_byte(&self->lexer, at + 1);
    if (next == '{' || next == '}') return at + 1;
    if (next == '\r' && lexer_byte(&self->lexer, at + 2) == '\n') return at + 3;
    if (string->prefix.is_raw || next != 'N' || lexer_byte(&self->lexer, at + 2) != '{')
        return at + 2;
    uint32_t end = at + 3;
    while (!breaks_off(self, string, end, false) && self->lexer.text.at[end] != '}')
        end++;
    return end + 1;
}

// Moves the lexer over literal text to the next field's `{`, the closing quotes or, in a format
// specifier, the `}`.
static void skip_text(Parser *self, const FString *string, bool is_specifier) {
    uint32_t start = self->lexer.at, at = start;
    for (;;) {
        if (breaks_off(self, string, at, is_specifier) || closes(self, string, at)) break;
        unsigned char byte = lexer_byte(&self->lexer, at);
        bool is_doubled = !is_specifier && lexer_byte(&self->lexer, at + 1) == byte;
        if (byte == '\\') {
            at = skip_escape(self, string, at);
        } else if (byte == '{' || byte == '}') {
            if (!is_doubled) break;
            at += 2;
        } else {
            at++;
        }
    }
    check_characters(self, string, start, at);
    self->lexer.at = at;
}

static void refuse_fstring(Parser *self, uint32_t start, const char *what) {
    lexer_refuse(&self->lexer, REFUSED_SYNTAX, start, start + 1, "%s", what);
    self->now.kind = LEX_END;
}

static void parse_conversion(Parser *self, FString *string) {
    uint32_t bang = self->now.start;
    advance(self);
    bool is_one = is_at(self, LEX_NAME) && self->now.end == self->now.start + 1 &&
                  self->now.start == bang + 1 &&
                  strchr("sra", self->lexer.text.at[self->now.start]) != NULL;
    if (!is_one) {
        refuse_fstring(self, bang, "a conversion other than `!s`, `!r` or `!a`");
        return;
    }
    uint32_t end = self->now.end;
    add_leaf(&self->make, NODE_TYPE_CONVERSION, FIELD_TYPE_CONVERSION, bang, end);
    advance(self);
    string->is_new |= self->now.start != end;
}

// What old versions do not find in a field: backslashes and comments.
static void check_old_field(Parser *self, FString *string, uint32_t start, uint32_t end) {
    Str text = parser_text(self, start, end);
    uint32_t comment = self->lexer.last_comment;
    bool has_comment = comment != UINT32_MAX && comment >= start && comment < end;
    string->is_new |= has_comment || str_find_byte(text, '\\') < text.len;
}

static void parse_field_value(Parser *self, FString *string) {
    uint32_t start = self->now.start;
    uint32_t mark = self->events.len, scope_mark = self->scopes.len;
    if (is_at(self, LEX_RBRACE) || is_at(self, LEX_BANG) || is_at(self, LEX_COLON) ||
        is_at(self, LEX_ASSIGN)) {
        refuse_fstring(self, start, "a replacement field without an expression");
        return;
    }
    Expr value = parse_tuple_or_yield(self, ANY_VERSION);
    set_field(&self->make, FIELD_EXPRESSION);
    if (value.kind == EXPR_STAR)
        refuse(self, REFUSED_SYNTAX, value.start, value.end, ANY_VERSION, NO_VERSION,
               "a starred expression that stands alone");
    if (at_comprehension(self)) {
        parse_clauses(self, SCOPE_GENERATOR, mark, scope_mark);
        refuse(self, REFUSED_SYNTAX, start, self->last_end, 312, NO_VERSION,
               "a generator expression without parentheses in an f-string");
    }
    check_old_field(self, string, start, self->now.start);
    if (!is_at(self, LEX_ASSIGN)) return;
    since(self, 308, self->now.start, self->now.end, "`=` in a replacement field");
    advance(self);
}

// A format specifier from the colon to here. The grammar reads `:=`, and no line ends.
static void add_specifier(Parser *self, uint32_t nodes, uint32_t colon) {
    Str text = parser_text(self, colon, self->lexer.at);
    self->make.is_unsure |= text.len > 1 && text.at[1] == '=';
    self->make.is_unsure |= str_find_byte(text, '\n') < text.len;
    add_node(&self->make, NODE_FORMAT_SPECIFIER, nodes, colon, self->lexer.at);
    set_field(&self->make, FIELD_FORMAT_SPECIFIER);
}

// From the field's `{` to the token `}`; the lexer stands behind that.
static void parse_field(Parser *self, FString *string, uint32_t level) {
    uint32_t start = self->lexer.at, nodes = nodes_mark(&self->make);
    string->is_new |= level > 2;
    lexer_open_field(&self->lexer);
    advance(self);
    parse_field_value(self, string);
    if (is_at(self, LEX_BANG)) parse_conversion(self, string);
    if (is_at(self, LEX_COLON)) {
        uint32_t colon = self->now.start, specifier = nodes_mark(&self->make);
        for (;;) {
            skip_text(self, string, true);
            if (lexer_byte(&self->lexer, self->lexer.at) != '{') break;
            parse_field(self, string, level + 1);
            if (!is_at(self, LEX_RBRACE)) return;
        }
        if (lexer_byte(&self->lexer, self->lexer.at) != '}') {
            refuse_fstring(self, start, "a replacement field that does not end");
            return;
        }
        add_specifier(self, specifier, colon);
        advance(self);
    }
    if (!is_at(self, LEX_RBRACE)) refuse_now(self);
    add_node(&self->make, level == 1 ? NODE_INTERPOLATION : NODE_FORMAT_EXPRESSION, nodes, start,
             self->now.end);
}

static void parse_fields(Parser *self, FString *string) {
    for (;;) {
        skip_text(self, string, false);
        uint32_t at = self->lexer.at;
        if (breaks_off(self, string, at, false)) {
            refuse_fstring(self, string->start, "an f-string that does not end");
            return;
        }
        if (closes(self, string, at)) break;
        if (lexer_byte(&self->lexer, at) == '}') {
            refuse_fstring(self, at, "a `}` without a field in an f-string");
            return;
        }
        parse_field(self, string, 1);
        if (!is_at(self, LEX_RBRACE)) return;
    }
    self->lexer.at += string->prefix.quotes;
}

static void parse_fstring(Parser *self) {
    FString string = {.start = self->now.start};
    if (++self->field_depth > MOST_FIELDS) {
        lexer_refuse(&self->lexer, REFUSED_DEPTH, string.start, self->now.end,
                     "f-strings nested more than %d deep", MOST_FIELDS);
        self->now.kind = LEX_END;
        return;
    }
    string_prefix(self->lexer.text, string.start, &string.prefix);
    parse_fields(self, &string);
    if (string_end(self->lexer.text, string.start, string.prefix) != self->lexer.at)
        string.is_new = true;
    if (string.is_new)
        since(self, 312, string.start, self->lexer.at,
              "an f-string with its own quotes, a backslash, a comment or a line end in a field");
    self->field_depth--;
    if (self->lexer.is_over) return;
    self->now.end = self->lexer.at;
}

Expr parse_strings(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make), count = 0;
    bool has_bytes = false, has_text = false, has_format = false;
    for (; is_at(self, LEX_STRING) || is_at(self, LEX_FSTRING); count++) {
        uint32_t literal = self->now.start, fields = nodes_mark(&self->make);
        StringPrefix prefix;
        string_prefix(self->lexer.text, self->now.start, &prefix);
        if ((prefix.is_bytes && has_text) || (!prefix.is_bytes && has_bytes))
            refuse(self, REFUSED_SYNTAX, start, self->now.end, ANY_VERSION, NO_VERSION,
                   "bytes and text literals side by side");
        has_bytes |= prefix.is_bytes;
        has_text |= !prefix.is_bytes;
        has_format |= prefix.is_format;
        if (prefix.is_format) parse_fstring(self);
        add_node(&self->make, NODE_STRING, fields, literal, self->now.end);
        advance(self);
    }
    if (count > 1) end_node(self, NODE_CONCATENATED_STRING, nodes, start);
    ExprKind kind = has_format ? EXPR_FSTRING : has_bytes ? EXPR_BYTES : EXPR_STRING;
    return (Expr){.start = start,
                  .end = self->last_end,
                  .kind = (uint8_t)kind,
                  .bad_kind = (uint8_t)kind,
                  .bad_start = start,
                  .bad_end = self->last_end};
}
