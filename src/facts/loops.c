#include "facts/loops.h"

#include "facts/instances.h"
#include "facts/scopes.h"

static bool is_one_of(Str name, const char *const *names, size_t count) {
    for (size_t i = 0; name.len > 0 && i < count; i++)
        if (str_is(name, names[i])) return true;
    return false;
}

#define IS_ONE_OF(name, names) is_one_of((name), (names), sizeof(names) / sizeof((names)[0]))

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
    if (IS_ONE_OF(qualified_name(file, expression), loop_calls)) return true;
    if (expression->kind != NODE_IDENTIFIER) return false;
    return IS_ONE_OF(instance_class(file, expression), loop_classes);
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
    const Node *callee = node_child(call, FIELD_FUNCTION);
    if (callee == NULL) return false;
    if (IS_ONE_OF(qualified_name(file, callee), makers)) return true;
    return calls_loop_method(file, call, "create_task");
}

// ---- Where a value goes ----

static bool is_unread(File *file, const Node *name) {
    const Variable *variable = variable_of(file, name);
    if (variable == NULL || variable->use_count > 0 || variable->is_shared) return false;
    return variable_scope(file, variable)->kind == SCOPE_FUNCTION;
}

static ValueUse use_of_assigned(File *file, const Node *assignment, const Node *value) {
    const Node *left = node_child(assignment, FIELD_LEFT);
    if (left == NULL || value->field != FIELD_RIGHT) return USE_TAKEN;
    bool is_name = left->kind == NODE_IDENTIFIER;
    return is_name && is_unread(file, left) ? USE_UNREAD : USE_TAKEN;
}

ValueUse value_use(File *file, const Node *expression) {
    for (const Node *inner = expression, *outer = node_parent(inner); outer != NULL;
         inner = outer, outer = node_parent(outer)) {
        switch (outer->kind) {
        case NODE_PARENTHESIZED_EXPRESSION:
        case NODE_LIST:
        case NODE_TUPLE:
        case NODE_SET:
        case NODE_EXPRESSION_LIST:
        case NODE_GENERATOR_EXPRESSION:
        case NODE_LIST_COMPREHENSION:
        case NODE_SET_COMPREHENSION: continue;
        case NODE_BOOLEAN_OPERATOR: continue;
        case NODE_CONDITIONAL_EXPRESSION:
            if (inner == node_next_sibling(outer + 1)) return USE_TESTED;
            continue;
        case NODE_ASSIGNMENT:
            return inner == expression ? use_of_assigned(file, outer, inner) : USE_TAKEN;
        case NODE_EXPRESSION_STATEMENT:
        case NODE_WITH_ITEM: return USE_DROPPED;
        case NODE_AS_PATTERN:
            return node_parent(outer)->kind == NODE_WITH_ITEM ? USE_DROPPED : USE_TAKEN;
        case NODE_IF_CLAUSE:
        case NODE_NOT_OPERATOR:
        case NODE_IF_STATEMENT:
        case NODE_ELIF_CLAUSE:
        case NODE_WHILE_STATEMENT: return USE_TESTED;
        default: return USE_TAKEN;
        }
    }
    return USE_TAKEN;
}
