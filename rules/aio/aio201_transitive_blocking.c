// A coroutine calls a plain function that, some calls further on, stops the thread: the event loop
// stands still. No function on the way looks wrong by itself.

#include "project/graph.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO201",
    .name = "transitive-blocking",
    .summary = "a coroutine calls a function that blocks further down",
    .why =
        "The event loop runs one thing at a time. A coroutine that calls a plain function waits\n"
        "until it returns, and if that one sleeps, asks the network or runs a process, however\n"
        "many calls further down, every other task waits as well.",
    .bad = "import time\n\n\ndef query() -> int:\n    time.sleep(1)\n    return 1\n\n\n"
           "def load() -> int:\n    return query()\n\n\nasync def handler() -> int:\n"
           "    return load()\n",
    .good =
        "import asyncio\nimport time\n\n\ndef query() -> int:\n    time.sleep(1)\n    return 1\n"
        "\n\ndef load() -> int:\n    return query()\n\n\nasync def handler() -> int:\n"
        "    loop = asyncio.get_event_loop()\n"
        "    return await loop.run_in_executor(None, load)\n",
    .sources = "ty-async ASYNC200, pylint-blocking-calls",
}};

enum { MOST_REMEMBERED = 16 };

// The leaves that the running coroutine has been told of already.
typedef struct Told {
    uint32_t function;
    const Site *leaves[MOST_REMEMBERED];
    uint32_t count;
} Told;

static bool is_told(Told *told, uint32_t function, const Site *leaf) {
    if (told->function != function) *told = (Told){.function = function};
    for (uint32_t i = 0; i < told->count; i++)
        if (told->leaves[i] == leaf) return true;
    if (told->count < MOST_REMEMBERED) told->leaves[told->count++] = leaf;
    return false;
}

static void relate(void *context, const ModuleInfo *module, const Site *site) {
    Str name = callee_display(module, site);
    finding_relate(context, module->summary->path, (Position){site->place.line, site->place.column},
                   "calls `%.*s()` here", STR_ARG(name));
}

// What calling that function leads to: rather what takes long than a file.
static ReachKind reached(const Graph *graph, uint32_t function) {
    return graph_reaches(graph, REACH_BLOCKING, function) ? REACH_BLOCKING : REACH_FILES;
}

static void check_edge(Pass *pass, const ModuleInfo *module, const Graph *graph, const Edge *edge,
                       Told *told) {
    ReachKind kind = reached(graph, edge->to);
    if (edge->kind != EDGE_CALLED || !graph_reaches(graph, kind, edge->to)) return;
    Leaf leaf = graph_leaf(graph, kind, edge->to);
    if (is_told(told, edge->from, leaf.site)) return;
    const Site *site = &module->summary->sites.at[edge->site];
    Str caller = value_display(module->program, graph_function(graph, edge->from));
    Str way = graph_way(graph, pass->arena, kind, caller, edge->to);
    Str where = place_display(pass->arena, leaf.module->summary, leaf.site->place);
    Finding *finding =
        report_at(pass, &rules[0], site->place, "this stops the event loop: `%.*s`, %.*s",
                  STR_ARG(way), STR_ARG(where));
    graph_walk_way(graph, kind, edge->to, relate, finding);
    if (kind == REACH_FILES) finding_soften(finding, SEVERITY_INFO);
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    const Graph *graph = program_graph(module->program);
    Told told = {.function = NO_INDEX};
    for (uint32_t i = 0; i < module->summary->functions.len; i++) {
        if (!(module->summary->functions.at[i].flags & FUNCTION_ASYNC)) continue;
        Value function = {VALUE_FUNCTION, module->index, i};
        Edges edges = graph_calls(graph, graph_number(graph, function));
        for (uint32_t j = 0; j < edges.count; j++)
            check_edge(pass, module, graph, &edges.at[j], &told);
    }
}

const Check aio201_transitive_blocking = {.rules = LIST(rules), .on_module = check_module};
