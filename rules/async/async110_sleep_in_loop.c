// A loop that only sleeps until something has changed asks again and again what an Event would say.

#include "facts/handlers.h"
#include "facts/names.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC110",
    .name = "sleep-in-loop",
    .summary = "a while loop whose body is nothing but an awaited sleep",
    .why = "The loop wakes up without need and notices the change late. An asyncio.Event that the\n"
           "other side sets wakes it exactly then.",
    .bad = "import asyncio\n\nready = False\n\n\nasync def wait() -> None:\n"
           "    while not ready:\n        await asyncio.sleep(0.1)\n",
    .good = "import asyncio\n\n\nasync def wait(ready: asyncio.Event) -> None:\n"
            "    await ready.wait()\n",
    .sources = "flake8-async ASYNC110, ruff ASYNC110, sonar S7484",
    .severity = SEVERITY_WARNING,
    .selectable = true,
}};

static bool is_sleep(File *file, const Node *call) {
    static const char *const names[] = {"asyncio.sleep", "anyio.sleep", "anyio.sleep_until",
                                        "anyio.lowlevel.checkpoint"};
    return STR_IS_ONE_OF(callee_name(file, call), names);
}

static void visit_while(Pass *pass, const Node *loop) {
    const Node *block = node_block(loop);
    if (block == NULL || node_child_count(block) != 1) return;
    const Node *statement = block + 1;
    if (statement->kind != NODE_EXPRESSION_STATEMENT || statement->size < 3) return;
    const Node *await = statement + 1, *call = node_unparenthesized(await + 1);
    if (await->kind != NODE_AWAIT || call->kind != NODE_CALL) return;
    if (!is_sleep(pass->file, call)) return;
    report(pass, &rules[0], node_span(loop), "this loop only sleeps: wait for an `asyncio.Event`");
}

static const NodeHook hooks[] = {{NODE_WHILE_STATEMENT, visit_while}};
const Check async110_sleep_in_loop = {.rules = LIST(rules), .on_node = LIST(hooks)};
