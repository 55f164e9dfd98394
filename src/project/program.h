// The program that all files together are: what the names in their summaries mean.
//
//     summaries ──► modules      which file an import means           project/modules.c
//               ──► values       what a name stands for: a function,
//                                an instance, a coroutine …           project/values.c
//               ──► call graph   who calls whom, what blocks          project/graph.h
//
// Nothing here looks at source. A name (facts/names.h) is resolved on first demand, once: from its
// root component by component, through imports, re-exports, assignments, classes and their bases,
// decorators and what functions return. What cannot be told is VALUE_UNKNOWN, and every rule is
// silent about it.

#ifndef ASYNCLINT_PROJECT_PROGRAM_H
#define ASYNCLINT_PROJECT_PROGRAM_H

#include "base/pool.h"
#include "facts/summary.h"
#include "project/known.h"

typedef struct Program Program;

typedef enum ValueKind {
    VALUE_UNKNOWN,
    VALUE_FOLDER, // a package without __init__.py
    VALUE_MODULE,
    VALUE_FUNCTION,
    VALUE_CLASS,
    VALUE_INSTANCE,  // of the class
    VALUE_COROUTINE, // made by the function, as are the next four
    VALUE_GENERATOR,
    VALUE_ASYNC_GENERATOR,
    VALUE_MANAGER,       // of @contextmanager
    VALUE_ASYNC_MANAGER, // of @asynccontextmanager
    VALUE_EXTERNAL,      // from outside the project; has a name
    // In the place of a name's value, for value_of_name() alone:
    VALUE_BEING_SOUGHT,
    VALUE_NOT_ASKED = UINT8_MAX,
} ValueKind;

typedef struct Value {
    uint32_t kind : 8;    // ValueKind
    uint32_t module : 24; // of a function or class
    uint32_t index;       // of the function, class, folder or name
} Value;

enum { MOST_MODULES = 1 << 24 }; // of a program; those beyond are left out

// What calling a function gives.
typedef enum FunctionKind {
    KIND_UNKNOWN, // a decorator that cannot be told
    KIND_SYNC,
    KIND_COROUTINE,
    KIND_GENERATOR,
    KIND_ASYNC_GENERATOR,
    KIND_MANAGER,
    KIND_ASYNC_MANAGER,
} FunctionKind;

// What the user knows of calls.
typedef enum CallPatternKind {
    CALLS_BLOCKING,
    CALLS_NON_BLOCKING,
    CALLS_THREADING, // run in a thread the functions that are given to them
    CALL_PATTERN_KIND_COUNT,
} CallPatternKind;

// Lists of patterns, and who reads them.
typedef struct CallPatterns {
    bool (*matches)(const void *patterns, Str name); // NULL: there are none
    const void *of[CALL_PATTERN_KIND_COUNT];         // NULL: none of that kind
} CallPatterns;

// Where the user says that what a rule looks for is right: `# noqa: AIO201` at a call.
typedef struct Consents {
    bool (*cover)(const void *consents, const char *code, uint32_t line); // NULL: there are none
    const void *consents;
} Consents;

typedef struct ModuleInfo {
    Program *program;
    const Summary *summary;
    Value *values;  // by name
    uint32_t index; // among the project's modules
    CallPatterns patterns;
    Consents consents;
} ModuleInfo;

// Makes the project of `count` summaries, in the order of their paths; NULL entries are left out.
// Those beyond MOST_MODULES are left out, too. Everything comes to live in the first of the crew's
// arenas, which others leave alone from now on; the summaries outlive it.
Program *program_make(Crew crew, const Summary *const *summaries, uint32_t count);

uint32_t program_module_count(const Program *self);
const ModuleInfo *program_module(const Program *self, uint32_t index);

// Tells what the user knows of a module's calls. To be done before the graph is asked for.
void program_set_patterns(Program *self, uint32_t module, CallPatterns patterns);

void program_set_consents(Program *self, uint32_t module, Consents consents);

// What the program lives in.
Arena *program_arena(const Program *self);

// What others make of the program on first demand, and where they keep it; NULL until then.
typedef enum ProgramPart {
    PART_GRAPH,
    PART_CONTEXTS,
    PART_LOCKS,
    PART_QUEUES,
    PART_COUNT
} ProgramPart;
void **program_part(Program *self, ProgramPart part);

// ---- Values ----

// Of a name that was not asked for before.
Value find_value_of_name(const ModuleInfo *module, NameId name);

// What the name with that id of the module stands for.
static inline Value value_of_name(const ModuleInfo *module, NameId name) {
    Value value = module->values[name];
    return value.kind <= VALUE_EXTERNAL ? value : find_value_of_name(module, name);
}

static inline Value site_value(const ModuleInfo *module, const Site *site) {
    return value_of_name(module, site->name);
}

// What a call calls.
static inline Value site_callee(const ModuleInfo *module, const Site *call) {
    return value_of_name(module, call->callee);
}

// What calling a value gives.
Value value_of_call(Program *self, Value callee);

// TRAIT_KNOWN and what else holds, or 0.
unsigned value_traits(Program *self, Value value);

static inline bool value_is_coroutine(Program *self, Value value) {
    if (value.kind != VALUE_EXTERNAL) return value.kind == VALUE_COROUTINE;
    return (value_traits(self, value) & TRAIT_COROUTINE) != 0;
}

// The name of a VALUE_EXTERNAL, in the notation of facts/names.h; empty for others.
Str value_external_name(const Program *self, Value value);

// The same of one that begins with "asyncio."; empty for others.
Str value_asyncio_name(const Program *self, Value value);

// Whether it is exactly that name from outside the project.
bool value_is(const Program *self, Value value, const char *name);

// How the value is called in a message: "load", "Cache.get", "asyncio.sleep".
Str value_display(Program *self, Value value);

// The same of a name from outside the project.
Str name_display(Program *self, Str external);

// How what a call calls is called in a message: as value_display(), or as the code has it. Of what
// is no call, how its value is called.
Str callee_display(const ModuleInfo *module, const Site *call);

// The function behind a function, coroutine, generator or manager; NULL for others.
const FunctionInfo *value_function(const Program *self, Value value);
const ClassInfo *value_class(const Program *self, Value value); // of a class or instance

FunctionKind function_kind(Program *self, Value function);

// Whether a subclass in the project has a method of that name in its place.
bool function_is_overridden(Program *self, Value function);

static inline bool value_equals(Value a, Value b) {
    return a.kind == b.kind && a.module == b.module && a.index == b.index;
}

// ---- Classes ----

// What stands before the attribute's name: for `:C().lock` the class in whose body or methods the
// attribute is assigned, with the attribute's own name. Tells one lock from another.
typedef struct Identity {
    bool is_known;
    bool is_attribute;      // of `self` or of a class; else a module's variable
    uint32_t module, owner; // the class's index, or NO_INDEX for a module's variable
    Str name;
} Identity;

Identity identity_of_name(const ModuleInfo *module, NameId name);
Identity identity_of(const ModuleInfo *module, Str name); // in the notation of facts/names.h

// Whether all that is assigned to it is the result of a call, or None.
bool identity_is_made(Program *self, Identity identity);

static inline bool identity_equals(Identity a, Identity b) {
    return a.is_known && b.is_known && a.module == b.module && a.owner == b.owner &&
           str_eq(a.name, b.name);
}

// The names of a class's bases outside the project, resolved; false where some base is unknown.
typedef struct Bases {
    const Value *at; // the class first, then its bases, each once
    uint32_t count;
    bool is_complete; // no base is unknown
} Bases;

Bases class_bases(Program *self, Value class);

// The method or attribute `name` that an instance finds; VALUE_UNKNOWN where it has none.
Value instance_attribute(Program *self, Value instance, Str name);

// "db.py:14": file name and line, for messages.
Str place_display(Arena *arena, const Summary *summary, Place place);

#endif
