// More than one blank, or a tab, stands around an operator.

#include "base/utf8.h"
#include "rule/layout.h"
#include "rule/style.h"

enum { E221, E222, E223, E224 };

static const Rule rules[] = {
    [E221] =
        {
            .code = "E221",
            .name = "multiple-spaces-before-operator",
            .summary = "multiple spaces before operator",
            .why = "Columns of aligned operators move with every longer name; one blank is enough.",
            .bad = "total  = 1\n",
            .good = "total = 1\n",
            .sources = "pycodestyle E221, ruff E221",
            .fix = FIX_SAFE,
        },
    [E222] =
        {
            .code = "E222",
            .name = "multiple-spaces-after-operator",
            .summary = "multiple spaces after operator",
            .why = "Columns of aligned values move with every longer name; one blank is enough.",
            .bad = "total =  1\n",
            .good = "total = 1\n",
            .sources = "pycodestyle E222, ruff E222",
            .fix = FIX_SAFE,
        },
    [E223] =
        {
            .code = "E223",
            .name = "tab-before-operator",
            .summary = "tab before operator",
            .why = "A tab is as wide as the reader's editor makes it; one blank is enough.",
            .bad = "total\t= 1\n",
            .good = "total = 1\n",
            .sources = "pycodestyle E223, ruff E223",
            .fix = FIX_SAFE,
        },
    [E224] =
        {
            .code = "E224",
            .name = "tab-after-operator",
            .summary = "tab after operator",
            .why = "A tab is as wide as the reader's editor makes it; one blank is enough.",
            .bad = "total =\t1\n",
            .good = "total = 1\n",
            .sources = "pycodestyle E224, ruff E224",
            .fix = FIX_SAFE,
        },
};

static bool is_operator(Str text, uint32_t at) {
    return at < text.len && memchr("-+*/|!<=>%&^", text.at[at], 12) != NULL;
}

static void look_at_gap(Pass *pass, const LogicalLine *line, uint32_t start, uint32_t end,
                        bool is_before) {
    Str gap = str_slice(line->text, start, end);
    bool has_tab = str_find_byte(gap, '\t') < gap.len;
    if (!has_tab && utf8_count(gap) <= 1) return;
    Spot spot = spot_in(pass, line, start);
    const char *side = is_before ? "before" : "after";
    Finding *finding =
        has_tab ? report_spot(pass, &rules[is_before ? E223 : E224], spot, "tab %s operator", side)
                : report_spot(pass, &rules[is_before ? E221 : E222], spot,
                              "multiple spaces %s operator", side);
    edit_gap(pass, finding, line, spot.offset, STR(" "));
}

// [^,\s](\s*)[-+*/|!<=>%&^]+(\s*)
static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_trait(line, TRAIT_WIDE_GAP)) return;
    Str text = line->text;
    for (uint32_t at = 0; at < text.len;) {
        uint32_t space = space_at(text, at), before = at + 1;
        at += space > 0 ? space : 1;
        if (space > 0 || text.at[before - 1] == ',') continue;
        uint32_t sign = skip_spaces(text, before), end = sign;
        while (is_operator(text, end))
            end++;
        if (end == sign) continue;
        at = skip_spaces(text, end);
        look_at_gap(pass, line, before, sign, true);
        look_at_gap(pass, line, end, at, false);
    }
}

const Check e221_around_operator = {.rules = LIST(rules), .on_logical_line = look};
