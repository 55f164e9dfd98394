// A line is broken before or behind a binary operator.

#include "rule/layout.h"
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
            .fix = FIX_SAFE,
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
            .fix = FIX_SAFE,
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

static bool ends_operand(const Token *token) {
    if (token->kind == TOKEN_OP) return token_closes(token);
    if (token->kind == TOKEN_NAME) return token->word <= KEYWORD_TRUE;
    return token->kind == TOKEN_NUMBER || token->kind == TOKEN_STRING;
}

// Moves the operator over the line's end, where the break on its other side is allowed: from before
// `behind` to behind `before`, or the other way round.
static void move_operator(Pass *pass, Finding *finding, const LogicalLine *line, const Token *sign,
                          const Token *before, const Token *behind) {
    const char *other = before->end_line == sign->start_line ? "W503" : "W504";
    if (!finding_takes_edits(finding) || rule_is_on(pass, str_of(other))) return;
    if (!ends_operand(before) || token_is_skipped(behind) || behind->kind == TOKEN_COMMENT) return;
    Str text = token_text(&pass->file->lines, sign);
    bool goes_up = before->end_line != sign->start_line;
    if (goes_up && behind->start_line != sign->end_line) return;
    Span from = goes_up ? (Span){sign->start, behind->start} : (Span){before->end, sign->end};
    uint32_t to = goes_up ? before->end : behind->start;
    Str put =
        goes_up ? str_join(pass->arena, STR(" "), text) : str_join(pass->arena, text, STR(" "));
    uint32_t count = finding->edits.len;
    edit_in_line(pass, finding, FIX_SAFE, line, (Span){to, to}, put);
    if (finding->edits.len > count) edit_in_line(pass, finding, FIX_SAFE, line, from, STR(""));
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
                move_operator(pass,
                              report(pass, &rules[W503], token_span(token),
                                     "line break before binary operator"),
                              line, token, before, token + 1);
            if (there && !here)
                move_operator(pass,
                              report(pass, &rules[W504], token_span(before),
                                     "line break after binary operator"),
                              line, before, before - 1, token);
        }
        has_break = false;
        before = token;
    }
}

const Check w503_operator_line_break = {.rules = LIST(rules), .on_logical_line = look};
