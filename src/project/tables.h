// The tables behind a Program, and what the files of this folder that fill them ask each other:
//
//     program.c    makes the tables; names from outside; definitions by name
//     values.c     what names stand for, what calls give
//     members.c    classes: bases, attributes, methods, type variables
//     identity.c   which variable or attribute a name means
//
// All others know program.h alone.

#ifndef ASYNCLINT_PROJECT_TABLES_H
#define ASYNCLINT_PROJECT_TABLES_H

#include "base/map.h"
#include "base/vec.h"
#include "project/modules.h"
#include "project/program.h"

enum { MOST_STARS = 8 }; // imports that a name is followed through, where they may go in a circle

typedef enum State { STATE_NEW, STATE_RUNNING, STATE_DONE } State;

typedef struct FunctionFacts {
    uint8_t state; // of `kind`
    uint8_t kind;
    bool is_property;
    bool is_wrapped;              // a decorator put another function in its place
    bool is_overridden;           // by a method of a subclass
    bool is_overridden_otherwise; // by one of another kind
} FunctionFacts;

typedef struct ClassFacts {
    uint8_t state;   // of `bases`
    uint8_t traits;  // of its instances
    bool has_traits; // `traits` is filled
    Bases bases;
    Map attributes; // name to the first assignment among the summary's
} ClassFacts;

typedef struct Module {
    ModuleInfo info;
    Map definitions; // qualified name to 2 * function or 2 * class + 1
    Map exports;     // name to its place among the summary's
    FunctionFacts *functions;
    ClassFacts *classes;
    SearchStart start;         // where absolute imports are looked for
    uint32_t *next_attributes; // by attribute: the class's next one of that name, or NO_INDEX
} Module;

typedef struct External {
    Str name;
    const KnownValue *known; // or NULL
    uint32_t called;         // what calling it gives, or NO_INDEX until somebody asks
    bool is_of_asyncio;
} External;

struct Program {
    Arena *arena;
    Modules paths;
    VEC(Module) modules;
    Map external_ids; // by name, also by those that are the same as another
    VEC(External) externals;
    // Imported names to their places in `imported_values`, by a SearchStart's folder and
    // `is_script`.
    Map (*imported)[2];
    VEC(Value) imported_values;
    uint32_t depth;
    uint32_t gaps; // how often something was unknown only because it was being sought, or too deep
    void *parts[PART_COUNT];
};

static const Value unknown = {0};

static inline Module *module_at(const Program *self, uint32_t index) {
    return &self->modules.at[index];
}

static inline Str name_of(const Module *module, NameId id) {
    return module->info.summary->names.at[id];
}

static inline const FunctionInfo *info_of(const Program *self, Value function) {
    return &module_at(self, function.module)->info.summary->functions.at[function.index];
}

static inline FunctionFacts *facts_of(const Program *self, Value function) {
    return &module_at(self, function.module)->functions[function.index];
}

static inline FunctionKind bare_kind(const FunctionInfo *info) {
    bool yields = info->flags & FUNCTION_YIELDS;
    if (info->flags & FUNCTION_ASYNC) return yields ? KIND_ASYNC_GENERATOR : KIND_COROUTINE;
    return yields ? KIND_GENERATOR : KIND_SYNC;
}

static inline Value class_itself(Value instance_or_class) {
    return (Value){VALUE_CLASS, instance_or_class.module, instance_or_class.index};
}

static inline const ClassInfo *class_info(const Program *self, Value class) {
    return &module_at(self, class.module)->info.summary->classes.at[class.index];
}

// ---- program.c ----

// A value from outside. The name lives as long as the program.
Value external_value(Program *self, Str name);

Str external_name(const Program *self, Value value);

// The value of that name with something behind it.
Value external_behind(Program *self, Value value, Str between, Str word);

Value external_member(Program *self, Value value, Str name, bool is_instance);

// What calling it gives.
Value external_called(Program *self, Value value);

// The function or class that `definitions` has; unknown where there is none, or more than one.
Value definition_of(const Module *module, uint32_t code);
Value definition_named(const Module *module, Str name);

// ---- values.c ----

// What a name stands for that is none of the summary's.
Value find_value(Program *self, const Module *module, Str name);

static inline Value resolve(Program *self, uint32_t module, NameId name) {
    return value_of_name(&module_at(self, module)->info, name);
}

// An instance of a class from the project or from outside.
Value instance_of(Program *self, Value class);

Value call_function(Program *self, Value function);

// ---- members.c ----

// The method or attribute of a class or instance. `first` is 1 for what stands behind the class
// itself, as `super()` looks.
Value find_member(Program *self, Value value, Str name, uint32_t first);

Value own_method(Program *self, Value class, Str name);

// The place of the class's first assignment to that attribute among the summary's, or NO_INDEX.
uint32_t first_attribute(const Program *self, Value class, Str name);

#endif
