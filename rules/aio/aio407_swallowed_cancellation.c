// On Python 3.7 CancelledError is an Exception: `except Exception` keeps a task alive that was
// cancelled.

#include "facts/flow.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO407",
    .name = "swallowed-cancellation",
    .summary = "`except Exception` around an await, where Python may be 3.7",
    .why = "Until Python 3.8 CancelledError was a subclass of Exception. A handler that catches\n"
           "Exception and goes on takes the cancellation, and in a loop the task awaits again as\n"
           "if nothing had happened. `except asyncio.CancelledError: raise` before it helps.",
    .bad = "import asyncio\n\n\nasync def poll() -> None:\n    while True:\n        try:\n"
           "            await asyncio.sleep(1)\n        except Exception:\n"
           "            print(\"failed\")\n",
    .good = "import asyncio\n\n\nasync def poll() -> None:\n    while True:\n        try:\n"
            "            await asyncio.sleep(1)\n        except asyncio.CancelledError:\n"
            "            raise\n        except Exception:\n            print(\"failed\")\n",
    .sources = "asynclint",
}};

static const Node *caught_type(File *file, const Node *clause) {
    const Node *type = except_names(file, clause, "builtins.Exception");
    return type != NULL ? type : except_names(file, clause, "concurrent.futures.Error");
}

static bool is_handled_before(File *file, const Node *clause) {
    bool is_named;
    for_each_child(earlier, node_parent(clause)) {
        if (earlier == clause) return false;
        if (earlier->kind != NODE_EXCEPT_CLAUSE) continue;
        if (except_cancellation(file, earlier, true, &is_named) != NULL) return true;
        if (caught_type(file, earlier) != NULL) return true;
    }
    return false;
}

static bool waits(const Node *body) {
    for (const Node *node = body + 1; node < node_end(body); node = next_of_body(node))
        if (node->kind == NODE_AWAIT || is_async_form(node)) return true;
    return false;
}

// Whether, after the handler, control may come to the try statement again.
static bool is_tried_again(File *file, const Node *clause) {
    const Node *loop = flow_loop_of(node_parent(clause)), *handler = node_block(clause);
    const Node *block = loop == NULL ? NULL : node_block(loop);
    if (block == NULL || handler->size == 1) return false;
    unsigned exits = flow_follow_from(file, block, handler + 1, NULL, NULL);
    return (exits & (FLOW_END | FLOW_CONTINUE)) != 0;
}

static void visit_except(Pass *pass, const Node *clause) {
    if (pass->settings->target_version >= PYTHON(3, 8) || !is_in_coroutine(clause)) return;
    const Node *type = caught_type(pass->file, clause);
    if (type == NULL || is_handled_before(pass->file, clause)) return;
    const Node *body = node_block(node_parent(clause)), *handler = node_block(clause);
    if (body == NULL || handler == NULL || !waits(body)) return;
    if (str_contains(node_text(pass->file, handler), STR("CancelledError"))) return;
    unsigned exits = flow_follow(pass->file, handler, NULL, NULL);
    if ((exits & ~(unsigned)FLOW_RAISE) == 0) return;
    bool is_again = is_tried_again(pass->file, clause);
    Finding *finding =
        report(pass, &rules[0], node_span(type),
               is_again ? "on Python 3.7 this catches cancellation: the task cannot be cancelled"
                        : "on Python 3.7 this catches cancellation");
    if (!is_again) finding_soften(finding, SEVERITY_INFO);
}

static const NodeHook hooks[] = {{NODE_EXCEPT_CLAUSE, visit_except}};
const Check aio407_swallowed_cancellation = {.rules = LIST(rules), .on_node = LIST(hooks)};
