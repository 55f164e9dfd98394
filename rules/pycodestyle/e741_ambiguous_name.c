// A name is one of the letters that look like digits: l, O, I.

#include "rule/style.h"

enum { E741, E742, E743 };

static const Rule rules[] = {
    [E741] =
        {
            .code = "E741",
            .name = "ambiguous-variable-name",
            .summary = "ambiguous variable name",
            .why = "In many fonts l, I and 1 look the same, and O and 0.",
            .bad = "l = 1\n",
            .good = "length = 1\n",
            .sources = "pycodestyle E741, ruff E741",
        },
    [E742] =
        {
            .code = "E742",
            .name = "ambiguous-class-name",
            .summary = "ambiguous class definition",
            .why = "In many fonts l, I and 1 look the same, and O and 0.",
            .bad = "class I:\n    pass\n",
            .good = "class Item:\n    pass\n",
            .sources = "pycodestyle E742, ruff E742",
        },
    [E743] =
        {
            .code = "E743",
            .name = "ambiguous-function-name",
            .summary = "ambiguous function definition",
            .why = "In many fonts l, I and 1 look the same, and O and 0.",
            .bad = "def l():\n    return 1\n",
            .good = "def length():\n    return 1\n",
            .sources = "pycodestyle E743, ruff E743",
        },
};

static bool has_equals(const Token *token) {
    Str text = token_word_text(token->word);
    return token->kind == TOKEN_OP && str_find_byte(text, '=') < text.len;
}

static bool binds_next(const Token *token) {
    return token->word == KEYWORD_AS || token->word == KEYWORD_GLOBAL ||
           token->word == KEYWORD_NONLOCAL;
}

static void look_at_pair(Pass *pass, const Token *before, const Token *token) {
    const Lines *lines = &pass->file->lines;
    Str text = token_text(lines, token);
    bool is_here = token_is_ambiguous(lines, token), is_before = token_is_ambiguous(lines, before);
    if (is_here && before->word == KEYWORD_CLASS)
        report(pass, &rules[E742], token_span(token), "ambiguous class definition '%.*s'",
               STR_ARG(text));
    if (is_here && before->word == KEYWORD_DEF)
        report(pass, &rules[E743], token_span(token), "ambiguous function definition '%.*s'",
               STR_ARG(text));
    if (is_here && binds_next(before))
        report(pass, &rules[E741], token_span(token), "ambiguous variable name '%.*s'",
               STR_ARG(text));
    else if (is_before && has_equals(token))
        report(pass, &rules[E741], token_span(before), "ambiguous variable name '%.*s'",
               STR_ARG(token_text(lines, before)));
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_trait(line, TRAIT_ONE_LETTER)) return;
    for (uint32_t i = 1; i < line->token_count; i++)
        look_at_pair(pass, &line->tokens[i - 1], &line->tokens[i]);
}

const Check e741_ambiguous_name = {.rules = LIST(rules), .on_logical_line = look};
