// Parameters of functions and lambdas.

#include "python/compiler/parser.h"

#include "base/map.h"

uint8_t enter_annotation(Parser *self, bool is_generic) {
    uint8_t before = self->zone;
    if (is_generic)
        self->zone = ZONE_GENERIC;
    else if (self->has_future_annotations)
        self->zone = ZONE_TEXT;
    return before;
}

typedef struct Parameters {
    Map names;
    uint32_t scope;
    bool is_lambda, is_generic;
    uint32_t count;                 // before a slash or star
    bool has_slash, has_star;       // `/`, and `*` with or without a name
    bool needs_name;                // `*` alone came last
    bool has_default, has_keywords; // `**`
    uint32_t star;
} Parameters;

// The node around the name and what stands before it.
static void add_parameter_name(Parser *self, const Lex *name, NodeKind around, uint32_t start) {
    uint32_t nodes = nodes_mark(&self->make);
    add_leaf(&self->make, NODE_IDENTIFIER, FIELD_NONE, name->start, name->end);
    if (around != NODE_SKIPPED) add_node(&self->make, around, nodes, start, name->end);
}

// Whether it has an annotation. The stars before it began at `start`, and make a node `around` it.
static bool parse_parameter_name(Parser *self, Parameters *all, NodeKind around, uint32_t start) {
    Lex name = self->now;
    if (!expect(self, LEX_NAME, "a parameter's name")) return false;
    Str text = parser_text(self, name.start, name.end);
    if (map_get(&all->names, text) != MAP_NONE)
        refuse(self, REFUSED_MEANING, name.start, name.end, ANY_VERSION, NO_VERSION,
               "parameter `%.*s` repeated", STR_ARG(text));
    map_put(self->arena, &all->names, text, 1);
    store_name(self, name, EVENT_PARAMETER, all->scope);
    add_parameter_name(self, &name, around, start);
    if (all->is_lambda || !accept(self, LEX_COLON)) return false;
    uint32_t type = self->now.start;
    uint8_t zone = enter_annotation(self, all->is_generic);
    if (around == NODE_LIST_SPLAT_PATTERN && accept(self, LEX_STAR)) {
        parse_operand(self);
        since(self, 311, type, self->last_end, "a starred annotation");
        self->make.is_unsure = true;
    } else {
        parse_type(self);
    }
    set_field(&self->make, FIELD_TYPE);
    self->zone = zone;
    return true;
}

static NodeKind parameter_kind(bool has_type, bool has_default) {
    if (!has_default) return NODE_TYPED_PARAMETER;
    return has_type ? NODE_TYPED_DEFAULT_PARAMETER : NODE_DEFAULT_PARAMETER;
}

static void parse_plain_parameter(Parser *self, Parameters *all) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    bool has_type = parse_parameter_name(self, all, NODE_SKIPPED, start);
    bool has_default = accept(self, LEX_ASSIGN);
    if (has_default) {
        if (self->make.nodes.len > nodes) self->make.nodes.at[nodes].field = FIELD_NAME;
        parse_test(self);
        set_field(&self->make, FIELD_VALUE);
    }
    if (has_type || has_default)
        end_node(self, parameter_kind(has_type, has_default), nodes, start);
    if (!has_default && all->has_default && !all->has_star)
        refuse(self, REFUSED_SYNTAX, start, self->last_end, ANY_VERSION, NO_VERSION,
               "a parameter without default behind one with default");
    all->has_default |= has_default;
    all->needs_name = false;
    if (!all->has_star) all->count++;
}

// A parameter from behind its stars, which began at `start`.
static void parse_starred_parameter(Parser *self, Parameters *all, NodeKind kind, uint32_t start) {
    uint32_t nodes = nodes_mark(&self->make);
    bool has_type = parse_parameter_name(self, all, kind, start);
    if (has_type) end_node(self, NODE_TYPED_PARAMETER, nodes, start);
    if (is_at(self, LEX_ASSIGN)) refuse_now(self);
}

static void parse_slash(Parser *self, Parameters *all) {
    uint32_t start = self->now.start;
    if (all->has_slash || all->has_star || all->count == 0) {
        refuse_now(self);
        return;
    }
    add_atom(self, NODE_POSITIONAL_SEPARATOR);
    all->has_slash = true;
    since(self, 308, start, self->last_end, "positional-only parameters");
}

static void parse_star(Parser *self, Parameters *all) {
    all->star = self->now.start;
    if (all->has_star) {
        refuse_now(self);
        return;
    }
    advance(self);
    all->has_star = true;
    all->needs_name = !is_at(self, LEX_NAME);
    if (all->needs_name)
        add_leaf(&self->make, NODE_KEYWORD_SEPARATOR, FIELD_NONE, all->star, self->last_end);
    else
        parse_starred_parameter(self, all, NODE_LIST_SPLAT_PATTERN, all->star);
    if (is_at(self, LEX_ASSIGN)) refuse_now(self);
}

static void refuse_lone_star(Parser *self, const Parameters *all) {
    if (all->needs_name)
        refuse(self, REFUSED_SYNTAX, all->star, all->star + 1, ANY_VERSION, NO_VERSION,
               "`*` without a named parameter behind it");
}

void parse_parameters(Parser *self, uint32_t scope, Lexeme closer, bool is_generic) {
    Parameters all = {.scope = scope, .is_lambda = closer == LEX_COLON, .is_generic = is_generic};
    while (!is_at(self, closer)) {
        if (all.has_keywords) {
            refuse_now(self);
            return;
        }
        if (is_at(self, LEX_SLASH)) {
            parse_slash(self, &all);
        } else if (is_at(self, LEX_STAR)) {
            parse_star(self, &all);
        } else if (accept(self, LEX_POWER)) {
            refuse_lone_star(self, &all);
            all.needs_name = false;
            all.has_keywords = true;
            parse_starred_parameter(self, &all, NODE_DICTIONARY_SPLAT_PATTERN, self->last_end - 2);
        } else {
            parse_plain_parameter(self, &all);
        }
        if (!accept(self, LEX_COMMA)) break;
    }
    refuse_lone_star(self, &all);
    map_give_back(self->arena, &all.names);
}
