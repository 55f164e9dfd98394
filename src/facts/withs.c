#include "facts/withs.h"

#include "facts/async_names.h"
#include "facts/names.h"

const Node *with_item_after(const Node *with_statement, const Node *previous) {
    if (previous != NULL) return node_next_sibling(previous);
    const Node *clause = node_child_of_kind(with_statement, NODE_WITH_CLAUSE);
    return clause == NULL ? NULL : node_child_of_kind(clause, NODE_WITH_ITEM);
}

const Node *with_item_value(const Node *item) {
    const Node *value = node_child(item, FIELD_VALUE);
    if (value != NULL && value->kind == NODE_AS_PATTERN) value = node_first_child(value);
    return value == NULL ? item : value;
}

const Node *with_item_target(const Node *item) {
    const Node *value = node_child(item, FIELD_VALUE);
    if (value == NULL || value->kind != NODE_AS_PATTERN) return NULL;
    const Node *target = node_child_of_kind(value, NODE_AS_PATTERN_TARGET);
    return target == NULL ? NULL : node_first_child(target);
}

static const struct {
    const char *dotted;
    unsigned kind;
} managers[] = {
    {"asyncio.TaskGroup", MANAGER_TASK_GROUP},
    {"asyncio.taskgroups.TaskGroup", MANAGER_TASK_GROUP},
    {"asyncio.timeout", MANAGER_TIMEOUT},
    {"asyncio.timeout_at", MANAGER_TIMEOUT},
    {"asyncio.timeouts.timeout", MANAGER_TIMEOUT},
    {"asyncio.timeouts.timeout_at", MANAGER_TIMEOUT},
    {"async_timeout.timeout", MANAGER_TIMEOUT},
    {"async_timeout.timeout_at", MANAGER_TIMEOUT},
    {"anyio.create_task_group", MANAGER_TASK_GROUP},
    {"anyio.fail_after", MANAGER_TIMEOUT},
    {"anyio.move_on_after", MANAGER_TIMEOUT},
    {"anyio.CancelScope", MANAGER_TIMEOUT},
    {"anyio.from_thread.BlockingPortal", MANAGER_OTHER},
    {"anyio.from_thread.start_blocking_portal", MANAGER_OTHER},
    {"apscheduler.AsyncScheduler", MANAGER_OTHER},
    {"asgi_lifespan.LifespanManager", MANAGER_OTHER},
    {"mcp.client.sse.sse_client", MANAGER_OTHER},
    {"mcp.client.streamable_http.streamablehttp_client", MANAGER_OTHER},
    {"qtrio.enter_emissions_channel", MANAGER_OTHER},
    {"qtrio.open_emissions_nursery", MANAGER_OTHER},
    {"trio_asyncio.open_loop", MANAGER_OTHER},
    {"trio_parallel.open_worker_context", MANAGER_OTHER},
    {"trio_util.move_on_when", MANAGER_OTHER},
    {"trio_util.run_and_cancelling", MANAGER_OTHER},
    {"trio_websocket.open_websocket", MANAGER_OTHER},
    {"trio_websocket.open_websocket_url", MANAGER_OTHER},
    {"trio_websocket.serve_websocket", MANAGER_OTHER},
};

unsigned manager_of(File *file, const Node *value) {
    value = node_unparenthesized(value);
    if (value->kind != NODE_CALL || !has_async_names(file)) return 0;
    Str dotted = callee_name(file, value);
    for (size_t i = 0; dotted.len > 0 && i < sizeof managers / sizeof managers[0]; i++)
        if (str_is(dotted, managers[i].dotted)) return managers[i].kind;
    return 0;
}

const Node *with_opens(File *file, const Node *with_statement, unsigned kinds) {
    const Node *item = NULL;
    while ((item = with_item_after(with_statement, item)) != NULL)
        if (manager_of(file, with_item_value(item)) & kinds) return item;
    return NULL;
}

bool with_is_async(const Node *with_statement) {
    return with_statement->size > 1 && with_statement[1].kind == NODE_ASYNC;
}

static bool expects_failure(const File *file, const Node *value) {
    const Node *callee = value->kind == NODE_CALL ? node_child(value, FIELD_FUNCTION) : NULL;
    if (callee != NULL && callee->kind == NODE_ATTRIBUTE)
        callee = node_child(callee, FIELD_ATTRIBUTE);
    if (callee == NULL) return false;
    Str name = node_text(file, callee);
    return str_is(name, "raises") || str_starts_with(name, STR("assertRaises"));
}

// CPython nests fewer blocks, and each item is one.
enum { MOST_ITEMS = 64 };

// The call that expects a failure among the items of a with statement, or NULL.
static const Node *failure_expected_by(const File *file, const Node *with_statement) {
    const Node *item = NULL;
    for (int i = 0; i < MOST_ITEMS && (item = with_item_after(with_statement, item)) != NULL; i++)
        if (expects_failure(file, with_item_value(item))) return with_item_value(item);
    return NULL;
}

static const Node *failure_expected_around(const File *file, const Node *node) {
    const Node *call = NULL;
    for (const Node *outer = node_parent(node); outer != NULL && call == NULL;
         outer = node_parent(outer)) {
        if (outer->kind == NODE_FUNCTION_DEFINITION) return NULL;
        if (outer->kind == NODE_WITH_STATEMENT) call = failure_expected_by(file, outer);
    }
    return call;
}

bool is_expected_to_fail(const File *file, const Node *node) {
    return failure_expected_around(file, node) != NULL;
}

Str expected_failure(const File *file, const Node *node) {
    const Node *call = failure_expected_around(file, node);
    const Node *arguments = call == NULL ? NULL : node_child(call, FIELD_ARGUMENTS);
    const Node *first = arguments == NULL ? NULL : node_first_child(arguments);
    return first == NULL ? (Str){0} : node_text(file, first);
}
