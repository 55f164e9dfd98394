// Every rule's examples: `bad` reports exactly its code among its family, `good` is silent there,
// and the rule's fix, if it has one, makes `good` of `bad`. The family is on as in the default
// preset, and the rule itself.

#include "checking.h"

#include <stdio.h>

typedef struct Subject {
    const Rule *rule;
    uint32_t number; // of the rule
    const char *family;
} Subject;

static const Report *check_example(Arena *arena, const Subject *subject, const char *example) {
    uint8_t *severities = arena_array(arena, uint8_t, registry_rule_count());
    registry_apply_preset(severities, PRESET_REQUIREMENTS);
    for (uint32_t i = 0, entry; i < registry_rule_count(); i++) {
        registry_rule(i, &entry);
        if (strcmp(registry[entry].family, subject->family) != 0) severities[i] = SEVERITY_OFF;
    }
    severities[subject->number] = (uint8_t)rule_severity(subject->rule);
    Settings settings = default_settings(severities);
    return check_text(arena, &settings, STR("example.py"), str_of(example));
}

// What the rule's own fix makes of `bad`.
static Str fixed_bad(Arena *arena, const Subject *subject) {
    uint8_t *severities = arena_array(arena, uint8_t, registry_rule_count());
    severities[subject->number] = (uint8_t)rule_severity(subject->rule);
    Settings settings = default_settings(severities);
    Source source;
    source_of_bytes(&source, arena, STR("example.py"), str_of(subject->rule->bad));
    source.is_executable = true;
    return fixed_source(arena, &settings, &source);
}

static void print_findings(const char *example, const Report *report) {
    for (uint32_t i = 0; i < report->findings.len; i++) {
        const Finding *finding = report->findings.at[i];
        print_error("%s:%u:%u: %s %.*s\n", example, finding->start.line, finding->start.column,
                    finding->rule->code, STR_ARG(finding->message));
    }
}

static bool reports_only(const Report *report, const Rule *rule) {
    for (uint32_t i = 0; i < report->findings.len; i++)
        if (report->findings.at[i]->rule != rule) return false;
    return report->findings.len > 0;
}

static void examples_hold(void **state) {
    const Subject *subject = *state;
    const Rule *rule = subject->rule;
    if (rule->no_example != NULL) {
        assert_null(rule->bad);
        assert_null(rule->good);
        return;
    }
    assert_non_null(rule->bad);
    assert_non_null(rule->good);
    Arena arena = {0};
    const Report *bad = check_example(&arena, subject, rule->bad);
    const Report *good = check_example(&arena, subject, rule->good);
    bool bad_holds = reports_only(bad, rule);
    bool good_holds = good->findings.len == 0;
    if (!bad_holds) print_findings("bad", bad);
    if (!good_holds) print_findings("good", good);
    bool fix_holds = rule->fix == FIX_NONE || str_is(fixed_bad(&arena, subject), rule->good);
    arena_release(&arena);
    assert_true(bad_holds);
    assert_true(good_holds);
    assert_true(fix_holds);
}

int main(void) {
    Arena arena = {0};
    uint32_t count = registry_rule_count();
    struct CMUnitTest *tests = arena_array(&arena, struct CMUnitTest, count);
    for (uint32_t i = 0, entry; i < count; i++) {
        Subject *subject = arena_new(&arena, Subject);
        subject->rule = registry_rule(i, &entry);
        subject->number = i;
        subject->family = registry[entry].family;
        tests[i] = (struct CMUnitTest){
            .name = subject->rule->code, .test_func = examples_hold, .initial_state = subject};
    }
    int failures = _cmocka_run_group_tests("rules", tests, count, NULL, NULL);
    arena_release(&arena);
    return failures;
}
