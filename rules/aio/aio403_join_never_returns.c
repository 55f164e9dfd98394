// Queue.join() counts task_done() calls. Where nobody makes any it waits for ever. The file sees
// the queues of functions, the program those of modules and objects.

#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/uses.h"
#include "project/queues.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO403",
    .name = "join-never-returns",
    .summary = "join() on a queue whose task_done() nobody calls",
    .why =
        "join() waits until task_done() has been called once for each item that was put. Taking\n"
        "the items with get() does not count.",
    .bad = "import asyncio\n\n\nasync def main() -> None:\n    queue = asyncio.Queue()\n"
           "    queue.put_nowait(1)\n    print(await queue.get())\n    await queue.join()\n",
    .good = "import asyncio\n\n\nasync def main() -> None:\n    queue = asyncio.Queue()\n"
            "    queue.put_nowait(1)\n    print(await queue.get())\n    queue.task_done()\n"
            "    await queue.join()\n",
    .sources = "asynclint",
}};

static bool is_queue(File *file, const Node *call) {
    static const char *const names[] = {"asyncio.Queue", "asyncio.LifoQueue",
                                        "asyncio.PriorityQueue"};
    return STR_IS_ONE_OF(callee_name(file, call), names);
}

// The method that a use of the queue's name calls, or an empty name: the queue may go elsewhere.
static Str method_called(File *file, const Node *name) {
    Use use = use_of(file, name);
    if (use.kind != USE_ATTRIBUTE || use.by == NULL) return (Str){0};
    bool is_call = use_of(file, node_parent(use.by)).kind == USE_CALLED;
    return is_call ? node_text(file, use.by) : (Str){0};
}

static void visit_call(Pass *pass, const Node *call) {
    File *file = pass->file;
    Use use = use_of(file, call);
    if (use.kind != USE_ASSIGNED || use.by == NULL || !is_queue(file, call)) return;
    const Variable *variable = variable_of(file, use.by);
    if (variable == NULL || variable->binding_count != 1 || variable->is_shared) return;
    if (variable_scope(file, variable)->kind != SCOPE_FUNCTION) return;
    const Node *join = NULL;
    bool is_taken = false;
    for (uint32_t i = 0; i < variable->use_count; i++) {
        Str method = method_called(file, variable->uses[i]);
        if (method.len == 0 || str_is(method, "task_done")) return;
        if (str_is(method, "join")) join = variable->uses[i];
        if (str_is(method, "get") || str_is(method, "get_nowait")) is_taken = true;
    }
    if (join == NULL || !is_taken) return;
    report(pass, &rules[0], node_span(join),
           "nobody calls `%.*s.task_done()`: this `join()` never returns", STR_ARG(variable->name));
}

// ---- Queues that stand in modules and objects ----

static bool never_returns(const ModuleInfo *module, const Site *call, Str *name) {
    Identity queue = queue_of_call(module, call, "join");
    *name = queue.name;
    return queue.is_known && queue_is_never_done(program_queues(module->program), queue);
}

// A name that is fine is looked into once, however often it is called.
static void check_module(Pass *pass, const ModuleInfo *module) {
    const Summary *summary = module->summary;
    bool *is_fine = arena_array(pass->arena, bool, summary->names.len);
    for (uint32_t i = 0; i < summary->sites.len; i++) {
        const Site *call = &summary->sites.at[i];
        if (!(call->flags & SITE_CALL) || is_fine[call->callee]) continue;
        Str name;
        bool is_in_vain = never_returns(module, call, &name);
        is_fine[call->callee] = !is_in_vain;
        if (is_in_vain)
            report_at(pass, &rules[0], call->place,
                      "nobody calls `%.*s.task_done()`: this `join()` never returns",
                      STR_ARG(name));
    }
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check aio403_join_never_returns = {
    .rules = LIST(rules), .on_node = LIST(hooks), .on_module = check_module};
