#include "cli/graph_view.h"

#include "project/contexts.h"

typedef struct Viewing {
    GraphView view;
    Arena *arena;
    Program *program;
    const Graph *graph;
    const Contexts *contexts;
    uint32_t *node_of; // by number: 1 + the node; 0: it takes no part
    uint8_t *kinds;    // by number: of the edges from the function at hand to that one, as bits
    uint8_t *shown;    // of those, which are in the view
} Viewing;

// ---- Who takes part ----

static void take_part(Viewing *self, uint32_t number) {
    self->node_of[number] = 1;
}

static bool is_leaf(const ModuleInfo *module, const Site *site) {
    return (site->flags & SITE_CALL) && site_is_leaf(module, site, REACH_BLOCKING);
}

static void choose_nodes(Viewing *self) {
    Edges edges = graph_edges(self->graph);
    for (uint32_t i = 0; i < edges.count; i++) {
        take_part(self, edges.at[i].from);
        take_part(self, edges.at[i].to);
    }
    for (uint32_t i = 0; i < graph_function_count(self->graph); i++)
        if (graph_function_info(self->graph, i)->flags & FUNCTION_ASYNC) take_part(self, i);
    for (uint32_t i = 0; i < program_module_count(self->program); i++) {
        const ModuleInfo *module = program_module(self->program, i);
        for (uint32_t j = 0; j < module->summary->sites.len; j++) {
            const Site *site = &module->summary->sites.at[j];
            if (is_leaf(module, site)) take_part(self, graph_runner(self->graph, module, site));
        }
    }
}

// ---- Nodes ----

static const char *kind_of(const Viewing *self, uint32_t number) {
    unsigned flags = graph_function_info(self->graph, number)->flags;
    bool yields = flags & FUNCTION_YIELDS;
    if (flags & FUNCTION_ASYNC) return yields ? "async generator" : "coroutine";
    if (flags & FUNCTION_LAMBDA) return "lambda";
    return yields ? "generator" : "function";
}

// The others say little in a picture.
enum { SHOWN_CONTEXTS = CONTEXT_IMPORT + 1 };

static unsigned contexts_of(const Viewing *self, uint32_t number) {
    unsigned contexts = 0;
    for (int i = 0; i < SHOWN_CONTEXTS; i++)
        if (runs_in(self->contexts, (Context)i, number)) contexts |= 1u << i;
    return contexts;
}

static ViewNode make_node(const Viewing *self, uint32_t number) {
    const ModuleInfo *module = graph_module(self->graph, number);
    ViewNode node = {.path = module->summary->path, .contexts = contexts_of(self, number)};
    if (number >= graph_function_count(self->graph)) {
        node.name = STR("<module>");
        node.kind = "module";
        node.is_module = true;
        return node;
    }
    node.name = value_display(self->program, graph_function(self->graph, number));
    node.kind = kind_of(self, number);
    node.blocks = graph_reaches(self->graph, REACH_BLOCKING, number);
    node.place = graph_function_info(self->graph, number)->place;
    return node;
}

static void add_node(Viewing *self, uint32_t number) {
    if (self->node_of[number] == 0) return;
    vec_push(self->arena, &self->view.nodes, make_node(self, number));
    self->node_of[number] = self->view.nodes.len;
}

// A module stands before its functions.
static void add_nodes(Viewing *self) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < program_module_count(self->program); i++) {
        const ModuleInfo *module = program_module(self->program, i);
        vec_push(self->arena, &self->view.paths, module->summary->path);
        add_node(self, graph_module_number(self->graph, module));
        for (uint32_t j = 0; j < module->summary->functions.len; j++)
            add_node(self, number++);
    }
}

// ---- Edges ----

// That a coroutine is made says nothing new where it is awaited or scheduled, too.
static bool is_said(uint8_t kinds, uint8_t shown, uint8_t kind) {
    unsigned better = 1u << EDGE_AWAITED | 1u << EDGE_SCHEDULED;
    return (shown & 1u << kind) || (kind == EDGE_MADE && (kinds & better));
}

static void add_edges(Viewing *self, uint32_t number) {
    if (self->node_of[number] == 0 || self->view.nodes.at == NULL) return;
    ViewNode *node = &self->view.nodes.at[self->node_of[number] - 1];
    Edges edges = graph_calls(self->graph, number);
    for (uint32_t i = 0; i < edges.count; i++)
        self->kinds[edges.at[i].to] = self->shown[edges.at[i].to] = 0;
    for (uint32_t i = 0; i < edges.count; i++)
        self->kinds[edges.at[i].to] |= (uint8_t)(1u << edges.at[i].kind);
    for (uint32_t i = 0; i < edges.count; i++) {
        const Edge *edge = &edges.at[i];
        if (is_said(self->kinds[edge->to], self->shown[edge->to], edge->kind)) continue;
        self->shown[edge->to] |= (uint8_t)(1u << edge->kind);
        bool leads_on =
            edge->kind == EDGE_CALLED && graph_reaches(self->graph, REACH_BLOCKING, edge->to);
        node->blocks |= leads_on;
        vec_push(self->arena, &node->edges,
                 (ViewEdge){self->node_of[edge->to] - 1, edge->kind,
                            edge_site(self->graph, edge)->place});
    }
}

static void add_leaves(Viewing *self, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++) {
        const Site *site = &module->summary->sites.at[i];
        if (!is_leaf(module, site)) continue;
        uint32_t number = graph_runner(self->graph, module, site);
        ViewNode *node = &self->view.nodes.at[self->node_of[number] - 1];
        node->blocks = true;
        vec_push(self->arena, &node->leaves, (ViewLeaf){callee_display(module, site), site->place});
    }
}

GraphView graph_view(Program *program, Arena *arena) {
    Viewing self = {.arena = arena,
                    .program = program,
                    .graph = program_graph(program),
                    .contexts = program_contexts(program)};
    uint32_t count = graph_count(self.graph);
    self.node_of = arena_array(arena, uint32_t, count);
    self.kinds = arena_array(arena, uint8_t, count);
    self.shown = arena_array(arena, uint8_t, count);
    choose_nodes(&self);
    add_nodes(&self);
    for (uint32_t i = 0; i < count; i++)
        add_edges(&self, i);
    for (uint32_t i = 0; i < program_module_count(program); i++)
        add_leaves(&self, program_module(program, i));
    return self.view;
}
