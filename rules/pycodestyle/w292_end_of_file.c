// The file ends without a line end, or with blank lines.

#include "python/unicode.h"
#include "rule/style.h"

enum { W292, W391 };

static const Rule rules[] = {
    [W292] =
        {
            .code = "W292",
            .name = "no-final-newline",
            .summary = "no newline at end of file",
            .why = "A line ends with a newline, the last one too: without it, what is added below\n"
                   "changes the line above, and `cat` and `wc` go wrong.",
            .bad = "total = 1",
            .good = "total = 1\n",
            .sources = "pycodestyle W292, ruff W292, pylint C0304",
        },
    [W391] =
        {
            .code = "W391",
            .name = "blank-lines-at-end",
            .summary = "blank line at end of file",
            .why = "Blank lines behind the last statement separate it from nothing.",
            .bad = "total = 1\n\n",
            .good = "total = 1\n",
            .sources = "pycodestyle W391, ruff W391, pylint C0305",
        },
};

static void look(Pass *pass, const PhysicalLine *line) {
    const Lines *lines = &pass->file->lines;
    if (line->row != lines->count) return;
    Str text = str_slice(lines->text, line->start, line->end);
    Str stripped = unicode_trim_end(text);
    if (text.len > 0 && stripped.len == 0)
        report(pass, &rules[W391], (Span){line->start, line->end}, "blank line at end of file");
    else if (stripped.len == text.len)
        report_spot(pass, &rules[W292],
                    spot_at(pass, line_place(lines, lines->count - 1, lines->text.len)),
                    "no newline at end of file");
}

const Check w292_end_of_file = {.rules = LIST(rules), .on_line = look};
