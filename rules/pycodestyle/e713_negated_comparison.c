// `not x in y` and `not x is y` say less clearly what `x not in y` and `x is not y` say.

#include "rule/layout.h"
#include "rule/style.h"

enum { E713, E714 };

static const Rule rules[] = {
    [E713] =
        {
            .code = "E713",
            .name = "not-in-test",
            .summary = "test for membership should be 'not in'",
            .why = "`not in` is one operator; with the `not` in front the reader has to know what\n"
                   "binds stronger.",
            .bad = "missing = not name in names\n",
            .good = "missing = name not in names\n",
            .sources = "pycodestyle E713, ruff E713, pylint C0117",
            .fix = FIX_SAFE,
        },
    [E714] =
        {
            .code = "E714",
            .name = "not-is-test",
            .summary = "test for object identity should be 'is not'",
            .why = "`is not` is one operator; with the `not` in front the reader has to know what\n"
                   "binds stronger.",
            .bad = "other = not name is names\n",
            .good = "other = name is not names\n",
            .sources = "pycodestyle E714, ruff E714, pylint C0117",
            .fix = FIX_SAFE,
        },
};

// [^][)(}{ ]
static bool is_operand(Str text, uint32_t at) {
    return at < text.len && memchr("[](){} ", text.at[at], 7) == NULL;
}

// A run of such characters, and the last place in it from which \s+(in|is)\s matches.
typedef struct Operand {
    uint32_t start, end;
    uint32_t comparison; // where `in` or `is` stands; 0 for nowhere
    uint32_t gap;        // where the blanks before it start
} Operand;

// Where the `in` or `is` stands that blanks lead to from `gap`, or 0.
static uint32_t comparison_behind(Str text, uint32_t gap) {
    uint32_t at = skip_spaces(text, gap);
    bool is_word = has_at(text, at, STR("in")) || has_at(text, at, STR("is"));
    return at > gap && is_word && space_at(text, at + 2) > 0 ? at : 0;
}

// Tabs and other blanks may be part of a run: the nearest `in` to its end counts, and all blanks in
// a row lead to the same one.
static Operand find_operand(Str text, uint32_t at) {
    Operand operand = {.start = at, .end = at};
    while (operand.start > 0 && is_operand(text, operand.start - 1))
        operand.start--;
    while (is_operand(text, operand.end))
        operand.end++;
    bool is_in_gap = false;
    for (uint32_t gap = operand.end; gap > operand.start; gap = previous_character(text, gap)) {
        operand.gap = gap;
        if (!is_in_gap) operand.comparison = comparison_behind(text, gap);
        if (operand.comparison > 0) break;
        is_in_gap = space_at(text, gap) > 0;
    }
    return operand;
}

// The comparison that `not` at `at` negates, or 0.
static uint32_t negated_comparison(Str text, uint32_t at, Operand *operand) {
    uint32_t start = skip_spaces(text, at + 3);
    if (start == at + 3) return 0;
    for (; start > at + 3; start--) {
        if (!is_operand(text, start)) continue;
        bool is_known = start >= operand->start && start < operand->end;
        if (!is_known) *operand = find_operand(text, start);
        if (operand->comparison > 0 && operand->gap > start) return operand->comparison;
    }
    return 0;
}

// ---- What may be turned around ----

static bool compares(const Token *token) {
    return (token->word >= OP_EQUAL && token->word <= OP_GREATER_EQUAL) ||
           token->word == KEYWORD_IN || token->word == KEYWORD_IS;
}

// What binds less than a comparison, and so ends it.
static bool ends_comparison(const Token *token) {
    switch (token->word) {
    case KEYWORD_AND:
    case KEYWORD_OR:
    case KEYWORD_IF:
    case KEYWORD_ELSE:
    case KEYWORD_FOR:
    case KEYWORD_ASYNC:
    case KEYWORD_AS:
    case KEYWORD_FROM:
    case OP_COMMA:
    case OP_COLON:
    case OP_SEMICOLON:
    case OP_ASSIGN:
    case OP_RIGHT_PAREN:
    case OP_RIGHT_BRACKET:
    case OP_RIGHT_BRACE: return true;
    default: return token->kind == TOKEN_NEWLINE || token->kind == TOKEN_END;
    }
}

// The `in` or `is` behind a name, an attribute, a number or a string; NULL behind anything else.
static const Token *comparison_of(const LogicalLine *line, const Token *negation) {
    const Token *end = line->tokens + line->token_count, *token = negation + 1;
    while (token + 2 < end && token_is_name(token) && token[1].word == OP_DOT)
        token += 2;
    bool is_operand =
        token_is_name(token) || token->kind == TOKEN_NUMBER || token->kind == TOKEN_STRING;
    if (token + 2 >= end || !is_operand) return NULL;
    bool is_found = token[1].word == KEYWORD_IN || token[1].word == KEYWORD_IS;
    return is_found && token[2].word != KEYWORD_NOT ? token + 1 : NULL;
}

// Whether it is one comparison and no chain of them: `not a in b in c` negates both.
static bool is_alone(const LogicalLine *line, const Token *comparison) {
    const Token *end = line->tokens + line->token_count;
    for (const Token *token = comparison + 1; token < end; token++) {
        if (token->depth > comparison->depth && !token_closes(token)) continue;
        bool is_outside = !token_closes(token) || token->depth == comparison->depth;
        if (compares(token) || token->word == KEYWORD_LAMBDA) return false;
        if (is_outside && ends_comparison(token)) return true;
    }
    return true;
}

// Takes the `not` away and puts it behind the `is`, or before the `in`.
static void turn_around(Pass *pass, Finding *finding, const LogicalLine *line, Spot spot) {
    if (!finding_takes_edits(finding) || !line_is_certain(pass, line)) return;
    const Token *end = line->tokens + line->token_count, *negation = line_token(line, spot.offset);
    if (negation == NULL || negation + 3 >= end || negation->word != KEYWORD_NOT) return;
    if (negation > line->tokens && negation[-1].word == KEYWORD_IS) return;
    const Token *comparison = comparison_of(line, negation);
    if (comparison == NULL || !is_alone(line, comparison)) return;
    if (negation->start_line != comparison->end_line) return;
    Span removed = {negation->start, negation[1].start};
    finding_edit(finding, FIX_SAFE, removed, STR(""));
    finding_edit(finding, FIX_SAFE, token_span(comparison),
                 comparison->word == KEYWORD_IN ? STR("not in") : STR("is not"));
}

// \b(not)\s+[^][)(}{ ]+\s+(in|is)\s
static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_word(line, KEYWORD_NOT)) return;
    Str text = line->text, word = STR("not");
    Operand operand = {0};
    for (uint32_t at = str_find(text, word); at < text.len;
         at += 1 + str_find(str_from(text, at + 1), word)) {
        if (!is_word_boundary(text, at)) continue;
        uint32_t comparison = negated_comparison(text, at, &operand);
        if (comparison == 0) continue;
        Spot spot = spot_in(pass, line, at);
        Finding *finding =
            text.at[comparison + 1] == 'n'
                ? report_spot(pass, &rules[E713], spot, "test for membership should be 'not in'")
                : report_spot(pass, &rules[E714], spot,
                              "test for object identity should be 'is not'");
        turn_around(pass, finding, line, spot);
        return;
    }
}

const Check e713_negated_comparison = {.rules = LIST(rules), .on_logical_line = look};
