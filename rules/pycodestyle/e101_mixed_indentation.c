// A line is indented with another character than the lines before it.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E101",
    .name = "mixed-indentation",
    .summary = "indentation contains mixed spaces and tabs",
    .why = "Tabs are as wide as the reader's editor makes them, so a mixture looks right in one\n"
           "window only, and Python refuses some of them. Indent with one character: spaces.",
    .no_example = "where spaces and tabs are mixed there is a tab, which W191 reports too",
    .sources = "pycodestyle E101, ruff E101, pylint W0312",
}};

static void look(Pass *pass, const PhysicalLine *line) {
    if (line->mixed == UINT32_MAX) return;
    uint32_t at = line->start + line->mixed;
    Finding *finding =
        report(pass, &rules[0], (Span){at, at + 1}, "indentation contains mixed spaces and tabs");
    spot_show(pass, finding, spot_on(pass, line, at));
}

const Check e101_mixed_indentation = {
    .rules = LIST(rules), .on_line = look, .moves_indent_char = true};
