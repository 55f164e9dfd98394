#include "facts/docstring.h"

#include "facts/functions.h"
#include "python/unicode.h"

// ---- Names ----

static Str path_name(Str path) {
    return str_from(
        path, str_find_last_byte(path, '/') < path.len ? str_find_last_byte(path, '/') + 1 : 0);
}

static Str path_stem(Str path) {
    Str name = path_name(path);
    uint32_t dot = str_find_last_byte(name, '.');
    return dot > 0 && dot < name.len ? str_slice(name, 0, dot) : name;
}

Str definition_name(const File *file, const Definition *definition) {
    if (definition->name == NULL) return path_stem(file->source.path);
    return node_text(file, definition->name);
}

bool is_magic_name(Str name) {
    return is_dunder(name) && !str_is(name, "__init__") && !str_is(name, "__call__") &&
           !str_is(name, "__new__");
}

static bool is_private_name(Str name) {
    return str_starts_with(name, STR("_")) && !is_dunder(name);
}

Str decorator_name(const File *file, const Node *decorator) {
    Str text = str_trim(str_from(node_text(file, decorator), 1));
    return str_trim(str_slice(text, 0, str_find_byte(text, '(')));
}

bool definition_has_decorator(const File *file, const Definition *definition, Str name) {
    if (definition->outer == definition->node) return false;
    for_each_child(child, definition->outer) {
        if (child->kind == NODE_DECORATOR && str_eq(decorator_name(file, child), name)) return true;
    }
    return false;
}

bool is_property_part(const File *file, const Definition *definition) {
    if (definition->outer == definition->node) return false;
    Str name = definition_name(file, definition);
    for_each_child(child, definition->outer) {
        if (child->kind != NODE_DECORATOR) continue;
        Str decorator = decorator_name(file, child);
        if (str_starts_with(decorator, name) && decorator.len > name.len &&
            decorator.at[name.len] == '.')
            return true;
    }
    return false;
}

// ---- __all__ ----

// What pydocstyle makes of the module's `__all__`: it must be written out once, and a single
// string in brackets without a comma is that string, in which `in` looks for a part.
typedef struct DunderAll {
    bool is_known;
    bool is_text;
    VEC(Str) names;
} DunderAll;

static bool is_indented_block(const File *file, const Node *node) {
    if (node->kind != NODE_BLOCK) return false;
    return lines_find(&file->lines, node_parent(node)->start) <
           lines_find(&file->lines, node->start);
}

static bool is_passed_over(const File *file, const Node *node) {
    switch (node->kind) {
    case NODE_FUNCTION_DEFINITION:
    case NODE_CLASS_DEFINITION:
    case NODE_DECORATED_DEFINITION:
    case NODE_IMPORT_FROM_STATEMENT:
    case NODE_FUTURE_IMPORT_STATEMENT: return true;
    default: return is_indented_block(file, node);
    }
}

// The only `__all__` outside indented code; NULL where there is none or more than one.
static const Node *find_dunder_all(const File *file) {
    const Node *module = file->tree.nodes, *found = NULL;
    for (const Node *node = module + 1; node < node_end(module);) {
        if (is_passed_over(file, node)) {
            node = node_end(node);
            continue;
        }
        if (node->kind == NODE_IDENTIFIER && str_is(node_text(file, node), "__all__")) {
            if (found != NULL) return NULL;
            found = node;
        }
        node++;
    }
    return found;
}

// Whether a comma stands in text[from, to), which holds blanks, comments and punctuation only.
static bool has_comma(Str text, uint32_t from, uint32_t to) {
    bool in_comment = false;
    for (uint32_t i = from; i < to; i++) {
        if (text.at[i] == '#') in_comment = true;
        if (text.at[i] == '\n' || text.at[i] == '\r') in_comment = false;
        if (text.at[i] == ',' && !in_comment) return true;
    }
    return false;
}

static bool is_followed_on_its_line(const File *file, const Node *statement) {
    const Node *next = node_next_sibling(statement);
    if (next == NULL) return false;
    Str between = str_slice(file->lines.text, statement->end, next->start);
    return str_find_byte(between, '\n') == between.len &&
           str_find_byte(between, '\r') == between.len;
}

static DunderAll read_dunder_all(File *file) {
    DunderAll all = {0};
    const Node *name = find_dunder_all(file);
    if (name == NULL) return all;
    const Node *assignment = node_parent(name);
    if (assignment->kind != NODE_ASSIGNMENT || name->field != FIELD_LEFT) return all;
    if (node_child(assignment, FIELD_TYPE) != NULL) return all;
    const Node *right = node_child(assignment, FIELD_RIGHT);
    if (right == NULL || is_followed_on_its_line(file, node_parent(assignment))) return all;
    bool bracketed = right->kind == NODE_LIST || right->kind == NODE_TUPLE ||
                     right->kind == NODE_PARENTHESIZED_EXPRESSION;
    if (!bracketed && right->kind != NODE_EXPRESSION_LIST) return all;
    const Node *last = NULL;
    for_each_child(item, right) {
        if (item->kind != NODE_STRING && item->kind != NODE_CONCATENATED_STRING) return all;
        vec_push(file->arena, &all.names, string_value(file->arena, file->lines.text, item).text);
        last = item;
    }
    all.is_known = true;
    all.is_text = bracketed && all.names.len == 1 && right->kind != NODE_TUPLE &&
                  !has_comma(file->lines.text, last->end, right->end);
    return all;
}

static bool is_listed(const DunderAll *all, Str name) {
    if (all->is_text) return str_contains(all->names.at[0], name);
    for (uint32_t i = 0; i < all->names.len; i++)
        if (str_eq(all->names.at[i], name)) return true;
    return false;
}

// ---- Publicity ----

static bool is_public_module(Str path) {
    if (is_private_name(path_stem(path))) return false;
    Str rest = str_slice(path, 0, str_find_last_byte(path, '/')), part;
    if (rest.len == path.len) return true;
    while (str_split(&rest, '/', &part))
        if (is_private_name(part)) return false;
    return true;
}

static bool is_public_name(const DunderAll *all, Str name) {
    return all->is_known ? is_listed(all, name) : !str_starts_with(name, STR("_"));
}

static bool is_public_definition(const File *file, const DunderAll *all, const Definition *self) {
    Str name = definition_name(file, self);
    switch (self->kind) {
    case DEFINITION_MODULE:
    case DEFINITION_PACKAGE: return is_public_module(file->source.path);
    case DEFINITION_CLASS:
    case DEFINITION_FUNCTION: return is_public_name(all, name);
    case DEFINITION_NESTED_CLASS:
        return !str_starts_with(name, STR("_")) && definition_is_class(self->parent) &&
               self->parent->is_public;
    case DEFINITION_METHOD:
        return self->parent->is_public && !is_property_part(file, self) &&
               (!str_starts_with(name, STR("_")) || is_dunder(name));
    case DEFINITION_NESTED_FUNCTION: break;
    }
    return false;
}

// ---- Docstrings ----

static Str with_unix_line_ends(Arena *arena, Str text) {
    if (str_find_byte(text, '\r') == text.len) return text;
    char *out = arena_alloc_raw(arena, text.len, 1);
    uint32_t length = 0;
    for (uint32_t i = 0; i < text.len; i++) {
        if (text.at[i] != '\r')
            out[length++] = text.at[i];
        else if (i + 1 == text.len || text.at[i + 1] != '\n')
            out[length++] = '\n';
    }
    return (Str){out, length};
}

static const Docstring *read_docstring(const File *file, const Definition *definition) {
    const Node *node = definition->docstring;
    Str value = definition->value.text;
    if (node->kind == NODE_CONCATENATED_STRING) {
        node = node_child_of_kind(node, NODE_STRING);
        value = string_value(file->arena, file->lines.text, node).text;
    }
    if (unicode_trim_start(value).len == 0) return NULL;
    uint32_t line = lines_find(&file->lines, node->start);
    Docstring *self = arena_new(file->arena, Docstring);
    *self = (Docstring){
        .definition = definition,
        .node = node,
        .written = with_unix_line_ends(file->arena, node_text(file, node)),
        .value = value,
        .indent = str_slice(file->lines.text, file->lines.starts[line], node->start),
        .first_line = line,
        .last_line = lines_find(&file->lines, node->end),
    };
    return self;
}

// `body` is a block or the module.
static const Node *find_docstring(const File *file, const Node *body) {
    const Node *statement = node_first_child(body);
    if (statement == NULL || statement->kind != NODE_EXPRESSION_STATEMENT) return NULL;
    const Node *first = node_first_child(statement);
    if (first == NULL || node_end(first) != node_end(statement)) return NULL;
    if (statement->end != first->end) return NULL; // `"a",` is a tuple
    const Node *value = node_unparenthesized(first);
    return is_plain_string(file->lines.text, value) ? value : NULL;
}

static bool has_error(const Node *node) {
    if (node->kind == NODE_ERROR || node->is_missing) return true;
    for_each_descendant(inner, node) {
        if (inner->kind == NODE_ERROR || inner->is_missing) return true;
    }
    return false;
}

static bool is_inside_error(const Node *node) {
    for (const Node *at = node; at != NULL; at = node_parent(at))
        if (at->kind == NODE_ERROR) return true;
    return false;
}

static bool is_broken(const Node *node, const Node *body) {
    if (body == NULL || is_inside_error(node)) return true;
    for_each_child(child, node) {
        if (child != body && node != body && has_error(child)) return true;
    }
    const Node *first = node_first_child(body);
    return first != NULL && (first->kind == NODE_ERROR ||
                             (first->kind == NODE_EXPRESSION_STATEMENT && has_error(first)));
}

static DefinitionKind kind_of(const File *file, const Node *node, const Definition *parent) {
    if (parent == NULL)
        return str_ends_with(file->source.path, STR("__init__.py")) ? DEFINITION_PACKAGE
                                                                    : DEFINITION_MODULE;
    bool is_class = node->kind == NODE_CLASS_DEFINITION;
    if (definition_is_module(parent)) return is_class ? DEFINITION_CLASS : DEFINITION_FUNCTION;
    if (is_class) return DEFINITION_NESTED_CLASS;
    return definition_is_class(parent) ? DEFINITION_METHOD : DEFINITION_NESTED_FUNCTION;
}

// Behind the root, which is the module also where nothing of it parses and it is an ERROR.
static bool is_definition(const Node *node) {
    return node->kind == NODE_CLASS_DEFINITION || node->kind == NODE_FUNCTION_DEFINITION;
}

// Most statements are of these kinds.
static bool holds_no_definition(const Node *node) {
    return node->kind == NODE_EXPRESSION_STATEMENT || node->kind == NODE_RETURN_STATEMENT;
}

static void fill(File *file, Definition *self, const Node *node, const Definition *parent) {
    const Node *body = parent == NULL ? node : node_child(node, FIELD_BODY);
    self->kind = kind_of(file, node, parent);
    self->node = self->outer = node;
    self->parent = parent;
    self->name = parent == NULL ? NULL : node_child(node, FIELD_NAME);
    self->is_broken = file->tree.has_error && is_broken(node, body);
    if (parent != NULL && node_parent(node)->kind == NODE_DECORATED_DEFINITION)
        self->outer = node_parent(node);
    self->docstring = body == NULL ? NULL : find_docstring(file, body);
    if (self->docstring == NULL) return;
    self->value = string_value(file->arena, file->lines.text, self->docstring);
    self->text = read_docstring(file, self);
}

const Docstrings *file_docstrings(File *file) {
    if (file->docstrings != NULL) return file->docstrings;
    Docstrings *self = arena_new(file->arena, Docstrings);
    file->docstrings = self;
    if (file->tree.nodes == NULL) return self;
    VEC(const Node *) nodes = {0};
    const Node *module = file->tree.nodes;
    vec_push(file->arena, &nodes, module);
    for (const Node *node = module + 1, *end = node_end(module); node < end;) {
        if (is_definition(node)) vec_push(file->arena, &nodes, node);
        node = holds_no_definition(node) ? node_end(node) : node + 1;
    }
    Definition *all = arena_array(file->arena, Definition, nodes.len);
    DunderAll dunder_all = read_dunder_all(file);
    const Definition *parent = NULL;
    for (; self->count < nodes.len; self->count++) {
        const Node *node = nodes.at[self->count];
        while (parent != NULL && node >= node_end(parent->node))
            parent = parent->parent;
        Definition *definition = &all[self->count];
        fill(file, definition, node, parent);
        definition->is_public = is_public_definition(file, &dunder_all, definition);
        parent = definition;
    }
    self->at = all;
    return self;
}
