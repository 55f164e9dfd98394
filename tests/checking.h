// Runs the engine over a text, for the tests that check what rules report.

#ifndef ASYNCLINT_TESTS_CHECKING_H
#define ASYNCLINT_TESTS_CHECKING_H

#include "testing.h"

#include "engine/apply_fixes.h"
#include "engine/check_project.h"

// Whether a message reads as design asks: it starts in lower case (but for proper names) and ends
// without a full stop.
static inline bool message_is_well_styled(Str message) {
    static const char *const proper[] = {"Python", "Windows"};
    if (message.len == 0 || message.at[message.len - 1] == '.') return false;
    Str rest = message, word;
    str_split(&rest, ' ', &word);
    for (size_t i = 0; i < sizeof proper / sizeof proper[0]; i++)
        if (str_is(word, proper[i])) return true;
    bool capital = word.len > 0 && word.at[0] >= 'A' && word.at[0] <= 'Z';
    bool is_word = word.len > 1 && word.at[1] >= 'a' && word.at[1] <= 'z';
    return !(capital && is_word);
}

// Turns the rules whose code starts with one of the comma-separated `prefixes` on or off. False
// where a prefix is that of no rule.
static inline bool choose_rules(uint8_t *severities, Str prefixes, bool on) {
    Str prefix;
    while (str_split(&prefixes, ',', &prefix)) {
        bool known = false;
        for (uint32_t i = 0; i < registry_rule_count(); i++) {
            const Rule *rule = registry_rule(i, NULL);
            if (!str_starts_with(str_of(rule->code), prefix)) continue;
            severities[i] = on ? (uint8_t)rule_severity(rule) : SEVERITY_OFF;
            known = true;
        }
        if (!known) return false;
    }
    return true;
}

static inline Settings default_settings(const uint8_t *severities) {
    return (Settings){
        .target_version = PYTHON(3, 7), .max_line_length = 79, .severities = severities};
}

// The findings in `source` under `settings`; everything lives in `arena`.
static inline const Report *check_source(Arena *arena, const Settings *settings,
                                         const Source *source) {
    Plan *plan = arena_new(arena, Plan);
    plan_make(plan, arena, settings);
    FileResult checked;
    check_file(&checked, plan, source, true, arena, arena);
    RunResult result = {.path = source->path};
    run_result_keep(&result, &checked, arena);
    check_project(&result, (const Plan *const[]){plan}, 1, (Crew){arena, 1}, arena);
    Report *report = arena_new(arena, Report);
    *report = run_result_report(&result, arena);
    return report;
}

// What all fixes together, the unsafe ones too, make of the bytes of `source`.
static inline Str fixed_source(Arena *arena, const Settings *settings, const Source *source) {
    Plan *plan = arena_new(arena, Plan);
    plan_make(plan, arena, settings);
    Fixed fixed;
    apply_fixes(&fixed, plan, source, true, FIX_UNSAFE, arena);
    const Report *left;
    int rounds = 0;
    do {
        Source present;
        source_of_bytes(&present, arena, source->path, fixed.bytes);
        present.is_executable = source->is_executable;
        left = check_source(arena, settings, &present);
    } while (++rounds < MOST_FIX_ROUNDS &&
             apply_more_fixes(&fixed, plan, source->path, left, FIX_UNSAFE, arena));
    return fixed.bytes;
}

static inline const Report *check_text(Arena *arena, const Settings *settings, Str path, Str text) {
    Source source;
    source_of_bytes(&source, arena, path, text);
    source.is_executable = true;
    return check_source(arena, settings, &source);
}

#endif
