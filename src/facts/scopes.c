#include "facts/scopes/maker.h"

#include "base/search.h"

// ---- From the top down ----

static uint32_t open_scope(ScopeMaker *maker, ScopeKind kind, const Node *node, uint32_t parent) {
    vec_push(maker->arena, &maker->tables, (ScopeTable){0});
    vec_push(maker->arena, &maker->self->scopes,
             (Scope){.node = node, .parent = parent, .kind = (uint8_t)kind});
    return maker->self->scopes.len - 1;
}

static bool is_comprehension(NodeKind kind) {
    return kind == NODE_LIST_COMPREHENSION || kind == NODE_SET_COMPREHENSION ||
           kind == NODE_DICTIONARY_COMPREHENSION || kind == NODE_GENERATOR_EXPRESSION;
}

static bool opens_scope(NodeKind kind) {
    switch (kind) {
    case NODE_FUNCTION_DEFINITION:
    case NODE_CLASS_DEFINITION:
    case NODE_LAMBDA: return true;
    default: return is_comprehension(kind);
    }
}

// The scope that `node` opens inside `scope`, or `scope`.
static uint32_t scope_inside(ScopeMaker *maker, const Node *node, uint32_t scope) {
    switch (node->kind) {
    case NODE_FUNCTION_DEFINITION:
    case NODE_CLASS_DEFINITION: {
        ScopeKind kind = node->kind == NODE_CLASS_DEFINITION ? SCOPE_CLASS : SCOPE_FUNCTION;
        if (node_child(node, FIELD_TYPE_PARAMETERS) != NULL)
            scope = open_scope(maker, SCOPE_TYPE, node, scope);
        return open_scope(maker, kind, node, scope);
    }
    case NODE_LAMBDA: return open_scope(maker, SCOPE_LAMBDA, node, scope);
    default:
        if (is_comprehension(node->kind))
            return open_scope(maker, SCOPE_COMPREHENSION, node, scope);
        return scope;
    }
}

static bool is_first_iterable(const Node *node, const Node *clause) {
    if (node->field != FIELD_RIGHT) return false;
    const Node *comprehension = node_parent(clause);
    return comprehension != NULL && node_child_of_kind(comprehension, NODE_FOR_IN_CLAUSE) == clause;
}

// Whether `node` runs around the scope that its parent stands in.
static bool runs_outside(const Node *node, const Node *parent) {
    switch (parent->kind) {
    case NODE_FUNCTION_DEFINITION:
        return node->field != FIELD_BODY && node->field != FIELD_PARAMETERS;
    case NODE_CLASS_DEFINITION: return node->field != FIELD_BODY;
    case NODE_DEFAULT_PARAMETER: return node->field == FIELD_VALUE;
    case NODE_TYPED_PARAMETER:
    case NODE_TYPED_DEFAULT_PARAMETER:
        return node->field == FIELD_VALUE || node->field == FIELD_TYPE;
    case NODE_FOR_IN_CLAUSE: return is_first_iterable(node, parent);
    default: return false;
    }
}

static uint32_t outer_scope(const ScopeMaker *maker, uint32_t scope, ScopeKind skipped) {
    while (maker->self->scopes.at[scope].kind == skipped)
        scope = maker->self->scopes.at[scope].parent;
    return scope;
}

// Where an identifier in `scope` with that role is bound or looked up.
static uint32_t scope_for_role(const ScopeMaker *maker, uint32_t scope, uint8_t role) {
    if (role == BINDING_WALRUS) return outer_scope(maker, scope, SCOPE_COMPREHENSION);
    if (role == BINDING_FUNCTION || role == BINDING_CLASS)
        return outer_scope(maker, scope, SCOPE_TYPE);
    return scope;
}

static uint32_t intern(ScopeMaker *maker, Str text) {
    uint32_t name = map_get_or_put(maker->arena, &maker->interned, text, maker->spellings.len);
    if (name == maker->spellings.len) vec_push(maker->arena, &maker->spellings, text);
    return name;
}

static void note_identifier(ScopeMaker *maker, uint32_t index, uint32_t scope, uint8_t role) {
    if (role == ROLE_NO_NAME) return;
    scope = scope_for_role(maker, scope, role);
    if (role != ROLE_READ) maker->tables.at[scope].most++;
    if (role == ROLE_GLOBAL) maker->tables.at[MODULE_SCOPE].most++;
    vec_push(maker->arena, &maker->occurrences,
             (Occurrence){.node = index,
                          .scope = scope,
                          .name = intern(maker, node_text(maker->file, &maker->nodes[index])),
                          .role = role,
                          .variable = NOWHERE});
}

static void enter(ScopeMaker *maker, uint32_t index, uint32_t scope, uint8_t role) {
    vec_push(maker->arena, &maker->levels,
             (Level){.end = index + maker->nodes[index].size, .scope = scope, .role = role});
}

static void go_down(ScopeMaker *maker) {
    enter(maker, 0, open_scope(maker, SCOPE_MODULE, maker->nodes, MODULE_SCOPE), ROLE_READ);
    for (uint32_t i = 1; i < maker->file->tree.count; i++) {
        while (vec_last(&maker->levels).end <= i)
            maker->levels.len--;
        const Node *node = &maker->nodes[i], *parent = node_parent(node);
        Level level = vec_last(&maker->levels);
        uint32_t scope = level.scope;
        if (runs_outside(node, parent)) scope = maker->self->scopes.at[scope].parent;
        uint8_t role = role_under(node, parent, level.role);
        if (node->kind == NODE_IDENTIFIER) note_identifier(maker, i, scope, role);
        if (node->kind == NODE_WILDCARD_IMPORT) maker->self->has_star_import = true;
        if (node->size > 1) enter(maker, i, scope_inside(maker, node, scope), role);
    }
}

static void give_back(ScopeMaker *maker) {
    Arena *arena = maker->arena;
    vec_give_back(arena, &maker->levels);
    arena_give_back(arena, maker->pairs, maker->pair_count * sizeof(Pair));
    vec_give_back(arena, &maker->tables);
    vec_give_back(arena, &maker->occurrences);
    vec_give_back(arena, &maker->spellings);
    map_give_back(arena, &maker->interned);
}

static const Scopes *make_scopes(File *file) {
    uint32_t count = node_numbers(file)->count;
    Scopes *self = arena_new(file->arena, Scopes);
    self->variable_at = arena_alloc_raw(file->arena, sizeof(uint32_t) * count, 4);
    memset(self->variable_at, 0xff, sizeof(uint32_t) * count);
    ScopeMaker maker = {
        .file = file, .arena = file->arena, .nodes = file->tree.nodes, .self = self};
    map_reserve(file->arena, &maker.interned, likely_names(file));
    vec_reserve(file->arena, &maker.occurrences, file->tree.count / 3 + 16);
    go_down(&maker);
    make_variables(&maker);
    resolve_names(&maker);
    lay_out_bindings(&maker);
    give_back(&maker);
    return self;
}

static Scopes *scopes_of(File *file) {
    if (file->scopes == NULL) file->scopes = make_scopes(file);
    return (Scopes *)file->scopes;
}

// ---- Asking ----

const Variable *variable_of(File *file, const Node *identifier) {
    const Scopes *self = scopes_of(file);
    if (identifier->kind != NODE_IDENTIFIER) return NULL;
    uint32_t variable = self->variable_at[node_number(file->node_numbers, file, identifier)];
    return variable == NOWHERE ? NULL : &self->variables.at[variable];
}

uint32_t bindings_before(const Variable *variable, const Node *node) {
    return COUNT_BEFORE(i, variable->binding_count, variable->bindings[i].name < node);
}

uint32_t uses_before(const Variable *variable, const Node *node) {
    return COUNT_BEFORE(i, variable->use_count, variable->uses[i] < node);
}

uint32_t variable_number(File *file, const Variable *variable) {
    return (uint32_t)(variable - scopes_of(file)->variables.at);
}

uint32_t variable_count(File *file) {
    return scopes_of(file)->variables.len;
}

// Scopes stand in document order; the inner one of two of the same node comes last.
static const Scope *scope_opened_by(const Scopes *self, const Node *node) {
    uint32_t end = COUNT_BEFORE(i, self->scopes.len, self->scopes.at[i].node <= node);
    return &self->scopes.at[end - 1];
}

const Scope *scope_of(File *file, const Node *node) {
    const Scopes *self = scopes_of(file);
    uint32_t outward = 0;
    const Node *parent = node_parent(node);
    for (; parent != NULL; node = parent, parent = node_parent(node)) {
        outward += runs_outside(node, parent);
        if (opens_scope(parent->kind)) break;
    }
    const Scope *scope = scope_opened_by(self, parent == NULL ? file->tree.nodes : parent);
    for (; outward > 0; outward--)
        scope = &self->scopes.at[scope->parent];
    return scope;
}

const Scope *scope_parent(File *file, const Scope *scope) {
    return &scopes_of(file)->scopes.at[scope->parent];
}

const Scope *variable_scope(File *file, const Variable *variable) {
    return &scopes_of(file)->scopes.at[variable->scope];
}

enum { LONGEST_CHAIN = 24 };

static bool is_plain_value(const Binding *binding) {
    if (binding == NULL || binding->value == NULL) return false;
    return binding->kind == BINDING_ASSIGNMENT || binding->kind == BINDING_WALRUS;
}

const Node *plain_value(const Variable *variable) {
    const Binding *binding = variable == NULL ? NULL : only_binding(variable);
    return is_plain_value(binding) ? binding->value : NULL;
}

const Node *value_of(File *file, const Node *expression) {
    for (int steps = 0; steps < LONGEST_CHAIN; steps++) {
        expression = node_unparenthesized(expression);
        const Node *value = NULL;
        if (expression->kind == NODE_NAMED_EXPRESSION) value = node_child(expression, FIELD_VALUE);
        if (expression->kind == NODE_IDENTIFIER) value = plain_value(variable_of(file, expression));
        if (value == NULL) return expression;
        expression = value;
    }
    return expression;
}

const Variable *module_variable(File *file, Str name) {
    const Scopes *self = scopes_of(file);
    uint32_t variable = map_get(&self->module_names, name);
    return variable == MAP_NONE ? NULL : &self->variables.at[variable];
}

Variables module_variables(File *file) {
    const Scopes *self = scopes_of(file);
    VEC(const Variable *) found = {0};
    for (uint32_t i = 0; i < self->variables.len; i++)
        if (self->variables.at[i].scope == MODULE_SCOPE)
            vec_push(file->arena, &found, &self->variables.at[i]);
    return (Variables){found.at, found.len};
}

bool has_star_import(File *file) {
    return scopes_of(file)->has_star_import;
}
