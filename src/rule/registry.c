#include "rule/registry.h"

#include "base/error.h"

enum { MOST_RULES = 2048 };

typedef struct NumberedRule {
    const Rule *rule;
    uint32_t entry;
} NumberedRule;

static struct {
    uint32_t count;
    NumberedRule at[MOST_RULES]; // by number
} rules;

// Before main(), and so before there is a second thread.
__attribute__((constructor)) static void number_rules(void) {
    for (uint32_t i = 0; i < registry_count; i++) {
        const Check *check = registry[i].check;
        if (rules.count + check->rules.count > MOST_RULES) BUG("more rules than there is room for");
        for (uint32_t j = 0; j < check->rules.count; j++)
            rules.at[rules.count++] = (NumberedRule){&check->rules.at[j], i};
    }
}

uint32_t registry_rule_count(void) {
    return rules.count;
}

const Rule *registry_rule(uint32_t number, uint32_t *entry) {
    if (number >= rules.count) return NULL;
    if (entry != NULL) *entry = rules.at[number].entry;
    return rules.at[number].rule;
}

uint32_t registry_find(Str code) {
    for (uint32_t i = 0; i < rules.count; i++)
        if (str_is(code, rules.at[i].rule->code)) return i;
    return UINT32_MAX;
}

Severity rule_severity(const Rule *rule) {
    return rule->severity == SEVERITY_OFF ? SEVERITY_ERROR : rule->severity;
}

static bool is_about_async(Str code) {
    return str_starts_with(code, STR("ASYNC")) || str_starts_with(code, STR("AIO")) ||
           str_starts_with(code, STR("VER")) || str_starts_with(code, STR("E9"));
}

static Severity severity_in(Preset preset, const Rule *rule) {
    bool is_mild = preset == PRESET_ASYNC && rule->mild_in_async;
    return is_mild ? SEVERITY_INFO : rule_severity(rule);
}

static bool is_in(Preset preset, const Rule *rule) {
    if (preset == PRESET_ALL) return true;
    if (rule->selectable) return false;
    return preset == PRESET_REQUIREMENTS || is_about_async(str_of(rule->code));
}

void registry_apply_preset(uint8_t *severities, Preset preset) {
    for (uint32_t i = 0; i < rules.count; i++) {
        const Rule *rule = rules.at[i].rule;
        severities[i] = is_in(preset, rule) ? (uint8_t)severity_in(preset, rule) : SEVERITY_OFF;
    }
}
