// A timeout can only act where the coroutine waits. Around code that never waits it does nothing.

#include "facts/flow.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/withs.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC100",
    .name = "scope-without-await",
    .summary = "a timeout around code that never waits",
    .why = "A timeout cancels the task at an await. Where the body has none, it can never act:\n"
           "either an await is missing or the timeout is useless.",
    .bad = "import asyncio\n\n\ndef load() -> None:\n    \"\"\"Load.\"\"\"\n\n\n"
           "async def main() -> None:\n    async with asyncio.timeout(10):\n        load()\n",
    .good = "import asyncio\n\n\nasync def load() -> None:\n    await asyncio.sleep(1)\n\n\n"
            "async def main() -> None:\n    async with asyncio.timeout(10):\n"
            "        await load()\n",
    .sources = "flake8-async ASYNC100, ruff ASYNC100, sonar S7490",
}};

static bool raises(const Node *block) {
    for (const Node *inner = block + 1; inner < node_end(block); inner = next_of_body(inner))
        if (inner->kind == NODE_RAISE_STATEMENT) return true;
    return false;
}

// Entering the next item of an `async with` waits inside the scope of the one before.
static bool is_followed_by_wait(const Node *with_statement, const Node *item) {
    return with_is_async(with_statement) && with_item_after(with_statement, item) != NULL;
}

static void visit_with(Pass *pass, const Node *statement) {
    const Node *block = node_block(statement);
    if (block == NULL || may_suspend(block) || raises(block)) return;
    const Node *item = NULL;
    while ((item = with_item_after(statement, item)) != NULL) {
        const Node *value = with_item_value(item);
        if (manager_of(pass->file, value) != MANAGER_TIMEOUT) continue;
        if (is_followed_by_wait(statement, item)) continue;
        report(pass, &rules[0], node_span(value),
               "nothing in this block waits: the timeout "
               "can never act");
    }
}

static const NodeHook hooks[] = {{NODE_WITH_STATEMENT, visit_with}};
const Check async100_scope_without_await = {.rules = LIST(rules), .on_node = LIST(hooks)};
