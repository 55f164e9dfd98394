#include "facts/functions.h"

#include "facts/handlers.h"

const Node *decorator_after(const Node *definition, const Node *previous) {
    const Node *decorated = node_parent(definition);
    if (decorated == NULL || decorated->kind != NODE_DECORATED_DEFINITION) return NULL;
    const Node *next = previous == NULL ? decorated + 1 : node_next_sibling(node_parent(previous));
    bool is_one = next != NULL && next->kind == NODE_DECORATOR && next->size > 1;
    return is_one ? next + 1 : NULL;
}

Str decorator_last_name(const File *file, const Node *decorator) {
    if (decorator->kind == NODE_CALL) decorator = node_child(decorator, FIELD_FUNCTION);
    if (decorator != NULL && decorator->kind == NODE_ATTRIBUTE)
        decorator = node_child(decorator, FIELD_ATTRIBUTE);
    bool is_name = decorator != NULL && decorator->kind == NODE_IDENTIFIER;
    return is_name ? node_text(file, decorator) : (Str){0};
}

bool has_decorator(const File *file, const Node *definition, const char *name) {
    const Node *decorator = NULL;
    while ((decorator = decorator_after(definition, decorator)) != NULL)
        if (str_is(decorator_last_name(file, decorator), name)) return true;
    return false;
}

bool is_context_manager_function(const File *file, const Node *function) {
    return has_decorator(file, function, "asynccontextmanager") ||
           has_decorator(file, function, "contextmanager") ||
           has_decorator(file, function, "fixture");
}

Str own_name(const File *file, const Node *definition) {
    const Node *name = node_child(definition, FIELD_NAME);
    return name == NULL ? (Str){0} : node_text(file, name);
}

static bool is_empty_statement(const Node *statement) {
    if (statement->kind == NODE_PASS_STATEMENT) return true;
    if (statement->kind != NODE_EXPRESSION_STATEMENT || statement->size == 1) return false;
    uint8_t kind = statement[1].kind;
    return kind == NODE_ELLIPSIS || kind == NODE_STRING || kind == NODE_CONCATENATED_STRING;
}

bool has_empty_body(const Node *function) {
    const Node *block = node_block(function);
    if (block == NULL) return true;
    for_each_child(statement, block) if (!is_empty_statement(statement)) return false;
    return true;
}

const Node *statement_of(const Node *node) {
    for (const Node *outer = node_parent(node); outer != NULL; outer = node_parent(outer)) {
        if (outer->kind == NODE_BLOCK || outer->kind == NODE_MODULE) return node;
        node = outer;
    }
    return node;
}

bool is_awaited(const Node *expression) {
    const Node *outer = node_parent(expression);
    while (outer != NULL && outer->kind == NODE_PARENTHESIZED_EXPRESSION)
        outer = node_parent(outer);
    return outer != NULL && outer->kind == NODE_AWAIT;
}

static bool is_named(const File *file, const Node *argument, const char *name) {
    if (name == NULL || argument->kind != NODE_KEYWORD_ARGUMENT) return false;
    const Node *keyword = node_child(argument, FIELD_NAME);
    return keyword != NULL && str_is(node_text(file, keyword), name);
}

const Node *call_argument(const File *file, const Node *call, uint32_t position, const char *name) {
    const Node *arguments = node_child(call, FIELD_ARGUMENTS);
    if (arguments == NULL) return NULL;
    if (arguments->kind != NODE_ARGUMENT_LIST) return position == 0 ? arguments : NULL;
    uint32_t place = 0;
    for_each_child(argument, arguments) {
        if (is_named(file, argument, name)) return node_child(argument, FIELD_VALUE);
        if (argument->kind == NODE_LIST_SPLAT) return NULL;
        bool is_positional =
            argument->kind != NODE_KEYWORD_ARGUMENT && argument->kind != NODE_DICTIONARY_SPLAT;
        if (is_positional && place++ == position) return argument;
    }
    return NULL;
}

bool function_yields(const Node *function) {
    const Node *body = node_child(function, FIELD_BODY);
    if (body == NULL) return false;
    for (const Node *inner = body + 1; inner < node_end(body); inner = next_of_body(inner))
        if (inner->kind == NODE_YIELD) return true;
    return false;
}

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
