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

static bool any_rule(bool (*is_meant)(Str written, const Rule *rule), Str written) {
    for (uint32_t i = 0; i < registry_count; i++)
        for (uint32_t j = 0; j < registry[i].check->rules.count; j++)
            if (is_meant(written, &registry[i].check->rules.at[j])) return true;
    return false;
}

CodePattern code_pattern(Str written) {
    CodePattern pattern = {.written = written, .kind = CODE_UNKNOWN};
    if (str_is(written, "ALL"))
        pattern.kind = CODE_ALL;
    else if (any_rule(begins_code, written))
        pattern.kind = CODE_BEGINNING;
    else if (any_rule(is_alias, written))
        pattern.kind = CODE_ALIAS;
    return pattern;
}

int code_match(const CodePattern *pattern, const Rule *rule) {
    switch (pattern->kind) {
    case CODE_UNKNOWN: break;
    case CODE_ALL: return 0;
    case CODE_BEGINNING:
        if (begins_code(pattern->written, rule)) return (int)pattern->written.len;
        break;
    case CODE_ALIAS:
        if (is_alias(pattern->written, rule)) return (int)strlen(rule->code);
        break;
    }
    return NO_MATCH;
}

bool code_names(Str written, const Rule *rule) {
    return begins_code(written, rule) || is_alias(written, rule);
}

static Str nearest_code(Arena *arena, Str written) {
    VEC(Str) names = {0};
    vec_push(arena, &names, STR("ALL"));
    for (uint32_t i = 0; i < registry_count; i++) {
        for (uint32_t j = 0; j < registry[i].check->rules.count; j++) {
            const Rule *rule = &registry[i].check->rules.at[j];
            Str code = str_of(rule->code);
            vec_push(arena, &names, code);
            vec_push(arena, &names, str_slice(code, 0, count_letters(code)));
            Str rest = str_of(rule->sources == NULL ? "" : rule->sources), alias;
            while (next_source_code(&rest, &alias))
                vec_push(arena, &names, alias);
        }
    }
    return str_nearest(written, names.at, names.len);
}

bool code_is_known(Str written, Str origin, Error *error) {
    if (code_pattern(written).kind != CODE_UNKNOWN) return true;
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

// Keeps for each rule how closely the list names it at best.
static void match_list(int *best, const StrList *list) {
    for (uint32_t i = 0; list != NULL && i < list->count; i++) {
        CodePattern pattern = code_pattern(list->at[i]);
        int *place = best;
        for (uint32_t j = 0; j < registry_count; j++) {
            const Check *check = registry[j].check;
            for (uint32_t k = 0; k < check->rules.count; k++, place++) {
                int match = code_match(&pattern, &check->rules.at[k]);
                if (match > *place) *place = match;
            }
        }
    }
}

static int *no_matches(Arena *arena, uint32_t count) {
    int *matches = arena_array(arena, int, count);
    for (uint32_t i = 0; i < count; i++)
        matches[i] = NO_MATCH;
    return matches;
}

bool rule_is_about_reading(const Rule *rule) {
    return strcmp(rule->code, "E902") == 0;
}

bool rule_cannot_be_ignored(const Rule *rule) {
    return rule->code[0] == 'E' && rule->code[1] == '9';
}

static bool is_on(const Rule *rule, bool was_on, int wanted, int ignored) {
    if (rule_is_about_reading(rule)) return true;
    if (wanted == NO_MATCH && ignored == NO_MATCH) return was_on;
    if (rule_cannot_be_ignored(rule)) return was_on || wanted > NO_MATCH;
    return wanted > ignored;
}

void selection_apply(const Selection *self, uint8_t *severities) {
    uint32_t count = registry_rule_count();
    Arena arena = {0};
    int *wanted = no_matches(&arena, count);
    int *ignored = no_matches(&arena, count);
    match_list(wanted, self->select);
    match_list(wanted, self->extend);
    match_list(ignored, self->ignore);
    if (self->preset != NULL) registry_apply_preset(severities, preset_of(*self->preset));
    if (self->select != NULL) memset(severities, SEVERITY_OFF, count);
    uint32_t number = 0;
    for (uint32_t i = 0; i < registry_count; i++) {
        for (uint32_t j = 0; j < registry[i].check->rules.count; j++, number++) {
            const Rule *rule = &registry[i].check->rules.at[j];
            bool was_on = severities[number] != SEVERITY_OFF;
            bool on = is_on(rule, was_on, wanted[number], ignored[number]);
            if (!on)
                severities[number] = SEVERITY_OFF;
            else if (!was_on)
                severities[number] = (uint8_t)rule_severity(rule);
        }
    }
    arena_release(&arena);
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
