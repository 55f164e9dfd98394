#include "rule/select.h"

#include "base/ascii.h"
#include "base/vec.h"

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static uint32_t count_letters(Str code) {
    uint32_t count = 0;
    while (count < code.len && is_capital(code.at[count]))
        count++;
    return count;
}

// "E" names E501 but not EXE001.
static bool begins_code(Str written, const Rule *rule) {
    const char *code = rule->code;
    uint32_t same = 0;
    while (same < written.len && code[same] != '\0' && code[same] == written.at[same])
        same++;
    if (same < written.len || same == 0) return false;
    return !is_capital(code[same - 1]) || !is_capital(code[same]);
}

static bool next_source_code(Str *rest, Str *code) {
    uint32_t start = 0;
    for (; start < rest->len; start++) {
        if (start > 0 && rest->at[start - 1] != ' ') continue;
        uint32_t end = start + count_letters(str_from(*rest, start));
        uint32_t digits = end;
        while (end < rest->len && is_digit(rest->at[end]))
            end++;
        if (digits == start || end == digits) continue;
        *code = str_slice(*rest, start, end);
        *rest = str_from(*rest, end);
        return true;
    }
    return false;
}

static bool is_alias(Str written, const Rule *rule) {
    if (rule->sources == NULL) return false;
    Str rest = str_of(rule->sources), code;
    while (next_source_code(&rest, &code))
        if (str_eq(code, written)) return true;
    return false;
}

typedef bool Naming(Str written, const Rule *rule);

static bool names_any(Naming *names, Str written) {
    for (uint32_t i = 0; i < registry_rule_count(); i++)
        if (names(written, registry_rule(i, NULL))) return true;
    return false;
}

static void name_all(uint8_t *named) {
    for (uint32_t i = 0; i < registry_rule_count(); i++)
        if (named[i] == NOT_NAMED) named[i] = NAMED_WITH_ALL;
}

static bool name_rules(Naming *names, Str written, uint8_t *named) {
    bool any = false;
    for (uint32_t i = 0; i < registry_rule_count(); i++) {
        const Rule *rule = registry_rule(i, NULL);
        if (!names(written, rule)) continue;
        any = true;
        size_t characters = names == is_alias ? strlen(rule->code) : written.len;
        if (named[i] <= characters) named[i] = (uint8_t)(characters + 1);
    }
    return any;
}

bool code_name_rules(Str written, uint8_t *named) {
    if (str_is(written, "ALL")) {
        name_all(named);
        return true;
    }
    return name_rules(begins_code, written, named) || name_rules(is_alias, written, named);
}

bool code_names(Str written, const Rule *rule) {
    return begins_code(written, rule) || is_alias(written, rule);
}

static Str nearest_code(Arena *arena, Str written) {
    VEC(Str) names = {0};
    vec_push(arena, &names, STR("ALL"));
    for (uint32_t i = 0; i < registry_rule_count(); i++) {
        const Rule *rule = registry_rule(i, NULL);
        Str code = str_of(rule->code);
        vec_push(arena, &names, code);
        vec_push(arena, &names, str_slice(code, 0, count_letters(code)));
        Str rest = str_of(rule->sources == NULL ? "" : rule->sources), alias;
        while (next_source_code(&rest, &alias))
            vec_push(arena, &names, alias);
    }
    return str_nearest(written, names.at, names.len);
}

bool code_is_known(Str written, Str origin, Error *error) {
    if (str_is(written, "ALL") || names_any(begins_code, written) || names_any(is_alias, written))
        return true;
    Arena arena = {0};
    Str nearest = nearest_code(&arena, written);
    if (nearest.len > 0)
        error_set(error, "%.*s: there is no rule `%.*s`; the nearest is `%.*s`", STR_ARG(origin),
                  STR_ARG(written), STR_ARG(nearest));
    else
        error_set(error, "%.*s: there is no rule `%.*s`", STR_ARG(origin), STR_ARG(written));
    arena_release(&arena);
    return false;
}

static void name_listed(const StrList *list, uint8_t *named) {
    for (uint32_t i = 0; list != NULL && i < list->count; i++)
        code_name_rules(list->at[i], named);
}

bool rule_cannot_be_ignored(const Rule *rule) {
    return rule->code[0] == 'E' && rule->code[1] == '9';
}

bool rule_is_about_reading(const Rule *rule) {
    return rule_cannot_be_ignored(rule) && strcmp(rule->code, "E902") == 0;
}

static bool is_on(const Rule *rule, bool was_on, uint8_t wanted, uint8_t ignored) {
    if (rule_is_about_reading(rule)) return true;
    if (wanted == NOT_NAMED && ignored == NOT_NAMED) return was_on;
    if (rule_cannot_be_ignored(rule)) return was_on || wanted != NOT_NAMED;
    return wanted > ignored;
}

void selection_apply(const Selection *self, uint8_t *severities, Arena *arena) {
    uint32_t count = registry_rule_count();
    uint8_t *wanted = arena_array(arena, uint8_t, count);
    uint8_t *ignored = arena_array(arena, uint8_t, count);
    name_listed(self->select, wanted);
    name_listed(self->extend, wanted);
    name_listed(self->ignore, ignored);
    if (self->preset != NULL) registry_apply_preset(severities, preset_of(*self->preset));
    if (self->select != NULL) memset(severities, SEVERITY_OFF, count);
    for (uint32_t i = 0; i < count; i++) {
        const Rule *rule = registry_rule(i, NULL);
        bool was_on = severities[i] != SEVERITY_OFF;
        if (!is_on(rule, was_on, wanted[i], ignored[i]))
            severities[i] = SEVERITY_OFF;
        else if (!was_on)
            severities[i] = (uint8_t)rule_severity(rule);
    }
}

Preset preset_of(Str name) {
    if (str_is(name, "all")) return PRESET_ALL;
    return str_is(name, "async") ? PRESET_ASYNC : PRESET_REQUIREMENTS;
}

Severity severity_of(Str name) {
    if (str_is(name, "error")) return SEVERITY_ERROR;
    if (str_is(name, "warning")) return SEVERITY_WARNING;
    return str_is(name, "info") ? SEVERITY_INFO : SEVERITY_OFF;
}
