#include "facts/scopes/maker.h"

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

bool holds_targets(NodeKind kind) {
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

uint8_t role_under(const Node *node, const Node *parent, uint8_t role) {
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
    default: return holds_targets(parent->kind) ? role_in_target(role) : ROLE_READ;
    }
}
