// A task needs a running event loop, and while a module is imported none is running.

#include "facts/scopes.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO408",
    .name = "no-running-loop",
    .summary = "create_task() or get_running_loop() where no event loop runs",
    .why =
        "asyncio.create_task() and asyncio.get_running_loop() raise RuntimeError unless they are\n"
        "called from a coroutine or callback of a running event loop. Module and class bodies,\n"
        "decorators and default values run while the module is imported.",
    .bad = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
           "task = asyncio.create_task(work())\n",
    .good =
        "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
        "async def main() -> None:\n    task = asyncio.create_task(work())\n    await task\n\n\n"
        "asyncio.run(main())\n",
    .sources = "asynclint",
}};

static bool needs_running_loop(Str dotted) {
    static const char *const names[] = {
        "asyncio.create_task",      "asyncio.current_task",      "asyncio.events.get_running_loop",
        "asyncio.get_running_loop", "asyncio.tasks.create_task",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_is(dotted, names[i])) return true;
    return false;
}

static bool runs_at_import(File *file, const Node *node) {
    const Scope *scope = scope_of(file, node);
    while (scope->kind == SCOPE_CLASS || scope->kind == SCOPE_COMPREHENSION)
        scope = scope_parent(file, scope);
    return scope->kind == SCOPE_MODULE;
}

// `try: loop = asyncio.get_running_loop()` with a handler asks whether there is one.
static bool is_tried(const Node *node) {
    for (const Node *inner = node, *outer; (outer = node_parent(inner)) != NULL; inner = outer) {
        bool is_body = outer->kind == NODE_TRY_STATEMENT && inner->field == FIELD_BODY;
        if (is_body && node_child_of_kind(outer, NODE_EXCEPT_CLAUSE) != NULL) return true;
    }
    return false;
}

// A module with `await` in its own body is run by a notebook or `python -m asyncio`.
static bool awaits_at_top(File *file) {
    for_each_descendant(node, file->tree.nodes) if (node->kind == NODE_AWAIT &&
                                                    runs_at_import(file, node)) return true;
    return false;
}

static void visit_call(Pass *pass, const Node *call) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    if (callee == NULL) return;
    Str dotted = qualified_name(pass->file, callee);
    if (!needs_running_loop(dotted) || !runs_at_import(pass->file, call)) return;
    if (is_tried(call) || awaits_at_top(pass->file)) return;
    report(pass, &rules[0], node_span(call), "no event loop runs while this module is imported");
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check aio408_no_running_loop = {.rules = LIST(rules), .on_node = LIST(hooks)};
