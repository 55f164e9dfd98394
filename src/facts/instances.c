#include "facts/instances.h"

#include "facts/names.h"
#include "facts/scopes.h"

enum { MOST_NAMES = 8 }; // that are followed from `x = y` to `y`

static bool is_none(const Node *node) {
    return node->kind == NODE_NONE;
}

// The argument of `Optional[T]`, in whichever of two ways the grammar has it.
static const Node *optional_argument(File *file, const Node *node) {
    const Node *base = node->kind == NODE_SUBSCRIPT ? node_child(node, FIELD_VALUE) : node + 1;
    if (node->size < 3 || !str_ends_with(node_text(file, base), STR("Optional"))) return NULL;
    if (node->kind == NODE_SUBSCRIPT) return node_child(node, FIELD_SUBSCRIPT);
    return node_child_of_kind(node, NODE_TYPE_PARAMETER);
}

static const Node *other_than_none(const Node *node) {
    const Node *left = node_child(node, FIELD_LEFT), *right = node_child(node, FIELD_RIGHT);
    if (left == NULL) { // a union type
        left = node_first_child(node);
        right = left == NULL ? NULL : node_next_sibling(left);
    }
    if (left == NULL || right == NULL) return NULL;
    if (left->kind == NODE_TYPE && left->size > 1) left++;
    if (right->kind == NODE_TYPE && right->size > 1) right++;
    if (is_none(left)) return right;
    return is_none(right) ? left : NULL;
}

Str annotated_class(File *file, const Node *node) {
    for (int steps = 0; node != NULL && steps < MOST_NAMES; steps++) {
        switch (node->kind) {
        case NODE_TYPE:
        case NODE_TYPE_PARAMETER:
        case NODE_PARENTHESIZED_EXPRESSION: node = node_first_child(node); break;
        case NODE_GENERIC_TYPE:
        case NODE_SUBSCRIPT: node = optional_argument(file, node); break;
        case NODE_BINARY_OPERATOR:
        case NODE_UNION_TYPE: node = other_than_none(node); break;
        case NODE_IDENTIFIER:
        case NODE_ATTRIBUTE: return qualified_name(file, node);
        default: return (Str){0};
        }
    }
    return (Str){0};
}

static Str called_class(File *file, const Node *call) {
    Str dotted = callee_name(file, call);
    bool opens = str_is(dotted, "builtins.open") || str_is(dotted, "io.open");
    return opens ? STR("io.TextIOWrapper") : dotted;
}

typedef struct Held {
    Str class;
    const Node *other; // or what another name holds
} Held;

static Held held_since(File *file, const Binding *binding) {
    if (binding->annotated > 0) {
        const Binding *declaring = binding + 1 - binding->annotated;
        return (Held){.class = annotated_class(file, binding_annotation(declaring))};
    }
    bool has_value = binding->kind == BINDING_ASSIGNMENT || binding->kind == BINDING_WITH;
    if (!has_value || binding->value == NULL) return (Held){0};
    const Node *value = node_unparenthesized(binding->value);
    if (value->kind == NODE_CALL) return (Held){.class = called_class(file, value)};
    return (Held){.other = value->kind == NODE_IDENTIFIER ? value : NULL};
}

static Held held_at(File *file, const Node *identifier) {
    const Variable *variable = variable_of(file, identifier);
    if (variable == NULL || variable->binding_count == 0) return (Held){0};
    uint32_t before = bindings_before(variable, identifier);
    return held_since(file, &variable->bindings[before > 0 ? before - 1 : 0]);
}

Str instance_class(File *file, const Node *identifier) {
    Held held = {.other = identifier};
    for (int steps = 0; held.other != NULL && steps < MOST_NAMES; steps++)
        held = held_at(file, held.other);
    return held.class;
}

Str receiver_class(File *file, const Node *receiver) {
    receiver = node_unparenthesized(receiver);
    if (receiver->kind == NODE_IDENTIFIER) return instance_class(file, receiver);
    return receiver->kind == NODE_CALL ? called_class(file, receiver) : (Str){0};
}
