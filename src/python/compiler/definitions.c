// Functions, classes and type aliases.

#include "python/compiler/parser.h"

#include "base/map.h"

typedef struct TypeParameters {
    Map names;
    bool has_default;
} TypeParameters;

// Its value where an argument is missing, if any.
static void parse_type_default(Parser *self, TypeParameters *all, bool is_tuple, uint32_t start) {
    uint32_t equals = self->now.start;
    if (accept(self, LEX_ASSIGN)) {
        all->has_default = true;
        self->make.is_unsure = true;
        if (is_tuple)
            parse_star_or_test(self);
        else
            parse_test(self);
        since(self, 313, equals, self->last_end, "a type parameter's default");
    } else if (all->has_default) {
        refuse(self, REFUSED_SYNTAX, start, self->last_end, ANY_VERSION, NO_VERSION,
               "a type parameter without default behind one with default");
    }
}

static void parse_type_parameter(Parser *self, TypeParameters *all) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    bool is_tuple = accept(self, LEX_STAR);
    bool is_plain = !is_tuple && !accept(self, LEX_POWER);
    Lex name = parse_name(self);
    if (self->lexer.is_over) return;
    Str text = parser_text(self, name.start, name.end);
    if (map_get(&all->names, text) != MAP_NONE)
        refuse(self, REFUSED_MEANING, name.start, name.end, ANY_VERSION, NO_VERSION,
               "type parameter `%.*s` repeated", STR_ARG(text));
    map_put(self->arena, &all->names, text, 1);
    if (!is_plain) add_node(&self->make, NODE_SPLAT_TYPE, nodes, start, name.end);
    if (is_plain && accept(self, LEX_COLON)) {
        surround_last(&self->make, NODE_TYPE);
        parse_type(self);
        end_node(self, NODE_CONSTRAINED_TYPE, nodes, start);
    }
    surround_last(&self->make, NODE_TYPE);
    parse_type_default(self, all, is_tuple, start);
}

// Whether there are any.
static bool parse_type_parameters(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    if (!accept(self, LEX_LBRACKET)) return false;
    uint8_t zone = enter_annotation(self, true);
    since(self, 312, start, self->last_end, "type parameters");
    TypeParameters all = {0};
    do {
        if (is_at(self, LEX_RBRACKET) && all.names.len > 0) break;
        parse_type_parameter(self, &all);
    } while (accept(self, LEX_COMMA));
    expect(self, LEX_RBRACKET, "`]` or `,`");
    end_node(self, NODE_TYPE_PARAMETER, nodes, start);
    set_field(&self->make, FIELD_TYPE_PARAMETERS);
    self->zone = zone;
    return true;
}

void parse_type_alias(Parser *self, uint32_t start) {
    self->may_import_future = false;
    uint32_t nodes = nodes_mark(&self->make);
    Lex name = parse_name(self);
    store_name(self, name, EVENT_STORE, self->scope);
    if (parse_type_parameters(self)) {
        set_field(&self->make, FIELD_NONE);
        end_node(self, NODE_GENERIC_TYPE, nodes, name.start);
    }
    surround_last(&self->make, NODE_TYPE);
    set_field(&self->make, FIELD_LEFT);
    expect(self, LEX_ASSIGN, "`=`");
    uint8_t zone = enter_annotation(self, true);
    parse_type(self);
    set_field(&self->make, FIELD_RIGHT);
    end_node(self, NODE_TYPE_ALIAS_STATEMENT, nodes, start);
    self->zone = zone;
    since(self, 312, start, name.end, "a type alias statement");
}

// What a function or class body does not see of the loops and handlers around it.
static void parse_body(Parser *self, uint32_t scope, const char *after) {
    Surroundings outer = self->around;
    uint32_t outer_scope = self->scope;
    self->around = (Surroundings){.in_dead_branch = outer.in_dead_branch};
    self->scope = scope;
    parse_block(self, after);
    set_field(&self->make, FIELD_BODY);
    self->scope = outer_scope;
    self->around = outer;
}

// The keyword and the name behind it; false where there is none.
static bool parse_own_name(Parser *self, const char *what) {
    advance(self);
    Lex name = self->now;
    if (!expect(self, LEX_NAME, what)) return false;
    add_leaf(&self->make, NODE_IDENTIFIER, FIELD_NAME, name.start, name.end);
    store_name(self, name, EVENT_STORE, self->scope);
    return true;
}

void parse_def(Parser *self, bool is_async) {
    if (!parse_own_name(self, "a function's name")) return;
    uint32_t scope = open_scope(self, SCOPE_FUNCTION, self->scope, is_async);
    bool is_generic = parse_type_parameters(self);
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    if (!expect(self, LEX_LPAREN, "`(`")) return;
    parse_parameters(self, scope, LEX_RPAREN, is_generic);
    expect(self, LEX_RPAREN, "`)` or `,`");
    end_node(self, NODE_PARAMETERS, nodes, start);
    set_field(&self->make, FIELD_PARAMETERS);
    if (accept(self, LEX_ARROW)) {
        uint8_t zone = enter_annotation(self, is_generic);
        parse_type(self);
        set_field(&self->make, FIELD_RETURN_TYPE);
        self->zone = zone;
    }
    parse_body(self, scope, "def");
}

void parse_class(Parser *self) {
    if (!parse_own_name(self, "a class's name")) return;
    uint32_t scope = open_scope(self, SCOPE_CLASS, self->scope, false);
    bool is_generic = parse_type_parameters(self);
    uint8_t zone = self->zone;
    if (is_generic) self->zone = ZONE_GENERIC;
    if (accept(self, LEX_LPAREN)) {
        self->trailer_depth++;
        parse_arguments(self, true);
        set_field(&self->make, FIELD_SUPERCLASSES);
        self->trailer_depth--;
    }
    self->zone = zone;
    parse_body(self, scope, "class");
}

// The statement's kind.
NodeKind parse_async(Parser *self) {
    Lex keyword = self->now;
    add_leaf(&self->make, NODE_ASYNC, FIELD_NONE, keyword.start, keyword.end);
    advance(self);
    if (is_at(self, LEX_DEF)) {
        parse_def(self, true);
        return NODE_FUNCTION_DEFINITION;
    }
    bool is_for = is_at(self, LEX_FOR);
    if (!is_for && !is_at(self, LEX_WITH)) {
        refuse_now(self);
        return NODE_WITH_STATEMENT;
    }
    record(self, is_for ? EVENT_ASYNC_FOR : EVENT_ASYNC_WITH, self->scope, keyword.start,
           self->now.end);
    if (is_for)
        parse_for(self);
    else
        parse_with(self);
    return is_for ? NODE_FOR_STATEMENT : NODE_WITH_STATEMENT;
}

static void parse_decorator(Parser *self) {
    uint32_t sign = self->now.start, nodes = nodes_mark(&self->make);
    advance(self);
    uint32_t start = self->now.start;
    Expr decorator = parse_named_test(self);
    if (!decorator.is_decorator)
        since(self, 309, start, self->last_end,
              "a decorator that is more than a dotted name and a call");
    end_node(self, NODE_DECORATOR, nodes, sign);
    expect(self, LEX_NEWLINE, "the end of the line");
}

void parse_decorated(Parser *self) {
    while (is_at(self, LEX_AT))
        parse_decorator(self);
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    NodeKind kind = NODE_FUNCTION_DEFINITION;
    switch (self->now.kind) {
    case LEX_DEF: parse_def(self, false); break;
    case LEX_CLASS:
        parse_class(self);
        kind = NODE_CLASS_DEFINITION;
        break;
    case LEX_ASYNC:
        if (kind_behind(self) == LEX_DEF) {
            parse_async(self);
            break;
        }
        // fall through
    default: refuse_now(self); break;
    }
    end_with_last(self, kind, nodes, start);
    set_field(&self->make, FIELD_DEFINITION);
}
