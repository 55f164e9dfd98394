// A lock that is taken by hand and given back by hand, with nothing that gives it back when
// something in between fails.

#include "facts/functions.h"
#include "facts/names.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO308",
    .name = "unprotected-acquire",
    .summary = "an acquired lock whose `release()` is not in a `finally`",
    .why =
        "Any `await` between `acquire()` and `release()` may raise, be it only because the task\n"
        "is cancelled. Then the lock stays taken and all others wait for ever. `async with`\n"
        "gives it back in any case.",
    .bad = "import asyncio\n\n\nasync def save(lock: asyncio.Lock) -> None:\n"
           "    await lock.acquire()\n    await asyncio.sleep(1)\n    lock.release()\n",
    .good = "import asyncio\n\n\nasync def save(lock: asyncio.Lock) -> None:\n"
            "    async with lock:\n        await asyncio.sleep(1)\n",
    .sources = "codehound CH014",
    .severity = SEVERITY_WARNING,
}};

static bool acquires(File *file, const Node *call) {
    static const char *const names[] = {"asyncio.Lock().acquire", "asyncio.Semaphore().acquire",
                                        "asyncio.BoundedSemaphore().acquire",
                                        "asyncio.Condition().acquire"};
    return STR_IS_ONE_OF(callee_name(file, call), names);
}

static bool releases(const File *file, const Node *call, Str lock) {
    const Node *callee = call->kind == NODE_CALL ? node_child(call, FIELD_FUNCTION) : NULL;
    if (callee == NULL || callee->kind != NODE_ATTRIBUTE) return false;
    const Node *name = node_child(callee, FIELD_ATTRIBUTE);
    const Node *object = node_child(callee, FIELD_OBJECT);
    return name != NULL && object != NULL && str_is(node_text(file, name), "release") &&
           str_eq(node_text(file, object), lock);
}

// In a `finally`, or in every handler's place: in an `except` it is at least thought of.
static bool is_protected(const Node *release, const Node *function) {
    for (const Node *above = node_parent(release); above != NULL && above != function;
         above = node_parent(above))
        if (above->kind == NODE_FINALLY_CLAUSE || above->kind == NODE_EXCEPT_CLAUSE) return true;
    return false;
}

static bool may_fail(const Node *node) {
    return node->kind == NODE_AWAIT || node->kind == NODE_CALL || node->kind == NODE_YIELD ||
           node->kind == NODE_RAISE_STATEMENT || node->kind == NODE_ASYNC;
}

// The first `lock.release()` behind the call, where none is protected and something in between may
// fail; or NULL.
static const Node *bare_release(const File *file, const Node *await, Str lock) {
    const Node *function = enclosing_function(await), *first = NULL;
    bool something_between = false;
    for (const Node *inner = node_end(await); inner < node_end(function); inner++) {
        if (releases(file, inner, lock)) {
            if (is_protected(inner, function)) return NULL;
            if (first == NULL) first = inner;
        } else if (first == NULL) {
            something_between |= may_fail(inner);
        }
    }
    return something_between ? first : NULL;
}

static void visit_await(Pass *pass, const Node *await) {
    const Node *call = await->size > 1 ? node_unparenthesized(await + 1) : await;
    if (call->kind != NODE_CALL || enclosing_function(await) == NULL) return;
    if (!acquires(pass->file, call)) return;
    const Node *object = node_child(node_child(call, FIELD_FUNCTION), FIELD_OBJECT);
    if (object == NULL) return;
    Str lock = node_text(pass->file, object);
    if (bare_release(pass->file, await, lock) == NULL) return;
    report(pass, &rules[0], node_span(await), "`%.*s.release()` is not in a `finally`",
           STR_ARG(lock));
}

static const NodeHook hooks[] = {{NODE_AWAIT, visit_await}};
const Check aio308_unprotected_acquire = {.rules = LIST(rules), .on_node = LIST(hooks)};
