#include "python/grammar.h"
#include "testing.h"

#include <pthread.h>
#include <stdlib.h>

const TSLanguage *tree_sitter_python(void);
const TSLanguage *tree_sitter_toml(void);

static const char *const texts[] = {
    "",
    "async def f(a, *, b=1):\n    return [await x for x in g(f'{a}')]\n",
    "def f(:\n  x = = (1\n\tclass\n",
    "x = '''\n\n", // an error up to the end
    "match a:\n    case [b, *_] | {'c': d, **e}: pass\n",
};

enum { TEXT_COUNT = sizeof texts / sizeof texts[0], ROUNDS = 50 };

// What tree-sitter makes of each text with the C library's memory.
static char *plain[TEXT_COUNT];

// Has to come before the first grammar_parse().
static int parse_plainly(void **state) {
    (void)state;
    for (int i = 0; i < TEXT_COUNT; i++) {
        TSParser *parser = ts_parser_new();
        ts_parser_set_language(parser, tree_sitter_python());
        TSTree *tree = ts_parser_parse_string(parser, NULL, texts[i], (uint32_t)strlen(texts[i]));
        plain[i] = ts_node_string(ts_tree_root_node(tree));
        ts_tree_delete(tree);
        ts_parser_delete(parser);
    }
    return 0;
}

static int forget(void **state) {
    (void)state;
    for (int i = 0; i < TEXT_COUNT; i++)
        free(plain[i]);
    return 0;
}

static bool is_as_plain(int text) {
    const TSTree *tree = grammar_parse(tree_sitter_python(), str_of(texts[text]));
    bool is_same = strcmp(ts_node_string(ts_tree_root_node(tree)), plain[text]) == 0;
    grammar_release();
    return is_same;
}

static void trees_are_those_of_the_c_librarys_memory(void **state) {
    (void)state;
    for (int i = 0; i < TEXT_COUNT; i++)
        assert_true(is_as_plain(i));
}

static void languages_take_turns(void **state) {
    (void)state;
    for (int i = 0; i < TEXT_COUNT; i++) {
        const TSTree *tree = grammar_parse(tree_sitter_toml(), STR("[a]\nb = [1, \"c\"]\n"));
        assert_false(ts_node_has_error(ts_tree_root_node(tree)));
        grammar_release();
        assert_true(is_as_plain(i));
    }
}

static void a_large_text_is_parsed(void **state) {
    (void)state;
    enum { LINES = 100000 };
    const Str line = STR("f(a, [b])\n");
    char *text = test_malloc(LINES * line.len);
    for (uint32_t i = 0; i < LINES; i++)
        memcpy(text + i * line.len, line.at, line.len);
    const TSTree *tree = grammar_parse(tree_sitter_python(), (Str){text, LINES * line.len});
    assert_int_equal(ts_node_child_count(ts_tree_root_node(tree)), LINES);
    grammar_release();
    test_free(text);
}

static void *parse_over_and_over(void *first) {
    for (int i = 0; i < ROUNDS; i++)
        if (!is_as_plain((i + *(const int *)first) % TEXT_COUNT)) return first;
    return NULL;
}

static void threads_have_memory_of_their_own(void **state) {
    (void)state;
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    int first[THREADS];
    for (int i = 0; i < THREADS; i++) {
        first[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, parse_over_and_over, &first[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *failed = NULL;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_are_those_of_the_c_librarys_memory),
        cmocka_unit_test(languages_take_turns),
        cmocka_unit_test(a_large_text_is_parsed),
        cmocka_unit_test(threads_have_memory_of_their_own),
    };
    return cmocka_run_group_tests(tests, parse_plainly, forget);
}
