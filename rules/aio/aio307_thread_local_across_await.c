// threading.local keeps a value per thread, and all tasks of a loop share one thread: what a task
// stores there, another one overwrites while the first waits.

#include "facts/functions.h"
#include "facts/names.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO307",
    .name = "thread-local-across-await",
    .summary = "a `threading.local` value is stored, and read after an `await`",
    .why =
        "All tasks of an event loop run in one thread and so see one `threading.local`. While a\n"
        "task waits, another one stores its own value there. `contextvars.ContextVar` keeps a\n"
        "value per task.",
    .bad = "import asyncio\nimport threading\n\nlocal = threading.local()\n\n\n"
           "async def handle(user: str) -> str:\n    local.user = user\n"
           "    await asyncio.sleep(1)\n    return local.user\n",
    .good = "import asyncio\nfrom contextvars import ContextVar\n\n"
            "current: ContextVar = ContextVar(\"user\")\n\n\n"
            "async def handle(user: str) -> str:\n    current.set(user)\n"
            "    await asyncio.sleep(1)\n    return current.get()\n",
    .sources = "contextvars documentation",
}};

static bool is_thread_local(File *file, const Node *attribute) {
    const Node *object = node_child(attribute, FIELD_OBJECT);
    return object != NULL && str_is(qualified_name(file, object), "threading.local()");
}

static bool is_store(const Node *attribute) {
    return node_parent(attribute)->kind == NODE_ASSIGNMENT && attribute->field == FIELD_LEFT;
}

// `await`, or the `async` of a loop, a `with` or a comprehension.
static bool is_waiting(const Node *node) {
    if (node->kind == NODE_ASYNC) return node_parent(node)->kind != NODE_FUNCTION_DEFINITION;
    return node->kind == NODE_AWAIT;
}

// Whether the same function waits between the two.
static bool waits_between(const Node *first, const Node *second) {
    const Node *function = enclosing_function(first);
    for (const Node *node = first; node < second; node++)
        if (is_waiting(node) && enclosing_function(node) == function) return true;
    return false;
}

// The last store of the same text before the read, in the same function.
static const Node *store_before(File *file, const Node *read) {
    const Node *function = enclosing_function(read);
    Str text = node_text(file, read);
    for (const Node *node = read - 1; node > function; node--)
        if (node->kind == NODE_ATTRIBUTE && is_store(node) && str_eq(node_text(file, node), text) &&
            enclosing_function(node) == function)
            return node;
    return NULL;
}

static void visit_attribute(Pass *pass, const Node *attribute) {
    if (!is_in_coroutine(attribute) || is_store(attribute)) return;
    if (!is_thread_local(pass->file, attribute)) return;
    const Node *store = store_before(pass->file, attribute);
    if (store == NULL || !waits_between(store, attribute)) return;
    Str text = node_text(pass->file, attribute);
    report(pass, &rules[0], node_span(attribute),
           "`%.*s` may have been stored by another task since the `await`", STR_ARG(text));
}

static const NodeHook hooks[] = {{NODE_ATTRIBUTE, visit_attribute}};
const Check aio307_thread_local_across_await = {.rules = LIST(rules), .on_node = LIST(hooks)};
