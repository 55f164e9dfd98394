#include "arena_fixture.h"

#include "python/logical.h"

static Lines lines;
static Tokens tokens;
static LogicalLines logical;

static void build_as(const char *text, LineRules rules) {
    lines_scan_as(&lines, &arena, str_of(text), rules);
    tokens_scan(&tokens, &arena, &lines, false);
    logical_lines_build(&logical, &arena, &lines, &tokens, true);
}

static void build(const char *text) {
    build_as(text, (LineRules){0});
}

// `expected`: the logical lines' texts, each with a "|" behind it.
static void check_texts(const char *text, const char *expected) {
    build(text);
    Str rest = str_of(expected), part;
    for (uint32_t i = 0; i < logical.lines.len; i++) {
        assert_true(str_split(&rest, '|', &part));
        assert_int_equal(logical.lines.at[i].text.len, part.len);
        assert_memory_equal(logical.lines.at[i].text.at, part.at, part.len);
    }
    assert_int_equal(rest.len, 0);
}

static void tokens_are_joined(void **state) {
    (void)state;
    check_texts("", "");
    check_texts("x = 1\n", "x = 1|");
    check_texts("if a:\n    b  # c\n\nd", "if a:|b|d|");
    check_texts("# c\nx\n", "|x|");
    check_texts("f(a,\n  b\n  )\n", "f(a, b)|");
    check_texts("f(\n  a  # c\n  , b)\n", "f(a , b)|");
    check_texts("a + \\\n    b\n", "a + b|");
    check_texts("x = [\n    1]\n", "x = [1]|");
}

static void strings_are_muted(void **state) {
    (void)state;
    check_texts("x = 'ab' + b\"\"\n", "x = 'xx' + b\"\"|");
    check_texts("rb'''a\nb'''\n", "rb'''xxx'''|");
    check_texts("'\xc3\xa9\\''\n", "'xxx'|");
    check_texts("'''a\r\nb'''\r\n", "'''xxx'''|");
    check_texts("''\n", "''|");
}

static void broken_strings_are_kept(void **state) {
    (void)state;
    check_texts("'a\\\r\nb\r\nc\r\n", "'a\\\nb\n c|");
    // Longer than the bytes that it is made of.
    check_texts("('a\\\nb\n'c\\\nd\n'e\\\nf\ng)\n", "('a\\\nb\n 'c\\\nd\n 'e\\\nf\n g)|");
}

static void blank_lines_are_counted(void **state) {
    (void)state;
    build("a\n\n\n# c\n\nb\nc\n");
    assert_int_equal(logical.lines.len, 4);
    static const uint32_t blank[] = {0, 2, 1, 0}, before[] = {0, 2, 2, 0};
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(logical.lines.at[i].blank_lines, blank[i]);
        assert_int_equal(logical.lines.at[i].blank_before, before[i]);
    }
}

static void a_line_knows_those_before(void **state) {
    (void)state;
    build("class A:\n\tx = 1\n# c\ny\n");
    assert_int_equal(logical.lines.len, 4);
    assert_int_equal(logical.lines.at[1].indent_level, 8);
    assert_int_equal(logical.lines.at[1].indent_char, '\t');
    assert_int_equal(line_previous_indent(&logical.lines.at[3]), 8);
    assert_true(str_is(line_previous_text(&logical.lines.at[3]), "x = 1"));
    assert_true(str_is(line_previous_unindented_text(&logical.lines.at[3]), "class A:"));
    assert_int_equal(logical.lines.at[3].row, 4);
}

static void check_spot(uint32_t offset, uint32_t row, int32_t column) {
    Spot spot = logical_spot(&logical.lines.at[0], &arena, &lines, offset);
    uint32_t line = lines_find(&lines, spot.offset);
    RowColumn place = spot.is_elsewhere ? spot.place : line_place(&lines, line, spot.offset);
    assert_int_equal(place.row, row);
    assert_int_equal(place.column, column);
}

static void offsets_lead_back_to_the_file(void **state) {
    (void)state;
    build("f(\xc3\xa9,\n  b)\n");
    check_spot(0, 1, 0);
    check_spot(1, 1, 1);
    check_spot(4, 1, 3); // the comma
    check_spot(5, 1, 4); // the blank behind it
    check_spot(6, 2, 2);
    check_spot(7, 2, 3);
}

// pycodestyle counts back from the end of the string's last row.
static void an_offset_inside_a_long_string_may_lie_before_its_row(void **state) {
    (void)state;
    build("x = '''aaaa\nb'''\n");
    check_spot(4, 2, -8);
}

static void check_looks(const char *text, LineRules rules, const char *expected_rows) {
    build_as(text, rules);
    assert_int_equal(logical.physical.len, strlen(expected_rows));
    for (uint32_t i = 0; i < logical.physical.len; i++)
        assert_int_equal(logical.physical.at[i].row, expected_rows[i] - '0');
}

static void physical_lines_come_as_pycodestyle_sees_them(void **state) {
    (void)state;
    LineRules rules = {0};
    check_looks("a\n\nb\n", rules, "123");
    check_looks("x = '''\na\n''' + b\n", rules, "123");
    check_looks("a + \\\nb\n", rules, "12");
    check_looks("(a, \\\n\\\nb)\n", rules, "13"); // a backslash alone has no token
    check_looks("# c", rules, "111");
    assert_true(logical.physical.at[1].is_repeated);
    check_looks("'''\n# noqa\n'''\n", rules, "123");
    assert_true(logical.physical.at[0].noqa);
    assert_false(logical.physical.at[2].noqa);
    check_looks("(\na\n", rules, "122"); // a last look after an error
}

static void mixed_indentation_moves_what_is_expected(void **state) {
    (void)state;
    build("if a:\n    b\n\tc\n\td\n");
    assert_int_equal(logical.physical.at[2].mixed, 0);
    assert_int_equal(logical.physical.at[2].indent_char, ' ');
    assert_int_equal(logical.physical.at[3].mixed, UINT32_MAX);
    assert_int_equal(logical.physical.at[3].indent_char, '\t');
}

static void noqa_is_a_word_of_its_own(void **state) {
    (void)state;
    assert_true(has_noqa(STR("x  # noqa")));
    assert_true(has_noqa(STR("x  # NoQA: E501")));
    assert_true(has_noqa(STR("## nopep8.")));
    assert_false(has_noqa(STR("x  #noqa")));
    assert_false(has_noqa(STR("x  # noqaa # no qa")));
    assert_false(has_noqa(STR("noqa")));
}

static void indentation_is_expanded(void **state) {
    (void)state;
    assert_int_equal(expand_indent(STR("    a")), 4);
    assert_int_equal(expand_indent(STR("   \ta")), 8);
    assert_int_equal(expand_indent(STR("\t a\t")), 9);
    assert_int_equal(expand_indent(STR("\f a")), 2);
    build("\n  \n\r\n");
    assert_int_equal(line_indent(&lines, 0), 1);
    assert_int_equal(line_indent(&lines, 1), 3);
    assert_int_equal(line_indent(&lines, 2), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_joined),
        cmocka_unit_test(strings_are_muted),
        cmocka_unit_test(broken_strings_are_kept),
        cmocka_unit_test(blank_lines_are_counted),
        cmocka_unit_test(a_line_knows_those_before),
        cmocka_unit_test(offsets_lead_back_to_the_file),
        cmocka_unit_test(an_offset_inside_a_long_string_may_lie_before_its_row),
        cmocka_unit_test(physical_lines_come_as_pycodestyle_sees_them),
        cmocka_unit_test(mixed_indentation_moves_what_is_expected),
        cmocka_unit_test(noqa_is_a_word_of_its_own),
        cmocka_unit_test(indentation_is_expanded),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
