// A handler that awaits before it raises again may be cancelled there, and the exception is gone.

#include "facts/flow.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/names.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC120",
    .name = "await-in-except",
    .summary = "an await in a handler that raises its exception again afterwards",
    .why =
        "Cancelled at that await, the handler ends with CancelledError and the exception it was\n"
        "to raise is lost from the outcome.",
    .bad = "import asyncio\n\n\nasync def work() -> None:\n    try:\n"
           "        await asyncio.sleep(1)\n    except ValueError:\n"
           "        await asyncio.sleep(0)\n        raise\n",
    .good = "import asyncio\n\n\nasync def work() -> None:\n    try:\n"
            "        await asyncio.sleep(1)\n    except ValueError:\n"
            "        await asyncio.shield(asyncio.sleep(0))\n        raise\n",
    .sources = "flake8-async ASYNC120",
    .severity = SEVERITY_WARNING,
    .selectable = true,
}};

static bool is_safe(File *file, const Node *await) {
    const Node *call = node_unparenthesized(await + 1);
    if (call->kind != NODE_CALL) return false;
    if (callee_is(file, call, "asyncio.shield")) return true;
    const Node *callee = node_child(call, FIELD_FUNCTION);
    const Node *method = callee == NULL ? NULL : node_child(callee, FIELD_ATTRIBUTE);
    const Node *arguments = node_child(call, FIELD_ARGUMENTS);
    return method != NULL && str_is(node_text(file, method), "aclose") && arguments->size == 1;
}

static bool raises_after(const Node *block, const Node *await) {
    for (const Node *inner = node_end(await); inner < node_end(block);
         inner = next_of_body(inner)) {
        if (inner->kind != NODE_RAISE_STATEMENT) continue;
        const Node *clause = node_ancestor(inner, NODE_EXCEPT_CLAUSE);
        if (clause == node_parent(block)) return true;
    }
    return false;
}

static void visit_except(Pass *pass, const Node *clause) {
    const Node *block = node_block(clause);
    bool is_named;
    if (block == NULL) return;
    if (except_cancellation(pass->file, clause, false, &is_named) != NULL) return;
    for (const Node *inner = block + 1; inner < node_end(block); inner = next_of_body(inner)) {
        if (inner->kind != NODE_AWAIT || is_safe(pass->file, inner)) continue;
        if (node_ancestor(inner, NODE_EXCEPT_CLAUSE) != clause) continue;
        if (!raises_after(block, inner)) continue;
        report(pass, &rules[0], node_span(inner),
               "cancelled here, the exception that is being handled is lost");
    }
}

static const NodeHook hooks[] = {{NODE_EXCEPT_CLAUSE, visit_except}};
const Check async120_await_in_except = {.rules = LIST(rules), .on_node = LIST(hooks)};
