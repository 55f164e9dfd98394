// Which checks run, and so which stages: made once for each distinct Settings.

#ifndef ASYNCLINT_ENGINE_PLAN_H
#define ASYNCLINT_ENGINE_PLAN_H

#include "rule/registry.h"

typedef struct PlannedCheck {
    const Check *check;
    uint32_t entry;      // of the registry
    uint32_t first_rule; // the number of its first rule
    size_t state_offset; // into the block of all states
} PlannedCheck;

typedef struct PlannedHook {
    uint32_t check; // index into Plan.checks
    void (*visit)(Pass *pass, const Node *node);
} PlannedHook;

typedef struct Plan {
    const Settings *settings;
    Hash128 hash;         // of the settings
    PlannedCheck *checks; // those with at least one rule on, in registry order
    uint32_t check_count;
    uint32_t *other_checks; // those that may look at a file that is no Python
    uint32_t other_count;
    size_t state_size;
    PlannedHook *hooks[NODE_KIND_COUNT]; // by node kind
    uint32_t hook_counts[NODE_KIND_COUNT];
    bool wants_tokens, wants_logical, wants_tree, wants_project, wants_folders, wants_suppressions;
    bool moves_indent_char; // one of the checks does
    bool wants_other_files; // those that are not Python
} Plan;

// `settings` and `arena` outlive the plan.
void plan_make(Plan *self, Arena *arena, const Settings *settings);

// A plan without checks that makes every file's summary.
void plan_make_for_summaries(Plan *self, const Settings *settings);

#endif
