// Scopes, bindings and what a name stands for: the language reference's chapter 4.2 for one file.
//
// A *variable* is a name in the scope that owns it; every identifier of the tree that is a name
// (not an attribute, a keyword or a part of an import's path) belongs to one variable, or to none
// where it is a builtin, comes by `from m import *` or is bound nowhere. A variable knows all its
// bindings and all its uses, in document order. All of it is made once per file, on first demand,
// in time linear in the tree.

#ifndef ASYNCLINT_FACTS_SCOPES_H
#define ASYNCLINT_FACTS_SCOPES_H

#include "facts/file.h"

typedef enum ScopeKind {
    SCOPE_MODULE,
    SCOPE_CLASS,
    SCOPE_FUNCTION,
    SCOPE_LAMBDA,
    SCOPE_COMPREHENSION, // generator expressions too
    SCOPE_TYPE,          // of the type parameters of a function or class
} ScopeKind;

typedef struct Scope {
    const Node *node; // the module, class_definition, function_definition, lambda, comprehension
    uint32_t parent;  // index; the module is its own
    uint8_t kind;     // ScopeKind
} Scope;

typedef enum BindingKind {
    BINDING_NONE,
    BINDING_ASSIGNMENT,  // `x = value`, also annotated; `value` where x stands alone on the left
    BINDING_UNPACKING,   // `x, y = value`
    BINDING_ANNOTATION,  // `x: int` without a value
    BINDING_AUGMENTED,   // `x += value`
    BINDING_WALRUS,      // `(x := value)`
    BINDING_PARAMETER,   // `value` is the default, where there is one
    BINDING_FUNCTION,    // `value` is the function_definition
    BINDING_CLASS,       // `value` is the class_definition
    BINDING_IMPORT,      // `import a.b`, `import a.b as x`; `value` is its dotted_name
    BINDING_FROM_IMPORT, // `from m import a`, `from m import a as x`; `value` is a's dotted_name
    BINDING_FOR,         // `value` is what is iterated over; statements and comprehensions
    BINDING_WITH,        // `value` is the context manager
    BINDING_EXCEPT,      // `value` is the exception type
    BINDING_MATCH,       // captured by a pattern
    BINDING_DELETE,      // `del x` makes a name local as well
    BINDING_TYPE_ALIAS,  // `type X = …`
    BINDING_TYPE_PARAMETER,
} BindingKind;

typedef struct Binding {
    const Node *name;  // the identifier
    const Node *value; // see BindingKind; NULL where there is none
    // The binding with the annotation that the value stands under is so many before this one, plus
    // one; 0 where there is none. A parameter without annotation is under none.
    uint32_t annotated;
    uint8_t kind; // BindingKind
} Binding;

typedef struct Variable {
    Str name;
    const Binding *bindings;
    const Node *const *uses; // the identifiers that read it (an augmented assignment is a binding)
    uint32_t binding_count, use_count;
    uint32_t scope; // the one that owns it
    bool is_shared; // an inner scope rebinds it by `global` or `nonlocal`
} Variable;

// The variable that `identifier` binds or reads; NULL for a builtin, a name that a star import may
// have brought, an unbound name and what is no name at all.
const Variable *variable_of(File *file, const Node *identifier);

// How many of its bindings, or uses, stand before `node`.
uint32_t bindings_before(const Variable *variable, const Node *node);
uint32_t uses_before(const Variable *variable, const Node *node);

// A variable's number in its file, below variable_count().
uint32_t variable_number(File *file, const Variable *variable);
uint32_t variable_count(File *file);

// The binding of a variable that is bound once; NULL where it is bound twice or never. A rebinding
// to None, as in `except ImportError: x = None`, does not count.
const Binding *only_binding(const Variable *variable);

// The scope whose code runs `node`: decorators, defaults, annotations and base classes run outside
// the function or class they belong to, a comprehension's first iterable outside the comprehension.
const Scope *scope_of(File *file, const Node *node);
const Scope *scope_parent(File *file, const Scope *scope);
const Scope *variable_scope(File *file, const Variable *variable);

// The annotation of a parameter or of `x: T = …`; NULL where there is none.
const Node *binding_annotation(const Binding *binding);

// What an expression stands for when followed through parentheses, names that are bound once by an
// assignment or walrus, and such names' values in turn: `c` after `c = fetch()` is the call.
// The expression itself where nothing is known. Never NULL.
const Node *value_of(File *file, const Node *expression);

// What an assignment's targets get: `x` of `a = b = x`. NULL for a mere annotation.
const Node *assigned_value(const Node *assignment);

// Whether a value that is bound is None.
bool binding_is_none(const Binding *binding);

// The value of a variable that is bound once, by `x = value` or `(x := value)`; NULL otherwise.
const Node *plain_value(const Variable *variable);

// The variable of that name in the module's own scope, or NULL.
const Variable *module_variable(File *file, Str name);

// All variables of the module's own scope, in the order of their first mention.
typedef struct Variables {
    const Variable *const *at;
    uint32_t count;
} Variables;

Variables module_variables(File *file);

// Whether a name that is bound nowhere may come from `from m import *`.
bool has_star_import(File *file);

#endif
