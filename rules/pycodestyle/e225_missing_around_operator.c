// An operator wants a blank on both sides, or at least the same on both.

#include "rule/layout.h"
#include "rule/style.h"

enum { E225, E226, E227, E228 };

static const Rule rules[] = {
    [E225] =
        {
            .code = "E225",
            .name = "missing-whitespace-around-operator",
            .summary = "missing whitespace around operator",
            .why = "Assignments and comparisons are what a line is about; blanks make them stand\n"
                   "out.",
            .bad = "total=1\n",
            .good = "total = 1\n",
            .sources = "pycodestyle E225, ruff E225",
            .fix = FIX_SAFE,
        },
    [E226] =
        {
            .code = "E226",
            .name = "missing-whitespace-around-arithmetic-operator",
            .summary = "missing whitespace around arithmetic operator",
            .why = "Blanks around the operators of a sum make it easier to read; close ones show\n"
                   "what binds stronger.",
            .bad = "total = first+second\n",
            .good = "total = first + second\n",
            .sources = "pycodestyle E226, ruff E226",
            .fix = FIX_SAFE,
            .selectable = true,
        },
    [E227] =
        {
            .code = "E227",
            .name = "missing-whitespace-around-bitwise-operator",
            .summary = "missing whitespace around bitwise or shift operator",
            .why = "Blanks around bitwise operators keep them apart from what they join.",
            .bad = "flags = first|second\n",
            .good = "flags = first | second\n",
            .sources = "pycodestyle E227, ruff E227",
            .fix = FIX_SAFE,
        },
    [E228] =
        {
            .code = "E228",
            .name = "missing-whitespace-around-modulo",
            .summary = "missing whitespace around modulo operator",
            .why = "A blank on each side keeps `%` from looking like a part of a name or a format.",
            .bad = "rest = total%count\n",
            .good = "rest = total % count\n",
            .sources = "pycodestyle E228, ruff E228",
            .fix = FIX_SAFE,
        },
};

typedef enum Demand {
    DEMAND_NONE,
    DEMAND_NEEDS_SPACE,
    DEMAND_UNARY_OR_BINARY,
    DEMAND_SPACE_OPTIONAL
} Demand;

static const uint8_t demands[WORD_COUNT] = {
    [OP_POWER_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_STAR_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_SLASH_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_FLOOR_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_PLUS_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_MINUS_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_NOT_EQUAL] = DEMAND_NEEDS_SPACE,
    [OP_LESS] = DEMAND_NEEDS_SPACE,
    [OP_GREATER] = DEMAND_NEEDS_SPACE,
    [OP_PERCENT_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_XOR_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_AND_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_OR_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_EQUAL] = DEMAND_NEEDS_SPACE,
    [OP_LESS_EQUAL] = DEMAND_NEEDS_SPACE,
    [OP_GREATER_EQUAL] = DEMAND_NEEDS_SPACE,
    [OP_LEFT_SHIFT_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_RIGHT_SHIFT_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_ASSIGN] = DEMAND_NEEDS_SPACE,
    [OP_ARROW] = DEMAND_NEEDS_SPACE,
    [OP_RIGHT_SHIFT] = DEMAND_UNARY_OR_BINARY,
    [OP_POWER] = DEMAND_UNARY_OR_BINARY,
    [OP_STAR] = DEMAND_UNARY_OR_BINARY,
    [OP_PLUS] = DEMAND_UNARY_OR_BINARY,
    [OP_MINUS] = DEMAND_UNARY_OR_BINARY,
    [OP_SLASH] = DEMAND_SPACE_OPTIONAL,
    [OP_FLOOR] = DEMAND_SPACE_OPTIONAL,
    [OP_XOR] = DEMAND_SPACE_OPTIONAL,
    [OP_AND] = DEMAND_SPACE_OPTIONAL,
    [OP_OR] = DEMAND_SPACE_OPTIONAL,
    [OP_LEFT_SHIFT] = DEMAND_SPACE_OPTIONAL,
    [OP_PERCENT] = DEMAND_SPACE_OPTIONAL,
};

// What the operator just seen wants behind it.
typedef enum Need {
    NEED_NOTHING,
    NEED_SPACE,
    NEED_SAME, // as before it
} Need;

typedef struct Scan {
    Pass *pass;
    const LogicalLine *line;
    const Token *before; // the token before
    const Token *ahead;  // the token before the operator, for NEED_SAME
    int32_t nesting;     // parentheses and lambdas
    Need need;
    bool had_space; // before the operator
} Scan;

static bool is_looked_at(const Token *token) {
    return !token_is_skipped(token) && token->kind != TOKEN_COMMENT && token->kind != TOKEN_ERROR;
}

static bool is_arithmetic(uint8_t word) {
    return word == OP_POWER || word == OP_STAR || word == OP_SLASH || word == OP_FLOOR ||
           word == OP_PLUS || word == OP_MINUS;
}

// What joins no operands: the `=` of `:=`, which tokenize cuts in two, the one of a type
// parameter's default, which E251 wants no blanks around, and a `/` among parameters.
static bool is_part(const Token *sign) {
    bool is_behind_colon = sign[-1].word == OP_COLON && sign[-1].end == sign->start;
    if (sign->word == OP_ASSIGN) return sign->depth > 0 || is_behind_colon;
    return sign[1].word == OP_COMMA || sign[1].word == OP_COLON || token_closes(&sign[1]);
}

static void mend(Scan *scan, Finding *finding, const Token *sign) {
    if (!is_part(sign)) edit_gaps_around(scan->pass, finding, scan->line, sign);
}

// A blank is missing behind `token`, before or behind the operator `sign`.
static void report_missing(Scan *scan, const Token *token, const Token *sign) {
    Finding *finding = report_spot(scan->pass, &rules[E225], spot_behind(scan->pass, token),
                                   "missing whitespace around operator");
    mend(scan, finding, sign);
}

static void report_optional(Scan *scan, const Token *sign) {
    uint8_t word = sign->word;
    if (word == OP_POWER) return;
    int code = word == OP_PERCENT ? E228 : is_arithmetic(word) ? E226 : E227;
    static const char *const kinds[] = {
        [E226] = "arithmetic", [E227] = "bitwise or shift", [E228] = "modulo"};
    Finding *finding = report_spot(scan->pass, &rules[code], spot_behind(scan->pass, scan->ahead),
                                   "missing whitespace around %s operator", kinds[code]);
    mend(scan, finding, sign);
}

// The token behind an operator that wants something.
static void look_behind(Scan *scan, const Token *token) {
    const Token *before = scan->before;
    if (token->start != before->end) {
        if (scan->need == NEED_SAME && !scan->had_space) report_missing(scan, scan->ahead, before);
    } else if (token->word == OP_GREATER && (before->word == OP_LESS || before->word == OP_MINUS)) {
        return; // `<>` and `->`
    } else if (scan->need == NEED_SPACE || scan->had_space) {
        report_missing(scan, before, before);
    } else {
        report_optional(scan, before);
    }
    scan->need = NEED_NOTHING;
}

static bool ends_operand(const Token *token) {
    if (token->kind == TOKEN_OP) return token_closes(token);
    return token->word == WORD_NONE || token->word == KEYWORD_FALSE ||
           token->word == KEYWORD_NONE || token->word == KEYWORD_TRUE;
}

static void look_at_operator(Scan *scan, const Token *token) {
    Demand demand = demands[token->word];
    if (demand == DEMAND_NONE || (token->word == OP_ASSIGN && scan->nesting != 0)) return;
    bool has_space = token->start != scan->before->end;
    if (demand == DEMAND_NEEDS_SPACE) {
        if (!has_space) report_missing(scan, scan->before, token);
        scan->need = has_space ? NEED_SPACE : NEED_NOTHING;
    } else if (demand == DEMAND_SPACE_OPTIONAL || ends_operand(scan->before)) {
        scan->need = NEED_SAME;
        scan->ahead = scan->before;
        scan->had_space = has_space;
    }
}

_Static_assert(OP_RIGHT_SHIFT_ASSIGN < 64, "operators are in the first of a line's words");

// The state is the operators that demand something, as bits.
static uint64_t find_demanding(void) {
    uint64_t demanding = 0;
    for (uint32_t word = OP_ARROW; word <= OP_RIGHT_SHIFT_ASSIGN; word++)
        if (demands[word] != DEMAND_NONE) demanding |= 1ull << word;
    return demanding;
}

static bool has_operator(uint64_t *demanding, const LogicalLine *line) {
    if (*demanding == 0) *demanding = find_demanding();
    return (line->words[0] & *demanding) != 0;
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!has_operator(pass->state, line)) return;
    Scan scan = {.pass = pass, .line = line};
    for (uint32_t i = line->first; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (!is_looked_at(token)) continue;
        if (token->word == OP_LEFT_PAREN || token->word == KEYWORD_LAMBDA)
            scan.nesting++;
        else if (token->word == OP_RIGHT_PAREN)
            scan.nesting--;
        if (scan.need != NEED_NOTHING)
            look_behind(&scan, token);
        else if (token->kind == TOKEN_OP && scan.before != NULL)
            look_at_operator(&scan, token);
        scan.before = token;
    }
}

const Check e225_missing_around_operator = {
    .rules = LIST(rules), .on_logical_line = look, .state_size = sizeof(uint64_t)};
