#include "project/locks.h"

#include "base/map.h"
#include "base/vec.h"

// Functions that lead to one lock, at most.
enum { MOST_REACHED = 1024 };

typedef struct Reached {
    uint32_t number;
    LockTaking taking;
} Reached;

typedef struct Lock {
    VEC(LockTaking) takings;
    VEC(Reached) reached;
    Map index; // bytes of a function's number to its place in `reached`
    bool is_spread;
    Identity identity;
} Lock;

struct Locks {
    Program *program;
    Arena *arena;
    const Graph *graph;
    VEC(Lock) all;
    Map indices; // key_of() to the place in `all`
};

static Str key_of(Arena *arena, Identity lock) {
    uint32_t key[2] = {lock.module, lock.owner};
    return str_join(arena, (Str){(const char *)key, sizeof key}, lock.name);
}

static bool is_lock(const Program *program, Value value) {
    return value_is(program, value, "asyncio.Lock()") ||
           value_is(program, value, "asyncio.Condition()");
}

Identity region_lock(const ModuleInfo *module, const Region *region) {
    if (!region->is_async || !is_lock(module->program, value_of_name(module, region->name)))
        return (Identity){0};
    Identity lock = identity_of_name(module, region->name);
    return lock.is_attribute && !region->is_on_self ? (Identity){0} : lock;
}

bool is_on_object_of_lock(const ModuleInfo *module, const Site *call, Identity lock) {
    if (!lock.is_attribute || (call->flags & SITE_ON_SELF)) return true;
    return str_contains(module->summary->names.at[call->callee], STR("().<super>."));
}

static void add_region(Locks *self, const ModuleInfo *module, const Region *region) {
    Identity lock = region_lock(module, region);
    if (!lock.is_known || region->function == NO_INDEX) return;
    uint32_t next = self->all.len;
    uint32_t index = map_get_or_put(self->arena, &self->indices, key_of(self->arena, lock), next);
    if (index == next) vec_push(self->arena, &self->all, (Lock){.identity = lock});
    vec_push(self->arena, &self->all.at[index].takings, (LockTaking){module, region});
}

Locks *program_locks(Program *program) {
    void **slot = program_part(program, PART_LOCKS);
    if (*slot != NULL) return *slot;
    Arena *arena = program_arena(program);
    Locks *self = arena_new(arena, Locks);
    *slot = self;
    *self = (Locks){.program = program, .arena = arena, .graph = program_graph(program)};
    for (uint32_t i = 0; i < program_module_count(program); i++) {
        const ModuleInfo *module = program_module(program, i);
        for (uint32_t j = 0; j < module->summary->regions.len; j++)
            add_region(self, module, &module->summary->regions.at[j]);
    }
    return self;
}

static void reach(Locks *self, Lock *lock, uint32_t number, LockTaking taking) {
    if (lock->reached.len == MOST_REACHED) return;
    uint32_t next = lock->reached.len;
    Str key = str_copy(self->arena, (Str){(const char *)&number, sizeof number});
    if (map_get_or_put(self->arena, &lock->index, key, next) != next) return;
    vec_push(self->arena, &lock->reached, (Reached){number, taking});
}

static void spread(Locks *self, Lock *lock) {
    lock->is_spread = true;
    for (uint32_t i = 0; i < lock->takings.len; i++) {
        LockTaking taking = lock->takings.at[i];
        Value function = {VALUE_FUNCTION, taking.module->index, taking.region->function};
        reach(self, lock, graph_number(self->graph, function), taking);
    }
    for (uint32_t i = 0; i < lock->reached.len; i++) {
        Reached reached = lock->reached.at[i];
        for (const Edge *edge = graph_first_caller(self->graph, reached.number); edge != NULL;
             edge = graph_next_caller(self->graph, edge)) {
            const ModuleInfo *module = graph_module(self->graph, edge->from);
            if (edge->kind == EDGE_AWAITED &&
                is_on_object_of_lock(module, edge_site(self->graph, edge), lock->identity))
                reach(self, lock, edge->from, reached.taking);
        }
    }
}

LockTaking lock_taking(Locks *self, Identity lock, uint32_t number) {
    LockTaking nowhere = {0};
    uint32_t index = map_get(&self->indices, key_of(self->arena, lock));
    if (index == MAP_NONE) return nowhere;
    Lock *found = &self->all.at[index];
    if (!found->is_spread) spread(self, found);
    uint32_t place = map_get(&found->index, (Str){(const char *)&number, sizeof number});
    return place == MAP_NONE ? nowhere : found->reached.at[place].taking;
}
