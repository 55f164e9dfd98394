// A task that is awaited on the spot runs when it would have run anyway.

#include "facts/names.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO111",
    .name = "pointless-task",
    .summary = "a task is made and awaited at once",
    .why =
        "A task lets a coroutine run beside others. Awaited on the spot, it runs alone while the\n"
        "caller waits, as the coroutine itself would: `await` it.",
    .bad = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
           "async def main() -> None:\n    await asyncio.create_task(work())\n",
    .good = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
            "async def main() -> None:\n    await work()\n",
    .sources = "codehound CH006",
    .severity = SEVERITY_INFO,
}};

static bool makes_task(File *file, const Node *call) {
    static const char *const names[] = {"asyncio.create_task", "asyncio.ensure_future",
                                        "asyncio.get_event_loop().create_task",
                                        "asyncio.get_running_loop().create_task"};
    return STR_IS_ONE_OF(callee_name(file, call), names);
}

// Exactly one argument, a call: with a name or a context the task is more than the coroutine.
static bool wraps_a_call(const Node *call) {
    const Node *arguments = node_child(call, FIELD_ARGUMENTS);
    if (arguments == NULL || arguments->kind != NODE_ARGUMENT_LIST) return false;
    const Node *only = node_first_child(arguments);
    return only != NULL && only->kind == NODE_CALL && node_next_sibling(only) == NULL;
}

static void visit_await(Pass *pass, const Node *await) {
    const Node *call = await->size > 1 ? node_unparenthesized(await + 1) : await;
    if (call->kind != NODE_CALL || !wraps_a_call(call) || !makes_task(pass->file, call)) return;
    report(pass, &rules[0], node_span(call), "a task that is awaited at once: await the coroutine");
}

static const NodeHook hooks[] = {{NODE_AWAIT, visit_await}};
const Check aio111_pointless_task = {.rules = LIST(rules), .on_node = LIST(hooks)};
