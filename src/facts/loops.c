#include "facts/loops.h"

#include "facts/instances.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/uses.h"

static const char *const loop_calls[] = {
    "asyncio.get_event_loop()",          "asyncio.get_running_loop()",
    "asyncio.new_event_loop()",          "asyncio.events.get_event_loop()",
    "asyncio.events.get_running_loop()", "asyncio.events.new_event_loop()",
    "uvloop.new_event_loop()",
};

static const char *const loop_classes[] = {
    "asyncio.AbstractEventLoop",
    "asyncio.BaseEventLoop",
    "asyncio.SelectorEventLoop",
    "asyncio.ProactorEventLoop",
    "asyncio.EventLoop",
    "asyncio.events.AbstractEventLoop",
    "asyncio.base_events.BaseEventLoop",
    "uvloop.Loop",
};

static bool is_plain_loop(File *file, const Node *expression) {
    expression = node_unparenthesized(expression);
    if (expression->kind == NODE_BOOLEAN_OPERATOR) // `loop or asyncio.get_event_loop()`
        expression = node_child(expression, FIELD_RIGHT);
    if (expression == NULL) return false;
    if (STR_IS_ONE_OF(qualified_name(file, expression), loop_calls)) return true;
    if (expression->kind != NODE_IDENTIFIER) return false;
    return STR_IS_ONE_OF(instance_class(file, expression), loop_classes);
}

static bool is_self_attribute(const File *file, const Node *expression) {
    if (expression->kind != NODE_ATTRIBUTE) return false;
    const Node *object = node_child(expression, FIELD_OBJECT);
    return object != NULL && str_is(node_text(file, object), "self");
}

// Whether every assignment to that attribute in its class gives it a loop (or None).
static bool is_loop_attribute(File *file, const Node *attribute) {
    const Node *class = node_ancestor(attribute, NODE_CLASS_DEFINITION);
    if (class == NULL) return false;
    Str text = node_text(file, attribute);
    bool is_loop = false;
    for_each_descendant(node, class) {
        if (node->kind != NODE_ASSIGNMENT) continue;
        const Node *left = node_child(node, FIELD_LEFT), *right = node_child(node, FIELD_RIGHT);
        if (left == NULL || !str_eq(node_text(file, left), text)) continue;
        if (right == NULL || right->kind == NODE_NONE) continue;
        if (!is_plain_loop(file, right)) return false;
        is_loop = true;
    }
    return is_loop;
}

bool is_event_loop(File *file, const Node *expression) {
    if (is_self_attribute(file, expression)) return is_loop_attribute(file, expression);
    return is_plain_loop(file, expression);
}

bool calls_loop_method(File *file, const Node *call, const char *name) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    if (callee == NULL || callee->kind != NODE_ATTRIBUTE) return false;
    const Node *method = node_child(callee, FIELD_ATTRIBUTE);
    const Node *receiver = node_child(callee, FIELD_OBJECT);
    if (method == NULL || receiver == NULL) return false;
    return str_is(node_text(file, method), name) && is_event_loop(file, receiver);
}

bool makes_task(File *file, const Node *call) {
    static const char *const makers[] = {
        "asyncio.create_task",       "asyncio.ensure_future",       "asyncio.shield",
        "asyncio.tasks.create_task", "asyncio.tasks.ensure_future", "asyncio.tasks.shield",
    };
    return STR_IS_ONE_OF(callee_name(file, call), makers) ||
           calls_loop_method(file, call, "create_task");
}

// ---- What becomes of it ----

static bool is_unread(File *file, const Node *name) {
    const Variable *variable = variable_of(file, name);
    if (variable == NULL || variable->use_count > 0 || variable->is_shared) return false;
    return variable_scope(file, variable)->kind == SCOPE_FUNCTION;
}

static bool is_display(const Node *node) {
    switch (node->kind) {
    case NODE_LIST:
    case NODE_TUPLE:
    case NODE_SET:
    case NODE_EXPRESSION_LIST:
    case NODE_GENERATOR_EXPRESSION:
    case NODE_LIST_COMPREHENSION:
    case NODE_SET_COMPREHENSION: return true;
    default: return false;
    }
}

static const Node *display_around(const Node *element) {
    const Node *outer = node_parent(element);
    while (outer != NULL && !is_display(outer) && outer->kind != NODE_BLOCK)
        outer = node_parent(outer);
    return outer != NULL && is_display(outer) ? outer : NULL;
}

// `if tasks := [create_task(x) for x in xs]`
static bool is_walrus_value(const Node *value) {
    const Node *outer = node_parent(value);
    while (outer->kind == NODE_PARENTHESIZED_EXPRESSION)
        outer = node_parent(outer);
    return outer->kind == NODE_NAMED_EXPRESSION;
}

static bool is_plain_assignment(const Node *name) {
    return node_parent(name)->kind == NODE_ASSIGNMENT;
}

Fate fate_of(File *file, const Node *expression) {
    const Node *value = expression;
    while (value != NULL && !is_walrus_value(value)) {
        Use use = use_of(file, value);
        switch (use.kind) {
        case USE_DROPPED:
        case USE_TESTED:
        case USE_ENTERED:
        case USE_ASYNC_ENTERED: return FATE_DROPPED;
        case USE_ASSIGNED:
            if (value != expression || !is_plain_assignment(use.by)) return FATE_KEPT;
            return is_unread(file, use.by) ? FATE_UNREAD : FATE_KEPT;
        case USE_ELEMENT: value = display_around(value); break;
        default: return FATE_KEPT;
        }
    }
    return FATE_KEPT;
}
