// The values and errors of a few documents; differential/toml.py compares thousands with tomllib.

#include "cli/toml.h"

#include "arena_fixture.h"

#include "base/buf.h"

static Error error;

static TomlValue *read_text(const char *text) {
    error = (Error){0};
    return toml_read(&arena, str_of(text), STR("x.toml"), &error);
}

static void values_have_kinds_and_lines(void **state) {
    (void)state;
    const TomlValue *root = read_text("a = 'x'\nb = 0x1F\n\n[c]\nd = [true,\n2.5, 1979-05-27]\n");
    assert_non_null(root);
    const TomlValue *a = toml_get(root, STR("a"));
    assert_int_equal(a->kind, TOML_STRING);
    assert_true(str_is(a->text, "x"));
    assert_int_equal(toml_get(root, STR("b"))->integer, 31);
    const TomlValue *d = toml_get(toml_get(root, STR("c")), STR("d"));
    assert_int_equal(d->kind, TOML_ARRAY);
    assert_int_equal(d->line, 5);
    assert_int_equal(d->items.len, 3);
    assert_int_equal(d->items.at[0]->integer, 1);
    assert_int_equal(d->items.at[1]->line, 6);
    assert_int_equal(d->items.at[2]->kind, TOML_DATE);
}

static void a_missing_member_is_null(void **state) {
    (void)state;
    const TomlValue *root = read_text("a = 1");
    assert_null(toml_get(root, STR("b")));
    assert_null(toml_get(toml_get(root, STR("a")), STR("b")));
    assert_null(toml_get(NULL, STR("b")));
}

static void strings_are_unescaped(void **state) {
    (void)state;
    const TomlValue *root = read_text("a = \"\\u00e9\\n\"\nb = \"\"\"\nx \\  \n  y\"\"\"\n");
    assert_true(str_is(toml_get(root, STR("a"))->text, "\xc3\xa9\n"));
    assert_true(str_is(toml_get(root, STR("b"))->text, "x y"));
}

static void dotted_keys_headers_and_arrays_of_tables(void **state) {
    (void)state;
    const TomlValue *root = read_text("a.b.c = 1\n[[d]]\n[d.e]\nf = 2\n[[d]]\n");
    const TomlValue *b = toml_get(toml_get(root, STR("a")), STR("b"));
    assert_int_equal(toml_get(b, STR("c"))->integer, 1);
    const TomlValue *d = toml_get(root, STR("d"));
    assert_int_equal(d->items.len, 2);
    const TomlValue *e = toml_get(d->items.at[0], STR("e"));
    assert_int_equal(toml_get(e, STR("f"))->integer, 2);
}

static void errors_name_file_and_line(void **state) {
    (void)state;
    assert_null(read_text("a = 1\n\na = 2\n"));
    assert_string_equal(error.text, "x.toml:3: `a` is there already, from line 1");
    assert_null(read_text("a = 1\nb = [\n"));
    assert_memory_equal(error.text, "x.toml:", 7);
    assert_null(read_text("a = 1\nb = 1979-02-30\n"));
    assert_string_equal(error.text, "x.toml:2: there is no day `1979-02-30`");
    assert_null(read_text("[a]\n[a]\n"));
    assert_string_equal(error.text, "x.toml:2: the table `a` is there already, from line 1");
}

// The reader keeps its own stack: nesting costs memory, not the stack of the process.
static void deep_nesting_is_read(void **state) {
    (void)state;
    Buf text = {0};
    buf_add(&text, STR("a = "));
    for (int i = 0; i < 100000; i++)
        buf_add_byte(&text, '[');
    for (int i = 0; i < 100000; i++)
        buf_add_byte(&text, ']');
    const TomlValue *value =
        toml_get(toml_read(&arena, buf_str(&text), STR("x.toml"), &error), STR("a"));
    uint32_t depth = 0;
    for (; value != NULL; depth++)
        value = value->items.len > 0 ? value->items.at[0] : NULL;
    assert_int_equal(depth, 100000);
    buf_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_have_kinds_and_lines),
        cmocka_unit_test(a_missing_member_is_null),
        cmocka_unit_test(strings_are_unescaped),
        cmocka_unit_test(dotted_keys_headers_and_arrays_of_tables),
        cmocka_unit_test(errors_name_file_and_line),
        cmocka_unit_test(deep_nesting_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
