#include "arena_fixture.h"
#include "python/literal.h"

// The first string of `text`, which is an expression.
static const Node *first_string(Str text) {
    Tree tree;
    tree_parse(&tree, &arena, text);
    for (uint32_t i = 0; i < tree.count; i++)
        if (tree.nodes[i].kind == NODE_CONCATENATED_STRING || tree.nodes[i].kind == NODE_STRING)
            return &tree.nodes[i];
    return NULL;
}

static void expect(const char *source, const char *value) {
    Str text = str_of(source);
    const Node *node = first_string(text);
    assert_non_null(node);
    StringValue read = string_value(&arena, text, node);
    if (!str_is(read.text, value))
        fail_msg("%s: got `%.*s`, not `%s`", source, STR_ARG(read.text), value);
}

static void prefixes_and_quotes(void **state) {
    (void)state;
    expect("'a'", "a");
    expect("u\"a\"", "a");
    expect("''", "");
    expect("''''''", "");
    expect("'''it's '''", "it's ");
    expect("Rb'\\n'", "\\n");
    expect("rb'\\x41'", "\\x41");
}

static void escapes(void **state) {
    (void)state;
    expect("'\\a\\b\\f\\n\\r\\t\\v\\\\\\'\\\"'", "\a\b\f\n\r\t\v\\'\"");
    expect("'\\x41\\101\\u00e4\\U0001F600'", "AA\xc3\xa4\xf0\x9f\x98\x80");
    expect("'\\q\\8'", "\\q\\8");
    expect("b'\\u00e4\\xe4'", "\\u00e4\xe4");
    expect("'\\N{DIGIT ONE}!'", "\xef\xbf\xbd!");
    expect("'\\ud800'", "\xef\xbf\xbd");
    expect("'\\1234'", "S4");
    expect("'''a\\\nb'''", "ab");
    expect("'''a\\\r\nb'''", "ab");
}

static void line_ends_are_one(void **state) {
    (void)state;
    expect("'''a\r\nb\rc\nd'''", "a\nb\nc\nd");
}

static void neighbours_are_joined(void **state) {
    (void)state;
    expect("'a' r'\\b' \"\"\"c\"\"\"", "a\\bc");
}

static void malformed_escapes_stay_in_bounds(void **state) {
    (void)state;
    expect("'\\N\\N\\N'", "\xef\xbf\xbd");
    expect("'\\UFFFFFFFF'", "\xef\xbf\xbd");
}

static bool is_plain(const char *source) {
    Str text = str_of(source);
    const Node *node = first_string(text);
    bool plain = is_plain_string(text, node);
    assert_int_equal(string_value(&arena, text, node).is_plain, plain);
    return plain;
}

static void plain_is_what_python_knows_beforehand(void **state) {
    (void)state;
    assert_true(is_plain("'a'"));
    assert_true(is_plain("u'a' R'b'"));
    assert_false(is_plain("b'a'"));
    assert_false(is_plain("f'a'"));
    assert_false(is_plain("'a' f'{b}'"));
}

static void positions_lead_back(void **state) {
    (void)state;
    Str text = STR("x = '\\n<' \"\\x41>\"");
    StringValue value = string_value(&arena, text, first_string(text));
    assert_true(str_is(value.text, "\n<A>"));
    for (uint32_t i = 0; i < value.text.len; i++) {
        char expected =
            value.text.at[i] == '<' || value.text.at[i] == '>' ? value.text.at[i] : '\\';
        assert_int_equal(text.at[string_value_source(&value, i)], expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(prefixes_and_quotes, tear_down),
        cmocka_unit_test_teardown(escapes, tear_down),
        cmocka_unit_test_teardown(line_ends_are_one, tear_down),
        cmocka_unit_test_teardown(neighbours_are_joined, tear_down),
        cmocka_unit_test_teardown(malformed_escapes_stay_in_bounds, tear_down),
        cmocka_unit_test_teardown(plain_is_what_python_knows_beforehand, tear_down),
        cmocka_unit_test_teardown(positions_lead_back, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
