#include "engine/walk.h"

#include "engine/timings.h"

static Pass make_pass(const Walk *walk, const PlannedCheck *planned, void *state) {
    return (Pass){.file = walk->file,
                  .settings = walk->plan->settings,
                  .state = state,
                  .arena = walk->file->arena,
                  .check = planned->check,
                  .first_rule = planned->first_rule,
                  .report = walk->report};
}

static void prepare_passes(Walk *walk) {
    const Plan *plan = walk->plan;
    Arena *arena = walk->file->arena;
    walk->passes = arena_alloc_raw(arena, sizeof(Pass) * plan->check_count, _Alignof(Pass));
    char *states = arena_alloc(arena, plan->state_size);
    for (uint32_t i = 0; i < plan->check_count; i++)
        walk->passes[i] = make_pass(walk, &plan->checks[i], states + plan->checks[i].state_offset);
}

static void lap_check(const Walk *walk, uint32_t planned) {
    lap(STEP_COUNT + walk->plan->checks[planned].entry);
}

// Lines that all checks look at before the next ones: what they read stays in the processor's
// cache.
enum { STRETCH = 256 };

// pycodestyle tells twice what it sees twice, and passes strings with `# noqa` over. In our own
// mode a line is seen once, and suppressions come after the checks.
static bool is_looked_at(bool is_command, const PhysicalLine *line) {
    return is_command ? !line->noqa : !line->is_repeated;
}

static void walk_lines(Walk *walk, uint32_t from, uint32_t end) {
    const PhysicalLine *lines = walk->file->logical.physical.at;
    const bool is_command = walk->plan->settings->pycodestyle_noqa;
    for (uint32_t i = 0; i < walk->plan->check_count; i++) {
        Pass *pass = &walk->passes[i];
        void (*look)(Pass *, const PhysicalLine *) = pass->check->on_line;
        if (look == NULL) continue;
        for (uint32_t line = from; line < end; line++)
            if (is_looked_at(is_command, &lines[line])) look(pass, &lines[line]);
        lap_check(walk, i);
    }
}

static void walk_logical_lines(Walk *walk, uint32_t from, uint32_t end) {
    const LogicalLine *lines = walk->file->logical.lines.at;
    for (uint32_t i = 0; i < walk->plan->check_count; i++) {
        Pass *pass = &walk->passes[i];
        void (*look)(Pass *, const LogicalLine *) = pass->check->on_logical_line;
        if (look == NULL) continue;
        for (uint32_t line = from; line < end; line++)
            look(pass, &lines[line]);
        lap_check(walk, i);
    }
}

static void in_stretches(Walk *walk, uint32_t count,
                         void (*walk_stretch)(Walk *, uint32_t from, uint32_t end)) {
    for (uint32_t from = 0; from < count; from += STRETCH)
        walk_stretch(walk, from, from + STRETCH < count ? from + STRETCH : count);
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
        pass->check->on_file(pass);
        lap_check(walk, i);
    }
}

// There are many such files, and few checks look at them.
static void walk_other(const Walk *walk) {
    const Plan *plan = walk->plan;
    bool is_unread = walk->file->source.problem != SOURCE_OK;
    for (uint32_t i = 0; i < plan->other_count; i++) {
        const PlannedCheck *planned = &plan->checks[plan->other_checks[i]];
        const Check *check = planned->check;
        if (!check->any_file && !is_unread) continue;
        Pass pass = make_pass(walk, planned, arena_alloc(walk->file->arena, check->state_size));
        check->on_file(&pass);
        lap_check(walk, plan->other_checks[i]);
    }
}

Walk walk_begin(const Plan *plan, File *file, Report *report) {
    Walk self = {.plan = plan, .file = file, .report = report};
    report->text = file->lines.text;
    // The bytes of a text that was converted are not those of the file.
    report->refuses_edits = plan->settings->skips_edits || file->source.is_converted;
    if (file->is_python) prepare_passes(&self);
    return self;
}

void walk_layout(Walk *self) {
    if (!self->file->is_python) return;
    in_stretches(self, self->file->logical.physical.len, walk_lines);
    in_stretches(self, self->file->logical.lines.len, walk_logical_lines);
}

void walk_rest(Walk *self) {
    if (self->file->is_python) {
        walk_tree(self);
        walk_whole(self);
    } else {
        walk_other(self);
    }
    self->report->text = (Str){0};
}
