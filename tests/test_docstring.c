#include "arena_fixture.h"
#include "facts/docstring.h"
#include "facts/signature.h"
#include "rule/docstrings.h"

static File read_text(const char *path, const char *text) {
    File file = {.arena = &arena, .is_python = true};
    source_of_bytes(&file.source, &arena, str_of(path), str_of(text));
    lines_scan(&file.lines, &arena, file.source.text);
    tree_parse(&file.tree, &arena, file.lines.text);
    return file;
}

// What the definition `name` is, or the first definition, the module, for "".
static const Definition *find(File *file, const char *name) {
    const Docstrings *all = file_docstrings(file);
    for (uint32_t i = 0; i < all->count; i++)
        if (*name == '\0' || str_is(definition_name(file, &all->at[i]), name)) return &all->at[i];
    fail_msg("no definition %s", name);
    return NULL;
}

static void kinds(void **state) {
    (void)state;
    File file = read_text("a.py", "def f():\n    def g(): pass\n    class D: pass\n"
                                  "class C:\n    def m(self): pass\n    class E: pass\n");
    assert_int_equal(find(&file, "")->kind, DEFINITION_MODULE);
    assert_int_equal(find(&file, "f")->kind, DEFINITION_FUNCTION);
    assert_int_equal(find(&file, "g")->kind, DEFINITION_NESTED_FUNCTION);
    assert_int_equal(find(&file, "D")->kind, DEFINITION_NESTED_CLASS);
    assert_int_equal(find(&file, "C")->kind, DEFINITION_CLASS);
    assert_int_equal(find(&file, "m")->kind, DEFINITION_METHOD);
    assert_int_equal(find(&file, "E")->kind, DEFINITION_NESTED_CLASS);
    assert_ptr_equal(find(&file, "m")->parent, find(&file, "C"));
    assert_null(find(&file, "")->parent);
}

static bool is_public_path(const char *path) {
    File file = read_text(path, "");
    return find(&file, "")->is_public;
}

static void modules_are_public_by_their_path(void **state) {
    (void)state;
    assert_true(is_public_path("a.py"));
    assert_true(is_public_path("../a/b.py"));
    assert_true(is_public_path("/__main__.py"));
    assert_true(is_public_path("a/__init__.py"));
    assert_false(is_public_path("_a.py"));
    assert_false(is_public_path("a/_b/c.py"));
    assert_false(is_public_path("/a/_b/__init__.py"));
    File file = read_text("a/__init__.py", "");
    assert_int_equal(find(&file, "")->kind, DEFINITION_PACKAGE);
}

static void what_does_not_parse_is_broken(void **state) {
    (void)state;
    File file = read_text("a.py", "def f(a b):\n    pass\n\ndef g():\n    pass\n");
    assert_true(find(&file, "f")->is_broken);
    assert_false(find(&file, "g")->is_broken);
    File nothing = read_text("a.py", ")))(((");
    assert_true(find(&nothing, "")->is_broken);
}

static void decorators(void **state) {
    (void)state;
    File file = read_text("a.py", "@a . b(1)\n@c  # d\n@f.setter\ndef f(): pass\n");
    const Definition *f = find(&file, "f");
    assert_true(definition_has_decorator(&file, f, STR("c")));
    assert_false(definition_has_decorator(&file, f, STR("b")));
    assert_true(is_property_part(&file, f));
}

static void parameters(void **state) {
    (void)state;
    File file = read_text("a.py", "def f(a, /, b: int = 1, *c: int, d, **e) -> int: pass\n"
                                  "def g(a, *, b): pass\n");
    Signature signature = signature_of(&arena, find(&file, "f")->node);
    static const ParameterKind expected[] = {PARAMETER_POSITIONAL_ONLY, PARAMETER_ORDINARY,
                                             PARAMETER_VARIADIC, PARAMETER_KEYWORD_ONLY,
                                             PARAMETER_KEYWORDS};
    assert_int_equal(signature.parameters.len, 5);
    for (uint32_t i = 0; i < 5; i++) {
        const Parameter *parameter = &signature.parameters.at[i];
        char name[2] = {(char)('a' + i), '\0'};
        assert_int_equal(parameter->kind, expected[i]);
        assert_true(str_is(node_text(&file, parameter->name), name));
        assert_int_equal(parameter->type != NULL, i == 1 || i == 2);
        assert_int_equal(parameter->value != NULL, i == 1);
    }
    assert_non_null(signature.result);
    signature = signature_of(&arena, find(&file, "g")->node);
    assert_int_equal(signature.parameters.len, 2);
    assert_int_equal(signature.parameters.at[1].kind, PARAMETER_KEYWORD_ONLY);
    assert_null(signature.result);
}

static void conventions(void **state) {
    (void)state;
    assert_true(convention_has(CONVENTION_NONE, "D203"));
    assert_false(convention_has(CONVENTION_PEP257, "D203"));
    assert_true(convention_has(CONVENTION_PEP257, "D107"));
    assert_false(convention_has(CONVENTION_NUMPY, "D107"));
    assert_false(convention_has(CONVENTION_GOOGLE, "D401"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(kinds, tear_down),
        cmocka_unit_test_teardown(modules_are_public_by_their_path, tear_down),
        cmocka_unit_test_teardown(what_does_not_parse_is_broken, tear_down),
        cmocka_unit_test_teardown(decorators, tear_down),
        cmocka_unit_test_teardown(parameters, tear_down),
        cmocka_unit_test_teardown(conventions, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
