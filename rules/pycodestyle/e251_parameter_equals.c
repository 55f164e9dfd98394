// The `=` of a keyword argument or default has no blanks around it; with an annotation it has.

#include "rule/layout.h"
#include "rule/style.h"

enum { E251, E252 };

static const Rule rules[] = {
    [E251] =
        {
            .code = "E251",
            .name = "whitespace-around-keyword-equals",
            .summary = "unexpected spaces around keyword / parameter equals",
            .why =
                "Without blanks a keyword argument looks different from an assignment, and it is\n"
                "seen at once which value belongs to which name.",
            .bad = "print(1, end = '')\n",
            .good = "print(1, end='')\n",
            .sources = "pycodestyle E251, ruff E251",
            .fix = FIX_SAFE,
        },
    [E252] =
        {
            .code = "E252",
            .name = "missing-whitespace-around-parameter-equals",
            .summary = "missing whitespace around parameter equals",
            .why = "Behind an annotation the default needs blanks, or the `=` seems to belong to\n"
                   "the type.",
            .bad = "def wait(seconds: int=1):\n    return seconds\n",
            .good = "def wait(seconds: int = 1):\n    return seconds\n",
            .sources = "pycodestyle E252, ruff E252",
            .fix = FIX_SAFE,
        },
};

typedef struct Scan {
    Pass *pass;
    const LogicalLine *line;
    const Token *before;
    int32_t nesting; // ( and [
    int32_t parens;
    bool in_def, is_annotated;
    bool wants_none, wants_space; // behind the `=` just seen
} Scan;

// The `=` of `:=`, which tokenize cuts in two, and the one of a type parameter's default, which
// E225 wants blanks around.
static bool is_no_parameter(const Scan *scan, const Token *sign) {
    bool is_behind_colon = sign[-1].word == OP_COLON && sign[-1].end == sign->start;
    return is_behind_colon || scan->parens == 0;
}

// `sign` is the `=`.
static void report_unexpected(Scan *scan, const Token *sign) {
    Finding *finding = report_spot(scan->pass, &rules[E251], spot_behind(scan->pass, scan->before),
                                   "unexpected spaces around keyword / parameter equals");
    if (!is_no_parameter(scan, sign))
        edit_gap(scan->pass, finding, scan->line, scan->before->end, STR(""));
}

static void report_missing(Scan *scan, const Token *sign) {
    Finding *finding = report_spot(scan->pass, &rules[E252], spot_behind(scan->pass, scan->before),
                                   "missing whitespace around parameter equals");
    if (!is_no_parameter(scan, sign))
        edit_gap(scan->pass, finding, scan->line, scan->before->end, STR(" "));
}

static void look_at_equals(Scan *scan, const Token *sign, bool has_space) {
    if (scan->is_annotated && scan->nesting == 1) {
        scan->wants_space = true;
        if (!has_space) report_missing(scan, sign);
    } else {
        scan->wants_none = true;
        if (has_space) report_unexpected(scan, sign);
    }
}

static void look_at_operator(Scan *scan, const Token *token, bool has_space) {
    if (token->word == OP_LEFT_PAREN || token->word == OP_LEFT_BRACKET) {
        scan->nesting++;
        scan->parens += token->word == OP_LEFT_PAREN;
    } else if (token->word == OP_RIGHT_PAREN || token->word == OP_RIGHT_BRACKET) {
        scan->nesting--;
        scan->parens -= token->word == OP_RIGHT_PAREN;
    } else if (scan->in_def && token->word == OP_COLON && scan->nesting == 1)
        scan->is_annotated = true;
    else if (scan->nesting == 1 && token->word == OP_COMMA)
        scan->is_annotated = false;
    else if (scan->nesting != 0 && token->word == OP_ASSIGN)
        look_at_equals(scan, token, has_space);
    if (scan->nesting == 0) scan->is_annotated = false;
}

// ^(async\s+def|def)\b
static bool begins_def(Str text) {
    uint32_t at = 0;
    if (has_at(text, 0, STR("async"))) {
        at = skip_spaces(text, 5);
        if (at == 5) return false;
    }
    return has_word_at(text, at, STR("def"));
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_trait(line, TRAIT_ASSIGN_INSIDE)) return;
    Scan scan = {.pass = pass, .line = line, .in_def = begins_def(line->text)};
    for (uint32_t i = 0; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (token->kind == TOKEN_NL) continue;
        bool has_space = scan.before == NULL || token->start != scan.before->end;
        if (scan.wants_none && has_space) report_unexpected(&scan, scan.before);
        if (scan.wants_space && !has_space) report_missing(&scan, scan.before);
        scan.wants_none = scan.wants_space = false;
        if (token->kind == TOKEN_OP) look_at_operator(&scan, token, has_space);
        scan.before = token;
    }
}

const Check e251_parameter_equals = {.rules = LIST(rules), .on_logical_line = look};
