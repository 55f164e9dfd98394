#include "engine/plan.h"

#include "rule/select.h"

static bool any_rule_on(const Check *check, const uint8_t *severities) {
    for (uint32_t i = 0; i < check->rules.count; i++)
        if (severities[i] != SEVERITY_OFF) return true;
    return false;
}

static void choose_checks(Plan *self, Arena *arena) {
    self->checks = arena_array(arena, PlannedCheck, registry_count);
    self->other_checks = arena_array(arena, uint32_t, registry_count);
    uint32_t first_rule = 0;
    for (uint32_t i = 0; i < registry_count; i++) {
        const Check *check = registry[i].check;
        if (any_rule_on(check, self->settings->severities + first_rule)) {
            if (check->any_file || check->unread_file)
                self->other_checks[self->other_count++] = self->check_count;
            self->checks[self->check_count++] =
                (PlannedCheck){check, i, first_rule, self->state_size};
            self->state_size += (check->state_size + 15) & ~(size_t)15;
        }
        first_rule += check->rules.count;
    }
}

static void choose_stages(Plan *self) {
    for (uint32_t i = 0; i < self->check_count; i++) {
        const Check *check = self->checks[i].check;
        self->wants_tree |= check->on_node.count > 0 || check->on_tree != NULL;
        self->wants_logical |= check->on_logical_line != NULL || check->on_line != NULL;
        self->wants_project |= check->on_module != NULL;
        self->wants_suppressions |= check->on_suppressions != NULL;
        self->wants_folders |= check->on_project != NULL;
        // It looks at what others want to look at.
        self->wants_other_files |= check->any_file && !rule_is_about_reading(&check->rules.at[0]);
        self->moves_indent_char |= check->moves_indent_char;
    }
    self->wants_tree |= self->wants_project;
    // Indentation and brackets too deep for the grammar's scanner are seen by the tokenizer.
    self->wants_tokens |= self->wants_logical || self->wants_tree;
}

static void index_hooks(Plan *self, Arena *arena) {
    uint32_t total = 0;
    for (uint32_t i = 0; i < self->check_count; i++) {
        total += self->checks[i].check->on_node.count;
        for (uint32_t j = 0; j < self->checks[i].check->on_node.count; j++)
            self->hook_counts[self->checks[i].check->on_node.at[j].kind]++;
    }
    PlannedHook *next = arena_array(arena, PlannedHook, total);
    for (int kind = 0; kind < NODE_KIND_COUNT; kind++) {
        self->hooks[kind] = next;
        next += self->hook_counts[kind];
        self->hook_counts[kind] = 0;
    }
    for (uint32_t i = 0; i < self->check_count; i++) {
        for (uint32_t j = 0; j < self->checks[i].check->on_node.count; j++) {
            NodeHook hook = self->checks[i].check->on_node.at[j];
            self->hooks[hook.kind][self->hook_counts[hook.kind]++] = (PlannedHook){i, hook.visit};
        }
    }
}

void plan_make(Plan *self, Arena *arena, const Settings *settings) {
    *self = (Plan){.settings = settings, .hash = settings_hash(settings)};
    choose_checks(self, arena);
    choose_stages(self);
    index_hooks(self, arena);
}

void plan_make_for_summaries(Plan *self, const Settings *settings) {
    *self = (Plan){.settings = settings, .wants_project = true};
    choose_stages(self);
}
