// match statements.

#include "python/compiler/parser.h"

#include "base/map.h"

typedef struct Captures {
    VEC(Lex) names; // of the case clause so far
} Captures;

static bool parse_pattern(Parser *self, Captures *captures);

static void capture(Parser *self, Captures *captures, Lex name) {
    store_name(self, name, EVENT_STORE, self->scope);
    vec_push(self->arena, &captures->names, name);
}

static Str capture_text(const Parser *self, const Captures *captures, uint32_t index) {
    Lex name = captures->names.at[index];
    return parser_text(self, name.start, name.end);
}

static void check_repeated(Parser *self, const Captures *captures) {
    Map seen = {0};
    for (uint32_t i = 0; i < captures->names.len; i++) {
        Lex name = captures->names.at[i];
        Str text = capture_text(self, captures, i);
        if (map_get(&seen, text) != MAP_NONE)
            refuse(self, REFUSED_MEANING, name.start, name.end, ANY_VERSION, NO_VERSION,
                   "`%.*s` captured twice in one pattern", STR_ARG(text));
        map_put(self->arena, &seen, text, 1);
    }
}

static void add_number(Parser *self) {
    Lex number = self->now;
    if (!expect(self, LEX_NUMBER, "a number")) return;
    add_leaf(&self->make, number_kind(parser_text(self, number.start, number.end)), FIELD_NONE,
             number.start, number.end);
}

// A number with its sign, and perhaps an imaginary part.
static void parse_pattern_number(Parser *self) {
    uint32_t sign = self->now.start, nodes = nodes_mark(&self->make);
    accept(self, LEX_MINUS);
    uint32_t start = self->now.start;
    add_number(self);
    unsigned char last = lexer_byte(&self->lexer, self->last_end - 1) | 0x20;
    if (!is_at(self, LEX_PLUS) && !is_at(self, LEX_MINUS)) return;
    if (last == 'j')
        refuse(self, REFUSED_SYNTAX, start, self->last_end, ANY_VERSION, NO_VERSION,
               "an imaginary number where a real one is expected");
    advance(self);
    add_number(self);
    end_node(self, NODE_COMPLEX_PATTERN, nodes, sign);
    unsigned char imaginary = lexer_byte(&self->lexer, self->last_end - 1) | 0x20;
    if (imaginary != 'j')
        refuse(self, REFUSED_SYNTAX, start, self->last_end, ANY_VERSION, NO_VERSION,
               "a real number where an imaginary one is expected");
}

static void parse_pattern_strings(Parser *self) {
    Expr text = parse_strings(self);
    if (text.kind == EXPR_FSTRING)
        refuse(self, REFUSED_SYNTAX, text.start, text.end, ANY_VERSION, NO_VERSION,
               "an f-string as a pattern");
}

static void parse_pattern_literal(Parser *self) {
    switch (self->now.kind) {
    case LEX_STRING:
    case LEX_FSTRING: parse_pattern_strings(self); return;
    case LEX_NONE:
    case LEX_TRUE:
    case LEX_FALSE: add_atom(self, constant_kind(self->now.kind)); return;
    default: parse_pattern_number(self); return;
    }
}

// Names with dots between them, from the first one on.
static void parse_pattern_path(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    parse_name(self);
    while (accept(self, LEX_DOT))
        parse_name(self);
    end_node(self, NODE_DOTTED_NAME, nodes, start);
}

// The name behind `*` or `**`, whose node begins at `start`.
static void parse_pattern_rest(Parser *self, Captures *captures, uint32_t start) {
    uint32_t nodes = nodes_mark(&self->make);
    bool is_wildcard = is_word(self, "_");
    Lex name = parse_name(self);
    if (is_wildcard)
        self->make.nodes.len = nodes;
    else if (!self->lexer.is_over)
        capture(self, captures, name);
    end_node(self, NODE_SPLAT_PATTERN, nodes, start);
}

// The node of the whole is around both, that of the value is none of its own.
static void end_keyword_pattern(Parser *self, uint32_t nodes, uint32_t start) {
    NodeMaker *make = &self->make;
    if (self->lexer.is_over) return;
    make->nodes.len--;
    make->is_unsure |= last_kind(make) == NODE_AS_PATTERN;
    add_node(make, NODE_KEYWORD_PATTERN, nodes, start, self->last_end);
    surround_last(make, NODE_CASE_PATTERN);
}

static void parse_class_arguments(Parser *self, Captures *captures) {
    Map keywords = {0};
    bool has_keyword = false;
    while (!is_at(self, LEX_RPAREN)) {
        Lex name = self->now;
        uint32_t nodes = nodes_mark(&self->make);
        bool is_keyword = is_at(self, LEX_NAME) && kind_behind(self) == LEX_ASSIGN;
        if (is_keyword) {
            Str text = parser_text(self, name.start, name.end);
            if (map_get(&keywords, text) != MAP_NONE)
                refuse(self, REFUSED_MEANING, name.start, name.end, ANY_VERSION, NO_VERSION,
                       "`%.*s` repeated in a class pattern", STR_ARG(text));
            map_put(self->arena, &keywords, text, 1);
            add_atom(self, NODE_IDENTIFIER);
            advance(self);
        } else if (has_keyword) {
            refuse(self, REFUSED_SYNTAX, name.start, name.end, ANY_VERSION, NO_VERSION,
                   "a positional pattern behind a keyword pattern");
        }
        has_keyword |= is_keyword;
        parse_pattern(self, captures);
        if (is_keyword) end_keyword_pattern(self, nodes, name.start);
        if (!accept(self, LEX_COMMA)) break;
    }
    expect(self, LEX_RPAREN, "`)` or `,`");
}

static bool parse_pattern_name(Parser *self, Captures *captures) {
    Lex name = self->now;
    uint32_t nodes = nodes_mark(&self->make);
    bool is_wildcard = is_word(self, "_");
    parse_pattern_path(self);
    bool is_path = self->last_end > name.end;
    if (!is_path && !is_at(self, LEX_LPAREN)) {
        if (is_wildcard)
            self->make.nodes.len = nodes;
        else
            capture(self, captures, name);
        return true;
    }
    record(self, EVENT_USE, self->scope, name.start, name.end);
    self->events.at[self->events.len - 1].is_part = true;
    if (!accept(self, LEX_LPAREN)) return false;
    parse_class_arguments(self, captures);
    end_node(self, NODE_CLASS_PATTERN, nodes, name.start);
    return false;
}

// Elements of a sequence up to `closer`; whether there was a comma.
static bool parse_sequence(Parser *self, Captures *captures, Lexeme closer, bool *is_irrefutable) {
    bool has_comma = false, has_star = false;
    *is_irrefutable = false;
    while (!is_at(self, closer)) {
        uint32_t start = self->now.start;
        if (accept(self, LEX_STAR)) {
            if (has_star)
                refuse(self, REFUSED_MEANING, start, start + 1, ANY_VERSION, NO_VERSION,
                       "more than one starred pattern in a sequence");
            has_star = true;
            parse_pattern_rest(self, captures, start);
            surround_last(&self->make, NODE_CASE_PATTERN);
            if (!is_at(self, LEX_COMMA) && !has_comma && closer != LEX_RBRACKET) refuse_now(self);
        } else {
            *is_irrefutable = parse_pattern(self, captures);
        }
        if (!accept(self, LEX_COMMA)) break;
        has_comma = true;
        if (is_at(self, LEX_IF)) break;
    }
    return has_comma;
}

// A literal key: the same text twice is the same key. Quotes do not count.
static void add_key(Parser *self, Map *keys, uint32_t start) {
    Str text = parser_text(self, start, self->last_end);
    bool is_string = text.len >= 2 && (text.at[0] == '"' || text.at[0] == '\'');
    if (is_string) text = str_slice(text, 1, text.len - 1);
    if (is_string && str_find_byte(text, '\\') < text.len) return;
    text = str_format(self->arena, "%c%.*s", is_string ? '"' : ' ', STR_ARG(text));
    if (map_get(keys, text) != MAP_NONE)
        refuse(self, REFUSED_MEANING, start, self->last_end, ANY_VERSION, NO_VERSION,
               "the same key twice in a mapping pattern");
    map_put(self->arena, keys, text, 1);
}

static void parse_mapping(Parser *self, Captures *captures) {
    Map keys = {0};
    while (!is_at(self, LEX_RBRACE)) {
        uint32_t start = self->now.start;
        if (accept(self, LEX_POWER)) {
            if (is_word(self, "_")) refuse_now(self);
            parse_pattern_rest(self, captures, start);
            accept(self, LEX_COMMA);
            break;
        }
        if (is_at(self, LEX_NAME)) {
            record(self, EVENT_USE, self->scope, self->now.start, self->now.end);
            self->events.at[self->events.len - 1].is_part = true;
            if (kind_behind(self) != LEX_DOT) refuse_now(self);
            parse_pattern_path(self);
        } else {
            parse_pattern_literal(self);
            add_key(self, &keys, start);
        }
        set_field(&self->make, FIELD_KEY);
        expect(self, LEX_COLON, "`:`");
        parse_pattern(self, captures);
        set_field(&self->make, FIELD_VALUE);
        if (!accept(self, LEX_COMMA)) break;
    }
    expect(self, LEX_RBRACE, "`}` or `,`");
}

// Whether it matches anything at all.
static bool parse_closed_pattern(Parser *self, Captures *captures) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    bool is_irrefutable = false;
    switch (self->now.kind) {
    case LEX_NAME: return parse_pattern_name(self, captures);
    case LEX_LPAREN: {
        advance(self);
        bool is_empty = is_at(self, LEX_RPAREN);
        bool has_comma = parse_sequence(self, captures, LEX_RPAREN, &is_irrefutable);
        expect(self, LEX_RPAREN, "`)` or `,`");
        end_node(self, NODE_TUPLE_PATTERN, nodes, start);
        return !has_comma && !is_empty && is_irrefutable;
    }
    case LEX_LBRACKET:
        advance(self);
        parse_sequence(self, captures, LEX_RBRACKET, &is_irrefutable);
        expect(self, LEX_RBRACKET, "`]` or `,`");
        end_node(self, NODE_LIST_PATTERN, nodes, start);
        return false;
    case LEX_LBRACE:
        advance(self);
        parse_mapping(self, captures);
        end_node(self, NODE_DICT_PATTERN, nodes, start);
        return false;
    default: parse_pattern_literal(self); return false;
    }
}

static bool same_names(Parser *self, const Captures *captures, uint32_t first, uint32_t second) {
    Map names = {0};
    uint32_t end = captures->names.len;
    for (uint32_t i = first; i < second; i++)
        map_put(self->arena, &names, capture_text(self, captures, i), 1);
    uint32_t found = 0;
    for (uint32_t i = second; i < end; i++) {
        Str text = capture_text(self, captures, i);
        uint32_t state = map_get(&names, text);
        if (state == MAP_NONE) return false;
        found += state == 1;
        map_put(self->arena, &names, text, 2);
    }
    return found == names.len;
}

static bool parse_alternatives(Parser *self, Captures *captures) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    bool has_bar = false;
    uint32_t first = captures->names.len;
    bool is_irrefutable = parse_closed_pattern(self, captures);
    uint32_t second = captures->names.len;
    while (is_at(self, LEX_BAR)) {
        if (is_irrefutable)
            refuse(self, REFUSED_MEANING, start, self->last_end, ANY_VERSION, NO_VERSION,
                   "a pattern that matches everything before other alternatives");
        advance(self);
        has_bar = true;
        is_irrefutable = parse_closed_pattern(self, captures);
        if (!same_names(self, captures, first, second))
            refuse(self, REFUSED_MEANING, start, self->last_end, ANY_VERSION, NO_VERSION,
                   "alternatives that capture different names");
        captures->names.len = second;
    }
    if (has_bar) end_node(self, NODE_UNION_PATTERN, nodes, start);
    return is_irrefutable;
}

static bool parse_pattern(Parser *self, Captures *captures) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    bool is_irrefutable = parse_alternatives(self, captures);
    end_node(self, NODE_CASE_PATTERN, nodes, start);
    if (!accept(self, LEX_AS)) return is_irrefutable;
    if (is_word(self, "_")) refuse_now(self);
    Lex name = parse_name(self);
    if (self->lexer.is_over) return is_irrefutable;
    capture(self, captures, name);
    end_node(self, NODE_AS_PATTERN, nodes, start);
    surround_last(&self->make, NODE_CASE_PATTERN);
    return is_irrefutable;
}

static void parse_guard(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    advance(self);
    parse_named_test(self);
    end_node(self, NODE_IF_CLAUSE, nodes, start);
    set_field(&self->make, FIELD_GUARD);
}

// `*irrefutable` is where a pattern stands that leaves nothing to the cases behind it, or
// UINT32_MAX.
static void parse_case(Parser *self, uint32_t *irrefutable, uint32_t *irrefutable_end) {
    Captures captures = {0};
    if (!is_word(self, "case")) {
        refuse_now(self);
        return;
    }
    uint32_t keyword = self->now.start, nodes = nodes_mark(&self->make);
    advance(self);
    if (*irrefutable != UINT32_MAX)
        refuse(self, REFUSED_MEANING, *irrefutable, *irrefutable_end, ANY_VERSION, NO_VERSION,
               "a pattern that matches everything before other cases");
    uint32_t start = self->now.start;
    bool is_irrefutable = false;
    bool is_sequence = parse_sequence(self, &captures, LEX_COLON, &is_irrefutable);
    uint32_t end = self->last_end;
    if (start == self->now.start) refuse_now(self);
    check_repeated(self, &captures);
    bool has_guard = is_at(self, LEX_IF);
    if (has_guard) parse_guard(self);
    *irrefutable = is_irrefutable && !is_sequence && !has_guard ? start : UINT32_MAX;
    *irrefutable_end = end;
    parse_block(self, "case");
    set_field(&self->make, FIELD_CONSEQUENCE);
    end_with_last(self, NODE_CASE_CLAUSE, nodes, keyword);
    set_field(&self->make, FIELD_ALTERNATIVE);
}

static Expr parse_subject(Parser *self) {
    Expr subject = parse_star_or_test(self);
    set_field(&self->make, FIELD_SUBJECT);
    return subject;
}

// What is between `match` and `:`.
static void parse_subjects(Parser *self) {
    Expr first = parse_subject(self);
    bool has_comma = false;
    while (accept(self, LEX_COMMA)) {
        has_comma = true;
        if (is_at(self, LEX_COLON)) break;
        parse_subject(self);
    }
    if (!has_comma && first.kind == EXPR_STAR) refuse_now(self);
}

void parse_match(Parser *self) {
    uint32_t nodes = nodes_mark(&self->make);
    Lex keyword = self->now;
    advance(self);
    since(self, 310, keyword.start, keyword.end, "a match statement");
    parse_subjects(self);
    expect(self, LEX_COLON, "`:`");
    expect(self, LEX_NEWLINE, "the end of the line");
    expect(self, LEX_INDENT, "an indented `case`");
    uint32_t irrefutable = UINT32_MAX, irrefutable_end = 0;
    uint32_t start = self->now.start, cases = nodes_mark(&self->make);
    do {
        parse_case(self, &irrefutable, &irrefutable_end);
    } while (!is_at(self, LEX_DEDENT) && !is_at(self, LEX_END));
    accept(self, LEX_DEDENT);
    end_with_last(self, NODE_BLOCK, cases, start);
    set_field(&self->make, FIELD_BODY);
    end_with_last(self, NODE_MATCH_STATEMENT, nodes, keyword.start);
}
