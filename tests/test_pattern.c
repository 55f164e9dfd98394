#include "arena_fixture.h"
#include "base/pattern.h"

#include <string.h>

static Pattern *compile(const char *expression) {
    Pattern *pattern = pattern_new(&arena, str_of(expression));
    assert_non_null(pattern);
    return pattern;
}

static void a_part_or_all_of_a_text(void **state) {
    (void)state;
    Pattern *pattern = compile("b+|abc");
    assert_true(pattern_occurs(pattern, STR("abbc")));
    assert_false(pattern_occurs(pattern, STR("ac")));
    assert_true(pattern_matches_all(pattern, STR("abc")));
    assert_true(pattern_matches_all(pattern, STR("bb")));
    assert_false(pattern_matches_all(pattern, STR("bbc")));
    assert_true(pattern_matches_all(compile(""), (Str){0}));
    assert_true(pattern_matches_all(compile("\\w+"), STR("\xc3\xa4")));
}

static void what_is_none_is_null(void **state) {
    (void)state;
    assert_null(pattern_new(&arena, STR("(")));
    assert_null(pattern_new(&arena, STR("[a")));
}

// Without a limit the next one would take longer than the universe is old.
static void searches_end(void **state) {
    (void)state;
    char text[64];
    memset(text, 'a', sizeof text);
    assert_false(pattern_matches_all(compile("(a+)+b|(a|aa)+c"), (Str){text, sizeof text}));
    assert_false(pattern_occurs(compile("b"), STR("\xff\xfe")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_part_or_all_of_a_text, tear_down),
        cmocka_unit_test_teardown(what_is_none_is_null, tear_down),
        cmocka_unit_test_teardown(searches_end, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
