// `not x in y` and `not x is y` say less clearly what `x not in y` and `x is not y` say.

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
        if (text.at[comparison + 1] == 'n')
            report_spot(pass, &rules[E713], spot_in(pass, line, at),
                        "test for membership should be 'not in'");
        else
            report_spot(pass, &rules[E714], spot_in(pass, line, at),
                        "test for object identity should be 'is not'");
        return;
    }
}

const Check e713_negated_comparison = {.rules = LIST(rules), .on_logical_line = look};
