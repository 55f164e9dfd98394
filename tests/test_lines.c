#include "arena_fixture.h"

#include "source/lines.h"

static Lines scan(const char *text, LineRules rules) {
    Lines lines;
    lines_scan_as(&lines, &arena, str_of(text), rules);
    return lines;
}

// `expected`: the lines' texts without line ends, joined by "|".
static void check_lines(const char *text, LineRules rules, const char *expected) {
    Lines lines = scan(text, rules);
    Str rest = str_of(expected), part;
    for (uint32_t i = 0; i < lines.count; i++) {
        assert_true(str_split(&rest, '|', &part));
        Str line = line_text(&lines, i);
        assert_int_equal(line.len, part.len);
        assert_memory_equal(line.at, part.at, part.len);
    }
    assert_true(lines.count == 0 || rest.at == NULL);
}

static void universal_newlines_end_lines(void **state) {
    (void)state;
    LineRules rules = {0};
    check_lines("", rules, "");
    check_lines("a", rules, "a");
    check_lines("a\nb\r\nc\rd", rules, "a|b|c|d");
    check_lines("a\r\r\n\n\rb\r", rules, "a||||b");
    check_lines("\r\n\r\n", rules, "|");
    check_lines("a\fb\vc\xc2\x85"
                "d\n",
                rules,
                "a\fb\vc\xc2\x85"
                "d");
}

static void the_first_lines_may_keep_their_cr(void **state) {
    (void)state;
    check_lines("a\rb\r\nc\rd\ne\rf", (LineRules){.verbatim = 2}, "a\rb|c\rd|e|f");
    check_lines("a\r", (LineRules){.verbatim = 1}, "a\r");
    Lines lines = scan("a\n", (LineRules){.verbatim = 2});
    assert_int_equal(lines.verbatim, 1);
}

static void lines_may_end_at_any_control(void **state) {
    (void)state;
    LineRules rules = {.ends_at_any_control = true};
    check_lines("a\fb\vc\x1c"
                "d\r\ne\nf",
                rules, "a\f|b\v|c\x1c|d|e|f");
    check_lines("a\xc2\x85"
                "b\xe2\x80\xa8"
                "c\xe2\x80\xa9"
                "d\xe2\x80\xaa\xc2\xa0",
                rules, "a\xc2\x85|b\xe2\x80\xa8|c\xe2\x80\xa9|d\xe2\x80\xaa\xc2\xa0");
}

static void check_position(const Lines *lines, uint32_t offset, uint32_t line, uint32_t column) {
    Position position = lines_position(lines, offset);
    assert_int_equal(position.line, line);
    assert_int_equal(position.column, column);
}

static void columns_are_code_points(void **state) {
    (void)state;
    Lines lines = scan("a\n\xc3\xa9\xf0\x9f\x98\x80x\r\n", (LineRules){0});
    check_position(&lines, 0, 1, 1);
    check_position(&lines, 1, 1, 2);
    check_position(&lines, 2, 2, 1);
    check_position(&lines, 4, 2, 2);
    check_position(&lines, 8, 2, 3);
    check_position(&lines, 10, 2, 5);
    check_position(&lines, 11, 3, 1);
    lines = scan("ab", (LineRules){0});
    check_position(&lines, 2, 1, 3);
}

static void a_cursor_gives_the_same_positions(void **state) {
    (void)state;
    Lines lines = scan("a\n\xc3\xa9\xc3\xa9 b\n\nc\rd", (LineRules){0});
    uint32_t size = lines.text.len + 1;
    LineCursor cursor = {0};
    for (uint32_t step = 1; step < 12; step++) {
        for (uint32_t i = 0, offset = 0; i < size; i++, offset = (offset + step) % size) {
            Position expected = lines_position(&lines, offset);
            Position position = lines_position_from(&lines, &cursor, offset);
            assert_int_equal(position.line, expected.line);
            assert_int_equal(position.column, expected.column);
        }
    }
}

static void an_empty_text_has_a_position(void **state) {
    (void)state;
    Lines lines = scan("", (LineRules){0});
    check_position(&lines, 0, 1, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(universal_newlines_end_lines),
        cmocka_unit_test(the_first_lines_may_keep_their_cr),
        cmocka_unit_test(lines_may_end_at_any_control),
        cmocka_unit_test(columns_are_code_points),
        cmocka_unit_test(a_cursor_gives_the_same_positions),
        cmocka_unit_test(an_empty_text_has_a_position),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
