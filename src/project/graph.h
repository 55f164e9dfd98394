// Who calls whom: the functions of the program, numbered, and the calls between them that could be
// resolved. On top of it, *reaches*: from which functions a kind of call is reached by plain calls,
// and on which shortest way. A reach is made once, by a breadth-first search backwards from the
// leaves, in time linear in the calls; recursion in the code needs no care.

#ifndef ASYNCLINT_PROJECT_GRAPH_H
#define ASYNCLINT_PROJECT_GRAPH_H

#include "facts/blocking.h"
#include "project/program.h"

typedef enum EdgeKind {
    EDGE_CALLED,    // the body runs now: a plain function, a class's __init__, a generator's turn
    EDGE_AWAITED,   // a coroutine that is awaited on the spot; async for, async with
    EDGE_SCHEDULED, // a coroutine that is given to an event loop: create_task(), gather(), run()
    EDGE_CALLBACK,  // a function that the event loop is to call
    EDGE_THREAD,    // a function that a thread or an executor is to call
    EDGE_GIVEN,     // a function that is given to another call
    EDGE_MADE,      // a coroutine or async generator is made, and goes elsewhere
    EDGE_KIND_COUNT,
} EdgeKind;

typedef struct Edge {
    uint32_t from, to; // numbers of functions; `from` may be a module's
    uint32_t site;     // in the caller's module
    uint8_t kind;      // EdgeKind
} Edge;

typedef struct Graph Graph;

// Made on first demand; lives as long as the program.
const Graph *program_graph(Program *program);

// Functions have the numbers from 0; behind them, what modules run when they are imported.
uint32_t graph_function_count(const Graph *self);
uint32_t graph_count(const Graph *self);

// The number of a function, or of the one behind a coroutine; NO_INDEX for other values.
uint32_t graph_number(const Graph *self, Value function);

// The function with that number, below graph_function_count().
Value graph_function(const Graph *self, uint32_t number);

// What is known of it, below graph_function_count().
const FunctionInfo *graph_function_info(const Graph *self, uint32_t number);

// The number of what a module runs itself.
uint32_t graph_module_number(const Graph *self, const ModuleInfo *module);

// The module with that number, or that the function stands in.
const ModuleInfo *graph_module(const Graph *self, uint32_t number);

// The number of what runs the site.
uint32_t graph_runner(const Graph *self, const ModuleInfo *module, const Site *site);

// The edges that start from a function or module, in the order of their sites; all of them.
typedef struct Edges {
    const Edge *at;
    uint32_t count;
} Edges;

Edges graph_calls(const Graph *self, uint32_t number);
Edges graph_edges(const Graph *self);

// The edges that end at a function, one after the other; NULL behind the last one.
const Edge *graph_first_caller(const Graph *self, uint32_t number);
const Edge *graph_next_caller(const Graph *self, const Edge *edge);

// The site of an edge, in the caller's module.
const Site *edge_site(const Graph *self, const Edge *edge);

// How many calls in the program make an event loop: asyncio.run(), new_event_loop().
uint32_t graph_loops_made(const Graph *self);
uint32_t loops_made_by(const ModuleInfo *module);

// ---- Reaches ----

typedef enum ReachKind {
    REACH_BLOCKING, // a call that stops the thread for long (facts/blocking.h, without mere files)
    REACH_FILES,    // a call that opens a file, or reads or writes one as a whole
    REACH_LOOP,     // a call that runs an event loop: asyncio.run(), run_until_complete()
    REACH_OWN_LOOP, // a call that makes, sets or runs one, whatever is asked before
    REACH_COUNT,
} ReachKind;

// Whether calling that function leads to such a call; then its way is known.
bool graph_reaches(const Graph *self, ReachKind kind, uint32_t number);

// The leaf's site at the end of the way.
typedef struct Leaf {
    const ModuleInfo *module;
    const Site *site;
} Leaf;

Leaf graph_leaf(const Graph *self, ReachKind kind, uint32_t number);

// "handler → load → query → time.sleep": the names from `first` over the function and the way on.
Str graph_way(const Graph *self, Arena *arena, ReachKind kind, Str first, uint32_t number);

// Calls `visit` for each call on the way, from the function on, the leaf's last.
typedef void WayVisitor(void *context, const ModuleInfo *module, const Site *site);
void graph_walk_way(const Graph *self, ReachKind kind, uint32_t number, WayVisitor *visit,
                    void *context);

// The blocking entry of a call to something outside the project, or NULL.
const Blocking *site_blocking(const ModuleInfo *module, const Site *call);

// Whether the call is one that the reach begins from.
bool site_is_leaf(const ModuleInfo *module, const Site *call, ReachKind kind);

// Whether the call runs an event loop until something is done.
bool site_runs_loop(const ModuleInfo *module, const Site *call);

#endif
