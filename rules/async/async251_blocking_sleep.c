// time.sleep() in a coroutine stops every other task.

#include "facts/scopes.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC251",
    .name = "blocking-sleep",
    .summary = "time.sleep() inside a coroutine",
    .why = "The event loop runs one thing at a time. While time.sleep() waits, no other task\n"
           "runs; asyncio.sleep() gives the loop back.",
    .bad = "import time\n\n\nasync def poll() -> None:\n    time.sleep(1)\n",
    .good = "import asyncio\n\n\nasync def poll() -> None:\n    await asyncio.sleep(1)\n",
    .sources = "flake8-async ASYNC251, ruff ASYNC251, sonar S7488",
}};

static void visit_call(Pass *pass, const Node *call) {
    if (!is_in_coroutine(call)) return;
    if (!callee_is(pass->file, call, "time.sleep")) return;
    report(pass, &rules[0], node_span(call), "`time.sleep()` stops the event loop");
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check async251_blocking_sleep = {.rules = LIST(rules), .on_node = LIST(hooks)};
