// A generator that is left early runs the clean-up of its with statements when it is collected.

#include "facts/functions.h"
#include "rule/decorators.h"

static const Rule rules[] = {{
    .code = "ASYNC119",
    .name = "yield-in-with",
    .summary = "an async generator yields inside a with statement",
    .why = "A consumer that leaves `async for` early leaves the generator suspended inside the\n"
           "with statement. It is closed when the garbage collector finds it, if at all, unless\n"
           "every consumer uses contextlib.aclosing().",
    .bad = "from typing import AsyncIterator\n\n\nasync def lines() -> AsyncIterator[str]:\n"
           "    with memoryview(b\"x\") as view:\n        yield str(view)\n",
    .good = "from contextlib import asynccontextmanager\nfrom typing import AsyncIterator\n\n\n"
            "@asynccontextmanager\nasync def lines() -> AsyncIterator[str]:\n"
            "    with memoryview(b\"x\") as view:\n        yield str(view)\n",
    .sources = "flake8-async ASYNC119, ruff ASYNC119",
    .severity = SEVERITY_WARNING,
    .selectable = true,
}};

static bool is_in_with(const Node *yield, const Node *function) {
    for (const Node *inner = yield; inner != function; inner = node_parent(inner)) {
        bool is_body = inner->field == FIELD_BODY;
        if (is_body && node_parent(inner)->kind == NODE_WITH_STATEMENT) return true;
    }
    return false;
}

static void visit_yield(Pass *pass, const Node *yield) {
    const Node *function = enclosing_function(yield);
    if (function == NULL || !function_is_async(function)) return;
    if (!is_in_with(yield, function) || is_transformed_generator(pass, function)) return;
    report(pass, &rules[0], node_span(yield),
           "`yield` inside `with`: a consumer that stops early leaves it open");
}

static const NodeHook hooks[] = {{NODE_YIELD, visit_yield}};
const Check async119_yield_in_with = {.rules = LIST(rules), .on_node = LIST(hooks)};
