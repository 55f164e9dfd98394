// An async generator that is left in the middle keeps what it holds until it is collected.

#include "facts/flow.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/scopes.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO405",
    .name = "generator-left-early",
    .summary = "`async for` is left early over a generator that has to clean up",
    .why =
        "break, return and raise leave the generator suspended at its yield. Its finally clause\n"
        "and its with statements end when the garbage collector finds it, perhaps on another\n"
        "task. contextlib.aclosing() or an explicit aclose() ends them at once.",
    .bad = "import asyncio\nfrom typing import AsyncIterator\n\n\n"
           "async def rows() -> AsyncIterator[int]:\n    try:\n        yield 1\n        yield 2\n"
           "    finally:\n        await asyncio.sleep(0)\n        print(\"closed\")\n\n\n"
           "async def first() -> int:\n    async for row in rows():\n        return row\n"
           "    return 0\n",
    .good = "import asyncio\nfrom typing import AsyncIterator\n\n\n"
            "async def rows() -> AsyncIterator[int]:\n    try:\n        yield 1\n        yield 2\n"
            "    finally:\n        await asyncio.sleep(0)\n        print(\"closed\")\n\n\n"
            "async def first() -> int:\n    found = 0\n    async for row in rows():\n"
            "        found = found or row\n    return found\n",
    .sources = "asynclint",
}};

// The async generator function of this file that `call` calls, or NULL.
static const Node *called_function(File *file, const Node *call) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    if (callee == NULL || callee->kind != NODE_IDENTIFIER) return NULL;
    const Variable *variable = variable_of(file, callee);
    const Binding *binding = variable == NULL ? NULL : only_binding(variable);
    if (binding == NULL || binding->kind != BINDING_FUNCTION) return NULL;
    const Node *function = binding->value;
    bool is_plain = function_is_async(function) && decorator_after(function, NULL) == NULL;
    return is_plain ? function : NULL;
}

// Whether leaving the generator at `yield` leaves something open.
static bool holds_something(const Node *yield, const Node *function) {
    for (const Node *inner = yield; inner != function; inner = node_parent(inner)) {
        const Node *outer = node_parent(inner);
        if (inner->field != FIELD_BODY) continue;
        if (outer->kind == NODE_WITH_STATEMENT) return true;
        if (outer->kind == NODE_TRY_STATEMENT &&
            node_child_of_kind(outer, NODE_FINALLY_CLAUSE) != NULL)
            return true;
    }
    return false;
}

static bool has_to_clean_up(const Node *function) {
    const Node *block = node_block(function);
    for (const Node *node = block + 1; node < node_end(block); node = next_of_body(node))
        if (node->kind == NODE_YIELD && holds_something(node, function)) return true;
    return false;
}

static bool is_jump(const Node *statement) {
    return statement->kind == NODE_BREAK_STATEMENT || statement->kind == NODE_RETURN_STATEMENT;
}

// A break or return in the loop's body that leaves it.
static const Node *early_exit(const Node *loop) {
    const Node *block = node_block(loop);
    for (const Node *node = block + 1; node < node_end(block); node = next_of_body(node)) {
        bool is_own = node->kind == NODE_RETURN_STATEMENT || flow_loop_of(node) == loop;
        if (is_jump(node) && is_own) return node;
    }
    return NULL;
}

static void visit_for(Pass *pass, const Node *loop) {
    if (!is_async_form(loop) || node_block(loop) == NULL) return;
    const Node *iterable = node_child(loop, FIELD_RIGHT);
    if (iterable == NULL || iterable->kind != NODE_CALL) return;
    const Node *function = called_function(pass->file, iterable);
    if (function == NULL || node_block(function) == NULL || !has_to_clean_up(function)) return;
    const Node *exit = early_exit(loop);
    if (exit == NULL) return;
    Str name = own_name(pass->file, function);
    Finding *finding = report(pass, &rules[0], node_span(iterable),
                              "left early, `%.*s` cleans up when it is collected: close it by "
                              "`contextlib.aclosing()`",
                              STR_ARG(name));
    finding_relate(finding, pass->file->source.path,
                   lines_position(&pass->file->lines, exit->start), "the loop is left here");
}

static const NodeHook hooks[] = {{NODE_FOR_STATEMENT, visit_for}};
const Check aio405_generator_left_early = {.rules = LIST(rules), .on_node = LIST(hooks)};
