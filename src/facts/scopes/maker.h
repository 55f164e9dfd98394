// Scopes on their way, and what the files of this folder and facts/scopes.c ask each other. Three
// passes over flat arrays:
//
//     scopes.c      goes down the tree: each node's *role* (bound as what, read, or no name) and
//                   scope follow from its parent's, and every identifier that is a name is noted
//     roles.c       what a node's role is, given its parent's
//     variables.c   gives each (scope, name) that is bound its variable, and finds the variable
//                   that each name means
//     bindings.c    lays bindings and uses out by variable, by a counting sort; what is asked of a
//                   binding
//
// Nobody else includes this.

#ifndef ASYNCLINT_FACTS_SCOPES_MAKER_H
#define ASYNCLINT_FACTS_SCOPES_MAKER_H

#include "base/map.h"
#include "base/vec.h"
#include "facts/node_numbers.h"
#include "facts/scopes.h"

enum { NOWHERE = UINT32_MAX, MODULE_SCOPE = 0 };

// What stands in the place of a node, given from above: a BindingKind or one of these.
typedef enum Role {
    ROLE_READ = BINDING_NONE,
    ROLE_NO_NAME = BINDING_TYPE_PARAMETER + 1,
    ROLE_GLOBAL,
    ROLE_NONLOCAL,
} Role;

typedef struct Occurrence {
    uint32_t node, scope, name;
    uint8_t role;
    uint32_t variable;
} Occurrence;

// A name that a scope has.
typedef struct Pair {
    uint32_t name, variable; // `variable` NOWHERE: a free slot
} Pair;

// Each scope has a table of its own, so that what is asked for in a function is found in one place.
typedef struct ScopeTable {
    uint32_t first; // of its slots
    uint32_t mask;  // a power of two less one: open addressing
    uint32_t most;  // names that it may get
} ScopeTable;

struct Scopes {
    VEC(Scope) scopes;
    VEC(Variable) variables;
    Map module_names;      // to variables
    uint32_t *variable_at; // by number of an identifier: index of its variable, or NOWHERE
    bool has_star_import;  // somewhere: then a name bound nowhere may come from there
};

// A node whose children are being looked at.
typedef struct Level {
    uint32_t end;   // one past its last node
    uint32_t scope; // its children run in it, but for those placed outside
    uint8_t role;
} Level;

typedef struct ScopeMaker {
    File *file;
    Arena *arena;
    const Node *nodes;
    Scopes *self;
    VEC(Level) levels; // the nodes around the one at hand
    VEC(Occurrence) occurrences;
    Map interned;
    VEC(Str) spellings;     // by name
    VEC(ScopeTable) tables; // by scope
    Pair *pairs;            // the slots of all tables
    uint32_t pair_count;
} ScopeMaker;

// Whether a name with that role is bound.
static inline bool is_binding(uint8_t role) {
    return role != ROLE_READ && role < ROLE_NO_NAME;
}

// ---- roles.c ----

// Whether a node of that kind may stand between what binds and the names that are bound.
bool holds_targets(NodeKind kind);

// What `node` is, given that its parent is `role`.
uint8_t role_under(const Node *node, const Node *parent, uint8_t role);

// ---- variables.c ----

// Gives every name that is bound its variable.
void make_variables(ScopeMaker *maker);

// Says for each name which variable it means, and counts the bindings and uses of each.
void resolve_names(ScopeMaker *maker);

// ---- bindings.c ----

// Lists the bindings and uses of each variable, and the module's own variables by name.
void lay_out_bindings(ScopeMaker *maker);

#endif
