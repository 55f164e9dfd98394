// A line is broken before or behind a binary operator.

#include "rule/style.h"

enum { W503, W504 };

static const Rule rules[] = {
    [W503] =
        {
            .code = "W503",
            .name = "line-break-before-operator",
            .summary = "line break before binary operator",
            .why = "Projects choose one side of the operator for line breaks and keep to it. This\n"
                   "rule is for those that break behind it.",
            .bad = "total = (1\n         + 2)\n",
            .good = "total = (1 +\n         2)\n",
            .sources = "pycodestyle W503",
            .selectable = true,
        },
    [W504] =
        {
            .code = "W504",
            .name = "line-break-after-operator",
            .summary = "line break after binary operator",
            .why = "Projects choose one side of the operator for line breaks and keep to it. This\n"
                   "rule is for those that break before it.",
            .bad = "total = (1 +\n         2)\n",
            .good = "total = (1\n         + 2)\n",
            .sources = "pycodestyle W504",
            .selectable = true,
        },
};

static bool is_symbol(uint8_t word) {
    return (word >= OP_LEFT_PAREN && word <= OP_DOT) || word == OP_AT || word == OP_AT_ASSIGN ||
           word == OP_ASSIGN || word == OP_PERCENT || word == OP_TILDE;
}

static bool is_binary_operator(const Token *token) {
    if (token->word == KEYWORD_AND || token->word == KEYWORD_OR) return true;
    return token->kind == TOKEN_OP && !is_symbol(token->word);
}

static bool breaks_line(const Pass *pass, const Token *token) {
    if (token->kind == TOKEN_NL || token->kind == TOKEN_NEWLINE) return token->start < token->end;
    if (token->kind != TOKEN_ERROR) return false;
    Str text = token_text(&pass->file->lines, token);
    return str_contains(text, STR("\n")) || str_contains(text, STR("\r"));
}

static bool may_precede_unary(const Token *token) {
    return token_opens(token) || token->word == OP_COMMA || token->word == OP_SEMICOLON ||
           token->start == token->end;
}

static void look(Pass *pass, const LogicalLine *line) {
    const Token *last = &line->tokens[line->token_count - 1], *before = NULL;
    bool is_one_row = line->tokens[0].start_line == last->start_line;
    if (is_one_row && !line_has_kind(line, TOKEN_ERROR)) return; // one can hold a CR
    bool has_break = false;
    for (const Token *token = line->tokens; token <= last; token++) {
        if (token->kind == TOKEN_COMMENT) continue;
        if (breaks_line(pass, token)) {
            has_break = true;
            continue;
        }
        if (has_break && before != NULL && !may_precede_unary(before)) {
            bool here = is_binary_operator(token), there = is_binary_operator(before);
            if (here && !there)
                report(pass, &rules[W503], token_span(token), "line break before binary operator");
            if (there && !here)
                report(pass, &rules[W504], token_span(before), "line break after binary operator");
        }
        has_break = false;
        before = token;
    }
}

const Check w503_operator_line_break = {.rules = LIST(rules), .on_logical_line = look};
