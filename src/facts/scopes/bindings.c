#include "facts/scopes/maker.h"

// The statement or clause that binds `name`.
static const Node *binder_of(const Node *name) {
    const Node *binder = node_parent(name);
    while (holds_targets(binder->kind) && node_parent(binder) != NULL)
        binder = node_parent(binder);
    return binder;
}

const Node *assigned_value(const Node *assignment) {
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

void lay_out_bindings(ScopeMaker *maker) {
    Scopes *self = maker->self;
    uint32_t binding_count = 0, use_count = 0;
    for (uint32_t i = 0; i < self->variables.len; i++) {
        binding_count += self->variables.at[i].binding_count;
        use_count += self->variables.at[i].use_count;
    }
    Binding *bindings = arena_array(maker->arena, Binding, binding_count);
    const Node **uses = arena_array(maker->arena, const Node *, use_count);
    for (uint32_t i = 0; i < self->variables.len; i++) {
        Variable *variable = &self->variables.at[i];
        if (variable->scope == MODULE_SCOPE)
            map_put(maker->arena, &self->module_names, variable->name, i);
        variable->bindings = bindings;
        variable->uses = uses;
        bindings += variable->binding_count;
        uses += variable->use_count;
        variable->binding_count = variable->use_count = 0;
    }
    for (uint32_t i = 0; i < maker->occurrences.len; i++) {
        const Occurrence *at = &maker->occurrences.at[i];
        if (at->variable == NOWHERE) continue;
        Variable *variable = &self->variables.at[at->variable];
        const Node *name = &maker->nodes[at->node];
        if (is_binding(at->role))
            append_binding(variable, name, at->role);
        else
            ((const Node **)variable->uses)[variable->use_count++] = name;
    }
}

// ---- Asking ----

const Node *binding_annotation(const Binding *binding) {
    const Node *parent = node_parent(binding->name);
    if (parent == NULL || holds_targets(parent->kind) || is_parameter_list(parent)) return NULL;
    return node_child(parent, FIELD_TYPE);
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
