#include "facts/scopes.h"

const Node *enclosing_function(const Node *node) {
    for (const Node *inner = node, *above = node_parent(node); above != NULL;
         inner = above, above = node_parent(above)) {
        bool is_function = above->kind == NODE_FUNCTION_DEFINITION || above->kind == NODE_LAMBDA;
        if (is_function && inner->field == FIELD_BODY) return above;
        if (above->kind == NODE_CLASS_DEFINITION && inner->field == FIELD_BODY) return NULL;
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

static bool is_name_chain(Str text) {
    for (uint32_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c != '.' && c != '_' && (c < '0' || c > '9') && ((c | 32) < 'a' || (c | 32) > 'z'))
            return false;
    }
    return text.len > 0;
}

Str qualified_name(File *file, const Node *expression) {
    Str text = node_text(file, expression);
    return is_name_chain(text) ? text : (Str){0};
}

bool callee_is(File *file, const Node *call, const char *dotted) {
    const Node *function = node_child(call, FIELD_FUNCTION);
    return function != NULL && str_is(qualified_name(file, function), dotted);
}
