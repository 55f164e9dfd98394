#include "python/signatures.h"

enum { MOST_TYPES = 16 }; // inside each other

static bool is_name(const Primaries *self, uint32_t token) {
    return token_is_name(&self->tokens[token]);
}

// Takes back what was appended.
static uint32_t give_up(Primaries *self, uint32_t nodes) {
    self->nodes.len = nodes;
    return NO_TOKEN;
}

// ---- Imports ----

// Names with dots between them; NO_TOKEN, and perhaps some nodes, where there are none.
static uint32_t add_dotted_name(Primaries *self, uint32_t first, NodeField field, uint32_t parent) {
    uint32_t node = add_node(self, NODE_DOTTED_NAME, field, first, first, parent);
    for (uint32_t at = first;; at = primaries_next(self, at)) {
        if (!is_name(self, at)) return NO_TOKEN;
        add_node(self, NODE_IDENTIFIER, FIELD_NONE, at, at, node);
        close_node(self, node, at);
        uint32_t dot = primaries_next(self, at);
        if (!primaries_is_word(self, dot, OP_DOT)) return at;
        at = dot;
    }
}

static uint32_t add_imported_name(Primaries *self, uint32_t first, uint32_t parent) {
    uint32_t node = self->nodes.len;
    uint32_t last = add_dotted_name(self, first, FIELD_NAME, parent);
    if (last == NO_TOKEN) return NO_TOKEN;
    uint32_t as = primaries_next(self, last), alias = primaries_next(self, as);
    if (!primaries_is_word(self, as, KEYWORD_AS)) return last;
    if (!is_name(self, alias)) return NO_TOKEN;
    self->nodes.len = node;
    add_node(self, NODE_ALIASED_IMPORT, FIELD_NAME, first, first, parent);
    add_dotted_name(self, first, FIELD_NAME, node);
    add_node(self, NODE_IDENTIFIER, FIELD_ALIAS, alias, alias, node);
    close_node(self, node, alias);
    return alias;
}

// Names with commas between them, up to the last one.
static uint32_t add_imported_names(Primaries *self, uint32_t first, uint32_t parent) {
    for (uint32_t at = first;;) {
        uint32_t last = add_imported_name(self, at, parent);
        if (last == NO_TOKEN) return NO_TOKEN;
        uint32_t comma = primaries_next(self, last);
        if (!primaries_is_word(self, comma, OP_COMMA)) return last;
        at = primaries_next(self, comma);
        if (primaries_is_word(self, at, OP_RIGHT_PAREN)) return comma;
    }
}

// What stands behind `import` in a `from` statement.
static uint32_t add_imported(Primaries *self, uint32_t first, uint32_t parent) {
    if (primaries_is_word(self, first, OP_STAR)) {
        add_node(self, NODE_WILDCARD_IMPORT, FIELD_NONE, first, first, parent);
        return first;
    }
    if (!primaries_is_word(self, first, OP_LEFT_PAREN)) {
        uint32_t last = add_imported_names(self, first, parent);
        return last != NO_TOKEN && primaries_is_word(self, last, OP_COMMA) ? NO_TOKEN : last;
    }
    uint32_t last = add_imported_names(self, primaries_next(self, first), parent);
    if (last == NO_TOKEN) return NO_TOKEN;
    uint32_t close = primaries_next(self, last);
    return primaries_is_word(self, close, OP_RIGHT_PAREN) ? close : NO_TOKEN;
}

static bool is_dots(const Primaries *self, uint32_t token) {
    return primaries_is_word(self, token, OP_DOT) || primaries_is_word(self, token, OP_ELLIPSIS);
}

static uint32_t add_relative_import(Primaries *self, uint32_t first, uint32_t parent) {
    uint32_t node = add_node(self, NODE_RELATIVE_IMPORT, FIELD_MODULE_NAME, first, first, parent);
    uint32_t last = first;
    while (is_dots(self, primaries_next(self, last)))
        last = primaries_next(self, last);
    add_node(self, NODE_IMPORT_PREFIX, FIELD_NONE, first, last, node);
    uint32_t name = primaries_next(self, last);
    if (is_name(self, name)) last = add_dotted_name(self, name, FIELD_NONE, node);
    if (last != NO_TOKEN) close_node(self, node, last);
    return last;
}

static uint32_t add_from(Primaries *self, uint32_t first, uint32_t node) {
    uint32_t module = primaries_next(self, first), last;
    bool is_future = is_name(self, module) &&
                     str_is(token_text(self->lines, &self->tokens[module]), "__future__");
    if (is_future) {
        self->nodes.at[node].kind = NODE_FUTURE_IMPORT_STATEMENT;
        last = module;
    } else if (is_dots(self, module)) {
        last = add_relative_import(self, module, node);
    } else {
        last = add_dotted_name(self, module, FIELD_MODULE_NAME, node);
    }
    if (last == NO_TOKEN) return NO_TOKEN;
    uint32_t import = primaries_next(self, last);
    if (!primaries_is_word(self, import, KEYWORD_IMPORT)) return NO_TOKEN;
    return add_imported(self, primaries_next(self, import), node);
}

uint32_t add_import(Primaries *self, uint32_t first) {
    uint32_t node = self->nodes.len, last;
    bool is_from = primaries_is_word(self, first, KEYWORD_FROM);
    add_node(self, is_from ? NODE_IMPORT_FROM_STATEMENT : NODE_IMPORT_STATEMENT, FIELD_NONE, first,
             first, node);
    if (is_from)
        last = add_from(self, first, node);
    else
        last = add_imported_names(self, primaries_next(self, first), node);
    if (last == NO_TOKEN) return give_up(self, node);
    close_node(self, node, last);
    primaries_note_depth(self, 4);
    return last;
}

// ---- Types ----

// Names with dots, None, or a string.
static uint32_t simple_type_end(Primaries *self, uint32_t first) {
    uint32_t last = primary_end(self, first, false);
    if (last == NO_TOKEN) return NO_TOKEN;
    for (uint32_t i = 0; i < self->trailers.len; i++)
        if (!primaries_is_word(self, self->trailers.at[i], OP_DOT)) return NO_TOKEN;
    return primaries_is_word(self, primaries_next(self, last), OP_LEFT_BRACKET) ? NO_TOKEN : last;
}

// Simple types with `|` between them: the operators nest to the left.
static uint32_t add_union(Primaries *self, uint32_t first, uint32_t parent, uint32_t level) {
    uint32_t operators = 0, last = first, outermost = self->nodes.len;
    for (uint32_t at = first;; operators++) {
        last = simple_type_end(self, at);
        if (last == NO_TOKEN || operators > MOST_TYPES) return NO_TOKEN;
        uint32_t bar = primaries_next(self, last);
        if (!primaries_is_word(self, bar, OP_OR)) break;
        at = primaries_next(self, bar);
    }
    NodeField field = FIELD_NONE;
    for (uint32_t i = 0; i < operators; i++) {
        parent = add_node(self, NODE_BINARY_OPERATOR, field, first, first, parent);
        field = FIELD_LEFT;
    }
    add_value(self, first, false, field, parent, level + operators);
    uint32_t at = simple_type_end(self, first);
    for (uint32_t i = operators; i > 0; i--) {
        uint32_t node = outermost + i - 1, bar = primaries_next(self, at);
        uint32_t right = primaries_next(self, bar);
        add_node(self, NODE_OPERATOR, FIELD_OPERATOR, bar, bar, node);
        add_value(self, right, false, FIELD_RIGHT, node, level + i);
        at = simple_type_end(self, right);
        close_node(self, node, at);
    }
    return last;
}

static bool starts_generic(const Primaries *self, uint32_t first) {
    return is_name(self, first) &&
           primaries_is_word(self, primaries_next(self, first), OP_LEFT_BRACKET);
}

// The generic types that are open where a type is expected.
typedef struct Generics {
    uint32_t open[MOST_TYPES]; // their `type` nodes
    uint32_t depth;
} Generics;

// Below a `type` node come its generic type, of that a name and the parameter.
enum { GENERIC = 1, PARAMETER = 3 };

// Opens the generic type that starts with token `first`, below `type`; the token behind "[".
static uint32_t open_generic(Primaries *self, Generics *generics, uint32_t first, uint32_t type) {
    uint32_t bracket = primaries_next(self, first);
    uint32_t generic = add_node(self, NODE_GENERIC_TYPE, FIELD_NONE, first, first, type);
    add_node(self, NODE_IDENTIFIER, FIELD_NONE, first, first, generic);
    add_node(self, NODE_TYPE_PARAMETER, FIELD_NONE, bracket, bracket, generic);
    generics->open[generics->depth++] = type;
    return primaries_next(self, bracket);
}

// Closes those that end behind token `last`; the last token of the outermost.
static uint32_t close_generics(Primaries *self, Generics *generics, uint32_t last) {
    for (uint32_t at; generics->depth > 0; last = at) {
        at = primaries_next(self, last);
        if (!primaries_is_word(self, at, OP_RIGHT_BRACKET)) break;
        uint32_t type = generics->open[--generics->depth];
        close_node(self, type + PARAMETER, at);
        close_node(self, type + GENERIC, at);
        close_node(self, type, at);
    }
    return last;
}

// What a type is that is not generic.
static uint32_t add_other_type(Primaries *self, uint32_t first, uint32_t parent, uint32_t level) {
    bool is_list = primaries_is_word(self, first, OP_LEFT_BRACKET);
    if (!is_list && !primaries_is_word(self, first, OP_ELLIPSIS))
        return add_union(self, first, parent, level);
    uint32_t last = is_list ? value_end(self, first) : first;
    if (last == NO_TOKEN) return NO_TOKEN;
    if (is_list)
        add_value(self, first, true, FIELD_NONE, parent, level);
    else
        add_node(self, NODE_ELLIPSIS, FIELD_NONE, first, first, parent);
    return last;
}

uint32_t add_type(Primaries *self, uint32_t first, NodeField field, uint32_t parent,
                  uint32_t level) {
    Generics generics = {0};
    uint32_t start = self->nodes.len, at = first;
    primaries_note_depth(self, level + 3 * MOST_TYPES);
    while (true) {
        uint32_t type = add_node(self, NODE_TYPE, field, at, at, parent);
        if (starts_generic(self, at) && generics.depth < MOST_TYPES) {
            at = open_generic(self, &generics, at, type);
            parent = type + PARAMETER;
            field = FIELD_NONE;
            continue;
        }
        uint32_t last = add_other_type(self, at, type, level + 3 * generics.depth + 1);
        if (last == NO_TOKEN) return give_up(self, start);
        close_node(self, type, last);
        last = close_generics(self, &generics, last);
        uint32_t next = primaries_next(self, last);
        if (generics.depth == 0) {
            bool goes_on = primaries_is_word(self, next, OP_OR) ||
                           primaries_is_word(self, next, OP_LEFT_BRACKET);
            return goes_on ? give_up(self, start) : last;
        }
        if (!primaries_is_word(self, next, OP_COMMA)) return give_up(self, start);
        parent = generics.open[generics.depth - 1] + PARAMETER;
        at = primaries_next(self, next);
    }
}

// ---- Parameters ----

static NodeKind parameter_kind(bool has_type, bool has_value) {
    if (has_type) return has_value ? NODE_TYPED_DEFAULT_PARAMETER : NODE_TYPED_PARAMETER;
    return NODE_DEFAULT_PARAMETER;
}

static NodeKind star_kind(const Primaries *self, uint32_t star) {
    return primaries_is_word(self, star, OP_STAR) ? NODE_LIST_SPLAT_PATTERN
                                                  : NODE_DICTIONARY_SPLAT_PATTERN;
}

// The name, perhaps with stars before it; its last token.
static uint32_t add_parameter_name(Primaries *self, uint32_t first, NodeField field,
                                   uint32_t parent) {
    uint32_t node = self->nodes.len, name = first;
    if (!is_name(self, first)) {
        name = primaries_next(self, first);
        parent = add_node(self, star_kind(self, first), field, first, name, parent);
        field = FIELD_NONE;
    }
    add_node(self, NODE_IDENTIFIER, field, name, name, parent);
    self->nodes.at[node].size = self->nodes.len - node;
    return name;
}

// One with a type or a value.
static uint32_t add_long_parameter(Primaries *self, uint32_t first, uint32_t behind_name) {
    bool has_type = primaries_is_word(self, behind_name, OP_COLON);
    uint32_t node = self->nodes.len;
    add_node(self, NODE_TYPED_PARAMETER, FIELD_NONE, first, first, node);
    uint32_t last = add_parameter_name(self, first, FIELD_NONE, node), next = behind_name;
    if (has_type) {
        last = add_type(self, primaries_next(self, behind_name), FIELD_TYPE, node, 1);
        if (last == NO_TOKEN) return NO_TOKEN;
        next = primaries_next(self, last);
    }
    bool has_value = primaries_is_word(self, next, OP_ASSIGN);
    if (has_value) {
        uint32_t value = primaries_next(self, next);
        last = value_end(self, value);
        if (last == NO_TOKEN || !is_name(self, first)) return NO_TOKEN;
        add_value(self, value, true, FIELD_VALUE, node, 1);
        self->nodes.at[node + 1].field = FIELD_NAME;
    }
    self->nodes.at[node].kind = (uint8_t)parameter_kind(has_type, has_value);
    close_node(self, node, last);
    return last;
}

static uint32_t add_separator(Primaries *self, uint32_t token) {
    bool is_star = primaries_is_word(self, token, OP_STAR);
    add_node(self, is_star ? NODE_KEYWORD_SEPARATOR : NODE_POSITIONAL_SEPARATOR, FIELD_NONE, token,
             token, self->nodes.len);
    return token;
}

static uint32_t add_parameter(Primaries *self, uint32_t first) {
    bool is_star =
        primaries_is_word(self, first, OP_STAR) || primaries_is_word(self, first, OP_POWER);
    uint32_t next = primaries_next(self, first);
    if (primaries_is_word(self, first, OP_SLASH)) return add_separator(self, first);
    if (primaries_is_word(self, first, OP_STAR) && primaries_is_word(self, next, OP_COMMA))
        return add_separator(self, first);
    uint32_t name = is_star ? next : first;
    if (!is_name(self, name)) return NO_TOKEN;
    uint32_t behind = primaries_next(self, name);
    if (primaries_is_word(self, behind, OP_COLON) || primaries_is_word(self, behind, OP_ASSIGN))
        return add_long_parameter(self, first, behind);
    return add_parameter_name(self, first, FIELD_NONE, self->nodes.len);
}

uint32_t add_parameters(Primaries *self, uint32_t first) {
    uint32_t start = self->nodes.len;
    primaries_note_depth(self, 2);
    for (uint32_t at = first;;) {
        uint32_t last = add_parameter(self, at);
        if (last == NO_TOKEN) return give_up(self, start);
        uint32_t next = primaries_next(self, last);
        if (primaries_is_word(self, next, OP_RIGHT_PAREN)) return last;
        if (!primaries_is_word(self, next, OP_COMMA)) return give_up(self, start);
        at = primaries_next(self, next);
        if (primaries_is_word(self, at, OP_RIGHT_PAREN)) return last;
    }
}
