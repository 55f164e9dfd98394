// Under whose eyes a function runs: on an event loop, in a thread, while a module is imported; and
// whether several of its runs may overlap. A context spreads from where it is known (a coroutine is
// on a loop, `Thread(target=f)` puts f off it) along the calls of the graph, each function visited
// once for each context, in time linear in the calls. A function may have several; what has none,
// nobody in the program calls in a way that can be told.

#ifndef ASYNCLINT_PROJECT_CONTEXTS_H
#define ASYNCLINT_PROJECT_CONTEXTS_H

#include "project/graph.h"

typedef enum Context {
    CONTEXT_LOOP,   // a coroutine; called by one, or by the event loop
    CONTEXT_THREAD, // in a thread or executor, and no event loop is made there
    CONTEXT_IMPORT, // by the module's own lines: at import, or as a script
    CONTEXT_TASKS,  // by several tasks at the same time
    CONTEXT_SHARED, // a method: by several tasks at the same time, on the same object
    CONTEXT_COUNT,
} Context;

typedef struct Contexts Contexts;

// Made on first demand; lives as long as the program.
const Contexts *program_contexts(Program *program);

// Whether the function with that number in the graph runs there.
bool runs_in(const Contexts *self, Context context, uint32_t number);

// The edge by which the way begins that brought the context: the function, or one that leads to it,
// is handed over there, or called. NULL where it has the context by itself.
const Edge *context_origin(const Contexts *self, Context context, uint32_t number);

// "start → load → send": from the function that the origin hands over to that one.
Str context_way(const Contexts *self, Arena *arena, Context context, uint32_t number);

// What the function is given as its parameter of that place by a call that hands it to a thread:
// `x` of `run_in_executor(None, f, x)` and of `Thread(target=f, args=(x,))`. VALUE_UNKNOWN where
// that cannot be told.
Value handed_argument(const Contexts *self, uint32_t number, uint32_t parameter);

#endif
