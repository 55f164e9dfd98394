#include "project/contexts.h"

#include "base/buf.h"
#include "base/vec.h"
#include "project/slots.h"

// In place of an edge: the context is not there; it is there by itself.
enum { ABSENT = UINT32_MAX, OWN = UINT32_MAX - 1 };

// Of very many, these tell as much as all.
enum { MOST_STEPS_SHOWN = 12, MOST_TWINS_SEEN = 64, MOST_ARGUMENTS_SEEN = 4096 };

struct Contexts {
    const Graph *graph;
    Program *program;
    uint32_t *brought_by[CONTEXT_COUNT]; // by number: the edge's place among all, OWN or ABSENT
    uint32_t *origins[CONTEXT_COUNT];    // by number: that of the first edge on the way, or OWN
};

typedef VEC(uint32_t) Queue;

typedef struct Spreading {
    Contexts *contexts;
    Arena *arena;
    Context context;
    Queue queue;
} Spreading;

// `origin` is the edge by which the way to `edge` begins.
static void enter(Spreading *self, uint32_t number, uint32_t edge, uint32_t origin) {
    uint32_t *brought_by = self->contexts->brought_by[self->context];
    if (brought_by[number] != ABSENT) return;
    brought_by[number] = edge;
    self->contexts->origins[self->context][number] = origin;
    vec_push(self->arena, &self->queue, number);
}

static const FunctionInfo *info_of(const Contexts *self, uint32_t number) {
    return graph_function_info(self->graph, number);
}

static bool is_async(const Contexts *self, uint32_t number) {
    return (info_of(self, number)->flags & FUNCTION_ASYNC) != 0;
}

static FunctionKind kind_of(const Contexts *self, uint32_t number) {
    return function_kind(self->program, graph_function(self->graph, number));
}

// ---- Where contexts begin ----

// A decorator that cannot be told may hand the call over to the loop.
static bool may_run_in_thread(const Contexts *self, uint32_t number) {
    return kind_of(self, number) == KIND_SYNC &&
           !graph_reaches(self->graph, REACH_OWN_LOOP, number);
}

// `run()` of a class that is a thread.
static bool is_run_of_thread(const Contexts *self, uint32_t number) {
    Value function = graph_function(self->graph, number);
    const FunctionInfo *info = info_of(self, number);
    const Summary *summary = program_module(self->program, function.module)->summary;
    if (info->class == NO_INDEX || !str_ends_with(summary->names.at[info->name], STR(".run")))
        return false;
    Bases bases = class_bases(self->program, (Value){VALUE_CLASS, function.module, info->class});
    for (uint32_t i = 0; i < bases.count; i++)
        if (value_is(self->program, bases.at[i], "threading.Thread")) return true;
    return false;
}

// Decorators by which web frameworks take a function for requests, which come at the same time.
static bool is_route(Str decorator) {
    static const char *const apps[] = {
        "aiohttp.web.RouteTableDef().",
        "fastapi.APIRouter().",
        "fastapi.FastAPI().",
        "quart.Blueprint().",
        "quart.Quart().",
        "sanic.Blueprint().",
        "sanic.Sanic().",
    };
    static const char *const verbs[] = {"delete()", "get()",   "patch()",    "post()",
                                        "put()",    "route()", "websocket()"};
    for (size_t i = 0; i < sizeof apps / sizeof apps[0]; i++) {
        if (!str_starts_with(decorator, str_of(apps[i]))) continue;
        Str method = str_from(decorator, (uint32_t)strlen(apps[i]));
        for (size_t j = 0; j < sizeof verbs / sizeof verbs[0]; j++)
            if (str_is(method, verbs[j])) return true;
    }
    return false;
}

static bool handles_requests(const Contexts *self, uint32_t number) {
    const FunctionInfo *info = info_of(self, number);
    if (info->decorator_count == 0) return false;
    const ModuleInfo *module = graph_module(self->graph, number);
    for (uint32_t i = 0; i < info->decorator_count; i++) {
        NameId name = module->summary->decorators.at[info->first_decorator + i];
        if (is_route(value_external_name(self->program, value_of_name(module, name)))) return true;
    }
    return false;
}

// Whether the function has the context whoever calls it.
static bool has_by_itself(const Contexts *self, Context context, uint32_t number) {
    switch (context) {
    case CONTEXT_LOOP: return is_async(self, number);
    case CONTEXT_THREAD: return is_run_of_thread(self, number) && may_run_in_thread(self, number);
    case CONTEXT_TASKS: return is_async(self, number) && handles_requests(self, number);
    default: return false;
    }
}

// ---- Tasks at the same time ----

static const Site *call_taking(const ModuleInfo *module, const Site *site) {
    return &module->summary->sites.at[site->by];
}

// Whether the loop around the coroutine starts them without waiting for each: `gather(*[f() for
// …])` or `tasks.append(create_task(f()))`.
static bool starts_many(const ModuleInfo *module, const Site *site, const Slot *slot) {
    const Site *call = call_taking(module, site);
    if (!(site->flags & SITE_IN_LOOP)) return false;
    if (slot->kind == SLOT_TASKS) return !(call->flags & SITE_IN_LOOP);
    if (slot->kind != SLOT_TASK) return false;
    return call->use == USE_ELEMENT || call->use == USE_ARGUMENT || call->use == USE_DROPPED ||
           call->use == USE_STORED;
}

// Whether the coroutine begins to run at once, with others, until somebody waits for it.
static bool runs_beside_others(const ModuleInfo *module, const Site *site, const Slot *slot) {
    if (slot->kind == SLOT_TASKS) return true;
    return slot->kind == SLOT_TASK && call_taking(module, site)->use != USE_AWAITED;
}

// Whether the same caller starts the same function at another site as well, by the same name.
static bool has_twin(const Contexts *self, const Edge *edge) {
    Edges edges = graph_calls(self->graph, edge->from);
    const ModuleInfo *module = graph_module(self->graph, edge->from);
    NameId name = edge_site(self->graph, edge)->name;
    uint32_t place = (uint32_t)(edge - edges.at);
    uint32_t first = place > MOST_TWINS_SEEN ? place - MOST_TWINS_SEEN : 0;
    for (uint32_t i = first; i < edges.count && i <= place + MOST_TWINS_SEEN; i++) {
        const Edge *other = &edges.at[i];
        if (other->site == edge->site || other->to != edge->to || other->kind != EDGE_SCHEDULED)
            continue;
        const Site *site = edge_site(self->graph, other);
        const Slot *slot = site->name == name ? site_slot(module, site) : NULL;
        if (slot != NULL && runs_beside_others(module, site, slot)) return true;
    }
    return false;
}

static bool starts_at_the_same_time(const Contexts *self, const Edge *edge) {
    if (edge->kind != EDGE_CALLBACK && edge->kind != EDGE_SCHEDULED) return false;
    const ModuleInfo *module = graph_module(self->graph, edge->from);
    const Site *site = edge_site(self->graph, edge);
    const Slot *slot = site_slot(module, site);
    if (slot == NULL) return false;
    if (edge->kind == EDGE_CALLBACK) return slot->kind == SLOT_SERVER;
    return starts_many(module, site, slot) ||
           (runs_beside_others(module, site, slot) && has_twin(self, edge));
}

// Whether what is called stands in a variable of a module: `POOL.get()`.
static bool is_on_module_variable(const ModuleInfo *module, const Site *site) {
    bool is_call = (site->flags & SITE_CALL) && site->callee != 0;
    Str name = module->summary->names.at[is_call ? site->callee : site->name];
    uint32_t dot = str_find_last_byte(name, '.');
    return dot < name.len && str_find_byte(str_slice(name, 0, dot), '(') == dot;
}

// Whether the caller's `self`, or a module, has the object that is called: all tasks see the same.
static bool is_on_shared_object(const Contexts *self, const Edge *edge) {
    const Site *site = edge_site(self->graph, edge);
    if (info_of(self, edge->to)->class == NO_INDEX) return false;
    return (site->flags & SITE_FROM_SELF) ||
           is_on_module_variable(graph_module(self->graph, edge->from), site);
}

// A bound method that is handed over has one object.
static bool is_on_same_object(const Contexts *self, const Edge *edge) {
    if (info_of(self, edge->to)->class == NO_INDEX) return false;
    return edge->kind == EDGE_CALLBACK ||
           (edge_site(self->graph, edge)->flags & SITE_SAME_OBJECT) ||
           is_on_shared_object(self, edge);
}

// Whether a function that several tasks run waits for a method of what stands in a module.
static bool meets_on_module_variable(const Contexts *self, const Edge *edge) {
    if (edge->kind != EDGE_CALLED && edge->kind != EDGE_AWAITED) return false;
    return runs_in(self, CONTEXT_TASKS, edge->from) && info_of(self, edge->to)->class != NO_INDEX &&
           is_on_module_variable(graph_module(self->graph, edge->from),
                                 edge_site(self->graph, edge));
}

// ---- How contexts spread ----

// Whether an edge makes its function begin in the context.
static bool begins(const Contexts *self, Context context, const Edge *edge) {
    switch (context) {
    case CONTEXT_LOOP: return edge->kind == EDGE_CALLBACK;
    case CONTEXT_THREAD: return edge->kind == EDGE_THREAD && may_run_in_thread(self, edge->to);
    case CONTEXT_TASKS: return starts_at_the_same_time(self, edge);
    case CONTEXT_SHARED:
        return meets_on_module_variable(self, edge) ||
               (starts_at_the_same_time(self, edge) && is_on_same_object(self, edge));
    default: return false;
    }
}

// Where a function asks whether a loop runs, or in which thread it is, its calls have each one of
// its contexts, and nobody knows which.
static bool chooses(const Contexts *self, uint32_t number) {
    if (number >= graph_function_count(self->graph)) return false;
    return (info_of(self, number)->flags & (FUNCTION_PROBES_LOOP | FUNCTION_PROBES_THREAD)) != 0;
}

// Whether a function in the context takes it along to what it calls.
static bool goes_on(const Contexts *self, Context context, const Edge *edge) {
    bool is_call = edge->kind == EDGE_CALLED;
    switch (context) {
    case CONTEXT_TASKS:
        return is_call || edge->kind == EDGE_AWAITED || edge->kind == EDGE_SCHEDULED;
    case CONTEXT_SHARED:
        return (is_call || edge->kind == EDGE_AWAITED) && is_on_shared_object(self, edge);
    case CONTEXT_THREAD:
        return is_call && !chooses(self, edge->from) && may_run_in_thread(self, edge->to);
    default: return is_call && !chooses(self, edge->from) && !is_async(self, edge->to);
    }
}

static void spread(Contexts *self, Arena *arena, Context context) {
    Spreading spreading = {.contexts = self, .arena = arena, .context = context};
    uint32_t functions = graph_function_count(self->graph), count = graph_count(self->graph);
    for (uint32_t i = 0; i < functions; i++)
        if (has_by_itself(self, context, i)) enter(&spreading, i, OWN, OWN);
    for (uint32_t i = functions; context == CONTEXT_IMPORT && i < count; i++)
        enter(&spreading, i, OWN, OWN);
    Edges all = graph_edges(self->graph);
    for (uint32_t i = 0; i < all.count; i++)
        if (begins(self, context, &all.at[i])) enter(&spreading, all.at[i].to, i, i);
    for (uint32_t i = 0; i < spreading.queue.len; i++) {
        uint32_t from = spreading.queue.at[i], origin = self->origins[context][from];
        Edges edges = graph_calls(self->graph, from);
        for (uint32_t j = 0; j < edges.count; j++) {
            if (!goes_on(self, context, &edges.at[j])) continue;
            uint32_t edge = (uint32_t)(&edges.at[j] - all.at);
            enter(&spreading, edges.at[j].to, edge, origin == OWN ? edge : origin);
        }
    }
}

// Each context may ask for those that come before it.
const Contexts *program_contexts(Program *program) {
    void **slot = program_part(program, PART_CONTEXTS);
    if (*slot != NULL) return *slot;
    Arena *arena = program_arena(program);
    Contexts *self = *slot = arena_new(arena, Contexts);
    self->program = program;
    self->graph = program_graph(program);
    size_t bytes = sizeof(uint32_t) * (graph_count(self->graph) + 1);
    for (int context = 0; context < CONTEXT_COUNT; context++) {
        self->brought_by[context] = arena_alloc_raw(arena, bytes, 4);
        memset(self->brought_by[context], 0xff, bytes);
        self->origins[context] = arena_alloc_raw(arena, bytes, 4);
        spread(self, arena, (Context)context);
    }
    return self;
}

// ---- Asking ----

bool runs_in(const Contexts *self, Context context, uint32_t number) {
    return number != NO_INDEX && self->brought_by[context][number] != ABSENT;
}

static const Edge *edge_at(const Contexts *self, uint32_t place) {
    return place >= OWN ? NULL : &graph_edges(self->graph).at[place];
}

static const Edge *bringer(const Contexts *self, Context context, uint32_t number) {
    return edge_at(self, self->brought_by[context][number]);
}

const Edge *context_origin(const Contexts *self, Context context, uint32_t number) {
    return edge_at(self, self->origins[context][number]);
}

Str context_way(const Contexts *self, Arena *arena, Context context, uint32_t number) {
    uint32_t steps[MOST_STEPS_SHOWN], count = 0;
    const Edge *origin = context_origin(self, context, number);
    steps[count++] = number;
    for (const Edge *edge = bringer(self, context, number);
         edge != NULL && edge != origin && count < MOST_STEPS_SHOWN;
         edge = bringer(self, context, edge->from))
        steps[count++] = edge->from;
    Buf text = {0};
    while (count-- > 0) {
        buf_add(&text, value_display(self->program, graph_function(self->graph, steps[count])));
        if (count > 0) buf_add(&text, STR(" → "));
    }
    Str way = str_copy(arena, buf_str(&text));
    buf_release(&text);
    return way;
}

// ---- Arguments ----

// What the call at `call` is given at that position or, with `keyword`, as that element of its
// argument of that name.
static Value argument_at(const ModuleInfo *module, uint32_t call, uint32_t position,
                         const char *keyword) {
    const Summary *summary = module->summary;
    uint32_t end = summary->sites.at[call].place.end;
    for (uint32_t i = call + 1; i < summary->sites.len && i < call + MOST_ARGUMENTS_SEEN; i++) {
        const Site *site = &summary->sites.at[i];
        if (site->place.start >= end) break;
        if (site->by != call || site->position != position) continue;
        bool fits = keyword == NULL ? site->use == USE_ARGUMENT && site->keyword == 0
                                    : site->use == USE_ELEMENT && site->keyword != 0 &&
                                          str_is(summary->names.at[site->keyword], keyword);
        if (fits) return site_value(module, site);
    }
    return (Value){0};
}

static bool is_static(const Contexts *self, uint32_t number) {
    const FunctionInfo *info = info_of(self, number);
    const ModuleInfo *module = graph_module(self->graph, number);
    for (uint32_t i = 0; i < info->decorator_count; i++) {
        NameId name = module->summary->decorators.at[info->first_decorator + i];
        if (value_is(self->program, value_of_name(module, name), "builtins.staticmethod"))
            return true;
    }
    return false;
}

// How many parameters are taken before those that the call gives: `self` of `C().method`.
static uint32_t taken_before(const Contexts *self, const ModuleInfo *module, const Site *site,
                             uint32_t number) {
    if (info_of(self, number)->class == NO_INDEX || is_static(self, number)) return 0;
    Str name = module->summary->names.at[site->name];
    uint32_t dot = str_find_last_byte(name, '.');
    return dot < name.len && dot > 0 && name.at[dot - 1] == ')' ? 1 : 0;
}

static Value argument_handed_by(const Contexts *self, const Edge *edge, uint32_t parameter) {
    const ModuleInfo *module = graph_module(self->graph, edge->from);
    const Site *site = edge_site(self->graph, edge);
    uint32_t taken = taken_before(self, module, site, edge->to);
    if (parameter < taken) return (Value){0};
    uint32_t position = parameter - taken;
    bool is_partial = (site->flags & SITE_CALL) && site->callee == 0;
    if (is_partial && position + 1u < site->argument_count)
        return argument_at(module, edge->site, position + 1, NULL);
    if (is_partial) position -= site->argument_count - 1u;
    if (site->keyword != 0) return argument_at(module, site->by, position, "args");
    return argument_at(module, site->by, site->position + 1u + position, NULL);
}

Value handed_argument(const Contexts *self, uint32_t number, uint32_t parameter) {
    const Edge *edge = bringer(self, CONTEXT_THREAD, number);
    if (edge == NULL || !begins(self, CONTEXT_THREAD, edge)) return (Value){0};
    return argument_handed_by(self, edge, parameter);
}
