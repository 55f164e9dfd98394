#include "facts/scopes/maker.h"

static Pair *find_pair(const ScopeMaker *maker, uint32_t scope, uint32_t name) {
    ScopeTable table = maker->tables.at[scope];
    for (uint32_t i = name & table.mask;; i = (i + 1) & table.mask) {
        Pair *pair = &maker->pairs[table.first + i];
        if (pair->variable == NOWHERE || pair->name == name) return pair;
    }
}

// At least one more slot than there can be names: no table grows or is full.
static void make_tables(ScopeMaker *maker) {
    for (uint32_t i = 0; i < maker->tables.len; i++) {
        ScopeTable *table = &maker->tables.at[i];
        uint32_t slots = 1;
        while (slots <= table->most + table->most / 2)
            slots *= 2;
        table->first = maker->pair_count;
        table->mask = slots - 1;
        maker->pair_count += slots;
    }
    size_t size = sizeof(Pair) * (size_t)maker->pair_count;
    maker->pairs = memset(arena_alloc_raw(maker->arena, size, _Alignof(Pair)), 0xff, size);
}

static uint32_t claim_variable(ScopeMaker *maker, uint32_t scope, uint32_t name) {
    Pair *pair = find_pair(maker, scope, name);
    if (pair->variable != NOWHERE) return pair->variable;
    Scopes *self = maker->self;
    *pair = (Pair){name, self->variables.len};
    vec_push(maker->arena, &self->variables,
             (Variable){.name = maker->spellings.at[name], .scope = scope});
    return pair->variable;
}

// The variable that `name` means when read in `scope`: class scopes are seen from themselves only.
static uint32_t look_up(const ScopeMaker *maker, uint32_t scope, uint32_t name) {
    for (uint32_t from = scope;; scope = maker->self->scopes.at[scope].parent) {
        const Scope *at = &maker->self->scopes.at[scope];
        if (at->kind != SCOPE_CLASS || scope == from) {
            const Pair *pair = find_pair(maker, scope, name);
            if (pair->variable != NOWHERE) return pair->variable;
        }
        if (scope == MODULE_SCOPE) return NOWHERE;
    }
}

static void make_global(ScopeMaker *maker, const Occurrence *declaration) {
    uint32_t variable = claim_variable(maker, MODULE_SCOPE, declaration->name);
    if (declaration->scope == MODULE_SCOPE) return;
    maker->self->variables.at[variable].is_shared = true;
    *find_pair(maker, declaration->scope, declaration->name) = (Pair){declaration->name, variable};
}

// A nonlocal name is that of the nearest function around, whose own binding may stand further down:
// such names wait until all others have their variables. The one the name was given in its own
// scope stays behind without bindings.
static void make_nonlocals(ScopeMaker *maker) {
    for (uint32_t i = 0; i < maker->occurrences.len; i++) {
        Occurrence *at = &maker->occurrences.at[i];
        if (at->role != ROLE_NONLOCAL || at->scope == MODULE_SCOPE) continue;
        uint32_t outer = maker->self->scopes.at[at->scope].parent;
        uint32_t variable = look_up(maker, outer, at->name);
        if (variable == NOWHERE) continue;
        maker->self->variables.at[variable].is_shared = true;
        *find_pair(maker, at->scope, at->name) = (Pair){at->name, variable};
    }
}

void make_variables(ScopeMaker *maker) {
    make_tables(maker);
    for (uint32_t i = 0; i < maker->occurrences.len; i++)
        if (maker->occurrences.at[i].role == ROLE_GLOBAL)
            make_global(maker, &maker->occurrences.at[i]);
    for (uint32_t i = 0; i < maker->occurrences.len; i++) {
        const Occurrence *at = &maker->occurrences.at[i];
        if (is_binding(at->role)) claim_variable(maker, at->scope, at->name);
    }
    make_nonlocals(maker);
}

void resolve_names(ScopeMaker *maker) {
    const NodeNumbers *numbers = node_numbers(maker->file);
    for (uint32_t i = 0; i < maker->occurrences.len; i++) {
        Occurrence *at = &maker->occurrences.at[i];
        bool bound_here = is_binding(at->role);
        if (!bound_here && at->role != ROLE_READ) continue;
        at->variable = bound_here ? find_pair(maker, at->scope, at->name)->variable
                                  : look_up(maker, at->scope, at->name);
        const Node *identifier = &maker->nodes[at->node];
        maker->self->variable_at[node_number(numbers, maker->file, identifier)] = at->variable;
        if (at->variable == NOWHERE) continue;
        Variable *variable = &maker->self->variables.at[at->variable];
        if (bound_here)
            variable->binding_count++;
        else
            variable->use_count++;
    }
}
