// A coroutine function that never waits could be a plain function.

#include "facts/flow.h"
#include "facts/functions.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "rule/decorators.h"

static const Rule rules[] = {{
    .code = "ASYNC124",
    .name = "needless-async",
    .summary = "a coroutine function without await, async for or async with",
    .why = "Calling it makes a coroutine that has to be awaited, and it runs without ever giving\n"
           "way: a plain function does the same for less. Methods, decorated functions and empty\n"
           "bodies are left alone, since somebody else may ask for a coroutine function there.",
    .bad = "async def add(a: int, b: int) -> int:\n    return a + b\n",
    .good = "def add(a: int, b: int) -> int:\n    return a + b\n",
    .sources = "flake8-async ASYNC124, ruff RUF029, sonar S7503",
    .severity = SEVERITY_WARNING,
    .selectable = true,
}};

// Whether running `function` runs `node`: not in a function inside it, and not in a generator
// expression, which only its consumer runs.
static bool is_run_by(File *file, const Node *node, const Node *function) {
    bool is_clause = node->kind == NODE_FOR_IN_CLAUSE;
    if (is_clause && node_parent(node)->kind == NODE_GENERATOR_EXPRESSION) return false;
    const Scope *scope = scope_of(file, node);
    for (; scope->node != function; scope = scope_parent(file, scope)) {
        bool is_other = scope->kind == SCOPE_FUNCTION || scope->kind == SCOPE_LAMBDA;
        bool is_lazy = scope->node->kind == NODE_GENERATOR_EXPRESSION;
        if (is_other || is_lazy || scope->kind == SCOPE_MODULE) return false;
    }
    return true;
}

static bool waits(File *file, const Node *function) {
    const Node *block = node_child(function, FIELD_BODY);
    if (block == NULL) return true;
    for_each_descendant(node, block) {
        bool is_wait = node->kind == NODE_AWAIT || is_async_form(node);
        if (is_wait && is_run_by(file, node, function)) return true;
    }
    return false;
}

static bool only_refuses(const Node *function) {
    const Node *block = node_child(function, FIELD_BODY);
    return node_child_count(block) == 1 && block[1].kind == NODE_RAISE_STATEMENT;
}

static void visit_function(Pass *pass, const Node *function) {
    if (!function_is_async(function) || waits(pass->file, function)) return;
    if (class_around(function) != NULL || decorator_after(function, NULL) != NULL) return;
    if (has_empty_body(function) || only_refuses(function)) return;
    Str name = own_name(pass->file, function);
    if (is_dunder(name)) return;
    report(pass, &rules[0], node_span(function), "`%.*s` never waits: it could be a plain `def`",
           STR_ARG(name));
}

static const NodeHook hooks[] = {{NODE_FUNCTION_DEFINITION, visit_function}};
const Check async124_needless_async = {.rules = LIST(rules), .on_node = LIST(hooks)};
