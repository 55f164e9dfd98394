// A blank stands between a name and the bracket of its call or index.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E211",
    .name = "whitespace-before-parameters",
    .summary = "whitespace before the bracket of a call or an index",
    .why = "The bracket belongs to the name: `print (1)` reads like two things.",
    .bad = "print (1)\n",
    .good = "print(1)\n",
    .sources = "pycodestyle E211, ruff E211",
}};

static bool is_keyword(const Token *token) {
    return token->word >= KEYWORD_FALSE && token->word != KEYWORD_PRINT;
}

static bool may_be_called(const Token *token) {
    if (is_keyword(token)) return false;
    return token->kind == TOKEN_NAME || token_closes(token);
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_trait(line, TRAIT_GAP_BEFORE_OPEN)) return;
    for (uint32_t i = 1; i < line->token_count; i++) {
        const Token *token = &line->tokens[i], *before = token - 1;
        if (token->word != OP_LEFT_PAREN && token->word != OP_LEFT_BRACKET) continue;
        if (token->start == before->end || !may_be_called(before)) continue;
        if (i >= 2 && line->tokens[i - 2].word == KEYWORD_CLASS) continue;
        report_spot(pass, &rules[0], spot_behind(pass, before), "whitespace before '%s'",
                    token_word_text(token->word));
    }
}

const Check e211_before_parameters = {.rules = LIST(rules), .on_logical_line = look};
