#include "facts/signature.h"

// The identifier in a parameter, under its stars.
static const Node *parameter_name(const Node *node) {
    if (node->kind == NODE_IDENTIFIER) return node;
    const Node *name = node_child(node, FIELD_NAME);
    if (name == NULL) name = node_first_child(node);
    if (name != NULL && name->kind != NODE_IDENTIFIER) name = node_first_child(name);
    return name != NULL && name->kind == NODE_IDENTIFIER ? name : NULL;
}

static ParameterKind kind_of(const Node *node, bool behind_star) {
    const Node *inner = node->kind == NODE_TYPED_PARAMETER ? node_first_child(node) : node;
    if (inner != NULL && inner->kind == NODE_LIST_SPLAT_PATTERN) return PARAMETER_VARIADIC;
    if (inner != NULL && inner->kind == NODE_DICTIONARY_SPLAT_PATTERN) return PARAMETER_KEYWORDS;
    return behind_star ? PARAMETER_KEYWORD_ONLY : PARAMETER_ORDINARY;
}

Signature signature_of(Arena *arena, const Node *function) {
    Signature self = {.result = node_child(function, FIELD_RETURN_TYPE)};
    const Node *list = node_child(function, FIELD_PARAMETERS);
    if (list == NULL) return self;
    bool behind_star = false;
    for_each_child(node, list) {
        if (node->kind == NODE_KEYWORD_SEPARATOR) behind_star = true;
        if (node->kind == NODE_POSITIONAL_SEPARATOR)
            for (uint32_t i = 0; i < self.parameters.len; i++)
                self.parameters.at[i].kind = PARAMETER_POSITIONAL_ONLY;
        const Node *name = parameter_name(node);
        if (name == NULL) continue;
        Parameter parameter = {.kind = kind_of(node, behind_star),
                               .node = node,
                               .name = name,
                               .type = node_child(node, FIELD_TYPE),
                               .value = node_child(node, FIELD_VALUE)};
        behind_star |= parameter.kind == PARAMETER_VARIADIC;
        vec_push(arena, &self.parameters, parameter);
    }
    return self;
}
