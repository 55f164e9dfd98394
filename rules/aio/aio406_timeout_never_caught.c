// Before Python 3.11 asyncio's TimeoutError is not the builtin one.

#include "facts/flow.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/names.h"
#include "facts/withs.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO406",
    .name = "timeout-never-caught",
    .summary = "`except TimeoutError` around asyncio.wait_for() where Python is older than 3.11",
    .why = "asyncio.TimeoutError became another name of the builtin TimeoutError in Python 3.11.\n"
           "Before, wait_for() and its like raise an exception of their own, and the handler is\n"
           "passed by. `except asyncio.TimeoutError` is right on every version.",
    .bad = "import asyncio\n\n\nasync def main() -> None:\n    try:\n"
           "        await asyncio.wait_for(asyncio.sleep(1), 0.1)\n    except TimeoutError:\n"
           "        print(\"late\")\n",
    .good = "import asyncio\n\n\nasync def main() -> None:\n    try:\n"
            "        await asyncio.wait_for(asyncio.sleep(1), 0.1)\n"
            "    except asyncio.TimeoutError:\n        print(\"late\")\n",
    .sources = "asynclint",
}};

static bool is_asyncio_timeout(Str dotted) {
    static const char *const names[] = {
        "asyncio.TimeoutError",         "asyncio.exceptions.TimeoutError",
        "asyncio.futures.TimeoutError", "concurrent.futures.TimeoutError",
        "async_timeout.TimeoutError",   "builtins.Exception",
        "builtins.BaseException",
    };
    return STR_IS_ONE_OF(dotted, names);
}

// Whether a handler of the try statement catches asyncio's, or may: a name that cannot be told.
static bool catches_timeout(File *file, const Node *try_statement) {
    for_each_child(clause, try_statement) {
        if (clause->kind != NODE_EXCEPT_CLAUSE) continue;
        if (except_is_bare(clause)) return true;
        const Node *type = NULL;
        while ((type = except_type_after(clause, type)) != NULL) {
            Str dotted = qualified_name(file, type);
            bool is_known = dotted.len > 0 && type->kind != NODE_CALL;
            if (!is_known || is_asyncio_timeout(dotted)) return true;
        }
    }
    return false;
}

static bool may_time_out(File *file, const Node *node) {
    if (node->kind == NODE_AWAIT) {
        const Node *call = node_unparenthesized(node + 1);
        return call->kind == NODE_CALL && (callee_is(file, call, "asyncio.wait_for") ||
                                           callee_is(file, call, "asyncio.tasks.wait_for"));
    }
    if (node->kind != NODE_WITH_STATEMENT) return false;
    const Node *item = with_opens(file, node, MANAGER_TIMEOUT);
    if (item == NULL) return false;
    const Node *call = node_unparenthesized(with_item_value(item));
    return str_starts_with(callee_name(file, call), STR("async_timeout."));
}

// Whether a try statement inside `body` takes the exception before it gets out.
static bool is_caught_inside(File *file, const Node *node, const Node *body) {
    for (const Node *inner = node; inner != body; inner = node_parent(inner)) {
        const Node *outer = node_parent(inner);
        bool is_body = outer->kind == NODE_TRY_STATEMENT && inner->field == FIELD_BODY;
        if (is_body && catches_timeout(file, outer)) return true;
    }
    return false;
}

static const Node *timing_out(File *file, const Node *body) {
    for (const Node *node = body + 1; node < node_end(body); node = next_of_body(node))
        if (may_time_out(file, node) && !is_caught_inside(file, node, body)) return node;
    return NULL;
}

static void visit_except(Pass *pass, const Node *clause) {
    if (pass->settings->target_version >= PYTHON(3, 11)) return;
    const Node *type = except_names(pass->file, clause, "builtins.TimeoutError");
    if (type == NULL) return;
    const Node *try_statement = node_parent(clause), *body = node_block(try_statement);
    if (body == NULL || catches_timeout(pass->file, try_statement)) return;
    if (timing_out(pass->file, body) == NULL) return;
    report(pass, &rules[0], node_span(type),
           "before Python 3.11 this is not `asyncio.TimeoutError`: the timeout passes it by");
}

static const NodeHook hooks[] = {{NODE_EXCEPT_CLAUSE, visit_except}};
const Check aio406_timeout_never_caught = {.rules = LIST(rules), .on_node = LIST(hooks)};
