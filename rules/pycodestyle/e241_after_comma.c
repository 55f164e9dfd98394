// More than one blank, or a tab, stands behind a comma, semicolon or colon.

#include "rule/style.h"

enum { E241, E242 };

static const Rule rules[] = {
    [E241] =
        {
            .code = "E241",
            .name = "multiple-spaces-after-punctuation",
            .summary = "multiple spaces after a comma, semicolon or colon",
            .why = "Aligned columns move with every longer value; one blank is enough.",
            .bad = "print(1,  2)\n",
            .good = "print(1, 2)\n",
            .sources = "pycodestyle E241, ruff E241",
            .selectable = true,
        },
    [E242] =
        {
            .code = "E242",
            .name = "tab-after-punctuation",
            .summary = "tab after a comma, semicolon or colon",
            .why = "A tab is as wide as the reader's editor makes it; one blank is enough.",
            .bad = "print(1,\t2)\n",
            .good = "print(1, 2)\n",
            .sources = "pycodestyle E242, ruff E242",
            .selectable = true,
        },
};

static void look_at_gap(Pass *pass, const LogicalLine *line, uint32_t mark, Str gap) {
    Spot spot = {0};
    bool has_tab = str_contains(gap, STR("\t")), is_wide = str_contains(gap, STR("  "));
    if (has_tab || is_wide) spot = spot_in(pass, line, mark + 1);
    if (has_tab)
        report_spot(pass, &rules[E242], spot, "tab after '%c'", line->text.at[mark]);
    else if (is_wide)
        report_spot(pass, &rules[E241], spot, "multiple spaces after '%c'", line->text.at[mark]);
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_trait(line, TRAIT_WIDE_GAP)) return;
    Str text = line->text;
    for (uint32_t at = 0; at < text.len; at++) {
        char c = text.at[at];
        if (c != ',' && c != ';' && c != ':') continue;
        look_at_gap(pass, line, at, str_slice(text, at + 1, skip_spaces(text, at + 1)));
    }
}

const Check e241_after_comma = {.rules = LIST(rules), .on_logical_line = look};
