#include "testing.h"

#include "base/buf.h"
#include "python/quiet.h"
#include "python/syntax.h"

static Arena arena;

static int tear_down(void **state) {
    (void)state;
    arena_release(&arena);
    return 0;
}

// `expected`: the 1-based lines of each run, as "2-3 5-5 ".
static void check_runs(TreeUse use, const char *text, const char *expected) {
    Lines lines;
    Tokens tokens;
    lines_scan(&lines, &arena, str_of(text));
    tokens_scan(&tokens, &arena, &lines, true);
    QuietRuns quiet = quiet_find(&arena, &lines, &tokens, use);
    Buf found = {0};
    for (uint32_t i = 0; i < quiet.count; i++)
        buf_printf(&found, "%u-%u ", tokens.at[quiet.at[i].first].start_line + 1,
                       tokens.at[quiet.at[i].last].end_line + 1);
    buf_add_byte(&found, '\0');
    assert_string_equal(found.at, expected);
    buf_release(&found);
}

static void bodies_are_quiet(void **state) {
    (void)state;
    check_runs(TREE_DEFINITIONS, "def f():\n    a\n    b\n", "2-3 ");
    check_runs(TREE_DEFINITIONS, "def f():\n    if a:\n        b\n    else:\n        c\n    d\n",
               "2-6 ");
    check_runs(TREE_DEFINITIONS, "x = (1,\n  2)\nwhile x:\n  y", "1-4 ");
    check_runs(TREE_WHOLE, "a\n", "");
    check_runs(TREE_DEFINITIONS, "# nothing", "");
}

static void definitions_are_heard(void **state) {
    (void)state;
    check_runs(TREE_DEFINITIONS,
               "a\n@d\nclass C:\n    x = 1\n    async def f(self): pass\n    y = 2\n",
               "1-1 4-4 6-6 ");
    check_runs(TREE_DEFINITIONS, "def f():\n    async with a:\n        b\n", "2-3 ");
    check_runs(TREE_DEFINITIONS, "async  \\\n  def f():\n    b\n", "3-3 ");
}

static void what_holds_a_definition_is_heard(void **state) {
    (void)state;
    check_runs(TREE_DEFINITIONS,
               "try:\n    a\n    b\nexcept E:\n    def f():\n        c\nfinally:\n    d\ne\n",
               "2-3 6-6 8-8 9-9 ");
    check_runs(TREE_DEFINITIONS, "if a:\n    b\nelse:\n    class C: pass\n", "2-2 ");
    check_runs(TREE_DEFINITIONS, "if a:\n    b\nif c:\n    class C: pass\n    d\n", "1-2 5-5 ");
}

static void docstrings_are_heard(void **state) {
    (void)state;
    check_runs(TREE_DEFINITIONS, "'''d'''\n'e'\ndef f():\n    ('d')\n    'e'\n", "2-2 5-5 ");
    check_runs(TREE_DEFINITIONS, "a\n'e'\n", "1-2 ");
}

static void names_of_the_module_are_heard(void **state) {
    (void)state;
    check_runs(TREE_DEFINITIONS, "a\n__all__ += b\nc\nif __all__:\n    d\n", "1-1 3-3 5-5 ");
    check_runs(TREE_DEFINITIONS, "def f():\n    __all__ = 1\n", "2-2 ");
}

static void clauses_of_match_are_not_hidden_alone(void **state) {
    (void)state;
    check_runs(TREE_DEFINITIONS,
               "match a:\n    case 1:\n        b\n    case 2:\n        def f(): c\n", "3-3 ");
}

static void handlers_of_everything_are_heard(void **state) {
    (void)state;
    const char *bare = "try:\n    a\nexcept E:\n    b\nexcept:\n    c\nd\n";
    check_runs(TREE_DEFINITIONS, bare, "1-7 ");
    check_runs(TREE_CATCH_ALL, bare, "7-7 ");
    check_runs(TREE_CATCH_ALL, "while a:\n    try:\n        b\n    except* E:\n        c\n    d\n",
               "6-6 ");
    check_runs(TREE_CATCH_ALL, "try:\n    a\nexcept E:\n    b\n", "1-4 ");
}

// The tree of `text` as kinds of nodes, each behind one dot for every level.
static void check_tree(const char *text, const char *expected) {
    Lines lines;
    Tokens tokens;
    Tree tree;
    lines_scan(&lines, &arena, str_of(text));
    tokens_scan(&tokens, &arena, &lines, true);
    tree_parse(&tree, &arena, &lines, &tokens,
               quiet_find(&arena, &lines, &tokens, TREE_DEFINITIONS));
    Buf found = {0};
    for (uint32_t i = 0; i < tree.count; i++) {
        for (const Node *at = &tree.nodes[i]; at->up > 0; at = node_parent(at))
            buf_add_byte(&found, '.');
        buf_printf(&found, "%s %u-%u\n", node_kind_name(tree.nodes[i].kind),
                       tree.nodes[i].start, tree.nodes[i].end);
    }
    buf_add_byte(&found, '\0');
    assert_string_equal(found.at, expected);
    buf_release(&found);
}

static void a_run_is_one_node(void **state) {
    (void)state;
    check_tree("def f():\n  if a:\n    b\n    c\nd\n", "module 0-31\n"
                                                       ".function_definition 0-28\n"
                                                       "..identifier 4-5\n"
                                                       "..parameters 5-7\n"
                                                       "..block 11-28\n"
                                                       "...(quiet) 11-28\n"
                                                       ".(quiet) 29-30\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_are_quiet),
        cmocka_unit_test(definitions_are_heard),
        cmocka_unit_test(what_holds_a_definition_is_heard),
        cmocka_unit_test(docstrings_are_heard),
        cmocka_unit_test(names_of_the_module_are_heard),
        cmocka_unit_test(clauses_of_match_are_not_hidden_alone),
        cmocka_unit_test(handlers_of_everything_are_heard),
        cmocka_unit_test(a_run_is_one_node),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
