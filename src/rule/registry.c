#include "rule/registry.h"

uint32_t registry_first_rule(uint32_t entry) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < entry; i++)
        number += registry[i].check->rules.count;
    return number;
}

uint32_t registry_rule_count(void) {
    return registry_first_rule(registry_count);
}

const Rule *registry_rule(uint32_t number, uint32_t *entry) {
    for (uint32_t i = 0; i < registry_count; i++) {
        const Check *check = registry[i].check;
        if (number < check->rules.count) {
            if (entry != NULL) *entry = i;
            return &check->rules.at[number];
        }
        number -= check->rules.count;
    }
    return NULL;
}

uint32_t registry_find(Str code) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < registry_count; i++)
        for (uint32_t j = 0; j < registry[i].check->rules.count; j++, number++)
            if (str_is(code, registry[i].check->rules.at[j].code)) return number;
    return UINT32_MAX;
}

Severity rule_severity(const Rule *rule) {
    return rule->severity == SEVERITY_OFF ? SEVERITY_ERROR : rule->severity;
}

static bool is_about_async(Str code) {
    return str_starts_with(code, STR("ASYNC")) || str_starts_with(code, STR("AIO")) ||
           str_starts_with(code, STR("VER")) || str_starts_with(code, STR("E9"));
}

void registry_apply_preset(uint8_t *severities, Preset preset) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < registry_count; i++) {
        for (uint32_t j = 0; j < registry[i].check->rules.count; j++, number++) {
            const Rule *rule = &registry[i].check->rules.at[j];
            bool on = preset == PRESET_ALL ||
                      (!rule->selectable &&
                       (preset == PRESET_REQUIREMENTS || is_about_async(str_of(rule->code))));
            severities[number] = on ? (uint8_t)rule_severity(rule) : SEVERITY_OFF;
        }
    }
}
