// The graph as JSON: {"edges": …, "functions": …, "leaves": …}. Edges and leaves name functions by
// their `id`, which counts them from 0 in the order they stand in.

#include "cli/graph_view.h"
#include "output/json_writer.h"
#include "project/contexts.h"

static const char *const edge_names[EDGE_KIND_COUNT] = {
    [EDGE_CALLED] = "called",     [EDGE_AWAITED] = "awaited", [EDGE_SCHEDULED] = "scheduled",
    [EDGE_CALLBACK] = "callback", [EDGE_THREAD] = "thread",   [EDGE_GIVEN] = "passed",
    [EDGE_MADE] = "made",
};

static const char *const context_names[] = {
    [CONTEXT_LOOP] = "loop",
    [CONTEXT_THREAD] = "thread",
    [CONTEXT_IMPORT] = "import",
};

static void add_number(Json *json, const char *key, uint64_t number) {
    json_add_key(json, key);
    json_add_number(json, number);
}

static void add_string(Json *json, const char *key, Str text) {
    json_add_key(json, key);
    json_add_string(json, text);
}

static void add_edge(Json *json, uint32_t from, const ViewEdge *edge) {
    json_begin(json, '{');
    add_number(json, "column", edge->place.column);
    add_number(json, "from", from);
    add_string(json, "kind", str_of(edge_names[edge->kind]));
    add_number(json, "line", edge->place.line);
    add_number(json, "to", edge->to);
    json_end(json, '}');
}

static void add_leaf(Json *json, uint32_t from, const ViewLeaf *leaf) {
    json_begin(json, '{');
    add_number(json, "column", leaf->place.column);
    add_number(json, "from", from);
    add_number(json, "line", leaf->place.line);
    add_string(json, "name", leaf->name);
    json_end(json, '}');
}

static void add_function(Json *json, uint32_t id, const ViewNode *node) {
    json_begin(json, '{');
    json_add_key(json, "blocks");
    json_add_bool(json, node->blocks);
    add_number(json, "column", node->is_module ? 1 : node->place.column);
    json_add_key(json, "contexts");
    json_begin(json, '[');
    for (unsigned i = 0; i < sizeof context_names / sizeof context_names[0]; i++)
        if (node->contexts & (1u << i)) json_add_string(json, str_of(context_names[i]));
    json_end(json, ']');
    add_number(json, "id", id);
    add_string(json, "kind", str_of(node->kind));
    add_number(json, "line", node->is_module ? 1 : node->place.line);
    add_string(json, "name", node->name);
    add_string(json, "path", node->path);
    json_end(json, '}');
}

void graph_write_json(Buf *out, const GraphView *view) {
    Json json = {.out = out};
    json_begin(&json, '{');
    json_add_key(&json, "edges");
    json_begin(&json, '[');
    for (uint32_t i = 0; i < view->nodes.len; i++)
        for (uint32_t j = 0; j < view->nodes.at[i].edges.len; j++)
            add_edge(&json, i, &view->nodes.at[i].edges.at[j]);
    json_end(&json, ']');
    json_add_key(&json, "functions");
    json_begin(&json, '[');
    for (uint32_t i = 0; i < view->nodes.len; i++)
        add_function(&json, i, &view->nodes.at[i]);
    json_end(&json, ']');
    json_add_key(&json, "leaves");
    json_begin(&json, '[');
    for (uint32_t i = 0; i < view->nodes.len; i++)
        for (uint32_t j = 0; j < view->nodes.at[i].leaves.len; j++)
            add_leaf(&json, i, &view->nodes.at[i].leaves.at[j]);
    json_end(&json, ']');
    json_end(&json, '}');
    buf_add_byte(out, '\n');
}
