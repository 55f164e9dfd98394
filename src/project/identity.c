// Which variable of a module, or attribute of a class, a name means, by whatever name it is called.

#include "project/tables.h"

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
