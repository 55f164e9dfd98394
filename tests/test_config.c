#include "base/glob.h"
#include "cli/config.h"
#include "cli/config_file.h"
#include "rule/select.h"

#include "arena_fixture.h"

#include <fnmatch.h>

static void requires_python_has_a_lowest_version(void **state) {
    (void)state;
    static const struct {
        const char *specifier;
        uint64_t oldest;
    } cases[] = {
        {">=3.8", PYTHON(3, 8)},
        {">=3.8,<4", PYTHON(3, 8)},
        {"<4, >= 3.10", PYTHON(3, 10)},
        {"~=3.7.2", PYTHON(3, 7)},
        {"==3.9.*", PYTHON(3, 9)},
        {">3.6", PYTHON(3, 6)},
        {">=3", PYTHON(3, 0)},
        {">=2.7, !=3.0.*, >=3.6", PYTHON(3, 6)},
        {"<4", 0},
        {"", 0},
        {"!=3.1", 0},
        {">=x", 0},
        {">=2.7", 0},
        {"===3.8", PYTHON(3, 8)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(oldest_python(str_of(cases[i].specifier)), cases[i].oldest);
}

static bool is_on(const uint8_t *severities, const char *code) {
    return severities[registry_find(str_of(code))] != SEVERITY_OFF;
}

static void selections_lie_on_each_other(void **state) {
    (void)state;
    uint8_t *severities = arena_array(&arena, uint8_t, registry_rule_count() + 1);
    static const Str async = {"ASYNC", 5}, one = {"ASYNC251", 8}, all = {"ALL", 3};
    const StrList family = {&async, 1}, single = {&one, 1}, every = {&all, 1};
    selection_apply(&(Selection){.select = &family}, severities, &arena);
    assert_true(is_on(severities, "ASYNC251"));
    assert_false(is_on(severities, "D100"));
    assert_true(is_on(severities, "E902"));
    selection_apply(&(Selection){.ignore = &single}, severities, &arena);
    assert_false(is_on(severities, "ASYNC251"));
    assert_true(is_on(severities, "ASYNC210"));
    selection_apply(&(Selection){.extend = &single, .ignore = &family}, severities, &arena);
    assert_true(is_on(severities, "ASYNC251"));
    assert_false(is_on(severities, "ASYNC210"));
    selection_apply(&(Selection){.select = &every, .ignore = &every}, severities, &arena);
    assert_false(is_on(severities, "ASYNC251"));
    assert_true(is_on(severities, "E902"));
}

// Concurrency is what a course asks for; elsewhere a loop that waits is a matter of taste.
static void the_preset_async_is_milder(void **state) {
    (void)state;
    uint8_t *severities = arena_array(&arena, uint8_t, registry_rule_count() + 1);
    const Str requirements = STR("requirements"), async = STR("async");
    uint32_t number = registry_find(STR("AIO112"));
    selection_apply(&(Selection){.preset = &requirements}, severities, &arena);
    assert_int_equal(severities[number], SEVERITY_WARNING);
    assert_true(is_on(severities, "D100"));
    selection_apply(&(Selection){.preset = &async}, severities, &arena);
    assert_int_equal(severities[number], SEVERITY_INFO);
    assert_false(is_on(severities, "D100"));
}

static void a_beginning_has_all_letters_of_the_code(void **state) {
    (void)state;
    uint8_t *named = arena_array(&arena, uint8_t, registry_rule_count());
    const uint32_t async251 = registry_find(STR("ASYNC251")), d100 = registry_find(STR("D100"));
    assert_false(code_name_rules(STR("ASYN"), named));
    assert_false(code_name_rules(STR(""), named));
    assert_false(code_name_rules(STR("251"), named));
    assert_int_equal(named[async251], NOT_NAMED);
    assert_true(code_name_rules(STR("ALL"), named));
    assert_int_equal(named[async251], NAMED_WITH_ALL);
    assert_true(code_name_rules(STR("ASYNC2"), named));
    assert_int_equal(named[async251], 1 + strlen("ASYNC2"));
    assert_true(code_name_rules(STR("S7488"), named)); // an alias
    assert_int_equal(named[async251], 1 + strlen("ASYNC251"));
    assert_true(code_name_rules(STR("ASYNC"), named));
    assert_int_equal(named[async251], 1 + strlen("ASYNC251"));
    assert_int_equal(named[d100], NAMED_WITH_ALL);
}

// Per-file ignores make one plan for each set of those that hold.
static void plans_are_shared(void **state) {
    (void)state;
    Error error;
    Values values = {0};
    assert_true(values_set(&values, &arena, OPT_ISOLATED, STR("true"), STR("x"), &error));
    assert_true(
        values_set(&values, &arena, OPT_PER_FILE_IGNORES, STR("a*:D,*b:ANN"), STR("x"), &error));
    Configs configs;
    assert_true(configs_init(&configs, &arena, &values, &error));
    Config *config = configs_for(&configs, STR("/x"), &error);
    const Plan *plain = config_plan(config, &arena, STR("/x/c"));
    assert_ptr_equal(plain, config_plan(config, &arena, STR("/x/d")));
    const Plan *a = config_plan(config, &arena, STR("/x/a"));
    assert_ptr_not_equal(plain, a);
    assert_ptr_equal(a, config_plan(config, &arena, STR("/y/aa")));
    const Plan *ab = config_plan(config, &arena, STR("/x/ab"));
    assert_ptr_not_equal(ab, a);
    assert_false(is_on(ab->settings->severities, "D100"));
    assert_false(is_on(ab->settings->severities, "ANN001"));
    assert_true(is_on(a->settings->severities, "ANN001"));
}

static void file_name_patterns(void **state) {
    (void)state;
    static const struct {
        const char *pattern, *text;
        bool matches;
    } cases[] = {
        {"*.py", "a.py", true},
        {"*.py", "a/b.py", true},
        {"*.py", "a.pyc", false},
        {"[0-9]*-main.py", "0-main.py", true},
        {"[0-9]*-main.py", "x-main.py", false},
        {"[!a]b", "cb", true},
        {"[!a]b", "ab", false},
        {"[]]", "]", true},
        {"[", "[", true},
        {"?", "\xc3\xa9", true},
        {"", "", true},
        {"*", "", true},
        {"a*b*c", "aXbXbc", true},
        {"a*b*c", "aXbXb", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(glob_match(str_of(cases[i].pattern), str_of(cases[i].text)),
                         cases[i].matches);
}

static void only_what_fnmatch_refuses_is_impossible(void **state) {
    (void)state;
    static const char *const patterns[] = {"",     "*",  "a",   "a*",     "*.iml", "[ab]c", "a?c",
                                           "\\*a", "a]", ".*~", "*[a-p]", "?",     "ab",    "a\\b"};
    static const char *const names[] = {"",    "a",     "b",  "ab", "ac",
                                        "abc", "x.iml", "*a", "a]", ".x~"};
    uint32_t impossible = 0;
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            if (fnmatch_is_possible(str_of(patterns[i]), str_of(names[j]))) continue;
            assert_int_equal(fnmatch(patterns[i], names[j], 0), FNM_NOMATCH);
            impossible++;
        }
    }
    assert_true(impossible > 60);
}

static void patterns_of_paths(void **state) {
    (void)state;
    Str folder = STR("/p"), path = STR("/p/tests/a.py");
    assert_true(glob_match_path(STR("a.py"), folder, path));
    assert_true(glob_match_path(STR("tests/*"), folder, path));
    assert_true(glob_match_path(STR("./tests/a.py"), folder, path));
    assert_true(glob_match_path(STR("/p/*"), folder, path));
    assert_false(glob_match_path(STR("p/tests/*"), folder, path));
    assert_false(glob_match_path(STR("tests"), folder, path));
    assert_true(glob_match_path(STR("tests/"), folder, STR("/p/tests")));
    assert_false(glob_match_path(STR("tests/*"), STR("/other"), path));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requires_python_has_a_lowest_version),
        cmocka_unit_test(selections_lie_on_each_other),
        cmocka_unit_test(the_preset_async_is_milder),
        cmocka_unit_test(a_beginning_has_all_letters_of_the_code),
        cmocka_unit_test(plans_are_shared),
        cmocka_unit_test(file_name_patterns),
        cmocka_unit_test(only_what_fnmatch_refuses_is_impossible),
        cmocka_unit_test(patterns_of_paths),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
