// return, break and continue out of a task group wait for its tasks first.

#include "facts/flow.h"
#include "facts/withs.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC121",
    .name = "jump-out-of-group",
    .summary = "return, break or continue inside a task group",
    .why = "It looks as if the block ended there. In fact the statement waits for every task of\n"
           "the group, and where one of them fails the value is lost and the jump does not\n"
           "happen.",
    .bad = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
           "async def main() -> int:\n    async with asyncio.TaskGroup() as group:\n"
           "        group.create_task(work())\n        group.create_task(work())\n"
           "        return 1\n",
    .good = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
            "async def main() -> int:\n    async with asyncio.TaskGroup() as group:\n"
            "        group.create_task(work())\n        group.create_task(work())\n"
            "    return 1\n",
    .sources = "flake8-async ASYNC121, sonar S7514",
}};

// Whether an `async with` between `statement` and `border` (NULL: the function's border) opens a
// task group.
static bool leaves_group(Pass *pass, const Node *statement, const Node *border) {
    for (const Node *outer = node_parent(statement); outer != NULL && outer != border;
         outer = node_parent(outer)) {
        if (outer->kind == NODE_FUNCTION_DEFINITION) return false;
        bool is_async_with = outer->kind == NODE_WITH_STATEMENT && with_is_async(outer);
        if (is_async_with && with_opens(pass->file, outer, MANAGER_TASK_GROUP) != NULL) return true;
    }
    return false;
}

static void report_jump(Pass *pass, const Node *statement, const char *keyword) {
    report(pass, &rules[0], node_span(statement),
           "`%s` inside a task group waits for its tasks first", keyword);
}

static void visit_return(Pass *pass, const Node *statement) {
    if (leaves_group(pass, statement, NULL)) report_jump(pass, statement, "return");
}

static void visit_loop_jump(Pass *pass, const Node *statement) {
    bool is_break = statement->kind == NODE_BREAK_STATEMENT;
    if (leaves_group(pass, statement, flow_loop_of(statement)))
        report_jump(pass, statement, is_break ? "break" : "continue");
}

static const NodeHook hooks[] = {{NODE_RETURN_STATEMENT, visit_return},
                                 {NODE_BREAK_STATEMENT, visit_loop_jump},
                                 {NODE_CONTINUE_STATEMENT, visit_loop_jump}};
const Check async121_jump_out_of_group = {.rules = LIST(rules), .on_node = LIST(hooks)};
