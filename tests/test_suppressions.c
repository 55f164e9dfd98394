#include "facts/suppressions.h"

#include "arena_fixture.h"

static const Suppressions *find(const char *text) {
    File file = {.arena = &arena, .is_python = true};
    source_of_bytes(&file.source, &arena, STR("a.py"), str_of(text));
    lines_scan(&file.lines, &arena, file.source.text);
    tokens_scan(&file.tokens, &arena, &file.lines, false);
    return suppressions_find(&file, &arena);
}

static void likely_means_that_the_letters_occur(void **state) {
    (void)state;
    assert_true(suppressions_are_likely(STR("x  # NoQa")));
    assert_true(suppressions_are_likely(STR("QQ noqa")));
    assert_true(suppressions_are_likely(STR("qnoQA")));
    assert_false(suppressions_are_likely(STR("no qa, q, Q")));
    assert_false(suppressions_are_likely(STR("oq")));
    assert_false(suppressions_are_likely(STR("noq")));
    assert_false(suppressions_are_likely(STR("")));
}

static void lists_of_codes(void **state) {
    (void)state;
    static const struct {
        const char *comment;
        uint32_t count; // of codes; UINT32_MAX: no suppression
    } cases[] = {
        {"# noqa", 0},
        {"# noqa:E501", 1},
        {"# noqa: E501", 1},
        {"# NOQA: e501,W1", 2},
        {"# noqa: E501 W291", 2},
        {"# noqa:E501,, W291,", 2},
        {"# noqa:  E501", 0},
        {"# noqa: E", 0},
        {"# noqa : E501", 0},
        {"# noqa: E501, see", 1},
        {"# why # noqa: E1", 1},
        {"#noqa", UINT32_MAX},
        {"#  noqa", UINT32_MAX},
        {"# qa", UINT32_MAX},
        {"# noqax", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Suppressions *found = find(str_format(&arena, "x = 1  %s\n", cases[i].comment).at);
        if (cases[i].count == UINT32_MAX) {
            assert_null(found);
        } else {
            assert_int_equal(found->count, 1);
            assert_int_equal(found->at[0].code_count, cases[i].count);
        }
    }
}

static void codes_are_in_capitals(void **state) {
    (void)state;
    assert_true(str_is(find("x  # noqa: e501\n")->at[0].codes[0], "E501"));
}

static void assert_lines(const Suppression *one, uint32_t first, uint32_t last) {
    assert_int_equal(one->first_line, first);
    assert_int_equal(one->last_line, last);
}

static void a_comment_holds_for_its_statement(void **state) {
    (void)state;
    const Suppressions *found = find("x = 1\n\nf(  # noqa\n  1,  # noqa\n  2\n)  # noqa\ny\n");
    assert_int_equal(found->count, 3);
    assert_lines(&found->at[0], 3, 6);
    assert_lines(&found->at[1], 4, 4);
    assert_lines(&found->at[2], 3, 6);
}

static void a_comment_of_its_own_holds_for_its_line(void **state) {
    (void)state;
    const Suppressions *found = find("if x:\n    # noqa\n    y = '''\n'''  # noqa\n# noqa");
    assert_int_equal(found->count, 3);
    assert_lines(&found->at[0], 2, 2);
    assert_lines(&found->at[1], 3, 4);
    assert_lines(&found->at[2], 5, 5);
}

static void strings_hold_no_comments(void **state) {
    (void)state;
    assert_null(find("x = '# noqa'\n'''\n# noqa\n'''\n"));
}

static void the_whole_file(void **state) {
    (void)state;
    const Suppressions *found = find("import x\n    \n# asynclint: noqa: D, E501\n");
    assert_true(found->at[0].is_for_file);
    assert_int_equal(found->at[0].code_count, 2);
    assert_null(find("x = 1  # asynclint: noqa\n"));
    assert_null(find("# asynclint: noqa: ?\n"));
    assert_null(find("# asynclint: noqat\n"));
}

static void a_comment_stands_behind_what_goes_on(void **state) {
    (void)state;
    static const char text[] = "x = f('''a\\\n"
                               "b\n"
                               "c''', \\\n"
                               "  1)\n"
                               "# \\\n"
                               "y = 1\n";
    File file = {.arena = &arena, .is_python = true};
    source_of_bytes(&file.source, &arena, STR("a.py"), str_of(text));
    lines_scan(&file.lines, &arena, file.source.text);
    assert_int_equal(commentable_line(&file, 1), 1);
    tokens_scan(&file.tokens, &arena, &file.lines, false);
    static const uint32_t expected[] = {4, 4, 4, 4, 5, 6, 7};
    for (uint32_t line = 1; line <= 7; line++)
        assert_int_equal(commentable_line(&file, line), expected[line - 1]);
}

static void a_file_that_breaks_off(void **state) {
    (void)state;
    assert_lines(&find("f(  # noqa\n")->at[0], 1, 1);
    assert_non_null(find("x  # noqa"));
    assert_null(find(""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(likely_means_that_the_letters_occur),
        cmocka_unit_test(lists_of_codes),
        cmocka_unit_test(codes_are_in_capitals),
        cmocka_unit_test(a_comment_holds_for_its_statement),
        cmocka_unit_test(a_comment_of_its_own_holds_for_its_line),
        cmocka_unit_test(strings_hold_no_comments),
        cmocka_unit_test(the_whole_file),
        cmocka_unit_test(a_comment_stands_behind_what_goes_on),
        cmocka_unit_test(a_file_that_breaks_off),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
