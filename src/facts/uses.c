#include "facts/uses.h"

static bool is_first_child(const Node *node, const Node *parent) {
    return node == parent + 1;
}

static uint32_t child_place(const Node *node, const Node *parent) {
    uint32_t place = 0;
    for_each_child(child, parent) {
        if (child == node) break;
        place++;
    }
    return place;
}

// Whether the value of `parent` is that of `node`, at least sometimes.
static bool passes_on(const Node *node, const Node *parent) {
    switch (parent->kind) {
    case NODE_PARENTHESIZED_EXPRESSION: return true;
    case NODE_BOOLEAN_OPERATOR: return node->field == FIELD_RIGHT;
    case NODE_CONDITIONAL_EXPRESSION: return child_place(node, parent) != 1;
    default: return false;
    }
}

static bool compares_identity(const File *file, const Node *comparison) {
    for_each_child(child, comparison) {
        if (child->kind == NODE_OPERATOR && str_starts_with(node_text(file, child), STR("is")))
            return true;
    }
    return false;
}

static Use use_in_with(const Node *item) {
    const Node *with = node_ancestor(item, NODE_WITH_STATEMENT);
    bool is_async = with != NULL && with[1].kind == NODE_ASYNC;
    return (Use){is_async ? USE_ASYNC_ENTERED : USE_ENTERED, item};
}

static Use use_in_assignment(const Node *node, const Node *assignment) {
    if (node->field != FIELD_RIGHT) return (Use){USE_OTHER, NULL};
    const Node *left = node_child(assignment, FIELD_LEFT);
    const Node *above = node_parent(assignment);
    bool is_chained = above != NULL && above->kind == NODE_ASSIGNMENT;
    if (left == NULL || left->kind != NODE_IDENTIFIER || is_chained)
        return (Use){USE_STORED, assignment};
    return (Use){USE_ASSIGNED, left};
}

static Use use_in_loop_head(const Node *node, const Node *loop) {
    if (node->field != FIELD_RIGHT) return (Use){USE_OTHER, NULL};
    bool is_async = loop[1].kind == NODE_ASYNC;
    return (Use){is_async ? USE_ASYNC_ITERATED : USE_ITERATED, loop};
}

static Use use_in_arguments(const Node *arguments, UseKind kind) {
    const Node *call = node_parent(arguments);
    if (call == NULL || call->kind != NODE_CALL) return (Use){USE_OTHER, NULL};
    return (Use){kind, call};
}

static Use use_in_splat(const Node *splat) {
    const Node *parent = node_parent(splat);
    if (parent != NULL && parent->kind == NODE_ARGUMENT_LIST)
        return use_in_arguments(parent, USE_STARRED);
    return (Use){USE_ITERATED, splat};
}

static Use use_in_yield(const Node *node, const Node *yield) {
    if (is_first_child(node, yield)) return (Use){USE_YIELDED, yield};
    return (Use){USE_ITERATED, yield};
}

static Use use_under(const File *file, const Node *node, const Node *parent) {
    switch (parent->kind) {
    case NODE_EXPRESSION_STATEMENT: {
        bool is_alone = node->size + 1 == parent->size;
        return (Use){is_alone ? USE_DROPPED : USE_OTHER, parent};
    }
    case NODE_AWAIT: return (Use){USE_AWAITED, parent};
    case NODE_RETURN_STATEMENT: return (Use){USE_RETURNED, parent};
    case NODE_YIELD: return use_in_yield(node, parent);
    case NODE_ARGUMENT_LIST: return use_in_arguments(parent, USE_ARGUMENT);
    case NODE_KEYWORD_ARGUMENT: return use_in_arguments(node_parent(parent), USE_ARGUMENT);
    case NODE_LIST_SPLAT: return use_in_splat(parent);
    case NODE_ASSIGNMENT: return use_in_assignment(node, parent);
    case NODE_NAMED_EXPRESSION: return (Use){USE_ASSIGNED, node_child(parent, FIELD_NAME)};
    case NODE_DEFAULT_PARAMETER:
    case NODE_TYPED_DEFAULT_PARAMETER: return (Use){USE_STORED, parent};
    case NODE_LIST:
    case NODE_TUPLE:
    case NODE_SET:
    case NODE_PAIR:
    case NODE_EXPRESSION_LIST:
    case NODE_LIST_COMPREHENSION:
    case NODE_SET_COMPREHENSION:
    case NODE_DICTIONARY_COMPREHENSION:
    case NODE_GENERATOR_EXPRESSION: return (Use){USE_ELEMENT, parent};
    case NODE_IF_STATEMENT:
    case NODE_ELIF_CLAUSE:
    case NODE_WHILE_STATEMENT:
        return (Use){node->field == FIELD_CONDITION ? USE_TESTED : USE_OTHER, parent};
    case NODE_NOT_OPERATOR:
    case NODE_IF_CLAUSE:
    case NODE_BOOLEAN_OPERATOR:
    case NODE_CONDITIONAL_EXPRESSION: return (Use){USE_TESTED, parent};
    case NODE_ASSERT_STATEMENT:
        return (Use){is_first_child(node, parent) ? USE_TESTED : USE_OTHER, parent};
    case NODE_COMPARISON_OPERATOR:
        return (Use){compares_identity(file, parent) ? USE_OTHER : USE_COMPARED, parent};
    case NODE_BINARY_OPERATOR:
    case NODE_UNARY_OPERATOR: return (Use){USE_CALCULATED, parent};
    case NODE_AUGMENTED_ASSIGNMENT:
        return (Use){node->field == FIELD_RIGHT ? USE_CALCULATED : USE_OTHER, parent};
    case NODE_INTERPOLATION: return (Use){USE_FORMATTED, parent};
    case NODE_SUBSCRIPT:
        return (Use){node->field == FIELD_VALUE ? USE_SUBSCRIPTED : USE_OTHER, parent};
    case NODE_ATTRIBUTE: return (Use){USE_ATTRIBUTE, node_child(parent, FIELD_ATTRIBUTE)};
    case NODE_CALL: return (Use){USE_CALLED, parent};
    case NODE_FOR_STATEMENT:
    case NODE_FOR_IN_CLAUSE: return use_in_loop_head(node, parent);
    case NODE_WITH_ITEM: return use_in_with(parent);
    case NODE_AS_PATTERN:
        if (!is_first_child(node, parent) || node_parent(parent)->kind != NODE_WITH_ITEM) break;
        return use_in_with(node_parent(parent));
    case NODE_LAMBDA:
        return (Use){node->field == FIELD_BODY ? USE_LAMBDA_RESULT : USE_OTHER, parent};
    case NODE_DECORATOR: return (Use){USE_DECORATOR, parent};
    default: break;
    }
    return (Use){USE_OTHER, parent};
}

// The value of a walrus is used again where it stands; without a further use it is its name's.
static bool is_used_walrus(const Node *walrus) {
    const Node *outer = walrus;
    while (node_parent(outer) != NULL && node_parent(outer)->kind == NODE_PARENTHESIZED_EXPRESSION)
        outer = node_parent(outer);
    return node_parent(outer) != NULL && node_parent(outer)->kind != NODE_EXPRESSION_STATEMENT;
}

Use use_of(const File *file, const Node *expression) {
    const Node *node = expression;
    for (;;) {
        const Node *parent = node_parent(node);
        if (parent == NULL) return (Use){USE_OTHER, NULL};
        bool is_walrus = parent->kind == NODE_NAMED_EXPRESSION && node->field == FIELD_VALUE;
        if (!passes_on(node, parent) && !(is_walrus && is_used_walrus(parent)))
            return use_under(file, node, parent);
        node = parent;
    }
}

const Node *repeating_loop(const Node *node) {
    for (const Node *inner = node, *above = node_parent(node); above != NULL;
         inner = above, above = node_parent(above)) {
        switch (above->kind) {
        case NODE_FUNCTION_DEFINITION:
        case NODE_CLASS_DEFINITION:
        case NODE_LAMBDA:
            if (inner->field == FIELD_BODY) return NULL;
            break;
        case NODE_FOR_STATEMENT:
            if (inner->field == FIELD_BODY) return above;
            break;
        case NODE_WHILE_STATEMENT:
            if (inner->field == FIELD_BODY || inner->field == FIELD_CONDITION) return above;
            break;
        case NODE_LIST_COMPREHENSION:
        case NODE_SET_COMPREHENSION:
        case NODE_DICTIONARY_COMPREHENSION:
        case NODE_GENERATOR_EXPRESSION:
            if (inner->kind != NODE_FOR_IN_CLAUSE ||
                node_child_of_kind(above, NODE_FOR_IN_CLAUSE) != inner)
                return above;
            break;
        default: break;
        }
    }
    return NULL;
}

bool is_in_loop(const Node *node) {
    return repeating_loop(node) != NULL;
}
