#include "cli/pycodestyle/codes.h"

#include "cli/pycodestyle/paths.h"
#include "rule/registry.h"

void style_codes_init(StyleCodes *self, Arena *arena, const StyleOptions *options) {
    *self = (StyleCodes){0};
    split_list(arena, options->select, &self->select);
    split_list(arena, options->ignore, &self->ignore);
    if (self->select.len == 0 && self->ignore.len == 0)
        split_list(arena, STR("E121,E123,E126,E226,E24,E704,W503,W504"), &self->ignore);
}

static bool any_begins(const StyleNames *beginnings, Str code) {
    for (uint32_t i = 0; i < beginnings->len; i++)
        if (str_starts_with(code, beginnings->at[i])) return true;
    return false;
}

bool style_codes_has(const StyleCodes *self, Str code) {
    if (self->select.len > 0) return any_begins(&self->select, code);
    return !any_begins(&self->ignore, code);
}

// pycodestyle leaves out a check when all codes that its documentation names are off, and the one
// that reports E133 does not name it.
static bool is_left_out(const StyleCodes *self, Str code) {
    static const char *const named[] = {"E121", "E122", "E123", "E124", "E125",
                                        "E126", "E127", "E128", "E129", "E131"};
    if (!str_is(code, "E133")) return false;
    for (uint32_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (style_codes_has(self, str_of(named[i]))) return false;
    return true;
}

void style_codes_choose(const StyleCodes *self, uint8_t *severities) {
    for (uint32_t number = 0; number < registry_rule_count(); number++) {
        uint32_t entry;
        const Rule *rule = registry_rule(number, &entry);
        if (strcmp(registry[entry].family, "pycodestyle") != 0) continue;
        Str code = str_of(rule->code);
        bool is_on = style_codes_has(self, code) && !is_left_out(self, code);
        severities[number] = is_on ? (uint8_t)rule_severity(rule) : SEVERITY_OFF;
    }
}
