#include "cli/pycodestyle/diff_ranges.h"
#include "cli/pycodestyle/format.h"
#include "cli/pycodestyle/paths.h"
#include "python/fnmatch.h"
#include "python/strings.h"
#include "testing.h"

static void patterns_match_as_in_python(void **state) {
    (void)state;
    static const struct {
        const char *name, *pattern;
        bool matches;
    } cases[] = {
        {"a.py", "*.py", true},
        {"a/b.py", "*.py", true},
        {"a.pyc", "*.py", false},
        {"", "*", true},
        {"", "", true},
        {"x", "", false},
        {"abc", "a?c", true},
        {"ac", "a?c", false},
        {"a]c", "a[]]c", true},
        {"abc", "a[!b]c", false},
        {"abc", "a[a-c]c", true},
        {"a-c", "a[a-]c", true},
        {"a[c", "a[c", true},
        {"\xc3\xa4", "?", true},
        {"x\xff", "x?", true},
        {"aaaaab", "*a*a*b", true},
        {"aaaaac", "*a*a*b", false},
        {"abc", "a[c-a]c", false},
        {"a!c", "a[x!]c", true},
        {"a^c", "a[^]c", true},
        {"ab", "a*b*", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (python_fnmatch(str_of(cases[i].name), str_of(cases[i].pattern)) != cases[i].matches)
            fail_msg("%s and %s", cases[i].name, cases[i].pattern);
}

static void a_pattern_of_stars_takes_no_time(void **state) {
    (void)state;
    char name[20000], pattern[2001];
    memset(name, 'a', sizeof name);
    for (size_t i = 0; i < sizeof pattern; i++)
        pattern[i] = "*a"[i % 2];
    pattern[sizeof pattern - 1] = 'b';
    assert_false(python_fnmatch((Str){name, sizeof name}, (Str){pattern, sizeof pattern}));
}

static void paths_are_made_absolute_by_their_text(void **state) {
    (void)state;
    Arena arena = {0};
    static const char *const cases[][2] = {
        {"/a/./b//c/", "/a/b/c"}, {"/a/../..", "/"}, {"/", "/"},
        {"//a/../b", "//b"},      {"///a", "/a"},    {"/a/b/../c", "/a/c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Str path = path_absolute(&arena, str_of(cases[i][0]));
        assert_string_equal(str_c(&arena, path), cases[i][1]);
    }
    arena_release(&arena);
}

static void lines_of_a_diff_are_known(void **state) {
    (void)state;
    Arena arena = {0};
    Error error = {0};
    DiffRanges ranges;
    Str diff = STR("--- a/x.py\n+++ b/x.py\t2020\n@@ -1,2 +3,2 @@ f\n+++ b/no.py\n context\n"
                   "@@ -9 +8 @@\n+y\n");
    assert_true(diff_ranges_read(&ranges, &arena, diff, &error));
    assert_int_equal(ranges.files.len, 1);
    const DiffFile *file = &ranges.files.at[0];
    assert_string_equal(str_c(&arena, file->path), "x.py");
    for (uint32_t line = 0; line < 12; line++)
        assert_int_equal(diff_file_has(file, line), line == 3 || line == 4 || line == 8);
    assert_false(diff_ranges_read(&ranges, &arena, STR("@@ -1 +1 @@\n"), &error));
    assert_string_equal(error.text, "KeyError: None");
    arena_release(&arena);
}

static void expect_format(const char *format, const char *wanted) {
    FormatValues values = {STR("a.py"), STR("E225"), STR("it's"), 12, 3};
    Buf out = {0};
    Error error = {0};
    bool is_right = format_add(&out, format_named(str_of(format)), &values, &error);
    buf_add_byte(&out, '\0');
    assert_string_equal(is_right ? out.at : error.text, wanted);
    buf_release(&out);
}

static void formats_are_pythons(void **state) {
    (void)state;
    expect_format("default", "a.py:12:3: E225 it's");
    expect_format("%(row)05d|%(col)-3d|%(code)6s|%(text).2s|%%", "00012|3  |  E225|it|%");
    expect_format("%(text)r", "\"it's\"");
    expect_format("%s", "{'path': 'a.py', 'row': 12, 'col': 3, 'code': 'E225', 'text': \"it's\"}");
    expect_format("%(what)s", "KeyError: 'what'");
    expect_format("%(row", "ValueError: incomplete format key");
    expect_format("%(row)", "ValueError: incomplete format");
    expect_format("%(row)y", "ValueError: unsupported format character 'y' (0x79) at index 6");
    expect_format("%(code)d", "TypeError: %d format: a number is required, not str");
}

static void numbers_are_read_as_int_does(void **state) {
    (void)state;
    int64_t value = 0;
    assert_true(python_int(STR(" -1_000\n"), 10, &value) && value == -1000);
    assert_true(python_int(STR("0x_1f"), 16, &value) && value == 31);
    assert_false(python_int(STR("1__0"), 10, &value));
    assert_false(python_int(STR("_1"), 10, &value));
    assert_false(python_int(STR("1_"), 10, &value));
    assert_false(python_int(STR(""), 10, &value));
    assert_false(python_int(STR("0x1f"), 10, &value));
    assert_true(python_int(STR("99999999999999999999"), 10, &value) && value == INT64_MAX);
}

static void lines_split_where_splitlines_does(void **state) {
    (void)state;
    Str rest = STR("a\r\nb\rc\x0b"
                   "d\xe2\x80\xa8\n\xc2\x85"
                   "e");
    static const char *const wanted[] = {"a", "b", "c", "d", "", "", "e"};
    Arena arena = {0};
    Str line;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        assert_true(python_split_line(&rest, &line));
        assert_string_equal(str_c(&arena, python_without_line_end(line)), wanted[i]);
    }
    assert_false(python_split_line(&rest, &line));
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_match_as_in_python),
        cmocka_unit_test(a_pattern_of_stars_takes_no_time),
        cmocka_unit_test(paths_are_made_absolute_by_their_text),
        cmocka_unit_test(lines_of_a_diff_are_known),
        cmocka_unit_test(formats_are_pythons),
        cmocka_unit_test(numbers_are_read_as_int_does),
        cmocka_unit_test(lines_split_where_splitlines_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
