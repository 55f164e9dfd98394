// What names stand for. A name is taken apart at its dots, `()` and `!`; each part leads from one
// value to the next. Where a part leads through another name (an import, what a function returns,
// an attribute's value), that one is resolved first, at most DEEPEST deep: what lies deeper is
// unknown, as is what leads back to itself.

#include "base/map.h"
#include "base/vec.h"
#include "project/modules.h"
#include "project/program.h"

enum { DEEPEST = 48, MOST_BASES = 64, MOST_STARS = 8, MOST_ASSIGNMENTS = 256 };

// In place of a definition: there are several, and it cannot be told which one is meant.
static const uint32_t defined_twice = MAP_NONE - 1;

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
    bool has_attributes; // `attributes` is filled
    Map attributes;      // name to the first assignment among the summary's
} ClassFacts;

typedef struct Module {
    ModuleInfo info;
    Map definitions; // qualified name to 2 * function or 2 * class + 1
    Map exports;     // name to its place among the summary's
    FunctionFacts *functions;
    ClassFacts *classes;
    uint32_t *next_attributes; // by attribute: the class's next one of that name, or NO_INDEX
} Module;

typedef struct External {
    Str name;
    const KnownValue *known; // or NULL
} External;

struct Program {
    Arena *arena;
    Modules paths;
    VEC(Module) modules;
    Map external_ids; // by name, also by those that are the same as another
    VEC(External) externals;
    uint32_t depth;
    void *parts[PART_COUNT];
};

static const Value unknown = {0};

static Module *module_at(const Program *self, uint32_t index) {
    return &self->modules.at[index];
}

static Str name_of(const Module *module, NameId id) {
    return module->info.summary->names.at[id];
}

// The name it is followed further by: what known_values.def says, and `with x` gives x itself,
// which is true of all that stands there. Empty: its own.
static Str other_name(Str name, const KnownValue *known) {
    static const char *const entering[] = {".__enter__()", ".__aenter__()!"};
    if (known != NULL) return known->same_as;
    for (int i = 0; i < 2; i++)
        if (str_ends_with(name, str_of(entering[i])))
            return str_slice(name, 0, str_find(name, str_of(entering[i])));
    return (Str){0};
}

// The name lives as long as the program.
static Value external_value(Program *self, Str name) {
    uint32_t id = map_get(&self->external_ids, name);
    if (id != MAP_NONE) return (Value){VALUE_EXTERNAL, 0, id};
    const KnownValue *known = known_value(name);
    Str other = other_name(name, known);
    if (other.len > 0) {
        id = external_value(self, other).index;
    } else {
        id = self->externals.len;
        vec_push(self->arena, &self->externals, (External){name, known});
    }
    map_put(self->arena, &self->external_ids, name, id);
    return (Value){VALUE_EXTERNAL, 0, id};
}

static Str external_name(const Program *self, Value value) {
    return self->externals.at[value.index].name;
}

// The value of that name with something behind it.
static Value external_behind(Program *self, Value value, Str between, Str word) {
    ArenaMark mark = arena_mark(self->arena);
    Str name = str_join3(self->arena, external_name(self, value), between, word);
    uint32_t id = map_get(&self->external_ids, name);
    if (id == MAP_NONE) return external_value(self, name);
    arena_return(self->arena, mark);
    return (Value){VALUE_EXTERNAL, 0, id};
}

Str value_external_name(const Program *self, Value value) {
    return value.kind == VALUE_EXTERNAL ? external_name(self, value) : (Str){0};
}

uint32_t program_external_count(const Program *self) {
    return self->externals.len;
}

bool value_is(const Program *self, Value value, const char *name) {
    return value.kind == VALUE_EXTERNAL && str_is(external_name(self, value), name);
}

static Value resolve(Program *self, uint32_t module, NameId name);

// ---- Functions ----

static const FunctionInfo *info_of(const Program *self, Value function) {
    return &module_at(self, function.module)->info.summary->functions.at[function.index];
}

static FunctionFacts *facts_of(const Program *self, Value function) {
    return &module_at(self, function.module)->functions[function.index];
}

static FunctionKind bare_kind(const FunctionInfo *info) {
    bool yields = info->flags & FUNCTION_YIELDS;
    if (info->flags & FUNCTION_ASYNC) return yields ? KIND_ASYNC_GENERATOR : KIND_COROUTINE;
    return yields ? KIND_GENERATOR : KIND_SYNC;
}

static bool keeps_kind(Str decorator) {
    static const char *const names[] = {
        "builtins.staticmethod",
        "builtins.classmethod",
        "abc.abstractmethod",
        "abc.abstractclassmethod",
        "abc.abstractstaticmethod",
        "typing.override",
        "typing.final",
        "typing.overload",
        "typing.no_type_check",
        "typing_extensions.override",
        "typing_extensions.final",
        "typing_extensions.deprecated()",
        "warnings.deprecated()",
        "functools.lru_cache",
        "functools.lru_cache()",
        "functools.cache",
        "functools.wraps()",
        "unittest.skip()",
        "unittest.skipIf()",
        "unittest.skipUnless()",
        "unittest.expectedFailure",
        "unittest.mock.patch()",
        "unittest.mock.patch.object()",
        "unittest.mock.patch.dict()",
        "unittest.mock.patch.multiple()",
    };
    return STR_IS_ONE_OF(decorator, names);
}

static bool makes_property(Str decorator) {
    static const char *const names[] = {"builtins.property", "functools.cached_property",
                                        "abc.abstractproperty"};
    return STR_IS_ONE_OF(decorator, names);
}

// What a decorator from outside the project makes of a function.
static FunctionKind decorated_from_outside(Str decorator, FunctionKind kind) {
    if (keeps_kind(decorator)) return kind;
    if (str_is(decorator, "contextlib.asynccontextmanager"))
        return kind == KIND_ASYNC_GENERATOR ? KIND_ASYNC_MANAGER : KIND_UNKNOWN;
    if (str_is(decorator, "contextlib.contextmanager"))
        return kind == KIND_GENERATOR ? KIND_MANAGER : KIND_UNKNOWN;
    if (str_is(decorator, "asyncio.coroutine") || str_is(decorator, "types.coroutine"))
        return kind == KIND_GENERATOR ? KIND_COROUTINE : KIND_UNKNOWN;
    return KIND_UNKNOWN;
}

static bool is_first_parameter(Str name) {
    return str_is(name, "$0");
}

// A decorator of the project gives back its argument, or a function of its own.
static FunctionKind decorated_by_project(Program *self, FunctionFacts *facts, Value decorator,
                                         FunctionKind kind) {
    if (function_kind(self, decorator) != KIND_SYNC) return KIND_UNKNOWN;
    const Module *module = module_at(self, decorator.module);
    const FunctionInfo *info = info_of(self, decorator);
    NameId returned = info->returned;
    bool gives_back = info->flags & FUNCTION_RETURNS_FIRST;
    if (gives_back || is_first_parameter(name_of(module, returned))) return kind;
    Value wrapper = resolve(self, decorator.module, returned);
    if (wrapper.kind != VALUE_FUNCTION) return KIND_UNKNOWN;
    facts->is_wrapped = true;
    FunctionKind wrapped = function_kind(self, wrapper);
    return wrapped == KIND_SYNC ? KIND_UNKNOWN : wrapped;
}

static FunctionKind apply_decorator(Program *self, FunctionFacts *facts, Value decorator,
                                    FunctionKind kind) {
    if (decorator.kind == VALUE_FUNCTION) return decorated_by_project(self, facts, decorator, kind);
    Str name = value_external_name(self, decorator);
    if (!makes_property(name)) return decorated_from_outside(name, kind);
    facts->is_property = true;
    return kind;
}

static bool is_setter_name(Str name) {
    return str_ends_with(name, STR(".setter")) || str_ends_with(name, STR(".deleter")) ||
           str_ends_with(name, STR(".getter"));
}

static FunctionKind find_kind(Program *self, Value function) {
    const Module *module = module_at(self, function.module);
    const FunctionInfo *info = info_of(self, function);
    FunctionFacts *facts = facts_of(self, function);
    FunctionKind kind = bare_kind(info);
    for (uint32_t i = info->decorator_count; i-- > 0 && kind != KIND_UNKNOWN;) {
        NameId name = module->info.summary->decorators.at[info->first_decorator + i];
        kind = apply_decorator(self, facts, resolve(self, function.module, name), kind);
    }
    return kind;
}

FunctionKind function_kind(Program *self, Value function) {
    if (function.kind != VALUE_FUNCTION) return KIND_UNKNOWN;
    FunctionFacts *facts = facts_of(self, function);
    if (facts->state == STATE_NEW) {
        facts->state = STATE_RUNNING;
        facts->kind = (uint8_t)find_kind(self, function);
        facts->state = STATE_DONE;
    }
    return facts->state == STATE_DONE ? facts->kind : KIND_UNKNOWN;
}

bool function_is_overridden(Program *self, Value function) {
    return function.kind == VALUE_FUNCTION && facts_of(self, function)->is_overridden;
}

static Value instance_of(Program *self, Value class) {
    if (class.kind == VALUE_CLASS) return (Value){VALUE_INSTANCE, class.module, class.index};
    if (class.kind != VALUE_EXTERNAL) return unknown;
    return external_behind(self, class, STR("()"), STR(""));
}

// Whether it comes from outside and the table has nothing on it.
static bool is_strange(const Program *self, Value value) {
    return value.kind == VALUE_UNKNOWN ||
           (value.kind == VALUE_EXTERNAL && self->externals.at[value.index].known == NULL);
}

// What the body of a function gives: by `return`, or by its annotation.
static Value returned_value(Program *self, Value function) {
    const FunctionInfo *info = info_of(self, function);
    if (facts_of(self, function)->is_wrapped) return unknown;
    bool has_body = (info->flags & (FUNCTION_TRIVIAL | FUNCTION_ABSTRACT)) == 0;
    if (has_body && !(info->flags & FUNCTION_RETURNS) && !(info->flags & FUNCTION_LAMBDA))
        return external_value(self, STR("builtins.None()"));
    Value value = has_body ? resolve(self, function.module, info->returned) : unknown;
    if (!is_strange(self, value) || info->annotation == 0) return value;
    Value annotated = instance_of(self, resolve(self, function.module, info->annotation));
    return annotated.kind == VALUE_UNKNOWN ? value : annotated;
}

static Value made_by(ValueKind kind, Value function) {
    return (Value){(uint8_t)kind, function.module, function.index};
}

static Value call_function(Program *self, Value function) {
    switch (function_kind(self, function)) {
    case KIND_COROUTINE: return made_by(VALUE_COROUTINE, function);
    case KIND_GENERATOR: return made_by(VALUE_GENERATOR, function);
    case KIND_ASYNC_GENERATOR: return made_by(VALUE_ASYNC_GENERATOR, function);
    case KIND_MANAGER: return made_by(VALUE_MANAGER, function);
    case KIND_ASYNC_MANAGER: return made_by(VALUE_ASYNC_MANAGER, function);
    case KIND_SYNC: return returned_value(self, function);
    default: return unknown;
    }
}

// ---- Classes ----

static Value class_itself(Value instance_or_class) {
    return (Value){VALUE_CLASS, instance_or_class.module, instance_or_class.index};
}

static const ClassInfo *class_info(const Program *self, Value class) {
    return &module_at(self, class.module)->info.summary->classes.at[class.index];
}

static bool contains(const Value *values, uint32_t count, Value value) {
    for (uint32_t i = 0; i < count; i++)
        if (value_equals(values[i], value)) return true;
    return false;
}

static bool adds_nothing(const Program *self, Value base) {
    static const char *const names[] = {"builtins.object", "typing.Generic", "typing.Protocol",
                                        "abc.ABC", "typing_extensions.Protocol"};
    return STR_IS_ONE_OF(value_external_name(self, base), names);
}

// The class and its bases, each where it first comes up: near enough to Python's order, which
// differs only where a base is inherited twice.
static Bases find_bases(Program *self, Value class) {
    Value found[MOST_BASES] = {class};
    uint32_t count = 1;
    bool is_complete = true;
    for (uint32_t next = 0; next < count; next++) {
        if (found[next].kind != VALUE_CLASS) continue;
        const ClassInfo *info = class_info(self, found[next]);
        const Summary *summary = module_at(self, found[next].module)->info.summary;
        if (info->has_keywords) is_complete = false;
        for (uint32_t i = 0; i < info->base_count; i++) {
            Value base = resolve(self, found[next].module, summary->bases.at[info->first_base + i]);
            bool is_class = base.kind == VALUE_CLASS || base.kind == VALUE_EXTERNAL;
            if (!is_class || count == MOST_BASES) is_complete = false;
            if (!is_class || adds_nothing(self, base) || contains(found, count, base)) continue;
            if (count < MOST_BASES) found[count++] = base;
        }
    }
    Value *copy = arena_array(self->arena, Value, count);
    memcpy(copy, found, sizeof(Value) * count);
    return (Bases){copy, count, is_complete};
}

Bases class_bases(Program *self, Value class) {
    if (class.kind != VALUE_CLASS && class.kind != VALUE_INSTANCE) return (Bases){0};
    class = class_itself(class);
    ClassFacts *facts = &module_at(self, class.module)->classes[class.index];
    if (facts->state == STATE_NEW) {
        facts->state = STATE_RUNNING;
        facts->bases = find_bases(self, class);
        facts->state = STATE_DONE;
    }
    return facts->state == STATE_DONE ? facts->bases : (Bases){0};
}

static Value definition_of(const Module *module, uint32_t code) {
    if (code == MAP_NONE || code == defined_twice) return unknown;
    uint8_t kind = code & 1 ? VALUE_CLASS : VALUE_FUNCTION;
    return (Value){kind, module->info.index, code >> 1};
}

// The function or class of that qualified name; unknown where there is none, or more than one.
static Value definition_named(const Module *module, Str name) {
    return definition_of(module, map_get(&module->definitions, name));
}

static Value own_method(Program *self, Value class, Str name) {
    const Module *module = module_at(self, class.module);
    Str class_name = name_of(module, class_info(self, class)->name);
    ArenaMark mark = arena_mark(self->arena);
    Str key = str_join3(self->arena, class_name, STR("."), name);
    Value method = definition_named(module, key);
    arena_return(self->arena, mark);
    return method;
}

static void index_attributes(Program *self, Module *module, ClassFacts *facts,
                             const ClassInfo *info) {
    facts->has_attributes = true;
    for (uint32_t i = info->attribute_count; i-- > 0;) {
        uint32_t index = info->first_attribute + i;
        Str name = name_of(module, module->info.summary->attributes.at[index].name);
        uint32_t later = map_get(&facts->attributes, name);
        module->next_attributes[index] = later == MAP_NONE ? NO_INDEX : later;
        map_put(self->arena, &facts->attributes, name, index);
    }
}

static uint32_t first_attribute(Program *self, Value class, Str name) {
    Module *module = module_at(self, class.module);
    ClassFacts *facts = &module->classes[class.index];
    if (!facts->has_attributes) index_attributes(self, module, facts, class_info(self, class));
    uint32_t index = map_get(&facts->attributes, name);
    return index == MAP_NONE ? NO_INDEX : index;
}

// Whether the class assigns to the attribute; `*value` is what, where all assignments agree.
static bool own_attribute(Program *self, Value class, Str name, Value *value) {
    const Module *module = module_at(self, class.module);
    uint32_t first = first_attribute(self, class, name), seen = 0;
    for (uint32_t i = first; i != NO_INDEX; i = module->next_attributes[i]) {
        if (seen++ == MOST_ASSIGNMENTS) *value = unknown;
        if (seen > MOST_ASSIGNMENTS) break;
        NameId assigned_name = module->info.summary->attributes.at[i].value;
        Value assigned = resolve(self, class.module, assigned_name);
        if (i != first && !value_equals(assigned, *value)) assigned = unknown;
        *value = assigned;
        if (assigned.kind == VALUE_UNKNOWN) break;
    }
    return first != NO_INDEX;
}

static Value own_member(Program *self, Value class, Str name, bool *is_found) {
    Value value = unknown;
    *is_found = own_attribute(self, class, name, &value);
    if (*is_found) return value;
    value = own_method(self, class, name);
    *is_found = value.kind != VALUE_UNKNOWN;
    return value;
}

static Value external_member(Program *self, Value value, Str name, bool is_instance) {
    return external_behind(self, value, is_instance ? STR("().") : STR("."), name);
}

// ---- Type variables ----

static bool is_type_variable(const Program *self, Value value) {
    return value_is(self, value, "typing.TypeVar()") ||
           value_is(self, value, "typing_extensions.TypeVar()");
}

// The type argument at `place` of a base, or 0.
static NameId type_argument(const Summary *summary, uint32_t base, uint32_t place) {
    for (uint32_t i = 0; i < summary->type_arguments.len; i++)
        if (summary->type_arguments.at[i].base == base && place-- == 0)
            return summary->type_arguments.at[i].name;
    return 0;
}

// The place of a type variable among those of the class: the order in which its bases have them.
static uint32_t place_of_variable(Program *self, Value class, NameId variable) {
    const ClassInfo *info = class_info(self, class);
    const Summary *summary = module_at(self, class.module)->info.summary;
    uint32_t place = 0;
    for (uint32_t i = 0; i < summary->type_arguments.len; i++) {
        const TypeArgument *argument = &summary->type_arguments.at[i];
        if (argument->base - info->first_base >= info->base_count) continue;
        if (argument->name == variable) return place;
        place += is_type_variable(self, resolve(self, class.module, argument->name));
    }
    return NO_INDEX;
}

// The class among `bases` before `base` that names it as a base, and as which of the summary's.
static uint32_t heir_of(Program *self, Bases bases, uint32_t base, uint32_t *as) {
    for (uint32_t heir = base; heir-- > 0;) {
        if (bases.at[heir].kind != VALUE_CLASS) continue;
        const ClassInfo *info = class_info(self, bases.at[heir]);
        const Summary *summary = module_at(self, bases.at[heir].module)->info.summary;
        for (*as = info->first_base; *as < info->first_base + info->base_count; ++*as)
            if (value_equals(resolve(self, bases.at[heir].module, summary->bases.at[*as]),
                             bases.at[base]))
                return heir;
    }
    return NO_INDEX;
}

// An instance of what the classes before the one at `owner` put in place of its type variable.
static Value in_place_of_variable(Program *self, Bases bases, uint32_t owner, NameId variable) {
    for (;;) {
        uint32_t base, place = place_of_variable(self, bases.at[owner], variable);
        if (place == NO_INDEX) return unknown;
        owner = heir_of(self, bases, owner, &base);
        if (owner == NO_INDEX) return unknown;
        uint32_t module = bases.at[owner].module;
        variable = type_argument(module_at(self, module)->info.summary, base, place);
        Value argument = resolve(self, module, variable);
        if (!is_type_variable(self, argument)) return instance_of(self, argument);
    }
}

// The type variable of which an attribute is said to be an instance, or 0.
static NameId variable_of_attribute(Program *self, Value class, Str name) {
    const Module *module = module_at(self, class.module);
    uint32_t attribute = first_attribute(self, class, name);
    if (attribute == NO_INDEX) return 0;
    Str value = name_of(module, module->info.summary->attributes.at[attribute].value);
    if (!str_ends_with(value, STR("()"))) return 0;
    Str variable = str_slice(value, 0, value.len - 2);
    for (uint32_t i = 0; i < module->info.summary->type_arguments.len; i++) {
        NameId id = module->info.summary->type_arguments.at[i].name;
        if (str_eq(name_of(module, id), variable)) return id;
    }
    return 0;
}

// `first` is 1 for what stands behind the class itself, as `super()` looks.
static Value find_member(Program *self, Value value, Str name, uint32_t first) {
    Bases bases = class_bases(self, value);
    for (uint32_t i = first; i < bases.count; i++) {
        if (bases.at[i].kind == VALUE_EXTERNAL) {
            // What stands outside may have it or not; the only base outside has it.
            bool is_last = i + 1 == bases.count && bases.is_complete;
            if (!is_last) return unknown;
            return external_member(self, bases.at[i], name, value.kind == VALUE_INSTANCE);
        }
        bool is_found;
        Value member = own_member(self, bases.at[i], name, &is_found);
        NameId variable = is_found ? variable_of_attribute(self, bases.at[i], name) : 0;
        if (variable != 0) return in_place_of_variable(self, bases, i, variable);
        if (is_found) return member;
    }
    return unknown;
}

static Value class_member(Program *self, Value value, Str name) {
    Value member = find_member(self, value, name, 0);
    if (member.kind != VALUE_FUNCTION) return member;
    FunctionFacts *facts = facts_of(self, member);
    function_kind(self, member);
    if (facts->is_overridden_otherwise) return unknown;
    return facts->is_property && value.kind == VALUE_INSTANCE ? call_function(self, member)
                                                              : member;
}

Value instance_attribute(Program *self, Value instance, Str name) {
    return class_member(self, instance, name);
}

// ---- Modules ----

static Value value_of_found(Found found) {
    if (found.module != NO_MODULE) return (Value){VALUE_MODULE, found.module, 0};
    if (found.folder != NO_MODULE) return (Value){VALUE_FOLDER, 0, found.folder};
    return unknown;
}

static Value module_member(Program *self, uint32_t index, Str name, uint32_t depth);

static bool is_known_function(Program *self, Value external) {
    ArenaMark mark = arena_mark(self->arena);
    bool is_known =
        known_value(str_join(self->arena, external_name(self, external), STR("()"))) != NULL;
    arena_return(self->arena, mark);
    return is_known;
}

// What `from m import *` brings under that name.
static Value starred_member(Program *self, uint32_t index, Str name, uint32_t depth) {
    const Summary *summary = module_at(self, index)->info.summary;
    if (depth == MOST_STARS) return unknown;
    for (uint32_t i = summary->stars.len; i-- > 0;) {
        Value star = resolve(self, index, summary->stars.at[i]);
        if (star.kind == VALUE_EXTERNAL) {
            Value member = external_member(self, star, name, false);
            if (is_known_function(self, member)) return member;
        }
        if (star.kind != VALUE_MODULE || star.module == index) continue;
        Value member = module_member(self, star.module, name, depth + 1);
        if (member.kind != VALUE_UNKNOWN) return member;
    }
    return unknown;
}

static Value module_member(Program *self, uint32_t index, Str name, uint32_t depth) {
    const Module *module = module_at(self, index);
    uint32_t place = map_get(&module->exports, name);
    if (place != MAP_NONE)
        return resolve(self, index, module->info.summary->exports.at[place].value);
    uint32_t definition = map_get(&module->definitions, name);
    if (definition != MAP_NONE) return definition_of(module, definition);
    uint32_t folder = modules_folder_of_package(&self->paths, index);
    if (folder != NO_MODULE) {
        Value inner = value_of_found(modules_find_in(&self->paths, folder, name));
        if (inner.kind != VALUE_UNKNOWN) return inner;
    }
    return starred_member(self, index, name, depth);
}

// ---- Parts of names ----

static Value attribute_of(Program *self, Value value, Str name) {
    switch (value.kind) {
    case VALUE_FOLDER: return value_of_found(modules_find_in(&self->paths, value.index, name));
    case VALUE_MODULE: return module_member(self, value.module, name, 0);
    case VALUE_CLASS:
    case VALUE_INSTANCE: return class_member(self, value, name);
    case VALUE_EXTERNAL: return external_member(self, value, name, false);
    default: return unknown;
    }
}

Value value_of_call(Program *self, Value callee) {
    switch (callee.kind) {
    case VALUE_FUNCTION: return call_function(self, callee);
    case VALUE_CLASS: return (Value){VALUE_INSTANCE, callee.module, callee.index};
    case VALUE_INSTANCE: {
        Value method = class_member(self, callee, STR("__call__"));
        return method.kind == VALUE_FUNCTION ? call_function(self, method) : unknown;
    }
    case VALUE_EXTERNAL: return external_behind(self, callee, STR("()"), STR(""));
    default: return unknown;
    }
}

static Value await_value(Program *self, Value value) {
    if (value.kind == VALUE_EXTERNAL) return external_behind(self, value, STR("!"), STR(""));
    if (value.kind != VALUE_COROUTINE) return unknown;
    return returned_value(self, (Value){VALUE_FUNCTION, value.module, value.index});
}

// ---- Names ----

static bool ends_part(char c) {
    return c == '.' || c == '(' || c == '!';
}

// Cuts the next attribute's or root's name off.
static Str next_word(Str *rest) {
    uint32_t length = 0;
    while (length < rest->len && !ends_part(rest->at[length]))
        length++;
    Str word = str_slice(*rest, 0, length);
    *rest = str_from(*rest, length);
    return word;
}

// `<locals>.inner` behind a function: `whole` is the name up to here.
static Value local_of(const Module *module, Value value, Str whole, Str *rest) {
    if (value.kind != VALUE_FUNCTION || rest->len == 0) return unknown;
    *rest = str_from(*rest, 1);
    next_word(rest);
    Str key = str_slice(whole, 0, whole.len - rest->len);
    return definition_named(module, key);
}

static Value member_of_super(Program *self, Value value, Str *rest) {
    bool is_followed = rest->len > 0 && rest->at[0] == '.';
    if (value.kind != VALUE_INSTANCE || !is_followed) return unknown;
    *rest = str_from(*rest, 1);
    return find_member(self, value, next_word(rest), 1);
}

static Value next_value(Program *self, const Module *module, Value value, Str whole, Str *rest) {
    char first = rest->at[0];
    if (first == '!') {
        *rest = str_from(*rest, 1);
        return await_value(self, value);
    }
    if (first == '(') {
        *rest = str_from(*rest, 2);
        return value_of_call(self, value);
    }
    *rest = str_from(*rest, 1);
    Str word = next_word(rest);
    if (str_is(word, "<locals>")) return local_of(module, value, whole, rest);
    if (str_is(word, "<super>")) return member_of_super(self, value, rest);
    return attribute_of(self, value, word);
}

static Value relative_root(Program *self, const Module *module, Str *rest) {
    uint32_t level = 0;
    while (level < rest->len && rest->at[level] == '.')
        level++;
    uint32_t folder = modules_package(&self->paths, module->info.index, level);
    if (folder == NO_MODULE) return unknown;
    *rest = str_from(*rest, level);
    uint32_t init = self->paths.folders.at[folder].init;
    Value package =
        init == NO_MODULE ? (Value){VALUE_FOLDER, 0, folder} : (Value){VALUE_MODULE, init, 0};
    if (rest->len == 0) return package;
    Str word = next_word(rest);
    // `from . import x` in an __init__.py means the file x, not its own name for it.
    if (init == module->info.index)
        return value_of_found(modules_find_in(&self->paths, folder, word));
    return attribute_of(self, package, word);
}

static Value root_value(Program *self, const Module *module, Str *rest) {
    if (rest->at[0] == '$') return unknown;
    if (rest->at[0] == '.') return relative_root(self, module, rest);
    if (rest->at[0] == ':') {
        *rest = str_from(*rest, 1);
        return module_member(self, module->info.index, next_word(rest), 0);
    }
    Str word = next_word(rest);
    Value value = value_of_found(modules_find(&self->paths, self->arena, module->info.index, word));
    bool is_builtin = str_is(word, "builtins");
    if (value.kind != VALUE_UNKNOWN && !is_builtin) return value;
    return external_value(self, word);
}

// What the first part of the name is followed to by the rest.
static Value follow(Program *self, const Module *module, Value value, Str name, Str rest) {
    Str whole = name.at[0] == ':' ? str_from(name, 1) : name;
    while (rest.len > 0 && value.kind != VALUE_UNKNOWN)
        value = next_value(self, module, value, whole, &rest);
    return value;
}

static Value find_value(Program *self, const Module *module, Str name) {
    Str rest = name;
    Value value = root_value(self, module, &rest);
    return follow(self, module, value, name, rest);
}

// Whether the name begins with `part`, to which its next part can be applied alone: not so behind
// the dots of a relative import, `<locals>` and `<super>`.
static bool goes_on_from(Str name, Str part) {
    return part.at == name.at && part.len < name.len && ends_part(name.at[part.len]) &&
           part.at[part.len - 1] != '.' && part.at[part.len - 1] != '>';
}

// Behind a name often stands the one that it begins with: "f" behind "f()". NO_INDEX where not.
static NameId beginning_of(const Module *module, NameId name) {
    const Summary *summary = module->info.summary;
    for (NameId id = name + 1; id <= name + 2 && id < summary->names.len; id++)
        if (goes_on_from(summary->names.at[name], summary->names.at[id])) return id;
    return NO_INDEX;
}

static Value resolve_new(Program *self, const Module *module, NameId id) {
    Str name = name_of(module, id);
    NameId beginning = beginning_of(module, id);
    if (beginning == NO_INDEX) return find_value(self, module, name);
    Value value = resolve(self, module->info.index, beginning);
    return follow(self, module, value, name, str_from(name, name_of(module, beginning).len));
}

Value find_value_of_name(const ModuleInfo *module, NameId name) {
    Program *self = module->program;
    Value *value = &module->values[name];
    if (value->kind == VALUE_BEING_SOUGHT || self->depth == DEEPEST) return unknown;
    value->kind = VALUE_BEING_SOUGHT;
    self->depth++;
    *value = resolve_new(self, module_at(self, module->index), name);
    self->depth--;
    return *value;
}

static Value resolve(Program *self, uint32_t index, NameId name) {
    return value_of_name(&module_at(self, index)->info, name);
}

// ---- Identity ----

// What stands before the last word: "m" of "m.x", ".." of "..x".
static Str name_of_owner(Str name) {
    uint32_t dot = str_find_last_byte(name, '.');
    uint32_t level = 0;
    while (level < name.len && name.at[level] == '.')
        level++;
    return str_slice(name, 0, dot < level ? level : dot);
}

// A variable that is another name for a module's variable, by import or assignment, is that one.
static Identity aliased(Program *self, Identity identity) {
    for (int steps = 0; steps < MOST_STARS; steps++) {
        const Module *module = module_at(self, identity.module);
        uint32_t place = map_get(&module->exports, identity.name);
        if (place == MAP_NONE) return identity;
        Str value = name_of(module, module->info.summary->exports.at[place].value);
        uint32_t dot = str_find_last_byte(value, '.');
        if (dot == value.len || str_find_byte(value, '(') < value.len) return identity;
        Value owner = find_value(self, module, name_of_owner(value));
        if (owner.kind != VALUE_MODULE) return identity;
        identity = (Identity){true, false, owner.module, NO_INDEX, str_from(value, dot + 1)};
    }
    return identity;
}

static Identity identity_of_attribute(Program *self, Value owner, Str attribute) {
    Bases bases = class_bases(self, owner);
    for (uint32_t i = 0; i < bases.count && bases.at[i].kind == VALUE_CLASS; i++) {
        if (first_attribute(self, bases.at[i], attribute) != NO_INDEX)
            return (Identity){true, true, bases.at[i].module, bases.at[i].index, attribute};
    }
    return (Identity){0};
}

Identity identity_of(const ModuleInfo *module, Str name) {
    Identity none = {0};
    Program *self = module->program;
    uint32_t dot = str_find_last_byte(name, '.');
    if (dot == name.len) {
        if (name.len < 2 || name.at[0] != ':') return none;
        Str word = str_from(name, 1);
        bool is_plain = str_find_byte(word, '(') == word.len;
        return aliased(self, (Identity){is_plain, false, module->index, NO_INDEX, word});
    }
    Str attribute = str_from(name, dot + 1);
    if (str_find_byte(attribute, '(') < attribute.len || dot == 0) return none;
    Value owner = find_value(self, module_at(self, module->index), str_slice(name, 0, dot));
    if (owner.kind == VALUE_MODULE)
        return aliased(self, (Identity){true, false, owner.module, NO_INDEX, attribute});
    if (owner.kind != VALUE_INSTANCE && owner.kind != VALUE_CLASS) return none;
    return identity_of_attribute(self, owner, attribute);
}

Identity identity_of_name(const ModuleInfo *module, NameId name) {
    return identity_of(module, module->summary->names.at[name]);
}

bool identity_is_made(Program *self, Identity identity) {
    const Module *module = module_at(self, identity.module);
    const Summary *summary = module->info.summary;
    if (!identity.is_attribute) {
        uint32_t place = map_get(&module->exports, identity.name);
        return place != MAP_NONE &&
               str_ends_with(name_of(module, summary->exports.at[place].value), STR("()"));
    }
    Value class = {VALUE_CLASS, identity.module, identity.owner};
    if (!class_bases(self, class).is_complete) return false;
    uint32_t first = first_attribute(self, class, identity.name);
    for (uint32_t i = first; i != NO_INDEX; i = module->next_attributes[i])
        if (!summary->attributes.at[i].is_made) return false;
    return first != NO_INDEX;
}

// ---- What values are ----

static bool has_method(Program *self, Value instance, const char *name) {
    return find_member(self, instance, str_of(name), 0).kind != VALUE_UNKNOWN;
}

static unsigned find_traits(Program *self, Value instance) {
    Bases bases = class_bases(self, instance);
    if (!bases.is_complete) return 0;
    for (uint32_t i = 0; i < bases.count; i++)
        if (bases.at[i].kind != VALUE_CLASS) return 0;
    if (has_method(self, instance, "__getattr__")) return 0;
    if (class_info(self, instance)->has_decorators && bases.count > 1) return 0;
    unsigned traits = TRAIT_KNOWN;
    if (has_method(self, instance, "__await__")) traits |= TRAIT_AWAIT;
    if (has_method(self, instance, "__iter__") || has_method(self, instance, "__getitem__"))
        traits |= TRAIT_ITERATE;
    if (has_method(self, instance, "__aiter__")) traits |= TRAIT_ASYNC_ITERATE;
    if (has_method(self, instance, "__enter__")) traits |= TRAIT_ENTER;
    if (has_method(self, instance, "__aenter__")) traits |= TRAIT_ASYNC_ENTER;
    return traits;
}

static unsigned instance_traits(Program *self, Value instance) {
    ClassFacts *facts = &module_at(self, instance.module)->classes[instance.index];
    if (!facts->has_traits) {
        facts->traits = (uint8_t)find_traits(self, instance);
        facts->has_traits = true;
    }
    return facts->traits;
}

unsigned value_traits(Program *self, Value value) {
    switch (value.kind) {
    case VALUE_FUNCTION: return function_kind(self, value) == KIND_UNKNOWN ? 0 : TRAIT_KNOWN;
    case VALUE_COROUTINE: return TRAIT_KNOWN | TRAIT_AWAIT | TRAIT_COROUTINE;
    case VALUE_GENERATOR: return TRAIT_KNOWN | TRAIT_ITERATE;
    case VALUE_ASYNC_GENERATOR: return TRAIT_KNOWN | TRAIT_ASYNC_ITERATE;
    case VALUE_MANAGER: return TRAIT_KNOWN | TRAIT_ENTER;
    case VALUE_ASYNC_MANAGER: return TRAIT_KNOWN | TRAIT_ASYNC_ENTER;
    case VALUE_INSTANCE: return instance_traits(self, value);
    case VALUE_EXTERNAL: {
        const KnownValue *known = self->externals.at[value.index].known;
        return known == NULL ? 0 : known->traits;
    }
    default: return 0;
    }
}

const FunctionInfo *value_function(const Program *self, Value value) {
    bool is_one = value.kind == VALUE_FUNCTION ||
                  (value.kind >= VALUE_COROUTINE && value.kind <= VALUE_ASYNC_MANAGER);
    return is_one ? info_of(self, value) : NULL;
}

const ClassInfo *value_class(const Program *self, Value value) {
    bool is_one = value.kind == VALUE_CLASS || value.kind == VALUE_INSTANCE;
    return is_one ? class_info(self, value) : NULL;
}

// "f.<locals>.g" is shown as "g", "<lambda>@12" as "lambda".
static Str shown_name(Str name) {
    const Str locals = STR("<locals>.");
    for (uint32_t at = str_find(name, locals); at < name.len; at = str_find(name, locals))
        name = str_from(name, at + locals.len);
    return str_starts_with(name, STR("<lambda>")) ? STR("lambda") : name;
}

// "asyncio.Queue().put()" is shown as "asyncio.Queue.put".
Str name_display(Program *self, Str name) {
    if (str_starts_with(name, STR("builtins."))) name = str_from(name, 9);
    char *shown = arena_alloc_raw(self->arena, (size_t)name.len + 1, 1);
    uint32_t length = 0;
    for (uint32_t i = 0; i < name.len; i++)
        if (name.at[i] != '(' && name.at[i] != ')' && name.at[i] != '!')
            shown[length++] = name.at[i];
    return (Str){shown, length};
}

Str value_display(Program *self, Value value) {
    const FunctionInfo *function = value_function(self, value);
    if (function != NULL) return shown_name(name_of(module_at(self, value.module), function->name));
    const ClassInfo *class = value_class(self, value);
    if (class != NULL) return shown_name(name_of(module_at(self, value.module), class->name));
    return name_display(self, value_external_name(self, value));
}

Str callee_display(const ModuleInfo *module, const Site *call) {
    if (call->callee == 0) return value_display(module->program, site_value(module, call));
    Str name = value_display(module->program, site_callee(module, call));
    if (name.len > 0) return name;
    name = module->summary->names.at[call->callee];
    bool is_parameter = str_starts_with(name, STR("$"));
    if (is_parameter) name = str_from(name, str_find_byte(name, '.') + 1);
    if (str_starts_with(name, STR(":"))) name = str_from(name, 1);
    return name_display(module->program, shown_name(name));
}

Str place_display(Arena *arena, const Summary *summary, Place place) {
    uint32_t slash = str_find_last_byte(summary->path, '/');
    Str file = slash == summary->path.len ? summary->path : str_from(summary->path, slash + 1);
    return str_format(arena, "%.*s:%u", STR_ARG(file), place.line);
}

// ---- Making ----

static bool is_overload(const Module *module, const FunctionInfo *info) {
    for (uint32_t i = 0; i < info->decorator_count; i++) {
        Str name = name_of(module, module->info.summary->decorators.at[info->first_decorator + i]);
        if (str_ends_with(name, STR("overload"))) return true;
    }
    return false;
}

static bool is_setter(const Module *module, const FunctionInfo *info) {
    for (uint32_t i = 0; i < info->decorator_count; i++)
        if (is_setter_name(
                name_of(module, module->info.summary->decorators.at[info->first_decorator + i])))
            return true;
    return false;
}

static void define(Arena *arena, Module *module, NameId name, uint32_t code) {
    Str text = name_of(module, name);
    uint32_t before = map_get(&module->definitions, text);
    const Summary *summary = module->info.summary;
    if (before != MAP_NONE && before != defined_twice) {
        bool both_functions = !((before | code) & 1);
        bool agree = both_functions && bare_kind(&summary->functions.at[before >> 1]) ==
                                           bare_kind(&summary->functions.at[code >> 1]);
        if (!agree) code = defined_twice;
    }
    map_put(arena, &module->definitions, text, code);
}

// What is there as overloads alone, as in a protocol, is defined by them where they agree.
static void define_overloads(Arena *arena, Module *module) {
    const Summary *summary = module->info.summary;
    for (uint32_t i = 0; i < summary->functions.len; i++) {
        const FunctionInfo *info = &summary->functions.at[i];
        if (!is_overload(module, info)) continue;
        uint32_t before = map_get(&module->definitions, name_of(module, info->name));
        bool is_first = before == MAP_NONE;
        bool is_other = !is_first && before != defined_twice && !(before & 1) &&
                        is_overload(module, &summary->functions.at[before >> 1]) &&
                        summary->functions.at[before >> 1].annotation != info->annotation;
        if (is_first) define(arena, module, info->name, i << 1);
        if (is_other)
            map_put(arena, &module->definitions, name_of(module, info->name), defined_twice);
    }
}

static void define_all(Arena *arena, Module *module) {
    const Summary *summary = module->info.summary;
    map_reserve(arena, &module->definitions, summary->functions.len + summary->classes.len);
    map_reserve(arena, &module->exports, summary->exports.len);
    for (uint32_t i = 0; i < summary->functions.len; i++) {
        const FunctionInfo *info = &summary->functions.at[i];
        if (!is_overload(module, info) && !is_setter(module, info))
            define(arena, module, info->name, i << 1);
    }
    define_overloads(arena, module);
    for (uint32_t i = 0; i < summary->classes.len; i++)
        define(arena, module, summary->classes.at[i].name, i << 1 | 1);
    for (uint32_t i = 0; i < summary->exports.len; i++)
        map_put(arena, &module->exports, name_of(module, summary->exports.at[i].name), i);
}

typedef struct Making {
    Program *program;
    Crew crew;
} Making;

static void make_module(void *context, uint32_t index, unsigned worker) {
    const Making *making = context;
    Arena *arena = &making->crew.arenas[worker];
    Module *module = module_at(making->program, index);
    const Summary *summary = module->info.summary;
    module->info.values = arena_alloc_raw(arena, sizeof(Value) * (summary->names.len + 1), 4);
    memset(module->info.values, VALUE_NOT_ASKED, sizeof(Value) * (summary->names.len + 1));
    module->info.values[0] = unknown;
    module->functions = arena_array(arena, FunctionFacts, summary->functions.len);
    module->next_attributes = arena_array(arena, uint32_t, summary->attributes.len);
    module->classes = arena_array(arena, ClassFacts, summary->classes.len);
    define_all(arena, module);
}

static Str last_word(Str name) {
    uint32_t dot = str_find_last_byte(name, '.');
    return dot == name.len ? name : str_from(name, dot + 1);
}

static void mark_overridden(Program *self, Value method, Value class) {
    const Module *module = module_at(self, method.module);
    const FunctionInfo *info = info_of(self, method);
    Str name = last_word(name_of(module, info->name));
    Bases bases = class_bases(self, class);
    for (uint32_t i = 1; i < bases.count; i++) {
        if (bases.at[i].kind != VALUE_CLASS) continue;
        Value base = own_method(self, bases.at[i], name);
        if (base.kind != VALUE_FUNCTION) continue;
        FunctionFacts *facts = facts_of(self, base);
        facts->is_overridden = true;
        if (bare_kind(info_of(self, base)) != bare_kind(info))
            facts->is_overridden_otherwise = true;
    }
}

static void mark_all_overridden(Program *self) {
    for (uint32_t i = 0; i < self->modules.len; i++) {
        const Summary *summary = self->modules.at[i].info.summary;
        for (uint32_t j = 0; j < summary->functions.len; j++) {
            uint32_t class = summary->functions.at[j].class;
            if (class == NO_INDEX || summary->classes.at[class].base_count == 0) continue;
            mark_overridden(self, (Value){VALUE_FUNCTION, i, j}, (Value){VALUE_CLASS, i, class});
        }
    }
}

Program *program_make(Crew crew, const Summary *const *summaries, uint32_t count) {
    Arena *arena = &crew.arenas[0];
    Program *self = arena_new(arena, Program);
    self->arena = arena;
    vec_reserve(arena, &self->modules, count);
    for (uint32_t i = 0; i < count; i++) {
        if (summaries[i] == NULL) continue;
        Module module = {
            .info = {.program = self, .summary = summaries[i], .index = self->modules.len}};
        vec_push(arena, &self->modules, module);
        modules_add(&self->paths, arena, summaries[i]->path);
    }
    crew_run(crew, self->modules.len, make_module, &(Making){self, crew});
    mark_all_overridden(self);
    return self;
}

uint32_t program_module_count(const Program *self) {
    return self->modules.len;
}

const ModuleInfo *program_module(const Program *self, uint32_t index) {
    return &self->modules.at[index].info;
}

Arena *program_arena(const Program *self) {
    return self->arena;
}

void **program_part(Program *self, ProgramPart part) {
    return &self->parts[part];
}

void program_set_consents(Program *self, uint32_t module, Consents consents) {
    self->modules.at[module].info.consents = consents;
}

void program_set_patterns(Program *self, uint32_t module, CallPatterns patterns) {
    self->modules.at[module].info.patterns = patterns;
}
