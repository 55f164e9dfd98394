// More than one blank, or a tab, stands behind a comma, semicolon or colon.

#include "rule/layout.h"
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
            .fix = FIX_SAFE,
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
            .fix = FIX_SAFE,
            .selectable = true,
        },
};

static void look_at_gap(Pass *pass, const LogicalLine *line, uint32_t mark, Str gap) {
    bool has_tab = str_contains(gap, STR("\t")), is_wide = str_contains(gap, STR("  "));
    if (!has_tab && !is_wide) return;
    Spot spot = spot_in(pass, line, mark + 1);
    char c = line->text.at[mark];
    Finding *finding = has_tab
                           ? report_spot(pass, &rules[E242], spot, "tab after '%c'", c)
                           : report_spot(pass, &rules[E241], spot, "multiple spaces after '%c'", c);
    edit_gap(pass, finding, line, spot.offset, STR(" "));
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
