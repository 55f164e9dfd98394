// A line is indented with a tab.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "W191",
    .name = "tab-indentation",
    .summary = "indentation contains tabs",
    .why = "A tab is as wide as the reader's editor makes it, so what lines up for you need not\n"
           "line up for others. Four spaces look the same everywhere.",
    .bad = "sizes = [\n\t1,\n]\n",
    .good = "sizes = [\n    1,\n]\n",
    .sources = "pycodestyle W191, ruff W191",
}};

static void look(Pass *pass, const PhysicalLine *line) {
    if (line->indent_char != '\t' && line->mixed == UINT32_MAX) return;
    const char *text = pass->file->lines.text.at;
    uint32_t at = line->start;
    while (at < line->end && text[at] == ' ')
        at++;
    if (at == line->end || text[at] != '\t') return;
    Finding *finding = report(pass, &rules[0], (Span){at, at + 1}, "indentation contains tabs");
    spot_show(pass, finding, spot_on(pass, line, at));
}

const Check w191_tab_indentation = {.rules = LIST(rules), .on_line = look};
