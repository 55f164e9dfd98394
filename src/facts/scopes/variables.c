#include "facts/scopes/making.h"

static Pair *find_pair(const Making *making, uint32_t scope, uint32_t name) {
    ScopeTable table = making->tables.at[scope];
    for (uint32_t i = name & table.mask;; i = (i + 1) & table.mask) {
        Pair *pair = &making->pairs[table.first + i];
        if (pair->variable == NOWHERE || pair->name == name) return pair;
    }
}

// At least one more slot than there can be names: no table grows or is full.
static void make_tables(Making *making) {
    for (uint32_t i = 0; i < making->tables.len; i++) {
        ScopeTable *table = &making->tables.at[i];
        uint32_t slots = 1;
        while (slots <= table->most + table->most / 2)
            slots *= 2;
        table->first = making->pair_count;
        table->mask = slots - 1;
        making->pair_count += slots;
    }
    size_t size = sizeof(Pair) * (size_t)making->pair_count;
    making->pairs = memset(arena_alloc_raw(making->arena, size, _Alignof(Pair)), 0xff, size);
}

static uint32_t claim_variable(Making *making, uint32_t scope, uint32_t name) {
    Pair *pair = find_pair(making, scope, name);
    if (pair->variable != NOWHERE) return pair->variable;
    Scopes *self = making->self;
    *pair = (Pair){name, self->variables.len};
    vec_push(making->arena, &self->variables,
             (Variable){.name = making->spellings.at[name], .scope = scope});
    return pair->variable;
}

// The variable that `name` means when read in `scope`: class scopes are seen from themselves only.
static uint32_t look_up(const Making *making, uint32_t scope, uint32_t name) {
    for (uint32_t from = scope;; scope = making->self->scopes.at[scope].parent) {
        const Scope *at = &making->self->scopes.at[scope];
        if (at->kind != SCOPE_CLASS || scope == from) {
            const Pair *pair = find_pair(making, scope, name);
            if (pair->variable != NOWHERE) return pair->variable;
        }
        if (scope == MODULE_SCOPE) return NOWHERE;
    }
}

static void make_global(Making *making, const Occurrence *declaration) {
    uint32_t variable = claim_variable(making, MODULE_SCOPE, declaration->name);
    if (declaration->scope == MODULE_SCOPE) return;
    making->self->variables.at[variable].is_shared = true;
    *find_pair(making, declaration->scope, declaration->name) = (Pair){declaration->name, variable};
}

// A nonlocal name is that of the nearest function around, whose own binding may stand further down:
// such names wait until all others have their variables. The one the name was given in its own
// scope stays behind without bindings.
static void make_nonlocals(Making *making) {
    for (uint32_t i = 0; i < making->occurrences.len; i++) {
        Occurrence *at = &making->occurrences.at[i];
        if (at->role != ROLE_NONLOCAL || at->scope == MODULE_SCOPE) continue;
        uint32_t outer = making->self->scopes.at[at->scope].parent;
        uint32_t variable = look_up(making, outer, at->name);
        if (variable == NOWHERE) continue;
        making->self->variables.at[variable].is_shared = true;
        *find_pair(making, at->scope, at->name) = (Pair){at->name, variable};
    }
}

void make_variables(Making *making) {
    make_tables(making);
    for (uint32_t i = 0; i < making->occurrences.len; i++)
        if (making->occurrences.at[i].role == ROLE_GLOBAL)
            make_global(making, &making->occurrences.at[i]);
    for (uint32_t i = 0; i < making->occurrences.len; i++) {
        const Occurrence *at = &making->occurrences.at[i];
        if (is_binding(at->role)) claim_variable(making, at->scope, at->name);
    }
    make_nonlocals(making);
}

void resolve_names(Making *making) {
    for (uint32_t i = 0; i < making->occurrences.len; i++) {
        Occurrence *at = &making->occurrences.at[i];
        bool bound_here = is_binding(at->role);
        if (!bound_here && at->role != ROLE_READ) continue;
        at->variable = bound_here ? find_pair(making, at->scope, at->name)->variable
                                  : look_up(making, at->scope, at->name);
        making->self->variable_at[at->node] = at->variable;
        if (at->variable == NOWHERE) continue;
        Variable *variable = &making->self->variables.at[at->variable];
        if (bound_here)
            variable->binding_count++;
        else
            variable->use_count++;
    }
}
