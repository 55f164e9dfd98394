#include "engine/walk.h"

#include "engine/timings.h"

typedef struct Walk {
    const Plan *plan;
    File *file;
    Pass *passes; // one for each planned check
} Walk;

static void prepare_passes(Walk *walk, Report *report) {
    const Plan *plan = walk->plan;
    walk->passes = arena_array(walk->file->arena, Pass, plan->check_count);
    char *states = arena_alloc(walk->file->arena, plan->state_size);
    for (uint32_t i = 0; i < plan->check_count; i++) {
        const PlannedCheck *planned = &plan->checks[i];
        walk->passes[i] = (Pass){.file = walk->file,
                                 .settings = plan->settings,
                                 .state = states + planned->state_offset,
                                 .arena = walk->file->arena,
                                 .check = planned->check,
                                 .severities = planned->severities,
                                 .report = report};
    }
}

static void lap_check(const Walk *walk, uint32_t planned) {
    lap(STEP_COUNT + walk->plan->checks[planned].entry);
}

// The next three run one check after the other: the file's lines stay in the processor's cache.

// pycodestyle tells twice what it sees twice, and passes strings with `# noqa` over. In our own
// mode a line is seen once, and suppressions come after the checks.
static bool is_looked_at(const Plan *plan, const PhysicalLine *line) {
    return plan->settings->pycodestyle_noqa ? !line->noqa : !line->is_repeated;
}

static void walk_lines(Walk *walk) {
    const LogicalLines *logical = &walk->file->logical;
    for (uint32_t i = 0; i < walk->plan->check_count; i++) {
        Pass *pass = &walk->passes[i];
        if (pass->check->on_line == NULL) continue;
        for (uint32_t line = 0; line < logical->physical_count; line++)
            if (is_looked_at(walk->plan, &logical->physical[line]))
                pass->check->on_line(pass, &logical->physical[line]);
        lap_check(walk, i);
    }
}

static void walk_logical_lines(Walk *walk) {
    const LogicalLines *logical = &walk->file->logical;
    for (uint32_t i = 0; i < walk->plan->check_count; i++) {
        Pass *pass = &walk->passes[i];
        if (pass->check->on_tokens != NULL) pass->check->on_tokens(pass);
        for (uint32_t line = 0; pass->check->on_logical_line != NULL && line < logical->count;
             line++)
            pass->check->on_logical_line(pass, &logical->at[line]);
        lap_check(walk, i);
    }
}

static void walk_tree(Walk *walk) {
    const Tree *tree = &walk->file->tree;
    const bool is_timed = stopwatch != NULL;
    for (uint32_t i = 0; i < tree->count; i++) {
        const Node *node = &tree->nodes[i];
        uint32_t hooks = walk->plan->hook_counts[node->kind];
        for (uint32_t j = 0; j < hooks; j++) {
            PlannedHook hook = walk->plan->hooks[node->kind][j];
            hook.visit(&walk->passes[hook.check], node);
            if (is_timed) lap_check(walk, hook.check);
        }
    }
    if (tree->nodes == NULL) return;
    for (uint32_t i = 0; i < walk->plan->check_count; i++) {
        if (walk->passes[i].check->on_tree == NULL) continue;
        walk->passes[i].check->on_tree(&walk->passes[i]);
        lap_check(walk, i);
    }
}

static void walk_whole(Walk *walk) {
    for (uint32_t i = 0; i < walk->plan->check_count; i++) {
        Pass *pass = &walk->passes[i];
        if (pass->check->on_file == NULL) continue;
        bool is_unread = walk->file->source.problem != SOURCE_OK && pass->check->unread_file;
        if (walk->file->is_python || pass->check->any_file || is_unread) pass->check->on_file(pass);
        lap_check(walk, i);
    }
}

void walk_file(const Plan *plan, File *file, Report *report) {
    Walk walk = {.plan = plan, .file = file};
    report->text = file->lines.text;
    // The bytes of a text that was converted are not those of the file.
    report->refuses_edits = plan->settings->skips_edits || file->source.is_converted;
    prepare_passes(&walk, report);
    if (file->is_python) {
        walk_lines(&walk);
        walk_logical_lines(&walk);
        walk_tree(&walk);
    }
    walk_whole(&walk);
    report->text = (Str){0};
}
