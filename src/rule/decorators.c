#include "rule/decorators.h"

#include "base/glob.h"
#include "facts/functions.h"

static Str last_name(Str dotted) {
    uint32_t dot = str_find_last_byte(dotted, '.');
    return dot < dotted.len ? str_from(dotted, dot + 1) : dotted;
}

bool is_transformed_generator(const Pass *pass, const Node *function) {
    if (is_context_manager_function(pass->file, function)) return true;
    const StrList *names = &pass->settings->generator_decorators;
    const Node *decorator = NULL;
    while ((decorator = decorator_after(function, decorator)) != NULL)
        for (uint32_t i = 0; i < names->count; i++)
            if (str_eq(decorator_last_name(pass->file, decorator), last_name(names->at[i])))
                return true;
    return false;
}

static Str pattern_name(Str pattern) {
    pattern = str_trim(str_slice(pattern, 0, str_find(pattern, STR("->"))));
    return str_starts_with(pattern, STR("@")) ? str_from(pattern, 1) : pattern;
}

uint32_t matching_pattern(const StrList *patterns, Str name) {
    for (uint32_t i = 0; name.len > 0 && i < patterns->count; i++)
        if (glob_match(pattern_name(patterns->at[i]), name)) return i;
    return UINT32_MAX;
}

Str pattern_advice(Str pattern) {
    uint32_t arrow = str_find(pattern, STR("->"));
    return arrow < pattern.len ? str_trim(str_from(pattern, arrow + 2)) : (Str){0};
}
