// A task needs a running event loop, and none runs while a module is imported, or in a thread. What
// modules run themselves is seen by the file; what they call, by the program.

#include "facts/names.h"
#include "facts/scopes.h"
#include "project/contexts.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO408",
    .name = "no-running-loop",
    .summary = "create_task() or get_running_loop() where no event loop runs",
    .why =
        "asyncio.create_task() and asyncio.get_running_loop() raise RuntimeError unless they are\n"
        "called from a coroutine or callback of a running event loop. Module and class bodies,\n"
        "decorators and default values run while the module is imported.",
    .bad = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
           "task = asyncio.create_task(work())\n",
    .good =
        "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
        "async def main() -> None:\n    task = asyncio.create_task(work())\n    await task\n\n\n"
        "asyncio.run(main())\n",
    .sources = "asynclint",
}};

static bool needs_running_loop(Str dotted) {
    static const char *const names[] = {
        "asyncio.create_task",      "asyncio.current_task",      "asyncio.events.get_running_loop",
        "asyncio.get_running_loop", "asyncio.tasks.create_task",
    };
    return STR_IS_ONE_OF(dotted, names);
}

static bool runs_at_import(File *file, const Node *node) {
    const Scope *scope = scope_of(file, node);
    while (scope->kind == SCOPE_CLASS || scope->kind == SCOPE_COMPREHENSION)
        scope = scope_parent(file, scope);
    return scope->kind == SCOPE_MODULE;
}

// `try: loop = asyncio.get_running_loop()` with a handler asks whether there is one.
static bool is_tried(const Node *node) {
    for (const Node *inner = node, *outer; (outer = node_parent(inner)) != NULL; inner = outer) {
        bool is_body = outer->kind == NODE_TRY_STATEMENT && inner->field == FIELD_BODY;
        if (is_body && node_child_of_kind(outer, NODE_EXCEPT_CLAUSE) != NULL) return true;
    }
    return false;
}

// A module with `await` in its own body is run by a notebook or `python -m asyncio`.
static bool awaits_at_top(File *file) {
    for_each_descendant(node, file->tree.nodes) if (node->kind == NODE_AWAIT &&
                                                    runs_at_import(file, node)) return true;
    return false;
}

// What was found out about the file or module that was asked for last.
typedef struct State {
    const void *asked;
    bool waits;
} State;

static bool has_top_await(Pass *pass) {
    State *state = pass->state;
    if (state->asked != pass->file) *state = (State){pass->file, awaits_at_top(pass->file)};
    return state->waits;
}

static void visit_call(Pass *pass, const Node *call) {
    if (!needs_running_loop(callee_name(pass->file, call))) return;
    if (!runs_at_import(pass->file, call)) return;
    if (is_tried(call) || has_top_await(pass)) return;
    report(pass, &rules[0], node_span(call), "no event loop runs while this module is imported");
}

// ---- Functions ----

// Whether the lines of a module, or a thread, and no coroutine lead to the function.
static bool has_no_loop(const Contexts *contexts, uint32_t number, Context *context) {
    if (runs_in(contexts, CONTEXT_LOOP, number)) return false;
    *context = runs_in(contexts, CONTEXT_IMPORT, number) ? CONTEXT_IMPORT : CONTEXT_THREAD;
    return runs_in(contexts, *context, number);
}

// A function that asks for the running loop, and goes on where there is none, knows what it does.
static bool may_be_asking(const ModuleInfo *module, const Site *call, Str callee) {
    if (call->flags & SITE_GUARDED) return true;
    unsigned flags = module->summary->functions.at[call->function].flags;
    return (flags & FUNCTION_PROBES_LOOP) && !str_ends_with(callee, STR("get_running_loop"));
}

static bool waits_at_top(const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++) {
        const Site *site = &module->summary->sites.at[i];
        if ((site->flags & SITE_AT_IMPORT) && site->use == USE_AWAITED) return true;
    }
    return false;
}

static bool is_run_with_loop(Pass *pass, const ModuleInfo *module) {
    State *state = pass->state;
    if (state->asked != module) *state = (State){module, waits_at_top(module)};
    return state->waits;
}

static void check_call(Pass *pass, const ModuleInfo *module, const Site *call) {
    Str callee = value_asyncio_name(module->program, site_callee(module, call));
    if (callee.len == 0 || !needs_running_loop(callee)) return;
    if (call->function == NO_INDEX || may_be_asking(module, call, callee)) return;
    const Graph *graph = program_graph(module->program);
    const Contexts *contexts = program_contexts(module->program);
    uint32_t number = graph_runner(graph, module, call);
    Context context;
    if (!has_no_loop(contexts, number, &context)) return;
    const Edge *origin = context_origin(contexts, context, number);
    if (origin == NULL) return;
    const ModuleInfo *caller = graph_module(graph, origin->from);
    bool is_thread = context == CONTEXT_THREAD;
    if (!is_thread && is_run_with_loop(pass, caller)) return;
    Str way = context_way(contexts, pass->arena, context, number);
    Place place = edge_site(graph, origin)->place;
    Str where = place_display(pass->arena, caller->summary, place);
    Finding *finding = report_at(
        pass, &rules[0], call->place, "no event loop runs here: `%.*s` %s, %.*s", STR_ARG(way),
        is_thread ? "runs in a thread" : "is called by a module's own lines", STR_ARG(where));
    finding_relate(finding, caller->summary->path, (Position){place.line, place.column},
                   is_thread ? "this makes it run in a thread" : "called here");
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++)
        if (module->summary->sites.at[i].flags & SITE_CALL)
            check_call(pass, module, &module->summary->sites.at[i]);
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check aio408_no_running_loop = {
    .rules = LIST(rules),
    .on_node = LIST(hooks),
    .on_module = check_module,
    .state_size = sizeof(State),
};
