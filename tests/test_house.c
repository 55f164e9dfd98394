// The house rules that the registry can be asked about. program/house.py asks the files.

#include "checking.h"

#include "base/map.h"

#include <ctype.h>
#include <stdio.h>
#include <sys/stat.h>

static int failures;

__attribute__((format(printf, 2, 3))) static void require(bool holds, const char *format, ...) {
    if (holds) return;
    va_list arguments;
    va_start(arguments, format);
    vprint_error(format, arguments);
    va_end(arguments);
    print_error("\n");
    failures++;
}

static void finish(void) {
    int found = failures;
    failures = 0;
    assert_int_equal(found, 0);
}

#define for_each_rule(rule, entry)                                                                 \
    for (uint32_t number = 0, entry = 0; number < registry_rule_count(); number++)                 \
        for (const Rule *rule = registry_rule(number, &entry); rule != NULL; rule = NULL)

// Capital letters, then digits.
static bool is_code(const char *code) {
    size_t letters = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    size_t digits = strspn(code + letters, "0123456789");
    return letters > 0 && digits > 0 && code[letters + digits] == '\0';
}

static bool is_rule_name(const char *name) {
    if (name == NULL || !islower((unsigned char)name[0])) return false;
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return name[length] == '\0' && name[length - 1] != '-' && strstr(name, "--") == NULL;
}

static void codes_are_well_formed_and_unique(void **state) {
    (void)state;
    for_each_rule(rule, entry) {
        require(is_code(rule->code), "%s: not capital letters and digits", rule->code);
        require(registry_find(str_of(rule->code)) == number, "%s: two rules have it", rule->code);
    }
    finish();
}

static void names_are_well_formed_and_unique(void **state) {
    (void)state;
    Arena arena = {0};
    Map names = {0};
    for_each_rule(rule, entry) {
        require(is_rule_name(rule->name), "%s: name `%s`", rule->code, rule->name);
        if (rule->name == NULL) continue;
        uint32_t first = map_get_or_put(&arena, &names, str_of(rule->name), number);
        require(first == number, "%s: %s is named %s, too", rule->code,
                registry_rule(first, NULL)->code, rule->name);
    }
    arena_release(&arena);
    finish();
}

static bool is_said(const char *text) {
    return text != NULL && text[0] != '\0';
}

static void rules_are_documented(void **state) {
    (void)state;
    for_each_rule(rule, entry) {
        require(is_said(rule->summary), "%s: no summary", rule->code);
        require(is_said(rule->why), "%s: no why", rule->code);
        require(is_said(rule->sources), "%s: no sources", rule->code);
        bool shown = is_said(rule->bad) && is_said(rule->good);
        require(shown != is_said(rule->no_example), "%s: either bad and good or no_example",
                rule->code);
        if (is_said(rule->summary) && strcmp(registry[entry].family, "pycodestyle") != 0)
            require(message_is_well_styled(str_of(rule->summary)), "%s: summary `%s`", rule->code,
                    rule->summary);
    }
    finish();
}

static const char *lowest_code(const Check *check) {
    const char *lowest = check->rules.at[0].code;
    for (uint32_t i = 1; i < check->rules.count; i++)
        if (strcmp(check->rules.at[i].code, lowest) < 0) lowest = check->rules.at[i].code;
    return lowest;
}

static bool stem_begins_with_code(const char *stem, const char *code) {
    size_t length = strlen(code);
    for (size_t i = 0; i < length; i++)
        if (stem[i] != tolower((unsigned char)code[i])) return false;
    return stem[length] == '_' && stem[length + 1] != '\0';
}

static void stems_begin_with_their_lowest_code(void **state) {
    (void)state;
    for (uint32_t i = 0; i < registry_count; i++) {
        const Check *check = registry[i].check;
        require(check->rules.count > 0, "%s: no rules", registry[i].stem);
        if (check->rules.count == 0) continue;
        require(stem_begins_with_code(registry[i].stem, lowest_code(check)),
                "%s: its lowest code is %s", registry[i].stem, lowest_code(check));
    }
    finish();
}

static void every_check_looks_at_something(void **state) {
    (void)state;
    for (uint32_t i = 0; i < registry_count; i++) {
        const Check *check = registry[i].check;
        bool has_hook = check->on_node.count > 0 || check->on_line != NULL ||
                        check->on_logical_line != NULL || check->on_tree != NULL ||
                        check->on_file != NULL || check->on_module != NULL ||
                        check->on_project != NULL || check->on_suppressions != NULL;
        require(has_hook, "%s: no hook", registry[i].stem);
    }
    finish();
}

static bool exists(const char *path) {
    struct stat status;
    return stat(path, &status) == 0;
}

static void every_check_has_a_fixture(void **state) {
    (void)state;
    for (uint32_t i = 0; i < registry_count; i++) {
        // What is seen of a folder, tests/program/requirements.py sees with the real program.
        if (registry[i].check->on_project != NULL) continue;
        char file[512], folder[512];
        snprintf(file, sizeof file, "%s/fixtures/%s/%s.py", PROJECT_DIR, registry[i].family,
                 registry[i].stem);
        snprintf(folder, sizeof folder, "%s/fixtures/%s/%s", PROJECT_DIR, registry[i].family,
                 registry[i].stem);
        require(exists(file) || exists(folder), "no fixtures/%s/%s.py and no such folder",
                registry[i].family, registry[i].stem);
    }
    finish();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_well_formed_and_unique),
        cmocka_unit_test(names_are_well_formed_and_unique),
        cmocka_unit_test(rules_are_documented),
        cmocka_unit_test(stems_begin_with_their_lowest_code),
        cmocka_unit_test(every_check_looks_at_something),
        cmocka_unit_test(every_check_has_a_fixture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
