// `async` or `await` is used as a name.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "W606",
    .name = "async-await-as-name",
    .summary = "'async' and 'await' are reserved keywords starting with Python 3.7",
    .why = "Since Python 3.7 both are keywords, and a module that uses them as names cannot be\n"
           "imported.",
    .bad = "async = 42\n",
    .good = "run_async = 42\n",
    .sources = "pycodestyle W606, ruff W606",
}};

// What the token before lets expect.
typedef enum Expect { EXPECT_NOTHING, EXPECT_ASYNC, EXPECT_AWAIT, EXPECT_DEFINITION } Expect;

static Expect expectation(const Token *token) {
    switch (token->word) {
    case KEYWORD_ASYNC: return EXPECT_ASYNC;
    case KEYWORD_AWAIT: return EXPECT_AWAIT;
    case KEYWORD_DEF:
    case KEYWORD_FOR: return EXPECT_DEFINITION;
    default: return EXPECT_NOTHING;
    }
}

static bool is_disappointed(Expect expect, const Token *token) {
    switch (expect) {
    case EXPECT_ASYNC:
        return token->word != KEYWORD_DEF && token->word != KEYWORD_WITH &&
               token->word != KEYWORD_FOR;
    case EXPECT_AWAIT: return token->kind != TOKEN_NAME && token->word != OP_LEFT_PAREN;
    case EXPECT_DEFINITION: return token->word == KEYWORD_ASYNC || token->word == KEYWORD_AWAIT;
    case EXPECT_NOTHING: break;
    }
    return false;
}

static void report_name(Pass *pass, const Token *token) {
    report(pass, &rules[0], token_span(token),
           "'async' and 'await' are reserved keywords starting with Python 3.7");
}

// `def` and `for` at the line's end count, too: pycodestyle takes what it still waits for there for
// one of the two keywords.
static bool may_report(const LogicalLine *line) {
    return line_has_word(line, KEYWORD_ASYNC) || line_has_word(line, KEYWORD_AWAIT) ||
           line_has_word(line, KEYWORD_DEF) || line_has_word(line, KEYWORD_FOR);
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!may_report(line)) return;
    Expect expect = EXPECT_NOTHING;
    const Token *cause = NULL;
    for (uint32_t i = 0; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (token->kind == TOKEN_NL) continue;
        if (expect == EXPECT_NOTHING) {
            expect = expectation(token);
            cause = token;
            continue;
        }
        if (is_disappointed(expect, token)) report_name(pass, cause);
        expect = EXPECT_NOTHING;
    }
    if (expect != EXPECT_NOTHING) report_name(pass, cause);
}

const Check w606_async_await = {.rules = LIST(rules), .on_logical_line = look};
