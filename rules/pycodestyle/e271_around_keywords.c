// More than one blank, or a tab, stands around a keyword.

#include "base/utf8.h"
#include "rule/layout.h"
#include "rule/style.h"

enum { E271, E272, E273, E274 };

static const Rule rules[] = {
    [E271] =
        {
            .code = "E271",
            .name = "multiple-spaces-after-keyword",
            .summary = "multiple spaces after keyword",
            .why = "One blank separates a keyword from what follows.",
            .bad = "assert  True\n",
            .good = "assert True\n",
            .sources = "pycodestyle E271, ruff E271",
            .fix = FIX_SAFE,
        },
    [E272] =
        {
            .code = "E272",
            .name = "multiple-spaces-before-keyword",
            .summary = "multiple spaces before keyword",
            .why = "One blank separates a keyword from what stands before it.",
            .bad = "print(1  in [1])\n",
            .good = "print(1 in [1])\n",
            .sources = "pycodestyle E272, ruff E272",
            .fix = FIX_SAFE,
        },
    [E273] =
        {
            .code = "E273",
            .name = "tab-after-keyword",
            .summary = "tab after keyword",
            .why = "A tab is as wide as the reader's editor makes it; one blank is enough.",
            .bad = "assert\tTrue\n",
            .good = "assert True\n",
            .sources = "pycodestyle E273, ruff E273",
            .fix = FIX_SAFE,
        },
    [E274] =
        {
            .code = "E274",
            .name = "tab-before-keyword",
            .summary = "tab before keyword",
            .why = "A tab is as wide as the reader's editor makes it; one blank is enough.",
            .bad = "print(1\tin [1])\n",
            .good = "print(1 in [1])\n",
            .sources = "pycodestyle E274, ruff E274",
            .fix = FIX_SAFE,
        },
};

static void look_at_gap(Pass *pass, const LogicalLine *line, uint32_t start, uint32_t end,
                        bool is_before) {
    Str gap = str_slice(line->text, start, end);
    bool has_tab = str_find_byte(gap, '\t') < gap.len;
    if (!has_tab && utf8_count(gap) <= 1) return;
    Spot spot = spot_in(pass, line, start);
    const char *side = is_before ? "before" : "after";
    Finding *finding =
        has_tab ? report_spot(pass, &rules[is_before ? E274 : E273], spot, "tab %s keyword", side)
                : report_spot(pass, &rules[is_before ? E272 : E271], spot,
                              "multiple spaces %s keyword", side);
    edit_gap(pass, finding, line, spot.offset, STR(" "));
}

static bool is_keyword(Str word) {
    return keyword_of(word) > KEYWORD_TRUE;
}

// (\s*)\b(?:keyword)\b(\s*): blanks behind a keyword are not looked at again before the next one.
static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_trait(line, TRAIT_WIDE_GAP)) return;
    Str text = line->text;
    for (uint32_t at = 0, gap = 0; at < text.len;) {
        gap = at;
        at = skip_spaces(text, at);
        uint32_t end = skip_word(text, at);
        if (end == at) {
            at++;
            continue;
        }
        Str word = str_slice(text, at, end);
        uint32_t start = at;
        at = end;
        if (!is_keyword(word)) continue;
        at = skip_spaces(text, end);
        look_at_gap(pass, line, gap, start, true);
        look_at_gap(pass, line, end, at, false);
    }
}

const Check e271_around_keywords = {.rules = LIST(rules), .on_logical_line = look};
