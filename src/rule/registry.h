// All checks and rules, in the order of their files. The list itself is made by the build from the
// folder rules/.

#ifndef ASYNCLINT_RULE_REGISTRY_H
#define ASYNCLINT_RULE_REGISTRY_H

#include "rule/rule.h"

typedef struct RegistryEntry {
    const char *family; // the folder
    const char *stem;   // the file without ".c"
    const Check *check;
} RegistryEntry;

extern const RegistryEntry registry[];
extern const uint32_t registry_count;

// Rules are numbered over all checks, in registry order; Settings.severities is indexed so.
uint32_t registry_rule_count(void);

// Rule `number` and, where `entry` is not NULL, the registry entry that has it.
const Rule *registry_rule(uint32_t number, uint32_t *entry);

// The number of the rule with that code (exactly), or UINT32_MAX.
uint32_t registry_find(Str code);

// Fills `severities` (registry_rule_count() bytes) with what a preset turns on.
void registry_apply_preset(uint8_t *severities, Preset preset);

// The severity that a rule has unless the configuration says otherwise.
Severity rule_severity(const Rule *rule);

#endif
