// The members of classes: attributes that are assigned to, methods, and what bases have of both.

#include "project/tables.h"

enum { MOST_BASES = 64, MOST_ASSIGNMENTS = 256 };

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
    self->gaps += facts->state != STATE_DONE;
    return facts->state == STATE_DONE ? facts->bases : (Bases){0};
}

Value own_method(Program *self, Value class, Str name) {
    const Module *module = module_at(self, class.module);
    Str class_name = name_of(module, class_info(self, class)->name);
    Str key = str_join3(self->arena, class_name, STR("."), name);
    Value method = definition_named(module, key);
    str_give_back(self->arena, key);
    return method;
}

uint32_t first_attribute(const Program *self, Value class, Str name) {
    uint32_t index = map_get(&module_at(self, class.module)->classes[class.index].attributes, name);
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

Value find_member(Program *self, Value value, Str name, uint32_t first) {
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

Value instance_attribute(Program *self, Value value, Str name) {
    Value member = find_member(self, value, name, 0);
    if (member.kind != VALUE_FUNCTION) return member;
    FunctionFacts *facts = facts_of(self, member);
    function_kind(self, member);
    if (facts->is_overridden_otherwise) return unknown;
    return facts->is_property && value.kind == VALUE_INSTANCE ? call_function(self, member)
                                                              : member;
}
