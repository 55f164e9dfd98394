// A coroutine that takes a timeout has to build one; its caller can wrap any coroutine in one.

#include "facts/functions.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC109",
    .name = "timeout-parameter",
    .summary = "a coroutine function with a parameter named timeout",
    .why = "asyncio.timeout() and asyncio.wait_for() limit any coroutine from outside, together\n"
           "with everything it calls. A parameter limits what the author thought of.",
    .bad = "import asyncio\n\n\nasync def fetch(url: str, timeout: float) -> None:\n"
           "    await asyncio.sleep(timeout)\n",
    .good = "import asyncio\n\n\nasync def fetch(url: str) -> None:\n    await asyncio.sleep(1)\n",
    .sources = "flake8-async ASYNC109, ruff ASYNC109, sonar S7483",
    .severity = SEVERITY_WARNING,
    .selectable = true,
}};

static const Node *parameter_name(const Node *parameter) {
    switch (parameter->kind) {
    case NODE_IDENTIFIER: return parameter;
    case NODE_DEFAULT_PARAMETER:
    case NODE_TYPED_DEFAULT_PARAMETER: return node_child(parameter, FIELD_NAME);
    case NODE_TYPED_PARAMETER: // `*timeout: int` holds a splat pattern instead
        return parameter[1].kind == NODE_IDENTIFIER ? parameter + 1 : NULL;
    default: return NULL;
    }
}

static void visit_function(Pass *pass, const Node *function) {
    if (!function_is_async(function)) return;
    if (decorator_after(function, NULL) != NULL) return;
    const Node *parameters = node_child(function, FIELD_PARAMETERS);
    if (parameters == NULL) return;
    for_each_child(parameter, parameters) {
        const Node *name = parameter_name(parameter);
        if (name == NULL || !str_is(node_text(pass->file, name), "timeout")) continue;
        report(pass, &rules[0], node_span(name),
               "a `timeout` parameter: the caller can limit any coroutine by "
               "`asyncio.wait_for()`");
    }
}

static const NodeHook hooks[] = {{NODE_FUNCTION_DEFINITION, visit_function}};
const Check async109_timeout_parameter = {.rules = LIST(rules), .on_node = LIST(hooks)};
