// The event loop refers to its tasks weakly. A task that nobody else refers to may be collected
// while it waits.

#include "facts/loops.h"
#include "facts/withs.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO401",
    .name = "dangling-task",
    .summary = "a task that nothing refers to",
    .why = "The event loop keeps only a weak reference to a task. Where nothing else refers to it\n"
           "the garbage collector may take it while it waits: it stops in the middle, without a\n"
           "word, and its exceptions are seen by nobody. Keep it in a name that is read later, a\n"
           "set or a task group.",
    .bad = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
           "async def main() -> None:\n    asyncio.create_task(work())\n"
           "    await asyncio.sleep(2)\n",
    .good = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
            "async def main() -> None:\n    task = asyncio.create_task(work())\n"
            "    await asyncio.sleep(2)\n    await task\n",
    .sources = "ruff RUF006, flake8-async ASYNC300, sonar S7502, codehound CH006",
}};

static void visit_call(Pass *pass, const Node *call) {
    if (!makes_task(pass->file, call) || is_expected_to_fail(pass->file, call)) return;
    Str callee = node_text(pass->file, node_child(call, FIELD_FUNCTION));
    switch (fate_of(pass->file, call)) {
    case FATE_KEPT: return;
    case FATE_UNREAD:
        report(pass, &rules[0], node_span(call),
               "the task of `%.*s()` is kept in a name that nothing reads", STR_ARG(callee));
        return;
    case FATE_DROPPED:
        report(pass, &rules[0], node_span(call),
               "nothing refers to the task of `%.*s()`: it may be collected while it runs",
               STR_ARG(callee));
        return;
    }
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check aio401_dangling_task = {.rules = LIST(rules), .on_node = LIST(hooks)};
