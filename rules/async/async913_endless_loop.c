// `while True` in a coroutine that can go round without waiting stops the event loop for good.

#include "facts/flow.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC913",
    .name = "endless-loop",
    .summary = "an endless loop in a coroutine with a way round that does not wait",
    .why = "While the loop goes round without an await no other task runs, and the task cannot\n"
           "be cancelled.",
    .bad = "from typing import List\n\n\nasync def drain(items: List[int]) -> None:\n"
           "    while True:\n        print(items.pop())\n",
    .good = "import asyncio\nfrom typing import List\n\n\n"
            "async def drain(items: List[int]) -> None:\n    while True:\n"
            "        print(items.pop())\n        await asyncio.sleep(0)\n",
    .sources = "flake8-async ASYNC913",
    .severity = SEVERITY_WARNING,
    .selectable = true,
}};

// A generator that yields is driven by its consumer.
static bool yields(const Node *statement) {
    for (const Node *inner = statement + 1; inner < node_end(statement);
         inner = next_of_header(inner))
        if (inner->kind == NODE_YIELD) return true;
    return false;
}

static bool goes_on_without_waiting(const Node *statement, void *context) {
    (void)context;
    return !statement_awaits(statement) && !yields(statement);
}

static void visit_while(Pass *pass, const Node *loop) {
    if (!is_in_coroutine(loop) || !loop_is_endless(pass->file, loop)) return;
    const Node *block = node_block(loop);
    if (block == NULL || loop_has_break(loop)) return;
    unsigned exits = flow_follow(pass->file, block, goes_on_without_waiting, NULL);
    if (!(exits & (FLOW_END | FLOW_CONTINUE))) return;
    report(pass, &rules[0], node_span(loop), "this loop can go round without waiting");
}

static const NodeHook hooks[] = {{NODE_WHILE_STATEMENT, visit_while}};
const Check async913_endless_loop = {.rules = LIST(rules), .on_node = LIST(hooks)};
