#include "project/graph.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "project/slots.h"

enum { LEAF = UINT32_MAX - 1, FAR = UINT32_MAX, MOST_STEPS_SHOWN = 12 };

typedef struct Reach {
    // By function: the edge that leads on; LEAF; FAR where nothing is reached. Modules behind them,
    // which nobody calls, reach nothing.
    uint32_t *next;
    uint32_t *leaf; // by function: the leaf's site, where `next` is LEAF
} Reach;

// Edges by callee: the first of each, and for each edge the next one with the same callee.
typedef struct Backwards {
    uint32_t *first, *next;
} Backwards;

struct Graph {
    Program *program;
    uint32_t *first_function; // by module; one more than there are
    uint32_t *module_of;      // by function and, behind them, module
    uint32_t function_count, count;
    VEC(Edge) edges;      // by caller
    uint32_t *first_edge; // by caller; one more than there are
    VEC(Leaf) candidates; // to be leaves
    VEC(uint8_t) roles;   // by external value: CallRole; of some, none yet
    Map nonblocking;      // key_of_call() of each call of setblocking()
    Backwards backwards;
    Reach reaches[REACH_COUNT];
    uint32_t *loops_made_by; // by module
    uint32_t loops_made;
};

// ---- Numbers ----

uint32_t graph_number(const Graph *self, Value function) {
    if (value_function(self->program, function) == NULL) return NO_INDEX;
    return self->first_function[function.module] + function.index;
}

Value graph_function(const Graph *self, uint32_t number) {
    uint32_t module = self->module_of[number];
    return (Value){VALUE_FUNCTION, module, number - self->first_function[module]};
}

const FunctionInfo *graph_function_info(const Graph *self, uint32_t number) {
    return value_function(self->program, graph_function(self, number));
}

uint32_t graph_function_count(const Graph *self) {
    return self->function_count;
}

uint32_t graph_count(const Graph *self) {
    return self->count;
}

uint32_t graph_module_number(const Graph *self, const ModuleInfo *module) {
    return self->function_count + module->index;
}

const ModuleInfo *graph_module(const Graph *self, uint32_t number) {
    return program_module(self->program, self->module_of[number]);
}

uint32_t graph_runner(const Graph *self, const ModuleInfo *module, const Site *site) {
    if (site->function == NO_INDEX) return graph_module_number(self, module);
    return self->first_function[module->index] + site->function;
}

static void number_functions(Graph *self, Arena *arena) {
    uint32_t modules = program_module_count(self->program);
    self->first_function = arena_array(arena, uint32_t, modules + 1);
    for (uint32_t i = 0; i < modules; i++)
        self->first_function[i + 1] =
            self->first_function[i] + program_module(self->program, i)->summary->functions.len;
    self->function_count = self->first_function[modules];
    self->count = self->function_count + modules;
    self->module_of = arena_array(arena, uint32_t, self->count);
    for (uint32_t i = 0; i < modules; i++) {
        self->module_of[self->function_count + i] = i;
        for (uint32_t j = self->first_function[i]; j < self->first_function[i + 1]; j++)
            self->module_of[j] = i;
    }
}

// ---- Edges ----

// Whether the configuration names the call, as the code has it (`*.fetch`) or in full (`stripe.*`).
static bool call_is_configured(const ModuleInfo *module, const Site *call, CallPatternKind kind) {
    CallPatterns patterns = module->patterns;
    if (patterns.matches == NULL || patterns.of[kind] == NULL || call->callee == 0) return false;
    Str written = module->summary->names.at[call->callee];
    return patterns.matches(patterns.of[kind], written) ||
           patterns.matches(patterns.of[kind], callee_display(module, call));
}

// Whether code of that kind runs on the spot: the generator of a @contextmanager by `with`.
static bool runs_at_once(FunctionKind kind, UseKind use) {
    return kind == KIND_SYNC || (kind == KIND_MANAGER && use == USE_ENTERED);
}

// The function whose body the call runs on the spot; unknown where that cannot be told.
static Value function_run(Program *program, Value callee, UseKind use) {
    if (callee.kind == VALUE_CLASS) {
        Value instance = {VALUE_INSTANCE, callee.module, callee.index};
        callee = instance_attribute(program, instance, STR("__init__"));
    }
    bool runs = callee.kind == VALUE_FUNCTION &&
                runs_at_once(function_kind(program, callee), use) &&
                !function_is_overridden(program, callee);
    return runs ? callee : (Value){0};
}

// What becomes of a coroutine, async generator or async manager.
static EdgeKind fate_of_coroutine(const ModuleInfo *module, const Site *site) {
    bool is_awaited = site->use == USE_AWAITED || site->use == USE_ASYNC_ITERATED ||
                      site->use == USE_ASYNC_ENTERED;
    if (is_awaited) return EDGE_AWAITED;
    const Slot *slot = site_slot(module, site);
    return slot != NULL && slot->kind >= SLOT_TASK ? EDGE_SCHEDULED : EDGE_MADE;
}

static EdgeKind fate_of_function(const ModuleInfo *module, const Site *site) {
    const Slot *slot = site_slot(module, site);
    if (slot == NULL) {
        const Site *call = &module->summary->sites.at[site->by];
        return call_is_configured(module, call, CALLS_THREADING) ? EDGE_THREAD : EDGE_GIVEN;
    }
    switch ((SlotKind)slot->kind) {
    case SLOT_CALLED: return EDGE_CALLED;
    case SLOT_CALLBACK:
    case SLOT_SERVER: return EDGE_CALLBACK;
    case SLOT_THREAD: return EDGE_THREAD;
    default: return EDGE_GIVEN;
    }
}

static bool is_asynchronous(Value value) {
    return value.kind == VALUE_COROUTINE || value.kind == VALUE_ASYNC_GENERATOR ||
           value.kind == VALUE_ASYNC_MANAGER;
}

static void push_edge(Graph *self, Arena *arena, const ModuleInfo *module, uint32_t site, Value to,
                      EdgeKind kind) {
    uint32_t from = graph_runner(self, module, &module->summary->sites.at[site]);
    vec_push(arena, &self->edges, (Edge){from, graph_number(self, to), site, (uint8_t)kind});
}

static void add_edge(Graph *self, Arena *arena, const ModuleInfo *module, uint32_t index) {
    const Site *site = &module->summary->sites.at[index];
    bool is_call = (site->flags & SITE_CALL) != 0;
    Value value = site_value(module, site);
    if (is_asynchronous(value)) {
        EdgeKind kind = fate_of_coroutine(module, site);
        if (is_call || kind != EDGE_MADE) push_edge(self, arena, module, index, value, kind);
        return;
    }
    if (value.kind == VALUE_GENERATOR && site->use == USE_ITERATED)
        push_edge(self, arena, module, index, value, EDGE_CALLED);
    if (value.kind == VALUE_FUNCTION && site->use == USE_ARGUMENT && site->by != NO_INDEX)
        push_edge(self, arena, module, index, value, fate_of_function(module, site));
    if (!is_call) return;
    Value callee = function_run(self->program, site_callee(module, site), (UseKind)site->use);
    if (callee.kind == VALUE_FUNCTION) push_edge(self, arena, module, index, callee, EDGE_CALLED);
}

// Sorts the edges by caller, keeping the order of each caller's.
static void sort_edges(Graph *self, Arena *arena) {
    self->first_edge = arena_array(arena, uint32_t, self->count + 2);
    uint32_t *first = self->first_edge + 1;
    for (uint32_t i = 0; i < self->edges.len; i++)
        first[self->edges.at[i].from + 1]++;
    for (uint32_t i = 0; i < self->count; i++)
        first[i + 1] += first[i];
    size_t bytes = self->edges.len * sizeof(Edge);
    Edge *sorted = arena_alloc_raw(arena, bytes, 4);
    for (uint32_t i = 0; i < self->edges.len; i++)
        sorted[first[self->edges.at[i].from]++] = self->edges.at[i];
    arena_give_back(arena, self->edges.at, bytes);
    self->edges.at = sorted;
}

Edges graph_edges(const Graph *self) {
    return (Edges){self->edges.at, self->edges.len};
}

static const Edge *edge_at(const Graph *self, uint32_t place) {
    return place == FAR ? NULL : &self->edges.at[place];
}

const Edge *graph_first_caller(const Graph *self, uint32_t number) {
    return number < self->function_count ? edge_at(self, self->backwards.first[number]) : NULL;
}

const Edge *graph_next_caller(const Graph *self, const Edge *edge) {
    return edge_at(self, self->backwards.next[edge - self->edges.at]);
}

const Site *edge_site(const Graph *self, const Edge *edge) {
    return &graph_module(self, edge->from)->summary->sites.at[edge->site];
}

Edges graph_calls(const Graph *self, uint32_t number) {
    uint32_t first = self->first_edge[number];
    return (Edges){self->edges.at + first, self->first_edge[number + 1] - first};
}

// ---- Leaves ----

// The receiver's class in "threading.Event().wait", or an empty name.
static Str class_of_method(Str name, Str *method) {
    uint32_t dot = str_find_last_byte(name, '.');
    if (dot == name.len) return (Str){0};
    Str class = str_slice(name, 0, dot);
    if (!str_ends_with(class, STR("()"))) return (Str){0};
    *method = str_from(name, dot + 1);
    return str_slice(class, 0, class.len - 2);
}

// Waiting with a timeout, or not at all where the first argument says so, is left alone.
static bool waits_for_ever(const Blocking *blocking, const Site *call) {
    return blocking->kind != BLOCKING_THREAD || blocking->methods == NULL ||
           call->argument_count == 0;
}

// Who calls a method, and on which object: the same bytes for the same.
static Str key_of_call(Arena *arena, const ModuleInfo *module, const Site *call) {
    uint32_t caller[2] = {module->index, call->function};
    Str name = module->summary->names.at[call->callee];
    Str object = str_slice(name, 0, str_find_last_byte(name, '.'));
    return str_join(arena, (Str){(const char *)caller, sizeof caller}, object);
}

// Whether the function that calls a socket's method also calls its setblocking(): what it waits for
// then is not to be told.
static bool is_set_nonblocking(const ModuleInfo *module, const Site *call) {
    const Graph *graph = program_graph(module->program);
    Arena *arena = program_arena(module->program);
    Str key = key_of_call(arena, module, call);
    bool is_set = map_get(&graph->nonblocking, key) != MAP_NONE;
    str_give_back(arena, key);
    return is_set;
}

static const Blocking *blocking_of_name(Str name) {
    Str method, class = class_of_method(name, &method);
    return class.len > 0 ? blocking_method(class, method) : blocking_call(name);
}

const Blocking *site_blocking(const ModuleInfo *module, const Site *call) {
    Str name = value_external_name(module->program, site_callee(module, call));
    const Blocking *blocking = name.len == 0 ? NULL : blocking_of_name(name);
    if (blocking == NULL || !waits_for_ever(blocking, call)) return NULL;
    bool is_method_of_socket = blocking->kind == BLOCKING_SOCKET && blocking->methods != NULL;
    return is_method_of_socket && is_set_nonblocking(module, call) ? NULL : blocking;
}

static bool runs_loop(Str name) {
    static const char *const names[] = {
        "asyncio.run", "asyncio.AbstractEventLoop().run_until_complete",
        "asyncio.AbstractEventLoop().run_forever", "asyncio.Runner().run", "uvloop.run"};
    return STR_IS_ONE_OF(name, names);
}

static bool makes_or_runs_loop(Str name) {
    static const char *const names[] = {"asyncio.new_event_loop", "asyncio.set_event_loop",
                                        "asyncio.Runner"};
    return STR_IS_ONE_OF(name, names) || runs_loop(name);
}

bool site_runs_loop(const ModuleInfo *module, const Site *call) {
    return runs_loop(value_external_name(module->program, site_callee(module, call)));
}

// Files and short critical sections are everywhere; they are no reason to warn from afar.
static bool blocks_for_long(const ModuleInfo *module, const Site *call) {
    if (call_is_configured(module, call, CALLS_NON_BLOCKING)) return false;
    if (call_is_configured(module, call, CALLS_BLOCKING)) return true;
    const Blocking *blocking = site_blocking(module, call);
    if (blocking == NULL) return false;
    switch (blocking->kind) {
    case BLOCKING_FILE_OPEN:
    case BLOCKING_FILE_WRAP:
    case BLOCKING_FILE_METHOD:
    case BLOCKING_PATH:
    case BLOCKING_PROCESS_START:
    case BLOCKING_PROCESS_SPAWN: return false;
    case BLOCKING_THREAD: {
        Str name = value_external_name(module->program, site_callee(module, call));
        return !str_ends_with(name, STR(".acquire")) && !str_ends_with(name, STR(".put"));
    }
    default: return true;
    }
}

static bool opens_file(const ModuleInfo *module, const Site *call) {
    if (call_is_configured(module, call, CALLS_NON_BLOCKING)) return false;
    const Blocking *blocking = site_blocking(module, call);
    return blocking != NULL && blocking->kind == BLOCKING_FILE_OPEN;
}

bool site_is_leaf(const ModuleInfo *module, const Site *call, ReachKind kind) {
    if (kind == REACH_OWN_LOOP)
        return makes_or_runs_loop(value_external_name(module->program, site_callee(module, call)));
    if (call->use == USE_AWAITED) return false;
    if (kind == REACH_BLOCKING) return blocks_for_long(module, call);
    if (kind == REACH_FILES) return opens_file(module, call);
    return !(call->flags & SITE_GUARDED) && site_runs_loop(module, call);
}

// ---- Reaches ----

// Whether a comment at the call says that it is right, whoever leads to it.
static bool is_consented(const ModuleInfo *module, const Site *call, ReachKind kind) {
    const char *code = kind == REACH_LOOP ? "AIO202" : "AIO201";
    const Consents *consents = &module->consents;
    return kind != REACH_OWN_LOOP && consents->cover != NULL &&
           consents->cover(consents->consents, code, call->place.line);
}

static bool leads_on(const Graph *self, const Edge *edge, ReachKind kind) {
    const ModuleInfo *module = program_module(self->program, self->module_of[edge->from]);
    return !is_consented(module, &module->summary->sites.at[edge->site], kind);
}

// A function that asks whether a loop runs does one thing on it and another off it. What a module
// runs itself nobody calls.
static bool may_carry(const Graph *self, uint32_t number, ReachKind kind) {
    if (number >= self->function_count) return false;
    Value function = graph_function(self, number);
    if (!runs_at_once(function_kind(self->program, function), USE_ENTERED)) return false;
    bool probes = value_function(self->program, function)->flags & FUNCTION_PROBES_LOOP;
    return !probes || kind == REACH_OWN_LOOP;
}

typedef VEC(uint32_t) Queue;

// What a call of that name from outside does to the reaches.
typedef enum CallRole {
    ROLE_NEW, // not asked yet
    ROLE_NONE,
    ROLE_LEAF,
    ROLE_NONBLOCKING,
} CallRole;

static CallRole role_of(Str name) {
    if (str_ends_with(name, STR("().setblocking"))) return ROLE_NONBLOCKING;
    return blocking_of_name(name) != NULL || makes_or_runs_loop(name) ? ROLE_LEAF : ROLE_NONE;
}

static CallRole role_of_callee(Graph *self, Arena *arena, Value callee) {
    if (callee.kind != VALUE_EXTERNAL) return ROLE_NONE;
    while (self->roles.len <= callee.index)
        vec_push(arena, &self->roles, ROLE_NEW);
    uint8_t *role = &self->roles.at[callee.index];
    if (*role == ROLE_NEW) *role = role_of(value_external_name(self->program, callee));
    return *role;
}

// Notes a call that one of the reaches may begin from, in a function, or that keeps others from it.
static void note_candidate(Graph *self, Arena *arena, const ModuleInfo *module, const Site *call) {
    CallRole role = role_of_callee(self, arena, site_callee(module, call));
    if (role == ROLE_NONBLOCKING)
        map_put(arena, &self->nonblocking, key_of_call(arena, module, call), 0);
    bool is_candidate = role == ROLE_LEAF || module->patterns.matches != NULL;
    if (is_candidate && call->function != NO_INDEX)
        vec_push(arena, &self->candidates, (Leaf){module, call});
}

static void find_leaves(const Graph *self, Arena *arena, Reach *reach, ReachKind kind,
                        Queue *queue) {
    for (uint32_t i = 0; i < self->candidates.len; i++) {
        const ModuleInfo *module = self->candidates.at[i].module;
        const Site *site = self->candidates.at[i].site;
        uint32_t number = graph_runner(self, module, site);
        if (reach->next[number] != FAR || !site_is_leaf(module, site, kind)) continue;
        if (!may_carry(self, number, kind) || is_consented(module, site, kind)) continue;
        reach->next[number] = LEAF;
        reach->leaf[number] = (uint32_t)(site - module->summary->sites.at);
        vec_push(arena, queue, number);
    }
}

static Backwards turn_around(const Graph *self, Arena *arena) {
    Backwards backwards = {arena_alloc_raw(arena, sizeof(uint32_t) * (self->function_count + 1), 4),
                           arena_array(arena, uint32_t, self->edges.len + 1)};
    memset(backwards.first, 0xff, sizeof(uint32_t) * (self->function_count + 1));
    for (uint32_t i = self->edges.len; i-- > 0;) {
        backwards.next[i] = backwards.first[self->edges.at[i].to];
        backwards.first[self->edges.at[i].to] = i;
    }
    return backwards;
}

static void make_reach(Graph *self, Arena *arena, ReachKind kind) {
    Reach *reach = &self->reaches[kind];
    size_t bytes = sizeof(uint32_t) * (self->count + 1);
    reach->next = arena_alloc_raw(arena, bytes, 4);
    reach->leaf = arena_alloc_raw(arena, bytes, 4);
    memset(reach->next, 0xff, bytes);
    Queue queue = {0};
    find_leaves(self, arena, reach, kind, &queue);
    for (uint32_t i = 0; i < queue.len; i++) {
        for (uint32_t j = self->backwards.first[queue.at[i]]; j != FAR;
             j = self->backwards.next[j]) {
            const Edge *edge = &self->edges.at[j];
            if (edge->kind != EDGE_CALLED || reach->next[edge->from] != FAR) continue;
            if (!may_carry(self, edge->from, kind) || !leads_on(self, edge, kind)) continue;
            reach->next[edge->from] = j;
            vec_push(arena, &queue, edge->from);
        }
    }
}

static bool makes_loop(const ModuleInfo *module, const Site *call) {
    Str name = value_asyncio_name(module->program, site_callee(module, call));
    return str_is(name, "asyncio.run") || str_is(name, "asyncio.new_event_loop");
}

uint32_t loops_made_by(const ModuleInfo *module) {
    return program_graph(module->program)->loops_made_by[module->index];
}

static void add_module(Graph *self, Arena *arena, const ModuleInfo *module) {
    const Summary *summary = module->summary;
    for (uint32_t i = 0; i < summary->sites.len; i++) {
        const Site *site = &summary->sites.at[i];
        add_edge(self, arena, module, i);
        if (!(site->flags & SITE_CALL)) continue;
        note_candidate(self, arena, module, site);
        self->loops_made_by[module->index] += makes_loop(module, site);
    }
    self->loops_made += self->loops_made_by[module->index];
}

uint32_t graph_loops_made(const Graph *self) {
    return self->loops_made;
}

const Graph *program_graph(Program *program) {
    void **slot = program_part(program, PART_GRAPH);
    if (*slot != NULL) return *slot;
    Arena *arena = program_arena(program);
    Graph *self = *slot = arena_new(arena, Graph);
    self->program = program;
    number_functions(self, arena);
    self->loops_made_by = arena_array(arena, uint32_t, program_module_count(program));
    for (uint32_t i = 0; i < program_module_count(program); i++)
        add_module(self, arena, program_module(program, i));
    sort_edges(self, arena);
    self->backwards = turn_around(self, arena);
    for (int kind = 0; kind < REACH_COUNT; kind++)
        make_reach(self, arena, (ReachKind)kind);
    return self;
}

bool graph_reaches(const Graph *self, ReachKind kind, uint32_t number) {
    return number != NO_INDEX && self->reaches[kind].next[number] != FAR;
}

void graph_walk_way(const Graph *self, ReachKind kind, uint32_t number, WayVisitor *visit,
                    void *context) {
    const Reach *reach = &self->reaches[kind];
    for (;;) {
        const ModuleInfo *module = graph_module(self, number);
        uint32_t next = reach->next[number];
        uint32_t site = next == LEAF ? reach->leaf[number] : self->edges.at[next].site;
        visit(context, module, &module->summary->sites.at[site]);
        if (next == LEAF) return;
        number = self->edges.at[next].to;
    }
}

static void keep_last(void *context, const ModuleInfo *module, const Site *site) {
    *(Leaf *)context = (Leaf){module, site};
}

Leaf graph_leaf(const Graph *self, ReachKind kind, uint32_t number) {
    Leaf leaf = {0};
    graph_walk_way(self, kind, number, keep_last, &leaf);
    return leaf;
}

typedef struct Showing {
    Buf text;
    uint32_t steps;
} Showing;

static void add_step(void *context, const ModuleInfo *module, const Site *site) {
    Showing *showing = context;
    showing->steps++;
    if (showing->steps == MOST_STEPS_SHOWN) buf_add(&showing->text, STR(" → …"));
    if (showing->steps >= MOST_STEPS_SHOWN) return;
    buf_add(&showing->text, STR(" → "));
    buf_add(&showing->text, callee_display(module, site));
}

Str graph_way(const Graph *self, Arena *arena, ReachKind kind, Str first, uint32_t number) {
    Showing showing = {0};
    buf_add(&showing.text, first);
    buf_add(&showing.text, STR(" → "));
    buf_add(&showing.text, value_display(self->program, graph_function(self, number)));
    graph_walk_way(self, kind, number, add_step, &showing);
    Str way = str_copy(arena, buf_str(&showing.text));
    buf_release(&showing.text);
    return way;
}
