// The tables of a program: made of the summaries, file by file on all threads, and the values from
// outside, each once.

#include "project/tables.h"

// In place of a definition: there are several, and it cannot be told which one is meant.
static const uint32_t defined_twice = MAP_NONE - 1;

// ---- Values from outside ----

// The name it is followed further by: what known_values.def says, and `with x` gives x itself,
// which is true of all that stands there. Empty: its own.
static Str other_name(Str name, const KnownValue *known) {
    static const char *const entering[] = {".__enter__()", ".__aenter__()!"};
    if (known != NULL) return str_of(known->same_as);
    for (int i = 0; i < 2; i++)
        if (str_ends_with(name, str_of(entering[i])))
            return str_slice(name, 0, str_find(name, str_of(entering[i])));
    return (Str){0};
}

// Whether the name is new: it has to live as long as the program then.
static bool find_external(Program *self, Str name, Value *value) {
    uint32_t next = self->externals.len;
    uint32_t id = map_get_or_put(self->arena, &self->external_ids, name, next);
    *value = (Value){VALUE_EXTERNAL, 0, id};
    if (id != next) return false;
    const KnownValue *known = known_value(name);
    Str other = other_name(name, known);
    if (other.len == 0) {
        External external = {.name = name,
                             .known = known,
                             .called = NO_INDEX,
                             .is_of_asyncio = str_starts_with(name, STR("asyncio."))};
        vec_push(self->arena, &self->externals, external);
    } else {
        *value = external_value(self, other);
        map_put(self->arena, &self->external_ids, name, value->index);
    }
    return true;
}

Value external_value(Program *self, Str name) {
    Value value;
    find_external(self, name, &value);
    return value;
}

Str external_name(const Program *self, Value value) {
    return self->externals.at[value.index].name;
}

Value external_behind(Program *self, Value value, Str between, Str word) {
    Str name = str_join3(self->arena, external_name(self, value), between, word);
    Value behind;
    if (!find_external(self, name, &behind)) str_give_back(self->arena, name);
    return behind;
}

Value external_member(Program *self, Value value, Str name, bool is_instance) {
    return external_behind(self, value, is_instance ? STR("().") : STR("."), name);
}

Value external_called(Program *self, Value value) {
    uint32_t called = self->externals.at[value.index].called;
    if (called == NO_INDEX) {
        called = external_behind(self, value, STR("()"), STR("")).index;
        self->externals.at[value.index].called = called;
    }
    return (Value){VALUE_EXTERNAL, 0, called};
}

Str value_external_name(const Program *self, Value value) {
    return value.kind == VALUE_EXTERNAL ? external_name(self, value) : (Str){0};
}

Str value_asyncio_name(const Program *self, Value value) {
    bool is_of_asyncio =
        value.kind == VALUE_EXTERNAL && self->externals.at[value.index].is_of_asyncio;
    return is_of_asyncio ? external_name(self, value) : (Str){0};
}

bool value_is(const Program *self, Value value, const char *name) {
    return value.kind == VALUE_EXTERNAL && str_is(external_name(self, value), name);
}

// ---- Definitions ----

Value definition_of(const Module *module, uint32_t code) {
    if (code == MAP_NONE || code == defined_twice) return unknown;
    uint8_t kind = code & 1 ? VALUE_CLASS : VALUE_FUNCTION;
    return (Value){kind, module->info.index, code >> 1};
}

// The function or class of that qualified name; unknown where there is none, or more than one.
Value definition_named(const Module *module, Str name) {
    return definition_of(module, map_get(&module->definitions, name));
}

static bool is_setter_name(Str name) {
    return str_ends_with(name, STR(".setter")) || str_ends_with(name, STR(".deleter")) ||
           str_ends_with(name, STR(".getter"));
}

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

static void index_attributes(Arena *arena, Module *module, uint32_t class) {
    const Summary *summary = module->info.summary;
    const ClassInfo *info = &summary->classes.at[class];
    Map *attributes = &module->classes[class].attributes;
    map_reserve(arena, attributes, info->attribute_count);
    for (uint32_t i = info->attribute_count; i-- > 0;) {
        uint32_t index = info->first_attribute + i;
        Str name = name_of(module, summary->attributes.at[index].name);
        uint32_t later = map_get(attributes, name);
        module->next_attributes[index] = later == MAP_NONE ? NO_INDEX : later;
        map_put(arena, attributes, name, index);
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
    for (uint32_t i = 0; i < summary->classes.len; i++) {
        define(arena, module, summary->classes.at[i].name, i << 1 | 1);
        index_attributes(arena, module, i);
    }
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
    module->start = modules_search_start(&making->program->paths, index);
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
    for (uint32_t i = 0; i < count && self->modules.len < MOST_MODULES; i++) {
        if (summaries[i] == NULL) continue;
        Module module = {
            .info = {.program = self, .summary = summaries[i], .index = self->modules.len}};
        vec_push(arena, &self->modules, module);
        modules_add(&self->paths, arena, summaries[i]->path);
    }
    crew_run(crew, self->modules.len, make_module, &(Making){self, crew});
    for (unsigned i = 1; i < crew.jobs; i++)
        arena_take_over(arena, &crew.arenas[i]); // what they have to spare, too
    mark_all_overridden(self);
    // From now on a value is the same whenever it is asked for.
    self->imported = arena_alloc(arena, sizeof *self->imported * self->paths.folders.len);
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
