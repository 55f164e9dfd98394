// A blank stands between a name and the bracket of its call or index.

#include "rule/layout.h"
#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E211",
    .name = "whitespace-before-parameters",
    .summary = "whitespace before the bracket of a call or an index",
    .why = "The bracket belongs to the name: `print (1)` reads like two things.",
    .bad = "print (1)\n",
    .good = "print(1)\n",
    .sources = "pycodestyle E211, ruff E211",
    .fix = FIX_SAFE,
}};

static bool is_keyword(const Token *token) {
    return token->word >= KEYWORD_FALSE && token->word != KEYWORD_PRINT;
}

static bool may_be_called(const Token *token) {
    if (is_keyword(token)) return false;
    return token->kind == TOKEN_NAME || token_closes(token);
}

// `match (value):` and `case (1, 2):` may be statements, in which the blank is in its place.
static bool may_begin_statement(const LogicalLine *line, uint32_t index) {
    return index == line->first && str_ends_with(line->text, STR(":"));
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_trait(line, TRAIT_GAP_BEFORE_OPEN)) return;
    for (uint32_t i = 1; i < line->token_count; i++) {
        const Token *token = &line->tokens[i], *before = token - 1;
        if (token->word != OP_LEFT_PAREN && token->word != OP_LEFT_BRACKET) continue;
        if (token->start == before->end || !may_be_called(before)) continue;
        if (i >= 2 && line->tokens[i - 2].word == KEYWORD_CLASS) continue;
        Spot spot = spot_behind(pass, before);
        Finding *finding = report_spot(pass, &rules[0], spot, "whitespace before '%s'",
                                       token_word_text(token->word).at);
        if (!may_begin_statement(line, i - 1)) edit_gap(pass, finding, line, before->end, STR(""));
    }
}

const Check e211_before_parameters = {.rules = LIST(rules), .on_logical_line = look};
