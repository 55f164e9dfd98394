#include "arena_fixture.h"

#include "base/buf.h"
#include "python/tokens.h"

static Tokens scan_as(const char *text, bool walrus, LineRules rules, Lines *lines) {
    Tokens tokens;
    lines_scan_as(lines, &arena, str_of(text), rules);
    tokens_scan(&tokens, &arena, lines, walrus);
    return tokens;
}

static Tokens scan(const char *text) {
    Lines lines;
    return scan_as(text, false, (LineRules){0}, &lines);
}

static void check_texts_as(const char *text, bool walrus, LineRules rules, const char *expected) {
    static const char marks[] = "$nds;><oe#/";
    Lines lines;
    Tokens tokens = scan_as(text, walrus, rules, &lines);
    Buf found = {0};
    for (uint32_t i = 0; i < tokens.count; i++) {
        const Token *token = &tokens.at[i];
        Str part = token_text(&lines, token);
        bool is_shown = part.len > 0 && token->kind != TOKEN_NEWLINE && token->kind != TOKEN_NL;
        buf_add_byte(&found, marks[token->kind]);
        if (is_shown) buf_add(&found, part);
        buf_add_byte(&found, '|');
    }
    buf_add_byte(&found, '\0');
    assert_string_equal(found.at, expected);
    buf_release(&found);
}

// `expected`: a letter for each token's kind (n name, d number, s string, o operator, e error,
// # comment, ; NEWLINE, / NL, > < indentation, $ end), its text, and "|".
static void check_texts(const char *text, const char *expected) {
    check_texts_as(text, false, (LineRules){0}, expected);
}

static void statements_become_tokens(void **state) {
    (void)state;
    check_texts("", "$|");
    check_texts("x=1", "nx|o=|d1|;|$|");
    check_texts("if a:\n\tb # c\n\n#d\nc", "nif|na|o:|;|>\t|nb|## c|;|/|##d|/|<|nc|;|$|");
    check_texts("f(\n a)\n", "nf|o(|/|na|o)|;|$|");
    check_texts("a \\\n b\n", "na|nb|;|$|");
    check_texts("a:=b", "na|o:|o=|nb|;|$|");
    check_texts_as("a:=b", true, (LineRules){0}, "na|o:=|nb|;|$|");
}

static void numbers_end_where_python_says(void **state) {
    (void)state;
    check_texts("0x_fg", "d0x_f|ng|;|$|");
    check_texts("1_0__0", "d1_0|n__0|;|$|");
    check_texts("0777", "d0|d777|;|$|");
    check_texts("1.e-5j.5", "d1.e-5j|d.5|;|$|");
    check_texts("1e+x", "d1|ne|o+|nx|;|$|");
    check_texts("1..real", "d1.|o.|nreal|;|$|");
}

static void strings_have_prefixes(void **state) {
    (void)state;
    check_texts("rB'a' ur'b' f\"{x}\"", "srB'a'|nur|s'b'|sf\"{x}\"|;|$|");
    check_texts("'''a\n'''b", "s'''a\n'''|nb|;|$|");
    check_texts("'a\\\nb'", "s'a\\\nb'|;|$|");
    check_texts("b'x", "nb|e'|nx|;|$|");
    check_texts("'a\\\nb\nc\n", "e'a\\\nb\n|nc|;|$|");
}

static void what_is_no_token_is_an_error(void **state) {
    (void)state;
    check_texts("a  ? b\n", "na|e |e |e?|nb|;|$|");
    check_texts("\xc2\xb2 \xc3\xa9\n", "o\xc2\xb2|n\xc3\xa9|;|$|");
    check_texts_as("a\rb\n", false, (LineRules){.verbatim = 1}, "na|e\r|nb|;|$|");
}

static void problems_are_told(void **state) {
    (void)state;
    Tokens tokens = scan("x = (\n [1, {2}\n");
    assert_int_equal(tokens.problem, TOKENS_EOF_IN_STATEMENT);
    assert_int_equal(tokens.problem_offset, 7);
    tokens = scan("x = '''\n");
    assert_int_equal(tokens.problem, TOKENS_EOF_IN_STRING);
    assert_int_equal(tokens.problem_offset, 4);
    tokens = scan("if a:\n    b\n  c\n");
    assert_int_equal(tokens.problem, TOKENS_BAD_DEDENT);
    assert_int_equal(tokens.problem_offset, 14);
    assert_int_equal(scan("x = (1)\n").problem, TOKENS_OK);
}

static void operators_and_keywords_are_known(void **state) {
    (void)state;
    for (int word = WORD_NONE + 1; word < WORD_COUNT; word++) {
        Lines lines;
        Tokens tokens = scan_as(token_word_text((TokenWord)word).at, true, (LineRules){0}, &lines);
        assert_int_equal(tokens.at[0].word, word);
        assert_int_equal(tokens.at[0].end, lines.text.len);
    }
    assert_int_equal(scan("ands").at[0].word, WORD_NONE);
    assert_int_equal(scan("Not").at[0].word, WORD_NONE);
}

static void depth_is_measured(void **state) {
    (void)state;
    Tokens tokens = scan("a(b[c])\n");
    static const uint8_t depths[] = {0, 0, 1, 1, 2, 2, 1, 0};
    for (uint32_t i = 0; i < sizeof depths; i++)
        assert_int_equal(tokens.at[i].depth, depths[i]);
    assert_int_equal(tokens.deepest_nesting, 2);
    assert_int_equal(tokens.too_deep_offset, UINT32_MAX);
}

static void those_about_lines_are_kept(void **state) {
    (void)state;
    Tokens tokens = scan("def f():  # c\n  return '''a\nb''' + g(\n 1)\n\n");
    tokens_thin_out(&tokens, &arena);
    static const TokenKind kinds[] = {TOKEN_COMMENT, TOKEN_NEWLINE, TOKEN_STRING,
                                      TOKEN_NL,      TOKEN_NEWLINE, TOKEN_NL};
    assert_int_equal(tokens.count, sizeof kinds / sizeof kinds[0]);
    for (uint32_t i = 0; i < tokens.count; i++)
        assert_int_equal(tokens.at[i].kind, kinds[i]);
}

static Tokens scan_nested(uint32_t brackets, uint32_t blocks) {
    Buf text = {0};
    for (uint32_t i = 0; i < blocks; i++)
        buf_printf(&text, "%*sif x:\n", (int)i, "");
    buf_printf(&text, "%*sx\n", (int)blocks, "");
    for (uint32_t i = 0; i < brackets; i++)
        buf_add_byte(&text, '(');
    buf_add_byte(&text, '\0');
    Tokens tokens = scan(str_c(&arena, (Str){text.at, (uint32_t)text.len}));
    buf_release(&text);
    return tokens;
}

static void too_deep_is_where_python_refuses(void **state) {
    (void)state;
    assert_int_equal(scan_nested(200, 100).too_deep_offset, UINT32_MAX);
    assert_int_equal(scan_nested(201, 0).too_deep_offset, 202);
    assert_true(scan_nested(0, 101).too_deep_offset != UINT32_MAX);
    assert_int_equal(scan_nested(0, 101).deepest_indent, 101);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_become_tokens),
        cmocka_unit_test(numbers_end_where_python_says),
        cmocka_unit_test(strings_have_prefixes),
        cmocka_unit_test(what_is_no_token_is_an_error),
        cmocka_unit_test(problems_are_told),
        cmocka_unit_test(operators_and_keywords_are_known),
        cmocka_unit_test(depth_is_measured),
        cmocka_unit_test(those_about_lines_are_kept),
        cmocka_unit_test(too_deep_is_where_python_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
