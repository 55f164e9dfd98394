// Atoms, and the calls, subscripts and attributes behind them.

#include "python/compiler/parser.h"

#include "base/map.h"

typedef struct Arguments {
    Map keywords;
    bool has_keyword, has_unpacking; // `name=`, `**`
    uint32_t count;
    uint32_t bare_generator, bare_generator_end; // a generator expression without parentheses
    bool has_bare_generator;
} Arguments;

static void add_keyword(Parser *self, Arguments *arguments, const Expr *name) {
    Str text = parser_text(self, name->start, name->end);
    if (map_get(&arguments->keywords, text) != MAP_NONE)
        refuse(self, REFUSED_MEANING, name->start, name->end, ANY_VERSION, NO_VERSION,
               "keyword argument `%.*s` repeated", STR_ARG(text));
    map_put(self->arena, &arguments->keywords, text, 1);
    if (is_debug(self, name->start, name->end))
        refuse(self, REFUSED_MEANING, name->start, name->end, ANY_VERSION, NO_VERSION,
               "`__debug__` cannot be assigned to");
    arguments->has_keyword = true;
}

static void parse_keyword_value(Parser *self, Arguments *arguments, const Expr *name) {
    uint32_t equals = self->now.start;
    advance(self);
    if (name->kind != EXPR_NAME) {
        refuse(self, REFUSED_MEANING, name->start, equals + 1, ANY_VERSION, NO_VERSION,
               "%s as a keyword argument's name", expr_words(name->kind));
    } else {
        if (name->in_parens)
            refuse(self, REFUSED_MEANING, name->start, equals + 1, 308, NO_VERSION,
                   "a keyword argument's name in parentheses");
        else
            self->events.len--;
        add_keyword(self, arguments, name);
    }
    set_field(&self->make, FIELD_NAME);
    uint32_t nodes = mark_before_last(&self->make);
    parse_test(self);
    set_field(&self->make, FIELD_VALUE);
    end_node(self, NODE_KEYWORD_ARGUMENT, nodes, name->start);
    if (at_comprehension(self)) refuse_now(self);
}

static void check_positional(Parser *self, const Arguments *arguments, const Expr *value) {
    if (arguments->has_unpacking)
        refuse(self, REFUSED_SYNTAX, value->start, value->end, ANY_VERSION, NO_VERSION,
               "a positional argument behind keyword argument unpacking");
    else if (arguments->has_keyword)
        refuse(self, REFUSED_SYNTAX, value->start, value->end, ANY_VERSION, NO_VERSION,
               "a positional argument behind a keyword argument");
}

static void parse_argument(Parser *self, Arguments *arguments) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    if (accept(self, LEX_STAR)) {
        parse_test(self);
        end_node(self, NODE_LIST_SPLAT, nodes, start);
        if (arguments->has_unpacking)
            refuse(self, REFUSED_SYNTAX, start, self->last_end, ANY_VERSION, NO_VERSION,
                   "iterable unpacking behind keyword argument unpacking");
        return;
    }
    if (accept(self, LEX_POWER)) {
        parse_test(self);
        end_node(self, NODE_DICTIONARY_SPLAT, nodes, start);
        arguments->has_unpacking = true;
        return;
    }
    uint32_t mark = self->events.len, scope_mark = self->scopes.len;
    Expr value = parse_named_test(self);
    if (is_at(self, LEX_ASSIGN) && (value.kind != EXPR_WALRUS || value.in_parens)) {
        parse_keyword_value(self, arguments, &value);
        return;
    }
    if (at_comprehension(self)) {
        parse_clauses(self, SCOPE_GENERATOR, mark, scope_mark);
        arguments->has_bare_generator = true;
        arguments->bare_generator = start;
        arguments->bare_generator_end = self->last_end;
        value.end = self->last_end;
    }
    check_positional(self, arguments, &value);
}

// Up to and with the closing parenthesis; the opening one is the token before.
void parse_arguments(Parser *self, bool is_class) {
    Arguments arguments = {0};
    bool has_comma = false;
    uint32_t start = self->last_end - 1, nodes = nodes_mark(&self->make);
    while (!is_at(self, LEX_RPAREN)) {
        parse_argument(self, &arguments);
        arguments.count++;
        has_comma = accept(self, LEX_COMMA);
        if (!has_comma) break;
    }
    if (arguments.has_bare_generator && (arguments.count > 1 || has_comma || is_class))
        refuse(self, REFUSED_SYNTAX, arguments.bare_generator, arguments.bare_generator_end,
               ANY_VERSION, NO_VERSION,
               "a generator expression without parentheses beside other arguments");
    expect(self, LEX_RPAREN, "`)` or `,`");
    end_node(self, arguments.has_bare_generator ? NODE_GENERATOR_EXPRESSION : NODE_ARGUMENT_LIST,
             nodes, start);
    map_give_back(self->arena, &arguments.keywords);
}

static void parse_slice(Parser *self, uint32_t nodes, uint32_t start) {
    if (starts_expression(self)) parse_test(self);
    if (accept(self, LEX_COLON) && starts_expression(self)) parse_test(self);
    end_node(self, NODE_SLICE, nodes, start);
}

static void parse_subscript(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    Expr value = {.kind = EXPR_NOTHING};
    if (is_at(self, LEX_STAR)) {
        advance(self);
        parse_test(self);
        since(self, 311, start, self->last_end, "a starred expression in an index");
        self->make.is_unsure = true;
        return;
    }
    if (!is_at(self, LEX_COLON)) value = parse_named_test(self);
    bool is_walrus = value.kind == EXPR_WALRUS && !value.in_parens;
    if (is_walrus)
        since(self, 310, value.start, value.end,
              "an assignment expression without parentheses in an index");
    if (!is_walrus && accept(self, LEX_COLON)) parse_slice(self, nodes, start);
}

// The opening bracket is the token before. Where they are a generic type's parameters, each is a
// type.
static void parse_subscripts(Parser *self, bool are_types) {
    uint32_t start = self->last_end - 1, nodes = nodes_mark(&self->make);
    do {
        if (are_types) self->type_start = self->now.start;
        parse_subscript(self);
        if (are_types) {
            self->make.is_unsure |= last_kind(&self->make) == NODE_SLICE;
            surround_last(&self->make, NODE_TYPE);
        }
        set_field(&self->make, are_types ? FIELD_NONE : FIELD_SUBSCRIPT);
    } while (accept(self, LEX_COMMA) && !is_at(self, LEX_RBRACKET));
    expect(self, LEX_RBRACKET, "`]`");
    if (are_types) end_node(self, NODE_TYPE_PARAMETER, nodes, start);
}

static bool at_trailer(const Parser *self) {
    return is_at(self, LEX_DOT) || is_at(self, LEX_LPAREN) || is_at(self, LEX_LBRACKET);
}

// `.name` behind what began at `start`.
static Expr parse_attribute(Parser *self, uint32_t start) {
    advance(self);
    Lex name = self->now;
    expect(self, LEX_NAME, "a name");
    add_leaf(&self->make, NODE_IDENTIFIER, FIELD_ATTRIBUTE, name.start, name.end);
    Expr expr = target_leaf(self, EXPR_ATTRIBUTE, start);
    if (is_debug(self, name.start, name.end)) {
        expr.bad_kind = EXPR_CONSTANT;
        expr.bad_start = start;
        expr.bad_end = name.end;
    }
    return expr;
}

static NodeKind trailer_kind(Lexeme opener) {
    switch (opener) {
    case LEX_DOT: return NODE_ATTRIBUTE;
    case LEX_LPAREN: return NODE_CALL;
    default: return NODE_SUBSCRIPT;
    }
}

static NodeField field_before(Lexeme opener) {
    switch (opener) {
    case LEX_DOT: return FIELD_OBJECT;
    case LEX_LPAREN: return FIELD_FUNCTION;
    default: return FIELD_VALUE;
    }
}

// For the grammar some names are more than that.
static bool is_soft_keyword(const Parser *self, const Expr *expr) {
    if (expr->kind != EXPR_NAME) return false;
    Str name = parser_text(self, expr->start, expr->end);
    return str_is(name, "print") || str_is(name, "exec") || str_is(name, "match");
}

static void end_arguments(Parser *self, const Expr *called) {
    set_field(&self->make, FIELD_ARGUMENTS);
    self->make.is_unsure |= is_soft_keyword(self, called) && count_long_stars(&self->make) > 0;
}

// What follows the atom `expr`, whose first event is `mark`; its nodes begin at `nodes`.
static Expr parse_trailers(Parser *self, Expr expr, uint32_t mark, uint32_t nodes) {
    if (at_trailer(self))
        for (uint32_t i = mark; i < self->events.len; i++)
            self->events.at[i].is_part = true;
    while (at_trailer(self)) {
        Lexeme kind = self->now.kind;
        Expr before = expr;
        uint32_t start = expr.start;
        bool is_type = kind == LEX_LBRACKET && expr.kind == EXPR_NAME && !expr.in_parens &&
                       start == self->type_start;
        set_field(&self->make, is_type ? FIELD_NONE : field_before(kind));
        if (kind == LEX_DOT) {
            expr = parse_attribute(self, start);
            expr.is_dotted = expr.is_decorator = before.is_dotted;
        } else {
            advance(self);
            self->trailer_depth++;
            if (kind == LEX_LPAREN)
                parse_arguments(self, false);
            else
                parse_subscripts(self, is_type);
            self->trailer_depth--;
            expr = kind == LEX_LPAREN ? leaf(self, EXPR_CALL, start)
                                      : target_leaf(self, EXPR_SUBSCRIPT, start);
            expr.is_decorator = kind == LEX_LPAREN && before.is_dotted;
            if (kind == LEX_LPAREN) end_arguments(self, &before);
        }
        end_node(self, is_type ? NODE_GENERIC_TYPE : trailer_kind(kind), nodes, start);
        self->make.is_unsure |= is_type && (at_trailer(self) || is_soft_keyword(self, &before));
    }
    return expr;
}

void add_atom(Parser *self, NodeKind kind) {
    add_leaf(&self->make, kind, FIELD_NONE, self->now.start, self->now.end);
    advance(self);
}

NodeKind constant_kind(Lexeme kind) {
    switch (kind) {
    case LEX_NONE: return NODE_NONE;
    case LEX_TRUE: return NODE_TRUE;
    default: return NODE_FALSE;
    }
}

static Expr parse_atom(Parser *self) {
    uint32_t start = self->now.start;
    switch (self->now.kind) {
    case LEX_NAME: {
        record(self, EVENT_USE, self->scope, self->now.start, self->now.end);
        add_atom(self, NODE_IDENTIFIER);
        Expr expr = target_leaf(self, EXPR_NAME, start);
        expr.is_dotted = expr.is_decorator = true;
        return expr;
    }
    case LEX_NUMBER:
        add_atom(self, number_kind(parser_text(self, self->now.start, self->now.end)));
        return leaf(self, EXPR_NUMBER, start);
    case LEX_NONE:
    case LEX_TRUE:
    case LEX_FALSE:
        add_atom(self, constant_kind(self->now.kind));
        return leaf(self, EXPR_CONSTANT, start);
    case LEX_ELLIPSIS: add_atom(self, NODE_ELLIPSIS); return leaf(self, EXPR_ELLIPSIS, start);
    case LEX_STRING:
    case LEX_FSTRING: return parse_strings(self);
    case LEX_LPAREN: return parse_paren(self);
    case LEX_LBRACKET: return parse_list(self);
    case LEX_LBRACE: return parse_braces(self);
    default: refuse_now(self); return leaf(self, EXPR_NAME, start);
    }
}

Expr parse_primary(Parser *self) {
    uint32_t start = self->now.start;
    bool is_await = is_at(self, LEX_AWAIT);
    uint32_t place = self->now.end;
    if (is_await) {
        begin_prefix(&self->make, NODE_AWAIT, PRECEDENCE_UNARY, start);
        advance(self);
    }
    uint32_t mark = self->events.len, nodes = nodes_mark(&self->make);
    Expr expr = parse_trailers(self, parse_atom(self), mark, nodes);
    if (!is_await) return expr;
    record(self, EVENT_AWAIT, self->scope, start, place);
    return leaf(self, EXPR_AWAIT, start);
}
