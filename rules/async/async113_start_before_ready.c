// A task that is only scheduled has not run yet when `__aenter__` or the context manager function
// hands over. A server that has to be up by then must be waited for.

#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/withs.h"
#include "rule/decorators.h"

enum { ASYNC113, ASYNC114 };

static const Rule rules[] = {
    [ASYNC113] =
        {
            .code = "ASYNC113",
            .name = "start-before-ready",
            .summary = "a server started as a task where a context manager is entered",
            .why = "The task runs at the next await, which may be after the block has begun. Code\n"
                   "in the block then finds a server that does not listen yet.",
            .bad = "import asyncio\nfrom contextlib import asynccontextmanager\n"
                   "from typing import AsyncIterator\n\n\nasync def serve() -> None:\n"
                   "    await asyncio.sleep(1)\n\n\n@asynccontextmanager\n"
                   "async def server() -> AsyncIterator[None]:\n"
                   "    async with asyncio.TaskGroup() as group:\n"
                   "        group.create_task(serve())\n        yield\n",
            .good = "import asyncio\nfrom contextlib import asynccontextmanager\n"
                    "from typing import AsyncIterator\n\n\n"
                    "async def listen(ready: asyncio.Event) -> None:\n"
                    "    ready.set()\n    await asyncio.sleep(1)\n\n\n@asynccontextmanager\n"
                    "async def server() -> AsyncIterator[None]:\n    ready = asyncio.Event()\n"
                    "    async with asyncio.TaskGroup() as group:\n"
                    "        group.create_task(listen(ready))\n        await ready.wait()\n"
                    "        yield\n",
            .sources = "flake8-async ASYNC113",
            .severity = SEVERITY_WARNING,
            .selectable = true,
        },
    [ASYNC114] =
        {
            .code = "ASYNC114",
            .name = "unlisted-startable",
            .summary =
                "a function with a task_status parameter that the configuration does not list",
            .why = "A function that takes task_status reports when it has started. ASYNC113 looks\n"
                   "for those named in startable-in-context-manager.",
            .bad = "async def listen(task_status: object) -> None:\n    print(task_status)\n",
            .good = "async def serve(task_status: object) -> None:\n    print(task_status)\n",
            .sources = "flake8-async ASYNC114",
            .severity = SEVERITY_WARNING,
            .selectable = true,
        },
};

static bool is_startable_name(const Pass *pass, Str name) {
    static const char *const known[] = {"serve", "run_process", "serve_ssl_over_tcp", "serve_tcp",
                                        "serve_listeners"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_is(name, known[i])) return true;
    const StrList *listed = &pass->settings->startable_calls;
    for (uint32_t i = 0; i < listed->count; i++)
        if (str_eq(name, listed->at[i])) return true;
    return false;
}

// `serve`, `http.serve`, `serve(…)`, or one of these as an argument of a call.
static bool is_startable(Pass *pass, const Node *argument) {
    const Node *last = node_end(argument);
    for (const Node *node = argument; node < last; node++) {
        bool is_name = node->kind == NODE_IDENTIFIER && node->field != FIELD_OBJECT;
        if (is_name && is_startable_name(pass, node_text(pass->file, node))) return true;
        if (node->kind == NODE_LAMBDA || node->kind == NODE_KEYWORD_ARGUMENT) return false;
    }
    return false;
}

// The with statement in the same function that opens the group of that name around `call`.
static bool is_group_around(Pass *pass, const Node *call, Str group) {
    for (const Node *outer = node_parent(call); outer != NULL; outer = node_parent(outer)) {
        if (outer->kind == NODE_FUNCTION_DEFINITION) return false;
        if (outer->kind != NODE_WITH_STATEMENT) continue;
        const Node *item = NULL;
        while ((item = with_item_after(outer, item)) != NULL) {
            const Node *target = with_item_target(item);
            if (target != NULL && str_eq(node_text(pass->file, target), group))
                return manager_of(pass->file, with_item_value(item)) == MANAGER_TASK_GROUP;
        }
    }
    return false;
}

static bool yields_after(const Node *function, const Node *call) {
    for (const Node *inner = node_end(call); inner < node_end(function);
         inner = next_of_body(inner))
        if (inner->kind == NODE_YIELD) return true;
    return false;
}

static bool hands_over_after(Pass *pass, const Node *function, const Node *call) {
    if (str_is(own_name(pass->file, function), "__aenter__")) return true;
    return has_decorator(pass->file, function, "asynccontextmanager") &&
           yields_after(function, call);
}

static void visit_call(Pass *pass, const Node *call) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    if (callee == NULL || callee->kind != NODE_ATTRIBUTE) return;
    const Node *method = node_child(callee, FIELD_ATTRIBUTE);
    if (method == NULL || !str_is(node_text(pass->file, method), "create_task")) return;
    const Node *function = enclosing_function(call);
    if (function == NULL || !function_is_async(function)) return;
    const Node *argument = call_argument(pass->file, call, 0, "coro");
    if (argument == NULL || !is_startable(pass, argument)) return;
    if (!hands_over_after(pass, function, call)) return;
    const Node *receiver = node_child(callee, FIELD_OBJECT);
    if (!is_group_around(pass, call, node_text(pass->file, receiver))) return;
    report(pass, &rules[ASYNC113], node_span(call),
           "the task has not started when the block begins: wait until it is ready");
}

static bool has_task_status(const File *file, const Node *function) {
    const Node *parameters = node_child(function, FIELD_PARAMETERS);
    if (parameters == NULL) return false;
    bool is_found = false;
    for_each_child(parameter, parameters) {
        if (parameter->kind == NODE_POSITIONAL_SEPARATOR) is_found = false;
        const Node *name = node_child(parameter, FIELD_NAME);
        if (parameter->kind == NODE_TYPED_PARAMETER) name = parameter + 1;
        if (parameter->kind == NODE_IDENTIFIER) name = parameter;
        if (name != NULL && name->kind == NODE_IDENTIFIER &&
            str_is(node_text(file, name), "task_status"))
            is_found = true;
    }
    return is_found;
}

static void visit_function(Pass *pass, const Node *function) {
    if (!function_is_async(function) || !has_task_status(pass->file, function)) return;
    Str name = own_name(pass->file, function);
    if (is_startable_name(pass, name)) return;
    report(pass, &rules[ASYNC114], node_span(function),
           "`%.*s` takes `task_status` and is not in `startable-in-context-manager`",
           STR_ARG(name));
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call},
                                 {NODE_FUNCTION_DEFINITION, visit_function}};
const Check async113_start_before_ready = {.rules = LIST(rules), .on_node = LIST(hooks)};
