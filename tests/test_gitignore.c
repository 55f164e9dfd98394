#include "cli/gitignore.h"

#include "base/buf.h"

#include "arena_fixture.h"

static bool ignored(const char *text, const char *path, bool is_folder) {
    const Ignores *ignores = ignores_of_text(&arena, NULL, STR("/r"), str_of(text));
    return ignores_path(ignores, str_format(&arena, "/r/%s", path), is_folder);
}

static void a_name_is_ignored_at_any_depth(void **state) {
    (void)state;
    assert_true(ignored("a.py\n", "a.py", false));
    assert_true(ignored("a.py\n", "x/y/a.py", false));
    assert_false(ignored("a.py\n", "ba.py", false));
    assert_false(ignored("a.py\n", "a.pyc", false));
}

static void a_slash_ties_the_pattern_to_the_folder(void **state) {
    (void)state;
    assert_true(ignored("/a.py", "a.py", false));
    assert_false(ignored("/a.py", "x/a.py", false));
    assert_true(ignored("x/a.py", "x/a.py", false));
    assert_false(ignored("x/a.py", "y/x/a.py", false));
}

static void a_slash_at_the_end_is_for_folders(void **state) {
    (void)state;
    assert_true(ignored("gen/", "x/gen", true));
    assert_false(ignored("gen/", "x/gen", false));
}

static void two_stars_cross_folders(void **state) {
    (void)state;
    assert_true(ignored("a/**/b", "a/b", false));
    assert_true(ignored("a/**/b", "a/x/y/b", false));
    assert_false(ignored("a/**/b", "a/xb", false));
    assert_true(ignored("**/b", "b", false));
    assert_true(ignored("**/b", "x/y/b", false));
    assert_true(ignored("a/**", "a/x/y", false));
    assert_false(ignored("a/**", "a", true));
    assert_false(ignored("a/*", "a/x/y", false));
}

static void the_last_pattern_decides(void **state) {
    (void)state;
    assert_false(ignored("*.py\n!keep.py\n", "keep.py", false));
    assert_true(ignored("!keep.py\n*.py\n", "keep.py", false));
}

static void the_inner_file_decides_over_the_outer(void **state) {
    (void)state;
    const Ignores *outer = ignores_of_text(&arena, NULL, STR("/r"), STR("*.py\n"));
    const Ignores *inner = ignores_of_text(&arena, outer, STR("/r/x"), STR("!/b.py\n"));
    assert_false(ignores_path(inner, STR("/r/x/b.py"), false));
    assert_true(ignores_path(inner, STR("/r/x/y/b.py"), false));
}

static void comments_escapes_and_blanks(void **state) {
    (void)state;
    assert_false(ignored("#a\n", "#a", false));
    assert_true(ignored("\\#a\n", "#a", false));
    assert_true(ignored("\\!a\n", "!a", false));
    assert_true(ignored("a  \n", "a", false));
    assert_true(ignored("a\\ \n", "a ", false));
    assert_false(ignored("a\\ \n", "a", false));
    assert_true(ignored("a\r\n", "a", false));
    assert_true(ignored("\xef\xbb\xbf"
                        "a\n",
                        "a", false));
}

static void sets(void **state) {
    (void)state;
    assert_true(ignored("[a-c].py", "b.py", false));
    assert_false(ignored("[!a-c].py", "b.py", false));
    assert_true(ignored("[^a-c].py", "d.py", false));
    assert_true(ignored("[[:digit:]]", "7", false));
    assert_true(ignored("[]]", "]", false));
    assert_false(ignored("[a", "[a", false));
}

// A matcher that tries every way takes longer than the universe has.
static void a_hostile_pattern_takes_no_time(void **state) {
    (void)state;
    Buf pattern = {0}, name = {0};
    for (int i = 0; i < 100; i++) {
        buf_add(&pattern, STR("a*/**/"));
        buf_add(&name, STR("aaaaaaaaa/"));
    }
    buf_add_byte(&pattern, 'b');
    buf_add_byte(&name, 'a');
    const Ignores *ignores = ignores_of_text(&arena, NULL, STR("/r"), buf_str(&pattern));
    assert_false(
        ignores_path(ignores, str_format(&arena, "/r/%.*s", STR_ARG(buf_str(&name))), false));
    buf_release(&pattern);
    buf_release(&name);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_ignored_at_any_depth),
        cmocka_unit_test(a_slash_ties_the_pattern_to_the_folder),
        cmocka_unit_test(a_slash_at_the_end_is_for_folders),
        cmocka_unit_test(two_stars_cross_folders),
        cmocka_unit_test(the_last_pattern_decides),
        cmocka_unit_test(the_inner_file_decides_over_the_outer),
        cmocka_unit_test(comments_escapes_and_blanks),
        cmocka_unit_test(sets),
        cmocka_unit_test(a_hostile_pattern_takes_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
