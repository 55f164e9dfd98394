// An async generator that nothing turns into a context manager is closed whenever it is collected.

#include "facts/functions.h"
#include "rule/decorators.h"

static const Rule rules[] = {{
    .code = "ASYNC900",
    .name = "bare-generator",
    .summary = "an async generator that no decorator turns into something else",
    .why = "A consumer that stops early leaves it suspended, and its clean-up runs at some later\n"
           "time. Some projects allow async generators as context managers only.",
    .bad = "from typing import AsyncIterator\n\n\nasync def numbers() -> AsyncIterator[int]:\n"
           "    yield 1\n",
    .good = "from contextlib import asynccontextmanager\nfrom typing import AsyncIterator\n\n\n"
            "@asynccontextmanager\nasync def number() -> AsyncIterator[int]:\n    yield 1\n",
    .sources = "flake8-async ASYNC900",
    .severity = SEVERITY_WARNING,
    .selectable = true,
}};

static void visit_function(Pass *pass, const Node *function) {
    if (!function_is_async(function) || !function_yields(function)) return;
    if (is_transformed_generator(pass, function)) return;
    report(pass, &rules[0], node_span(function), "`%.*s` is an async generator that nothing closes",
           STR_ARG(own_name(pass->file, function)));
}

static const NodeHook hooks[] = {{NODE_FUNCTION_DEFINITION, visit_function}};
const Check async900_bare_generator = {.rules = LIST(rules), .on_node = LIST(hooks)};
