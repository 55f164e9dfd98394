#include "facts/instances.h"

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
    const Node *callee = node_child(call, FIELD_FUNCTION);
    Str dotted = callee == NULL ? (Str){0} : qualified_name(file, callee);
    bool opens = str_is(dotted, "builtins.open") || str_is(dotted, "io.open");
    return opens ? STR("io.TextIOWrapper") : dotted;
}

typedef struct Held {
    Str class;
    const Node *other; // or what another name holds
    bool is_declared;  // by an annotation
} Held;

static void take_binding(File *file, Held *held, const Binding *binding) {
    const Node *annotation = binding_annotation(binding);
    if (annotation != NULL) {
        *held = (Held){annotated_class(file, annotation), NULL, true};
        return;
    }
    if (held->is_declared && binding->kind != BINDING_PARAMETER) return;
    *held = (Held){0};
    bool has_value = binding->kind == BINDING_ASSIGNMENT || binding->kind == BINDING_WITH;
    const Node *value = has_value ? binding->value : NULL;
    if (value == NULL) return;
    value = node_unparenthesized(value);
    if (value->kind == NODE_CALL) held->class = called_class(file, value);
    if (value->kind == NODE_IDENTIFIER) held->other = value;
}

static Held held_at(File *file, const Node *identifier) {
    const Variable *variable = variable_of(file, identifier);
    Held held = {0};
    for (uint32_t i = 0; variable != NULL && i < variable->binding_count; i++) {
        const Binding *binding = &variable->bindings[i];
        if (binding->name >= identifier && i > 0) break;
        take_binding(file, &held, binding);
    }
    return held;
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
