#include "arena_fixture.h"
#include "python/syntax.h"

static Tree parse(const char *text) {
    Tree tree;
    tree_parse(&tree, &arena, str_of(text));
    return tree;
}

static void an_empty_file_is_a_module(void **state) {
    (void)state;
    Tree tree = parse("");
    assert_int_equal(tree.count, 1);
    assert_int_equal(tree.nodes[0].kind, NODE_MODULE);
    assert_null(node_first_child(tree.nodes));
    assert_false(tree.has_error);
}

static void navigation_is_consistent(void **state) {
    (void)state;
    Tree tree =
        parse("async def f(a, *, b=1):\n    # c\n    return [await x for x in g(f'{a}')]\n");
    assert_false(tree.has_error);
    for (uint32_t i = 0; i < tree.count; i++) {
        const Node *node = &tree.nodes[i];
        const Node *end = node + 1;
        for_each_child(child, node) {
            assert_ptr_equal(node_parent(child), node);
            assert_ptr_equal(child, end);
            end = node_end(child);
        }
        assert_ptr_equal(end, node_end(node));
    }
    const Node *function = node_first_child(tree.nodes);
    assert_int_equal(function->kind, NODE_FUNCTION_DEFINITION);
    assert_int_equal(function[1].kind, NODE_ASYNC);
    assert_non_null(node_child(function, FIELD_PARAMETERS));
    assert_null(node_child(function, FIELD_RETURN_TYPE));
}

static void errors_are_seen(void **state) {
    (void)state;
    assert_true(parse("def f(:\n").has_error);
    assert_true(parse("x = = 1\n").has_error);
}

static uint32_t count_kind(const Tree *tree, NodeKind kind) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < tree->count; i++)
        count += tree->nodes[i].kind == kind;
    return count;
}

static void operators_are_kept_and_other_tokens_are_not(void **state) {
    (void)state;
    static const char *const forms[] = {
        "a != b", "a % b", "a %= b", "a & b",  "a &= b",  "a * b",      "a ** b",     "a **= b",
        "a *= b", "a + b", "a += b", "a - b",  "a -= b",  "a / b",      "a // b",     "a //= b",
        "a /= b", "a < b", "a << b", "a <= b", "a <<= b", "a == b",     "a > b",      "a >= b",
        "a >> b", "a @ b", "a @= b", "a ^ b",  "a ^= b",  "a and b",    "a in b",     "a is b",
        "a or b", "a | b", "a |= b", "~a",     "-a",      "a not in b", "a is not b", "a >>= b",
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        Tree tree = parse(forms[i]);
        assert_int_equal(count_kind(&tree, NODE_OPERATOR), 1);
    }
    Tree tree = parse("from m import *\ndef f(*, a: int = (1,)) -> None: x = [y for y in a]\n");
    assert_int_equal(count_kind(&tree, NODE_OPERATOR), 0);
    assert_int_equal(count_kind(&tree, NODE_SKIPPED), 0);
    tree = parse("try: pass\nexcept* E: pass\n");
    assert_int_equal(count_kind(&tree, NODE_OPERATOR), 1);
    tree = parse("def f(): yield from x\n");
    assert_int_equal(count_kind(&tree, NODE_FROM), 1);
    tree = parse("f'{a}' 'b' rb'c\\d'\n");
    assert_int_equal(count_kind(&tree, NODE_INTERPOLATION), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(an_empty_file_is_a_module, tear_down),
        cmocka_unit_test_teardown(navigation_is_consistent, tear_down),
        cmocka_unit_test_teardown(errors_are_seen, tear_down),
        cmocka_unit_test_teardown(operators_are_kept_and_other_tokens_are_not, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
