// What `asynclint graph` shows: the functions that take part, what each does with others, and the
// calls that block. All lists are in the order of paths and positions.

#ifndef ASYNCLINT_CLI_GRAPH_VIEW_H
#define ASYNCLINT_CLI_GRAPH_VIEW_H

#include "base/buf.h"
#include "base/vec.h"
#include "facts/summary.h"

typedef struct Program Program; // project/program.h

// The same two functions have one edge of a kind: the first one.
typedef struct ViewEdge {
    uint32_t to;  // a node
    uint8_t kind; // EdgeKind (project/graph.h)
    Place place;  // in the caller's file
} ViewEdge;

// A call that stops the thread for long.
typedef struct ViewLeaf {
    Str name; // "time.sleep"
    Place place;
} ViewLeaf;

typedef struct ViewNode {
    Str path, name;       // "Cache.get"; "<module>" for what a module runs itself
    const char *kind;     // "coroutine", "function", "module" …
    bool is_module;       // has no place
    bool blocks;          // calls a leaf, or what leads to one
    unsigned contexts;    // 1 << Context (project/contexts.h)
    Place place;          // of the function's name
    VEC(ViewEdge) edges;  // by place
    VEC(ViewLeaf) leaves; // by place
} ViewNode;

typedef struct GraphView {
    VEC(ViewNode) nodes;
    VEC(Str) paths; // of all files that are in it
} GraphView;

// Lives in `arena`, as the program does.
GraphView graph_view(Program *program, Arena *arena);

void graph_write_text(Buf *out, const GraphView *view);
void graph_write_json(Buf *out, const GraphView *view);
void graph_write_dot(Buf *out, const GraphView *view);

#endif
