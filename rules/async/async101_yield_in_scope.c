// A task group or timeout belongs to the task that entered it. A generator that yields inside one
// hands control to its consumer, which may be cancelled by it, or leave it in another task.

#include "facts/functions.h"
#include "facts/names.h"
#include "facts/withs.h"
#include "rule/decorators.h"

static const Rule rules[] = {{
    .code = "ASYNC101",
    .name = "yield-in-scope",
    .summary = "yield inside a task group or timeout",
    .why = "While the generator is suspended its consumer runs inside the task group or the\n"
           "timeout: it is cancelled when that expires, and where it stops iterating early the\n"
           "scope is left late, in another task. Only a context manager function may do that.",
    .bad = "import asyncio\nfrom typing import AsyncIterator\n\n\n"
           "async def numbers() -> AsyncIterator[int]:\n    async with asyncio.timeout(10):\n"
           "        yield 1\n",
    .good = "import asyncio\nfrom typing import AsyncIterator\n\n\nasync def number() -> int:\n"
            "    async with asyncio.timeout(10):\n        await asyncio.sleep(1)\n"
            "    return 1\n\n\nasync def numbers() -> AsyncIterator[int]:\n"
            "    yield await number()\n",
    .sources = "flake8-async ASYNC101",
}};

// The scope that is open around `yield` in its own function.
static const Node *open_scope(Pass *pass, const Node *yield) {
    const unsigned kinds = MANAGER_TIMEOUT | MANAGER_TASK_GROUP | MANAGER_OTHER;
    for (const Node *inner = yield, *outer = node_parent(inner); outer != NULL;
         inner = outer, outer = node_parent(outer)) {
        if (outer->kind == NODE_FUNCTION_DEFINITION || outer->kind == NODE_LAMBDA) return NULL;
        if (outer->kind != NODE_WITH_STATEMENT || inner->field != FIELD_BODY) continue;
        const Node *item = with_opens(pass->file, outer, kinds);
        if (item != NULL) return item;
    }
    return NULL;
}

static void visit_yield(Pass *pass, const Node *yield) {
    const Node *item = open_scope(pass, yield);
    if (item == NULL) return;
    const Node *function = enclosing_function(yield);
    if (function == NULL || function->kind != NODE_FUNCTION_DEFINITION) return;
    if (is_transformed_generator(pass, function)) return;
    const Node *callee = node_child(with_item_value(item), FIELD_FUNCTION);
    report(pass, &rules[0], node_span(yield), "`yield` inside `%.*s()`: its consumer runs in there",
           STR_ARG(qualified_name(pass->file, callee)));
}

static const NodeHook hooks[] = {{NODE_YIELD, visit_yield}};
const Check async101_yield_in_scope = {.rules = LIST(rules), .on_node = LIST(hooks)};
