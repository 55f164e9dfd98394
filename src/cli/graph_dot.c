// The graph in the DOT language of Graphviz: a box for each file, coroutines as ellipses, other
// functions as rectangles, what blocks as red octagons.

#include "cli/graph_view.h"
#include "project/graph.h"

static const char *const edge_styles[EDGE_KIND_COUNT] = {
    [EDGE_CALLED] = "color=black",
    [EDGE_AWAITED] = "color=blue, label=\"awaits\"",
    [EDGE_SCHEDULED] = "style=bold, color=blue, label=\"schedules\"",
    [EDGE_CALLBACK] = "style=dashed, label=\"callback\"",
    [EDGE_THREAD] = "style=dashed, color=darkorange, label=\"thread\"",
    [EDGE_GIVEN] = "style=dotted, label=\"passes on\"",
    [EDGE_MADE] = "style=dotted, color=blue, label=\"makes\"",
};

// What a terminal would take for a command is shown as an escape; DOT's own signs are escaped.
static void add_quoted(Buf *out, Str text) {
    Buf printable = {0};
    buf_add_printable(&printable, text, false);
    buf_add_byte(out, '"');
    for (size_t i = 0; i < printable.len; i++) {
        if (printable.at[i] == '"' || printable.at[i] == '\\') buf_add_byte(out, '\\');
        buf_add_byte(out, printable.at[i]);
    }
    buf_add_byte(out, '"');
    buf_release(&printable);
}

static const char *shape_of(const ViewNode *node) {
    if (node->is_module) return "note";
    return strcmp(node->kind, "coroutine") == 0 || strcmp(node->kind, "async generator") == 0
               ? "ellipse"
               : "box";
}

static void add_node(Buf *out, uint32_t id, const ViewNode *node) {
    buf_printf(out, "        n%u [shape=%s, label=", id, shape_of(node));
    add_quoted(out, node->name);
    if (node->blocks) buf_add(out, STR(", color=red"));
    buf_add(out, STR("];\n"));
}

static void begin_file(Buf *out, uint32_t id, Str path) {
    buf_printf(out, "    subgraph cluster%u {\n        label=", id);
    add_quoted(out, path);
    buf_add(out, STR(";\n"));
}

static void add_nodes(Buf *out, const GraphView *view) {
    Str path = {0};
    for (uint32_t i = 0; i < view->nodes.len; i++) {
        const ViewNode *node = &view->nodes.at[i];
        bool is_new = i == 0 || !str_eq(node->path, path);
        if (is_new && i > 0) buf_add(out, STR("    }\n"));
        if (is_new) begin_file(out, i, node->path);
        path = node->path;
        add_node(out, i, node);
    }
    if (view->nodes.len > 0) buf_add(out, STR("    }\n"));
}

static void add_leaf(Buf *out, uint32_t from, uint32_t number, const ViewLeaf *leaf) {
    buf_printf(out, "    n%u_%u [shape=octagon, color=red, label=", from, number);
    add_quoted(out, leaf->name);
    buf_printf(out, "];\n    n%u -> n%u_%u;\n", from, from, number);
}

void graph_write_dot(Buf *out, const GraphView *view) {
    buf_add(out, STR("digraph asynclint {\n    rankdir=LR;\n"));
    add_nodes(out, view);
    for (uint32_t i = 0; i < view->nodes.len; i++) {
        const ViewNode *node = &view->nodes.at[i];
        for (uint32_t j = 0; j < node->edges.len; j++)
            buf_printf(out, "    n%u -> n%u [%s];\n", i, node->edges.at[j].to,
                       edge_styles[node->edges.at[j].kind]);
        for (uint32_t j = 0; j < node->leaves.len; j++)
            add_leaf(out, i, j, &node->leaves.at[j]);
    }
    buf_add(out, STR("}\n"));
}
