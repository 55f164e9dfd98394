#include "rule/registry.h"

#include "base/error.h"

#include <pthread.h>
#include <stdlib.h>

enum { MOST_RULES = 2048 };

typedef struct NumberedRule {
    const Rule *rule;
    uint32_t entry;
} NumberedRule;

// The rules of one check, which lie side by side in memory.
typedef struct RuleRange {
    const Rule *first;
    uint32_t count, number;
} RuleRange;

static NumberedRule places[MOST_RULES]; // by rule number
static RuleRange ranges[MOST_RULES];    // by address
static uint32_t rule_count;
static pthread_once_t places_once = PTHREAD_ONCE_INIT;

static int compare_ranges(const void *left, const void *right) {
    const RuleRange *a = left, *b = right;
    return ((uintptr_t)a->first > (uintptr_t)b->first) -
           ((uintptr_t)a->first < (uintptr_t)b->first);
}

static void fill_places(void) {
    for (uint32_t i = 0; i < registry_count; i++) {
        const Check *check = registry[i].check;
        if (rule_count + check->rules.count > MOST_RULES) BUG("more rules than there is room for");
        ranges[i] = (RuleRange){check->rules.at, check->rules.count, rule_count};
        for (uint32_t j = 0; j < check->rules.count; j++)
            places[rule_count++] = (NumberedRule){&check->rules.at[j], i};
    }
    qsort(ranges, registry_count, sizeof *ranges, compare_ranges);
}

uint32_t registry_first_rule(uint32_t entry) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < entry; i++)
        number += registry[i].check->rules.count;
    return number;
}

uint32_t registry_rule_count(void) {
    pthread_once(&places_once, fill_places);
    return rule_count;
}

const Rule *registry_rule(uint32_t number, uint32_t *entry) {
    if (number >= registry_rule_count()) return NULL;
    if (entry != NULL) *entry = places[number].entry;
    return places[number].rule;
}

uint32_t registry_number(const Rule *rule) {
    pthread_once(&places_once, fill_places);
    uint32_t low = 0, high = registry_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if ((uintptr_t)(ranges[middle].first + ranges[middle].count) <= (uintptr_t)rule)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == registry_count || (uintptr_t)rule < (uintptr_t)ranges[low].first)
        BUG("a rule that is not registered");
    return ranges[low].number + (uint32_t)(rule - ranges[low].first);
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

static Severity severity_in(Preset preset, const Rule *rule) {
    bool is_mild = preset == PRESET_ASYNC && rule->mild_in_async;
    return is_mild ? SEVERITY_INFO : rule_severity(rule);
}

void registry_apply_preset(uint8_t *severities, Preset preset) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < registry_count; i++) {
        for (uint32_t j = 0; j < registry[i].check->rules.count; j++, number++) {
            const Rule *rule = &registry[i].check->rules.at[j];
            bool on = preset == PRESET_ALL ||
                      (!rule->selectable &&
                       (preset == PRESET_REQUIREMENTS || is_about_async(str_of(rule->code))));
            severities[number] = on ? (uint8_t)severity_in(preset, rule) : SEVERITY_OFF;
        }
    }
}
