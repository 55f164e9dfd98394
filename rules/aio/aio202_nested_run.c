// asyncio.run() and run_until_complete() where a loop runs already: in a coroutine, or in a plain
// function that a coroutine calls.

#include "project/graph.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO202",
    .name = "nested-run",
    .summary = "an event loop is run inside a running one",
    .why =
        "`asyncio.run()` cannot be called from a running event loop: it raises RuntimeError, and\n"
        "so does `run_until_complete()`. In a coroutine, await; what plain functions that\n"
        "coroutines call would run, let the coroutine await instead.",
    .bad =
        "import asyncio\n\n\nasync def fetch() -> int:\n    await asyncio.sleep(1)\n    return 1\n"
        "\n\ndef load() -> int:\n    return asyncio.run(fetch())\n\n\n"
        "async def handler() -> int:\n    return load()\n",
    .good =
        "import asyncio\n\n\nasync def fetch() -> int:\n    await asyncio.sleep(1)\n    return 1\n"
        "\n\nasync def load() -> int:\n    return await fetch()\n\n\n"
        "async def handler() -> int:\n    return await load()\n",
    .sources = "codehound CH008, asyncaudit",
}};

static bool is_async(const ModuleInfo *module, uint32_t function) {
    if (function == NO_INDEX) return false;
    return module->summary->functions.at[function].flags & FUNCTION_ASYNC;
}

static bool is_refusal_expected(const Site *site) {
    return site->flags & (SITE_GUARDED | SITE_EXPECTS_REFUSAL);
}

static void check_call(Pass *pass, const ModuleInfo *module, const Site *site) {
    if (!(site->flags & SITE_CALL) || is_refusal_expected(site)) return;
    if (!is_async(module, site->function) || !site_runs_loop(module, site)) return;
    Str name = value_display(module->program, site_callee(module, site));
    report_at(pass, &rules[0], site->place, "`%.*s()` in a coroutine: a loop runs already",
              STR_ARG(name));
}

static void relate(void *context, const ModuleInfo *module, const Site *site) {
    Str name = callee_display(module, site);
    finding_relate(context, module->summary->path, (Position){site->place.line, site->place.column},
                   "calls `%.*s()` here", STR_ARG(name));
}

static void check_edge(Pass *pass, const ModuleInfo *module, const Graph *graph, const Edge *edge) {
    const Site *site = &module->summary->sites.at[edge->site];
    if (edge->kind != EDGE_CALLED || is_refusal_expected(site)) return;
    if (!graph_reaches(graph, REACH_LOOP, edge->to)) return;
    Leaf leaf = graph_leaf(graph, REACH_LOOP, edge->to);
    Str caller = value_display(module->program, graph_function(graph, edge->from));
    Str way = graph_way(graph, pass->arena, REACH_LOOP, caller, edge->to);
    Str where = place_display(pass->arena, leaf.module->summary, leaf.site->place);
    Finding *finding =
        report_at(pass, &rules[0], site->place, "a loop runs already here: `%.*s`, %.*s",
                  STR_ARG(way), STR_ARG(where));
    graph_walk_way(graph, REACH_LOOP, edge->to, relate, finding);
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    const Graph *graph = program_graph(module->program);
    for (uint32_t i = 0; i < module->summary->sites.len; i++)
        check_call(pass, module, &module->summary->sites.at[i]);
    for (uint32_t i = 0; i < module->summary->functions.len; i++) {
        if (!is_async(module, i)) continue;
        Value function = {VALUE_FUNCTION, module->index, i};
        Edges edges = graph_calls(graph, graph_number(graph, function));
        for (uint32_t j = 0; j < edges.count; j++)
            check_edge(pass, module, graph, &edges.at[j]);
    }
}

const Check aio202_nested_run = {.rules = LIST(rules), .on_module = check_module};
