// A task group with a single task in it waits for that task: an await does the same.

#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/withs.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC112",
    .name = "single-task-group",
    .summary = "a task group that holds one task and nothing else",
    .why = "The block starts one task and waits for it at its end. Awaiting the coroutine does\n"
           "that without a task, and its exceptions arrive without a group around them.",
    .bad = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
           "async def main() -> None:\n    async with asyncio.TaskGroup() as group:\n"
           "        group.create_task(work())\n",
    .good = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
            "async def main() -> None:\n    await work()\n",
    .sources = "flake8-async ASYNC112, sonar S7513",
}};

// The call that is all a block holds, awaited or not.
static const Node *only_call(const Node *block) {
    if (node_child_count(block) != 1 || block[1].kind != NODE_EXPRESSION_STATEMENT) return NULL;
    if (block[1].size < 2) return NULL;
    const Node *call = node_unparenthesized(block + 2);
    if (call->kind == NODE_AWAIT) call = node_unparenthesized(call + 1);
    return call->kind == NODE_CALL ? call : NULL;
}

static bool starts_task_of(const File *file, const Node *call, Str group) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    if (callee == NULL || callee->kind != NODE_ATTRIBUTE) return false;
    const Node *receiver = node_child(callee, FIELD_OBJECT);
    const Node *method = node_child(callee, FIELD_ATTRIBUTE);
    return receiver != NULL && method != NULL && str_eq(node_text(file, receiver), group) &&
           str_is(node_text(file, method), "create_task");
}

static bool passes_on(const File *file, const Node *call, Str group) {
    const Node *arguments = node_child(call, FIELD_ARGUMENTS);
    for_each_descendant(inner, arguments) if (inner->kind == NODE_IDENTIFIER &&
                                              str_eq(node_text(file, inner), group)) return true;
    return false;
}

static void visit_with(Pass *pass, const Node *statement) {
    const Node *block = node_block(statement);
    const Node *call = block == NULL ? NULL : only_call(block);
    if (call == NULL) return;
    const Node *item = NULL;
    while ((item = with_item_after(statement, item)) != NULL) {
        const Node *value = with_item_value(item), *target = with_item_target(item);
        if (target == NULL || target->kind != NODE_IDENTIFIER) continue;
        if (manager_of(pass->file, value) != MANAGER_TASK_GROUP) continue;
        Str group = node_text(pass->file, target);
        if (!starts_task_of(pass->file, call, group)) continue;
        if (passes_on(pass->file, call, group)) continue;
        report(pass, &rules[0], node_span(value), "a task group for one task: await it instead");
    }
}

static const NodeHook hooks[] = {{NODE_WITH_STATEMENT, visit_with}};
const Check async112_single_task_group = {.rules = LIST(rules), .on_node = LIST(hooks)};
