// What names stand for. A name is taken apart at its dots, `()` and `!`; each part leads from one
// value to the next. Where a part leads through another name (an import, what a function returns,
// an attribute's value), that one is resolved first, at most DEEPEST deep: what lies deeper is
// unknown, as is what leads back to itself.

#include "project/tables.h"

enum { DEEPEST = 48 };

// ---- Functions ----

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
    self->gaps += facts->state != STATE_DONE;
    return facts->state == STATE_DONE ? facts->kind : KIND_UNKNOWN;
}

bool function_is_overridden(Program *self, Value function) {
    return function.kind == VALUE_FUNCTION && facts_of(self, function)->is_overridden;
}

Value instance_of(Program *self, Value class) {
    if (class.kind == VALUE_CLASS) return (Value){VALUE_INSTANCE, class.module, class.index};
    return class.kind == VALUE_EXTERNAL ? external_called(self, class) : unknown;
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
    return (Value){kind, function.module, function.index};
}

Value call_function(Program *self, Value function) {
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

// ---- Modules ----

static Value value_of_found(Found found) {
    if (found.module != NO_MODULE) return (Value){VALUE_MODULE, found.module, 0};
    if (found.folder != NO_MODULE) return (Value){VALUE_FOLDER, 0, found.folder};
    return unknown;
}

static Value module_member(Program *self, uint32_t index, Str name, uint32_t depth);

static bool is_known_function(Program *self, Value external) {
    Str call = str_join(self->arena, external_name(self, external), STR("()"));
    bool is_known = known_value(call) != NULL;
    str_give_back(self->arena, call);
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
    case VALUE_INSTANCE: return instance_attribute(self, value, name);
    case VALUE_EXTERNAL: return external_member(self, value, name, false);
    default: return unknown;
    }
}

Value value_of_call(Program *self, Value callee) {
    switch (callee.kind) {
    case VALUE_FUNCTION: return call_function(self, callee);
    case VALUE_CLASS: return (Value){VALUE_INSTANCE, callee.module, callee.index};
    case VALUE_INSTANCE: {
        Value method = instance_attribute(self, callee, STR("__call__"));
        return method.kind == VALUE_FUNCTION ? call_function(self, method) : unknown;
    }
    case VALUE_EXTERNAL: return external_called(self, callee);
    default: return unknown;
    }
}

static Value await_value(Program *self, Value value) {
    if (value.kind == VALUE_EXTERNAL) return external_behind(self, value, STR("!"), STR(""));
    if (value.kind != VALUE_COROUTINE) return unknown;
    return returned_value(self, (Value){VALUE_FUNCTION, value.module, value.index});
}

// ---- Names ----

// Letters come behind all of them.
static bool ends_part(char c) {
    return c <= '.' && (c == '.' || c == '(' || c == '!');
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
    Value value = value_of_found(modules_find(&self->paths, self->arena, module->start, word));
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

static Value follow_all(Program *self, const Module *module, Str name) {
    Str rest = name;
    Value value = root_value(self, module, &rest);
    return follow(self, module, value, name, rest);
}

// Of the imported names that were followed from where the module begins to look for them; NULL
// where there is no such table.
static Map *names_imported_like(Program *self, const Module *module, Str name) {
    bool is_imported = name.at[0] != ':' && name.at[0] != '.' && name.at[0] != '$';
    if (!is_imported || self->imported == NULL) return NULL;
    SearchStart start = module->start;
    return start.folder == NO_MODULE ? NULL : &self->imported[start.folder][start.is_script];
}

// Thousands of files import the same: it is followed once.
Value find_value(Program *self, const Module *module, Str name) {
    Map *places = names_imported_like(self, module, name);
    if (places == NULL) return follow_all(self, module, name);
    uint32_t place = map_get(places, name), gaps = self->gaps;
    if (place != MAP_NONE) return self->imported_values.at[place];
    Value value = follow_all(self, module, name);
    if (gaps != self->gaps) return value;
    map_put(self->arena, places, name, self->imported_values.len);
    vec_push(self->arena, &self->imported_values, value);
    return value;
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
    if (value->kind == VALUE_BEING_SOUGHT || self->depth == DEEPEST) {
        self->gaps++;
        return unknown;
    }
    value->kind = VALUE_BEING_SOUGHT;
    self->depth++;
    *value = resolve_new(self, module_at(self, module->index), name);
    self->depth--;
    return *value;
}

// ---- Identity ----
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
