// A task group waits for its tasks when it is left. What was opened inside it is closed before.

#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/withs.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC111",
    .name = "resource-closed-early",
    .summary = "a task of an outer task group uses what an inner with statement closes",
    .why = "The with statement inside the task group is left first, while the task may still be\n"
           "running: it then works with a closed file or connection. The task group belongs\n"
           "inside.",
    .bad = "import asyncio\nimport io\n\n\nasync def copy(file: io.StringIO) -> None:\n"
           "    await asyncio.sleep(1)\n    print(file)\n\n\nasync def main() -> None:\n"
           "    async with asyncio.TaskGroup() as group:\n        with io.StringIO() as file:\n"
           "            group.create_task(copy(file))\n            await asyncio.sleep(0)\n",
    .good = "import asyncio\nimport io\n\n\nasync def copy(file: io.StringIO) -> None:\n"
            "    await asyncio.sleep(1)\n    print(file)\n\n\nasync def main() -> None:\n"
            "    with io.StringIO() as file:\n"
            "        async with asyncio.TaskGroup() as group:\n"
            "            group.create_task(copy(file))\n            await asyncio.sleep(0)\n",
    .sources = "flake8-async ASYNC111",
}};

static bool starts_a_task(const File *file, const Node *callee) {
    const Node *method = node_child(callee, FIELD_ATTRIBUTE);
    Str name = method == NULL ? (Str){0} : node_text(file, method);
    return str_is(name, "create_task") || str_is(name, "start_soon") || str_is(name, "start");
}

// `group` of `group.create_task(…)`, or NULL.
static const Node *group_name(const File *file, const Node *call) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    if (callee == NULL || callee->kind != NODE_ATTRIBUTE) return NULL;
    const Node *receiver = node_child(callee, FIELD_OBJECT);
    bool is_name = receiver != NULL && receiver->kind == NODE_IDENTIFIER;
    return is_name && starts_a_task(file, callee) ? receiver : NULL;
}

// The call that starts a task and has `name` among its arguments.
static const Node *starting_call(const File *file, const Node *name) {
    for (const Node *outer = node_parent(name); outer != NULL; outer = node_parent(outer)) {
        if (outer->kind == NODE_CALL && group_name(file, outer) != NULL) return outer;
        if (outer->kind == NODE_LAMBDA || outer->kind == NODE_BLOCK) return NULL;
    }
    return NULL;
}

static bool names_item(const File *file, const Node *item, Str name) {
    const Node *target = with_item_target(item);
    return target != NULL && target->kind == NODE_IDENTIFIER &&
           str_eq(node_text(file, target), name);
}

// The with items around `call`, from the innermost: the one after `item`, which stands in
// `*statement`. NULL behind the function's border.
static const Node *item_around(const Node *call, const Node **statement, const Node *item) {
    const Node *outer = *statement == NULL ? call : *statement;
    if (item != NULL) { // the item before it in the same statement
        const Node *before = NULL, *next = NULL;
        while ((next = with_item_after(outer, before)) != item)
            before = next;
        if (before != NULL) return before;
    }
    for (const Node *inner = outer; (outer = node_parent(inner)) != NULL; inner = outer) {
        if (outer->kind == NODE_FUNCTION_DEFINITION || outer->kind == NODE_LAMBDA) return NULL;
        if (outer->kind != NODE_WITH_STATEMENT || inner->field != FIELD_BODY) continue;
        *statement = outer;
        const Node *last = NULL, *next = NULL;
        while ((next = with_item_after(outer, last)) != NULL)
            last = next;
        if (last != NULL) return last;
    }
    return NULL;
}

static bool opens_group(File *file, const Node *item) {
    return manager_of(file, with_item_value(item)) == MANAGER_TASK_GROUP;
}

// The with item inside the group's that opens what `name` uses, or NULL.
static const Node *inner_item(Pass *pass, const Node *call, Str group, Str name) {
    const Node *statement = NULL, *item = NULL, *found = NULL;
    while ((item = item_around(call, &statement, item)) != NULL) {
        if (names_item(pass->file, item, group))
            return opens_group(pass->file, item) ? found : NULL;
        if (found == NULL && names_item(pass->file, item, name)) found = item;
    }
    return NULL;
}

static void check_name(Pass *pass, const Node *call, const Node *name) {
    if (name->field == FIELD_ATTRIBUTE || name->field == FIELD_NAME) return;
    if (starting_call(pass->file, name) != call) return;
    Str text = node_text(pass->file, name);
    Str group = node_text(pass->file, group_name(pass->file, call));
    const Node *item = inner_item(pass, call, group, text);
    if (item == NULL) return;
    report(pass, &rules[0], node_span(name),
           "`%.*s` is closed before the tasks of `%.*s` are waited for", STR_ARG(text),
           STR_ARG(group));
}

static void visit_call(Pass *pass, const Node *call) {
    if (group_name(pass->file, call) == NULL) return;
    for_each_descendant(name, call) {
        if (name->kind == NODE_IDENTIFIER) check_name(pass, call, name);
    }
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check async111_resource_closed_early = {.rules = LIST(rules), .on_node = LIST(hooks)};
