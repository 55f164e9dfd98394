// The graph as text: each file, each function in it, and what it does with others.
//
//     app.py
//         main:10, coroutine, on a loop
//             awaits      fetch                       :20
//             calls       query                       db.py:9, blocks
//             calls       time.sleep                  BLOCKS

#include "cli/graph_view.h"
#include "project/contexts.h"

static const char *const edge_words[EDGE_KIND_COUNT] = {
    [EDGE_CALLED] = "calls",      [EDGE_AWAITED] = "awaits", [EDGE_SCHEDULED] = "schedules",
    [EDGE_CALLBACK] = "callback", [EDGE_THREAD] = "thread",  [EDGE_GIVEN] = "passes on",
    [EDGE_MADE] = "makes",
};

enum { WORD_WIDTH = 12, NAME_WIDTH = 28 };

// Columns as far as names are of one column a code point.
static uint32_t width_of(Str text) {
    uint32_t width = 0;
    for (uint32_t i = 0; i < text.len; i++)
        width += (text.at[i] & 0xc0) != 0x80;
    return width;
}

static void add_padded(Buf *out, Str text, uint32_t width) {
    size_t start = out->len;
    buf_add_printable(out, text, false);
    uint32_t used = width_of((Str){out->at + start, (uint32_t)(out->len - start)});
    do
        buf_add_byte(out, ' ');
    while (++used < width);
}

static void add_contexts(Buf *out, unsigned contexts) {
    static const char *const words[] = {[CONTEXT_LOOP] = "on a loop",
                                        [CONTEXT_THREAD] = "in a thread",
                                        [CONTEXT_IMPORT] = "at import"};
    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++)
        if (contexts & (1u << i)) buf_printf(out, ", %s", words[i]);
}

static void add_edge(Buf *out, const GraphView *view, const ViewNode *from, const ViewEdge *edge) {
    const ViewNode *to = &view->nodes.at[edge->to];
    buf_add(out, STR("        "));
    add_padded(out, str_of(edge_words[edge->kind]), WORD_WIDTH);
    add_padded(out, to->name, NAME_WIDTH);
    if (!str_eq(to->path, from->path)) buf_add_printable(out, to->path, false);
    buf_printf(out, ":%u", to->place.line);
    if (to->blocks && edge->kind == EDGE_CALLED) buf_add(out, STR(", blocks"));
    buf_add_byte(out, '\n');
}

static void add_leaf(Buf *out, const ViewLeaf *leaf) {
    buf_add(out, STR("        "));
    add_padded(out, str_of(edge_words[EDGE_CALLED]), WORD_WIDTH);
    add_padded(out, leaf->name, NAME_WIDTH);
    buf_add(out, STR("BLOCKS\n"));
}

// Edges and leaves together, as they follow each other in the file.
static void add_uses(Buf *out, const GraphView *view, const ViewNode *node) {
    uint32_t leaf = 0;
    for (uint32_t i = 0; i < node->edges.len; i++) {
        const ViewEdge *edge = &node->edges.at[i];
        while (leaf < node->leaves.len && node->leaves.at[leaf].place.start < edge->place.start)
            add_leaf(out, &node->leaves.at[leaf++]);
        add_edge(out, view, node, edge);
    }
    while (leaf < node->leaves.len)
        add_leaf(out, &node->leaves.at[leaf++]);
}

static void add_node(Buf *out, const GraphView *view, const ViewNode *node) {
    buf_add(out, STR("    "));
    buf_add_printable(out, node->name, false);
    if (!node->is_module) buf_printf(out, ":%u, %s", node->place.line, node->kind);
    if (!node->is_module) add_contexts(out, node->contexts);
    buf_add_byte(out, '\n');
    add_uses(out, view, node);
}

void graph_write_text(Buf *out, const GraphView *view) {
    Str path = {0};
    for (uint32_t i = 0; i < view->nodes.len; i++) {
        const ViewNode *node = &view->nodes.at[i];
        if (node->is_module && node->edges.len + node->leaves.len == 0) continue;
        if (!str_eq(node->path, path)) {
            path = node->path;
            buf_add_printable(out, path, false);
            buf_add_byte(out, '\n');
        }
        add_node(out, view, node);
    }
}
