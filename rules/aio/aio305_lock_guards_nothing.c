// A lock that nobody else can take: made where it is entered, or kept in a local name that never
// leaves the function.

#include "facts/functions.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/uses.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO305",
    .name = "lock-guards-nothing",
    .summary = "a lock or semaphore that no other task can see",
    .why =
        "A lock keeps tasks apart that share it. One that is made in the call that takes it is\n"
        "new in every call: nobody ever waits for it. Make it once, where all the tasks can see\n"
        "it, as an attribute for example.",
    .bad = "import asyncio\n\n\nclass Counter:\n    value = 0\n\n"
           "    async def bump(self) -> None:\n        async with asyncio.Lock():\n"
           "            value = self.value\n            await asyncio.sleep(0.1)\n"
           "            self.value = value + 1\n",
    .good = "import asyncio\n\n\nclass Counter:\n    value = 0\n\n"
            "    def __init__(self) -> None:\n        self.lock = asyncio.Lock()\n\n"
            "    async def bump(self) -> None:\n        async with self.lock:\n"
            "            value = self.value\n            await asyncio.sleep(0.1)\n"
            "            self.value = value + 1\n",
    .sources = "pylint W2101, codehound CH039",
}};

static bool makes_lock(File *file, const Node *call) {
    static const char *const names[] = {
        "asyncio.Lock",      "asyncio.Semaphore", "asyncio.BoundedSemaphore",
        "asyncio.Condition", "threading.Lock",    "threading.RLock"};
    return STR_IS_ONE_OF(callee_name(file, call), names);
}

static bool is_own_method(Str name) {
    return str_is(name, "acquire") || str_is(name, "release") || str_is(name, "locked");
}

// `lock.acquire()` that is handed to somebody, a task for one, is another's turn at the lock.
static bool is_called_here(File *file, const Node *attribute) {
    Use use = use_of(file, attribute);
    if (use.kind != USE_CALLED || use.by == NULL) return false;
    return use_of(file, use.by).kind != USE_ARGUMENT;
}

// Whether the name is entered, or its `acquire` or `release` called, in the same function.
static bool is_plain_use(File *file, const Node *name, const Node *function) {
    if (enclosing_function(name) != function) return false;
    Use use = use_of(file, name);
    if (use.kind == USE_ASYNC_ENTERED || use.kind == USE_ENTERED) return true;
    if (use.kind != USE_ATTRIBUTE || use.by == NULL) return false;
    return is_own_method(node_text(file, use.by)) && is_called_here(file, node_parent(use.by));
}

static bool never_leaves(File *file, const Node *name) {
    const Node *function = enclosing_function(name);
    const Variable *variable = variable_of(file, name);
    if (function == NULL || variable == NULL || variable->use_count == 0) return false;
    if (variable_scope(file, variable)->node != function || variable->is_shared) return false;
    if (variable->binding_count != 1) return false;
    for (uint32_t i = 0; i < variable->use_count; i++)
        if (!is_plain_use(file, variable->uses[i], function)) return false;
    return true;
}

static void visit_call(Pass *pass, const Node *call) {
    File *file = pass->file;
    Use use = use_of(file, call);
    bool is_entered = use.kind == USE_ASYNC_ENTERED || use.kind == USE_ENTERED;
    if (!is_entered && use.kind != USE_ASSIGNED) return;
    if (enclosing_function(call) == NULL || !makes_lock(file, call)) return;
    Str name = node_text(file, node_child(call, FIELD_FUNCTION));
    if (is_entered)
        report(pass, &rules[0], node_span(call),
               "this `%.*s` is new each time and keeps nobody out", STR_ARG(name));
    else if (use.by != NULL && never_leaves(file, use.by))
        report(pass, &rules[0], node_span(call),
               "this `%.*s` never leaves the function and keeps nobody out", STR_ARG(name));
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check aio305_lock_guards_nothing = {.rules = LIST(rules), .on_node = LIST(hooks)};
