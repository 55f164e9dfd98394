// `__aexit__` that returns true takes the exception of its block, cancellation included.

#include "facts/flow.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/names.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO410",
    .name = "swallowing-aexit",
    .summary = "`__aexit__` that always returns true",
    .why = "A true value tells `async with` that the exception is dealt with. Returned always, it\n"
           "hides every failure of the block and makes the task go on after it was cancelled.",
    .bad = "class Guard:\n    async def __aenter__(self) -> \"Guard\":\n        return self\n\n"
           "    async def __aexit__(self, *error: object) -> bool:\n        print(error)\n"
           "        return True\n",
    .good = "class Guard:\n    async def __aenter__(self) -> \"Guard\":\n        return self\n\n"
            "    async def __aexit__(self, *error: object) -> bool:\n        print(error)\n"
            "        return False\n",
    .sources = "codehound CH090",
}};

static bool returns_true(const Node *statement, void *context) {
    bool *always = context;
    if (statement->kind != NODE_RETURN_STATEMENT) return true;
    bool is_true = statement->size > 1 && node_unparenthesized(statement + 1)->kind == NODE_TRUE;
    if (!is_true) *always = false;
    return true;
}

static void visit_function(Pass *pass, const Node *function) {
    if (!str_is(own_name(pass->file, function), "__aexit__")) return;
    if (!function_is_async(function) || class_around(function) == NULL) return;
    const Node *block = node_block(function);
    if (block == NULL) return;
    bool always = true;
    unsigned exits = flow_follow(pass->file, block, returns_true, &always);
    if (exits != FLOW_RETURN || !always) return;
    report(pass, &rules[0], node_span(node_child(function, FIELD_NAME)),
           "`__aexit__` always returns true: no exception leaves the block, not even cancellation");
}

static const NodeHook hooks[] = {{NODE_FUNCTION_DEFINITION, visit_function}};
const Check aio410_swallowing_aexit = {.rules = LIST(rules), .on_node = LIST(hooks)};
