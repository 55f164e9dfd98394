// Three passes over flat arrays. The first goes down the tree: each node's *role* (bound as what,
// read, or no name) and scope follow from its parent's, and every identifier that is a name is
// noted. The second gives each (scope, name) that is bound its variable; the third finds, for each
// name that is read, the variable it means. A counting sort then lays bindings and uses out by
// variable.

#include "facts/scopes.h"

#include "base/map.h"
#include "base/search.h"
#include "base/vec.h"

enum { NOWHERE = UINT32_MAX, MODULE_SCOPE = 0 };

// What stands in the place of a node, given from above: a BindingKind or one of these.
enum Role {
    ROLE_READ = BINDING_NONE,
    ROLE_NO_NAME = BINDING_TYPE_PARAMETER + 1,
    ROLE_GLOBAL,
    ROLE_NONLOCAL,
};

typedef struct Occurrence {
    uint32_t node, scope, name;
    uint8_t role;
    uint32_t variable;
} Occurrence;

// A name that a scope has.
typedef struct Pair {
    uint32_t name, variable; // `variable` NOWHERE: a free slot
} Pair;

// Each scope has a table of its own, so that what is asked for in a function is found in one place.
typedef struct ScopeTable {
    uint32_t first; // of its slots
    uint32_t mask;  // a power of two less one: open addressing
    uint32_t most;  // names that it may get
} ScopeTable;

struct Scopes {
    VEC(Scope) scopes;
    VEC(Variable) variables;
    Map module_names;      // to variables
    uint32_t *variable_at; // by node: index of its variable, or NOWHERE
    bool has_star_import;  // somewhere: then a name bound nowhere may come from there
};

// A node whose children are being looked at.
typedef struct Level {
    uint32_t end;   // one past its last node
    uint32_t scope; // its children run in it, but for those placed outside
    uint8_t role;
} Level;

typedef struct Making {
    File *file;
    Arena *arena;
    const Node *nodes;
    Scopes *self;
    VEC(Level) levels; // the nodes around the one at hand
    VEC(Occurrence) occurrences;
    Map interned;
    VEC(Str) spellings;     // by name
    VEC(ScopeTable) tables; // by scope
    Pair *pairs;            // the slots of all tables
    uint32_t pair_count;
} Making;

// ---- First pass: scopes and roles, from the top down ----

static uint32_t open_scope(Making *making, ScopeKind kind, const Node *node, uint32_t parent) {
    vec_push(making->arena, &making->tables, (ScopeTable){0});
    vec_push(making->arena, &making->self->scopes,
             (Scope){.node = node, .parent = parent, .kind = (uint8_t)kind});
    return making->self->scopes.len - 1;
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
static uint32_t scope_inside(Making *making, const Node *node, uint32_t scope) {
    switch (node->kind) {
    case NODE_FUNCTION_DEFINITION:
    case NODE_CLASS_DEFINITION: {
        ScopeKind kind = node->kind == NODE_CLASS_DEFINITION ? SCOPE_CLASS : SCOPE_FUNCTION;
        if (node_child(node, FIELD_TYPE_PARAMETERS) != NULL)
            scope = open_scope(making, SCOPE_TYPE, node, scope);
        return open_scope(making, kind, node, scope);
    }
    case NODE_LAMBDA: return open_scope(making, SCOPE_LAMBDA, node, scope);
    default:
        if (is_comprehension(node->kind))
            return open_scope(making, SCOPE_COMPREHENSION, node, scope);
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

static uint8_t role_in_target(uint8_t role) {
    return role == BINDING_ASSIGNMENT ? BINDING_UNPACKING : role;
}

static bool is_only_child(const Node *node, const Node *parent) {
    return node->size + 1 == parent->size;
}

static bool is_first_child(const Node *node, const Node *parent) {
    return node == parent + 1;
}

static uint8_t role_in_assignment(const Node *node, const Node *parent) {
    if (node->field != FIELD_LEFT) return ROLE_READ;
    if (node_child(parent, FIELD_RIGHT) == NULL) return BINDING_ANNOTATION;
    return BINDING_ASSIGNMENT;
}

static uint8_t role_in_dotted_name(const Node *node, const Node *parent, uint8_t role) {
    if (!is_first_child(node, parent)) return ROLE_NO_NAME;
    const Node *above = node_parent(parent);
    bool is_in_pattern = above->kind == NODE_CASE_PATTERN || above->kind == NODE_KEYWORD_PATTERN;
    if (is_in_pattern && is_only_child(node, parent)) return BINDING_MATCH;
    return role;
}

static uint8_t role_in_import(const Node *node, const Node *parent) {
    if (parent->kind == NODE_IMPORT_STATEMENT) return BINDING_IMPORT;
    return node->field == FIELD_NAME ? BINDING_FROM_IMPORT : ROLE_NO_NAME;
}

static uint8_t role_in_as_pattern(const Node *node, const Node *parent) {
    if (is_first_child(node, parent)) return ROLE_READ;
    return node->kind == NODE_IDENTIFIER ? BINDING_MATCH : ROLE_READ;
}

static uint8_t role_of_as_target(const Node *parent) {
    const Node *pattern = node_parent(parent);
    const Node *clause = pattern == NULL ? NULL : node_parent(pattern);
    return clause != NULL && clause->kind == NODE_EXCEPT_CLAUSE ? BINDING_EXCEPT : BINDING_WITH;
}

// What `node` is, given that its parent is `role`.
static uint8_t role_under(const Node *node, const Node *parent, uint8_t role) {
    switch (parent->kind) {
    case NODE_ATTRIBUTE:
    case NODE_MEMBER_TYPE: return is_first_child(node, parent) ? ROLE_READ : ROLE_NO_NAME;
    case NODE_KEYWORD_ARGUMENT: return node->field == FIELD_NAME ? ROLE_NO_NAME : ROLE_READ;
    case NODE_KEYWORD_PATTERN: return is_first_child(node, parent) ? ROLE_NO_NAME : ROLE_READ;
    case NODE_ASSIGNMENT: return role_in_assignment(node, parent);
    case NODE_AUGMENTED_ASSIGNMENT:
        return node->field == FIELD_LEFT ? BINDING_AUGMENTED : ROLE_READ;
    case NODE_NAMED_EXPRESSION: return node->field == FIELD_NAME ? BINDING_WALRUS : ROLE_READ;
    case NODE_FOR_STATEMENT:
    case NODE_FOR_IN_CLAUSE: return node->field == FIELD_LEFT ? BINDING_FOR : ROLE_READ;
    case NODE_AS_PATTERN: return role_in_as_pattern(node, parent);
    case NODE_AS_PATTERN_TARGET: return role_of_as_target(parent);
    case NODE_DELETE_STATEMENT: return BINDING_DELETE;
    case NODE_GLOBAL_STATEMENT: return ROLE_GLOBAL;
    case NODE_NONLOCAL_STATEMENT: return ROLE_NONLOCAL;
    case NODE_FUNCTION_DEFINITION:
        if (node->field == FIELD_TYPE_PARAMETERS) return BINDING_TYPE_PARAMETER;
        return node->field == FIELD_NAME ? BINDING_FUNCTION : ROLE_READ;
    case NODE_CLASS_DEFINITION:
        if (node->field == FIELD_TYPE_PARAMETERS) return BINDING_TYPE_PARAMETER;
        return node->field == FIELD_NAME ? BINDING_CLASS : ROLE_READ;
    case NODE_PARAMETERS:
    case NODE_LAMBDA_PARAMETERS: return BINDING_PARAMETER;
    case NODE_TYPED_PARAMETER: return node->field == FIELD_TYPE ? ROLE_READ : BINDING_PARAMETER;
    case NODE_DEFAULT_PARAMETER:
    case NODE_TYPED_DEFAULT_PARAMETER:
        return node->field == FIELD_NAME ? BINDING_PARAMETER : ROLE_READ;
    case NODE_IMPORT_STATEMENT:
    case NODE_IMPORT_FROM_STATEMENT: return role_in_import(node, parent);
    case NODE_FUTURE_IMPORT_STATEMENT:
    case NODE_RELATIVE_IMPORT: return ROLE_NO_NAME;
    case NODE_ALIASED_IMPORT: return node->field == FIELD_ALIAS ? role : ROLE_NO_NAME;
    case NODE_DOTTED_NAME: return role_in_dotted_name(node, parent, role);
    case NODE_SPLAT_PATTERN: return BINDING_MATCH;
    case NODE_TYPE_ALIAS_STATEMENT:
        return node->field == FIELD_LEFT ? BINDING_TYPE_ALIAS : ROLE_READ;
    case NODE_TYPE:
    case NODE_TYPE_PARAMETER:
    case NODE_SPLAT_TYPE: return role;
    case NODE_GENERIC_TYPE:
    case NODE_CONSTRAINED_TYPE: return is_first_child(node, parent) ? role : ROLE_READ;
    case NODE_PATTERN_LIST:
    case NODE_TUPLE_PATTERN:
    case NODE_LIST_PATTERN:
    case NODE_LIST_SPLAT_PATTERN:
    case NODE_DICTIONARY_SPLAT_PATTERN:
    case NODE_EXPRESSION_LIST:
    case NODE_TUPLE:
    case NODE_LIST:
    case NODE_LIST_SPLAT:
    case NODE_PARENTHESIZED_EXPRESSION: return role_in_target(role);
    default: return ROLE_READ;
    }
}

static uint32_t outer_scope(const Making *making, uint32_t scope, ScopeKind skipped) {
    while (making->self->scopes.at[scope].kind == skipped)
        scope = making->self->scopes.at[scope].parent;
    return scope;
}

// Where an identifier in `scope` with that role is bound or looked up.
static uint32_t scope_for_role(const Making *making, uint32_t scope, uint8_t role) {
    if (role == BINDING_WALRUS) return outer_scope(making, scope, SCOPE_COMPREHENSION);
    if (role == BINDING_FUNCTION || role == BINDING_CLASS)
        return outer_scope(making, scope, SCOPE_TYPE);
    return scope;
}

static uint32_t intern(Making *making, Str text) {
    uint32_t name = map_get_or_put(making->arena, &making->interned, text, making->spellings.len);
    if (name == making->spellings.len) vec_push(making->arena, &making->spellings, text);
    return name;
}

static bool is_binding(uint8_t role) {
    return role != ROLE_READ && role < ROLE_NO_NAME;
}

static void note_identifier(Making *making, uint32_t index, uint32_t scope, uint8_t role) {
    if (role == ROLE_NO_NAME) return;
    scope = scope_for_role(making, scope, role);
    if (role != ROLE_READ) making->tables.at[scope].most++;
    if (role == ROLE_GLOBAL) making->tables.at[MODULE_SCOPE].most++;
    vec_push(making->arena, &making->occurrences,
             (Occurrence){.node = index,
                          .scope = scope,
                          .name = intern(making, node_text(making->file, &making->nodes[index])),
                          .role = role,
                          .variable = NOWHERE});
}

static void enter(Making *making, uint32_t index, uint32_t scope, uint8_t role) {
    vec_push(making->arena, &making->levels,
             (Level){.end = index + making->nodes[index].size, .scope = scope, .role = role});
}

static void go_down(Making *making) {
    enter(making, 0, open_scope(making, SCOPE_MODULE, making->nodes, MODULE_SCOPE), ROLE_READ);
    for (uint32_t i = 1; i < making->file->tree.count; i++) {
        while (vec_last(&making->levels).end <= i)
            making->levels.len--;
        const Node *node = &making->nodes[i], *parent = node_parent(node);
        Level level = vec_last(&making->levels);
        uint32_t scope = level.scope;
        if (runs_outside(node, parent)) scope = making->self->scopes.at[scope].parent;
        uint8_t role = role_under(node, parent, level.role);
        if (node->kind == NODE_IDENTIFIER) note_identifier(making, i, scope, role);
        if (node->kind == NODE_WILDCARD_IMPORT) making->self->has_star_import = true;
        if (node->size > 1) enter(making, i, scope_inside(making, node, scope), role);
    }
}

// ---- Second pass: variables ----

static Pair *find_pair(const Making *making, uint32_t scope, uint32_t name) {
    ScopeTable table = making->tables.at[scope];
    for (uint32_t i = name & table.mask;; i = (i + 1) & table.mask) {
        Pair *pair = &making->pairs[table.first + i];
        if (pair->variable == NOWHERE || pair->name == name) return pair;
    }
}

// At least one more slot than there can be names: no table grows or is full.
static void make_tables(Making *making) {
    for (uint32_t i = 0; i < making->tables.len; i++) {
        ScopeTable *table = &making->tables.at[i];
        uint32_t slots = 1;
        while (slots <= table->most + table->most / 2)
            slots *= 2;
        table->first = making->pair_count;
        table->mask = slots - 1;
        making->pair_count += slots;
    }
    size_t size = sizeof(Pair) * (size_t)making->pair_count;
    making->pairs = memset(arena_alloc_raw(making->arena, size, _Alignof(Pair)), 0xff, size);
}

static uint32_t claim_variable(Making *making, uint32_t scope, uint32_t name) {
    Pair *pair = find_pair(making, scope, name);
    if (pair->variable != NOWHERE) return pair->variable;
    Scopes *self = making->self;
    *pair = (Pair){name, self->variables.len};
    vec_push(making->arena, &self->variables,
             (Variable){.name = making->spellings.at[name], .scope = scope});
    return pair->variable;
}

// The variable that `name` means when read in `scope`: class scopes are seen from themselves only.
static uint32_t look_up(const Making *making, uint32_t scope, uint32_t name) {
    for (uint32_t from = scope;; scope = making->self->scopes.at[scope].parent) {
        const Scope *at = &making->self->scopes.at[scope];
        if (at->kind != SCOPE_CLASS || scope == from) {
            const Pair *pair = find_pair(making, scope, name);
            if (pair->variable != NOWHERE) return pair->variable;
        }
        if (scope == MODULE_SCOPE) return NOWHERE;
    }
}

static void make_global(Making *making, const Occurrence *declaration) {
    uint32_t variable = claim_variable(making, MODULE_SCOPE, declaration->name);
    if (declaration->scope == MODULE_SCOPE) return;
    making->self->variables.at[variable].is_shared = true;
    *find_pair(making, declaration->scope, declaration->name) = (Pair){declaration->name, variable};
}

// A nonlocal name is that of the nearest function around, whose own binding may stand further down:
// such names wait until all others have their variables. The one the name was given in its own
// scope stays behind without bindings.
static void make_nonlocals(Making *making) {
    for (uint32_t i = 0; i < making->occurrences.len; i++) {
        Occurrence *at = &making->occurrences.at[i];
        if (at->role != ROLE_NONLOCAL || at->scope == MODULE_SCOPE) continue;
        uint32_t outer = making->self->scopes.at[at->scope].parent;
        uint32_t variable = look_up(making, outer, at->name);
        if (variable == NOWHERE) continue;
        making->self->variables.at[variable].is_shared = true;
        *find_pair(making, at->scope, at->name) = (Pair){at->name, variable};
    }
}

static void make_variables(Making *making) {
    make_tables(making);
    for (uint32_t i = 0; i < making->occurrences.len; i++)
        if (making->occurrences.at[i].role == ROLE_GLOBAL)
            make_global(making, &making->occurrences.at[i]);
    for (uint32_t i = 0; i < making->occurrences.len; i++) {
        const Occurrence *at = &making->occurrences.at[i];
        if (is_binding(at->role)) claim_variable(making, at->scope, at->name);
    }
    make_nonlocals(making);
}

// ---- Third pass: what every name means, laid out by variable ----

static bool is_pattern(NodeKind kind) {
    switch (kind) {
    case NODE_PATTERN_LIST:
    case NODE_TUPLE_PATTERN:
    case NODE_LIST_PATTERN:
    case NODE_LIST_SPLAT_PATTERN:
    case NODE_DICTIONARY_SPLAT_PATTERN:
    case NODE_EXPRESSION_LIST:
    case NODE_TUPLE:
    case NODE_LIST:
    case NODE_LIST_SPLAT:
    case NODE_AS_PATTERN_TARGET:
    case NODE_PARENTHESIZED_EXPRESSION: return true;
    default: return false;
    }
}

// The statement or clause that binds `name`.
static const Node *binder_of(const Node *name) {
    const Node *binder = node_parent(name);
    while (is_pattern(binder->kind) && node_parent(binder) != NULL)
        binder = node_parent(binder);
    return binder;
}

static const Node *assigned_value(const Node *assignment) {
    const Node *right = node_child(assignment, FIELD_RIGHT);
    while (right != NULL && right->kind == NODE_ASSIGNMENT)
        right = node_child(right, FIELD_RIGHT);
    return right;
}

static const Node *imported_name(const Node *name) {
    const Node *parent = node_parent(name);
    return parent->kind == NODE_ALIASED_IMPORT ? node_child(parent, FIELD_NAME) : parent;
}

// A bare parameter's parent is the whole list: long, and without a value or type of its own.
static bool is_parameter_list(const Node *node) {
    return node->kind == NODE_PARAMETERS || node->kind == NODE_LAMBDA_PARAMETERS;
}

static const Node *value_for_role(const Node *name, uint8_t role) {
    const Node *binder = binder_of(name);
    switch (role) {
    case BINDING_ASSIGNMENT:
    case BINDING_UNPACKING: return assigned_value(binder);
    case BINDING_AUGMENTED:
    case BINDING_FOR: return node_child(binder, FIELD_RIGHT);
    case BINDING_WALRUS: return node_child(binder, FIELD_VALUE);
    case BINDING_PARAMETER:
        return is_parameter_list(binder) ? NULL : node_child(binder, FIELD_VALUE);
    case BINDING_FUNCTION:
    case BINDING_CLASS: return binder;
    case BINDING_IMPORT:
    case BINDING_FROM_IMPORT: return imported_name(name);
    case BINDING_WITH:
    case BINDING_EXCEPT: return node_first_child(binder);
    default: return NULL;
    }
}

static void resolve(Making *making) {
    for (uint32_t i = 0; i < making->occurrences.len; i++) {
        Occurrence *at = &making->occurrences.at[i];
        bool bound_here = is_binding(at->role);
        if (!bound_here && at->role != ROLE_READ) continue;
        at->variable = bound_here ? find_pair(making, at->scope, at->name)->variable
                                  : look_up(making, at->scope, at->name);
        making->self->variable_at[at->node] = at->variable;
        if (at->variable == NOWHERE) continue;
        Variable *variable = &making->self->variables.at[at->variable];
        if (bound_here)
            variable->binding_count++;
        else
            variable->use_count++;
    }
}

static uint32_t annotated_before(const Binding *binding, bool is_first) {
    if (binding_annotation(binding) != NULL) return 1;
    if (is_first || binding->kind == BINDING_PARAMETER || binding[-1].annotated == 0) return 0;
    return binding[-1].annotated + 1;
}

static void append_binding(Variable *variable, const Node *name, uint8_t role) {
    Binding *binding = (Binding *)variable->bindings + variable->binding_count;
    *binding = (Binding){.name = name, .value = value_for_role(name, role), .kind = role};
    binding->annotated = annotated_before(binding, variable->binding_count == 0);
    variable->binding_count++;
}

static void lay_out(Making *making) {
    Scopes *self = making->self;
    uint32_t binding_count = 0, use_count = 0;
    for (uint32_t i = 0; i < self->variables.len; i++) {
        binding_count += self->variables.at[i].binding_count;
        use_count += self->variables.at[i].use_count;
    }
    Binding *bindings = arena_array(making->arena, Binding, binding_count);
    const Node **uses = arena_array(making->arena, const Node *, use_count);
    for (uint32_t i = 0; i < self->variables.len; i++) {
        Variable *variable = &self->variables.at[i];
        if (variable->scope == MODULE_SCOPE)
            map_put(making->arena, &self->module_names, variable->name, i);
        variable->bindings = bindings;
        variable->uses = uses;
        bindings += variable->binding_count;
        uses += variable->use_count;
        variable->binding_count = variable->use_count = 0;
    }
    for (uint32_t i = 0; i < making->occurrences.len; i++) {
        const Occurrence *at = &making->occurrences.at[i];
        if (at->variable == NOWHERE) continue;
        Variable *variable = &self->variables.at[at->variable];
        const Node *name = &making->nodes[at->node];
        if (is_binding(at->role))
            append_binding(variable, name, at->role);
        else
            ((const Node **)variable->uses)[variable->use_count++] = name;
    }
}

static void give_back(Making *making) {
    Arena *arena = making->arena;
    vec_give_back(arena, &making->levels);
    arena_give_back(arena, making->pairs, making->pair_count * sizeof(Pair));
    vec_give_back(arena, &making->tables);
    vec_give_back(arena, &making->occurrences);
    vec_give_back(arena, &making->spellings);
    map_give_back(arena, &making->interned);
}

static const Scopes *make_scopes(File *file) {
    uint32_t count = file->tree.count;
    Scopes *self = arena_new(file->arena, Scopes);
    self->variable_at = arena_alloc_raw(file->arena, sizeof(uint32_t) * count, 4);
    memset(self->variable_at, 0xff, sizeof(uint32_t) * count);
    Making making = {.file = file, .arena = file->arena, .nodes = file->tree.nodes, .self = self};
    map_reserve(file->arena, &making.interned, likely_names(file));
    vec_reserve(file->arena, &making.occurrences, count / 3 + 16);
    go_down(&making);
    make_variables(&making);
    resolve(&making);
    lay_out(&making);
    give_back(&making);
    return self;
}

static Scopes *scopes_of(File *file) {
    if (file->scopes == NULL) file->scopes = make_scopes(file);
    return (Scopes *)file->scopes;
}

static uint32_t index_of(const File *file, const Node *node) {
    return (uint32_t)(node - file->tree.nodes);
}

// ---- Asking ----

const Variable *variable_of(File *file, const Node *identifier) {
    const Scopes *self = scopes_of(file);
    uint32_t variable = self->variable_at[index_of(file, identifier)];
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

bool binding_is_none(const Binding *binding) {
    return binding->kind == BINDING_ASSIGNMENT && binding->value != NULL &&
           binding->value->kind == NODE_NONE;
}

const Binding *only_binding(const Variable *variable) {
    const Binding *only = NULL;
    if (variable->binding_count == 1) return &variable->bindings[0];
    for (uint32_t i = 0; i < variable->binding_count; i++) {
        const Binding *binding = &variable->bindings[i];
        if (binding_is_none(binding)) continue;
        if (only != NULL) return NULL;
        only = binding;
    }
    return only;
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

const Node *binding_annotation(const Binding *binding) {
    const Node *parent = node_parent(binding->name);
    if (parent == NULL || is_pattern(parent->kind) || is_parameter_list(parent)) return NULL;
    return node_child(parent, FIELD_TYPE);
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

// ---- Functions ----

const Node *enclosing_function(const Node *node) {
    for (const Node *inner = node, *above = node_parent(node); above != NULL;
         inner = above, above = node_parent(above)) {
        bool is_function = above->kind == NODE_FUNCTION_DEFINITION || above->kind == NODE_LAMBDA;
        if (is_function && inner->field == FIELD_BODY) return above;
    }
    return NULL;
}

bool function_is_async(const Node *function) {
    return function->size > 1 && function[1].kind == NODE_ASYNC;
}

bool is_in_coroutine(const Node *node) {
    const Node *function = enclosing_function(node);
    return function != NULL && function_is_async(function);
}

bool has_await(const Node *node) {
    const Node *function = enclosing_function(node);
    if (node->kind == NODE_AWAIT) return true;
    for_each_descendant(inner, node) {
        if (inner->kind == NODE_AWAIT && enclosing_function(inner) == function) return true;
    }
    return false;
}
