// None, True or False is compared by `==` or `!=`.

#include "rule/layout.h"
#include "rule/style.h"

enum { E711, E712 };

static const Rule rules[] = {
    [E711] =
        {
            .code = "E711",
            .name = "none-comparison",
            .summary = "comparison to None by `==` or `!=`",
            .why =
                "There is one None, so `is` says what is meant; `==` asks the other object, which\n"
                "may answer what it likes.",
            .bad = "found = name == None\n",
            .good = "found = name is None\n",
            .sources = "pycodestyle E711, ruff E711, pylint C0121",
            .fix = FIX_UNSAFE,
        },
    [E712] =
        {
            .code = "E712",
            .name = "bool-comparison",
            .summary = "comparison to True or False by `==` or `!=`",
            .why = "A condition is true or false by itself; comparing it says the same twice.",
            .bad = "found = name == True\n",
            .good = "found = name is True\n",
            .sources = "pycodestyle E712, ruff E712, pylint C0121",
            .fix = FIX_UNSAFE,
        },
};

static const char *const singletons[] = {"None", "False", "True"};
enum { NONE, FALSE, TRUE, SINGLETONS };

// The singleton that ends at `end` and begins a word.
static int singleton_before(Str text, uint32_t end) {
    for (int i = 0; i < SINGLETONS; i++) {
        Str word = str_of(singletons[i]);
        if (end < word.len || !has_at(text, end - word.len, word)) continue;
        if (is_word_boundary(text, end - word.len)) return i;
    }
    return SINGLETONS;
}

static int singleton_at(Str text, uint32_t at) {
    for (int i = 0; i < SINGLETONS; i++)
        if (has_word_at(text, at, str_of(singletons[i]))) return i;
    return SINGLETONS;
}

// (\bNone|\bFalse|\bTrue)?\s*([=!]=)\s*(?(1)|(None|False|True))\b with the operator at `at`
static int compared_singleton(Str text, uint32_t at) {
    uint32_t behind = skip_spaces(text, at + 2);
    if (word_at(text, behind) > 0) {
        int left = singleton_before(text, skip_spaces_back(text, at));
        if (left != SINGLETONS) return left;
    }
    return singleton_at(text, behind);
}

// `is` in the place of `==`. The other object may have its own idea of equality, so that the answer
// can change.
static void mend(Pass *pass, Finding *finding, const LogicalLine *line, Spot spot, bool is_same) {
    if (!finding_takes_edits(finding)) return;
    const Lines *lines = &pass->file->lines;
    Span span = {spot.offset, spot.offset + 2};
    bool blank_before = space_at(lines->text, span.start - 1) > 0;
    bool blank_behind = space_at(lines->text, span.end) > 0;
    Str text = str_format(pass->arena, "%s%s%s", blank_before ? "" : " ", is_same ? "is" : "is not",
                          blank_behind ? "" : " ");
    edit_in_line(pass, finding, FIX_UNSAFE, line, span, text);
}

static void report_comparison(Pass *pass, const LogicalLine *line, uint32_t at, int singleton) {
    bool is_same = line->text.at[at] == '=';
    const char *name = singletons[singleton], *not_same = is_same ? "" : "not ";
    Spot spot = spot_in(pass, line, at);
    bool is_true = (singleton == TRUE) == is_same;
    Finding *finding =
        singleton == NONE
            ? report_spot(pass, &rules[E711], spot,
                          "comparison to None should be 'if cond is %sNone:'", not_same)
            : report_spot(pass, &rules[E712], spot,
                          "comparison to %s should be 'if cond is %s%s:' or 'if %scond:'", name,
                          not_same, name, is_true ? "" : "not ");
    mend(pass, finding, line, spot, is_same);
}

static bool may_match(const LogicalLine *line) {
    return line_has_word(line, KEYWORD_NONE) || line_has_word(line, KEYWORD_FALSE) ||
           line_has_word(line, KEYWORD_TRUE);
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!may_match(line) || style_noqa(pass, line)) return;
    Str text = line->text;
    for (uint32_t at = 0; at + 1 < text.len; at++) {
        if (text.at[at + 1] != '=' || (text.at[at] != '=' && text.at[at] != '!')) continue;
        int singleton = compared_singleton(text, at);
        if (singleton == SINGLETONS) continue;
        report_comparison(pass, line, at, singleton);
        return;
    }
}

const Check e711_singleton_comparison = {.rules = LIST(rules), .on_logical_line = look};
