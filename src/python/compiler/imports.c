// Imports.

#include "python/compiler/parser.h"

Lex parse_name(Parser *self) {
    Lex name = self->now;
    if (expect(self, LEX_NAME, "a name"))
        add_leaf(&self->make, NODE_IDENTIFIER, FIELD_NONE, name.start, name.end);
    return name;
}

static Lex parse_dotted_name(Parser *self) {
    uint32_t nodes = nodes_mark(&self->make);
    Lex first = parse_name(self);
    while (accept(self, LEX_DOT))
        parse_name(self);
    end_node(self, NODE_DOTTED_NAME, nodes, first.start);
    return first;
}

// `as name`, or `bound` itself.
static void parse_alias(Parser *self, Lex bound) {
    set_field(&self->make, FIELD_NAME);
    uint32_t nodes = mark_before_last(&self->make), start = last_node(&self->make)->start;
    if (accept(self, LEX_AS)) {
        bound = parse_name(self);
        set_field(&self->make, FIELD_ALIAS);
        end_node(self, NODE_ALIASED_IMPORT, nodes, start);
        set_field(&self->make, FIELD_NAME);
    }
    store_name(self, bound, EVENT_IMPORT, self->scope);
}

void parse_import(Parser *self) {
    advance(self);
    do {
        parse_alias(self, parse_dotted_name(self));
    } while (accept(self, LEX_COMMA));
}

static bool is_future_feature(Str name) {
    static const char *const features[] = {
        "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
        "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};
    for (uint32_t i = 0; i < sizeof features / sizeof features[0]; i++)
        if (str_is(name, features[i])) return true;
    return false;
}

static void parse_imported_name(Parser *self, bool is_future) {
    Lex name = parse_name(self);
    if (self->lexer.is_over) return;
    surround_last(&self->make, NODE_DOTTED_NAME);
    Str text = parser_text(self, name.start, name.end);
    if (is_future && !is_future_feature(text))
        refuse(self, REFUSED_MEANING, name.start, name.end, ANY_VERSION, NO_VERSION,
               "`__future__` has no feature `%.*s`", STR_ARG(text));
    self->has_future_annotations |= is_future && str_is(text, "annotations");
    parse_alias(self, name);
}

// What stands between `from` and `import`; whether it is `__future__`.
static bool parse_origin(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    while (accept(self, LEX_DOT) || accept(self, LEX_ELLIPSIS))
        continue;
    bool is_relative = self->now.start > start;
    bool is_future = !is_relative && is_word(self, "__future__");
    if (is_relative) add_leaf(&self->make, NODE_IMPORT_PREFIX, FIELD_NONE, start, self->last_end);
    if (!is_relative || !is_at(self, LEX_IMPORT)) parse_dotted_name(self);
    if (is_relative) end_node(self, NODE_RELATIVE_IMPORT, nodes, start);
    set_field(&self->make, FIELD_MODULE_NAME);
    is_future &= self->last_end - start == strlen("__future__");
    // The grammar has a kind of statement for it, which does not name it.
    if (is_future) self->make.nodes.len = nodes;
    return is_future;
}

// The kind of statement.
NodeKind parse_import_from(Parser *self) {
    uint32_t start = self->now.start;
    advance(self);
    bool is_future = parse_origin(self);
    if (is_future && !(self->may_import_future && self->scope == 0))
        refuse_meaning(self, start, self->last_end, "a `__future__` import that is not at the top");
    if (!is_future) self->may_import_future = false;
    NodeKind kind = is_future ? NODE_FUTURE_IMPORT_STATEMENT : NODE_IMPORT_FROM_STATEMENT;
    if (!expect(self, LEX_IMPORT, "`import`")) return kind;
    if (is_at(self, LEX_STAR)) {
        record(self, EVENT_IMPORT_STAR, self->scope, self->now.start, self->now.end);
        add_leaf(&self->make, NODE_WILDCARD_IMPORT, FIELD_NONE, self->now.start, self->now.end);
        if (is_future)
            refuse_meaning(self, self->now.start, self->now.end, "`__future__` has no feature `*`");
        advance(self);
        return kind;
    }
    bool has_parens = accept(self, LEX_LPAREN);
    do {
        parse_imported_name(self, is_future);
    } while (accept(self, LEX_COMMA) && !(has_parens && is_at(self, LEX_RPAREN)));
    if (has_parens) expect(self, LEX_RPAREN, "`)` or `,`");
    return kind;
}
