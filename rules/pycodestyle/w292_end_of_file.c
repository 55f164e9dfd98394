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
            .fix = FIX_SAFE,
            .fixes_any_text = true,
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
            .fix = FIX_SAFE,
            .fixes_any_text = true,
        },
};

static Str line_end_of(const Lines *lines) {
    return lines->count > 0 && str_ends_with(line_with_end(lines, 0), STR("\r\n")) ? STR("\r\n")
                                                                                   : STR("\n");
}

// Where the blank lines at the text's end begin.
static uint32_t first_blank_at_end(const Lines *lines) {
    uint32_t first = lines->count;
    while (first > 0 && unicode_trim_end(line_text(lines, first - 1)).len == 0)
        first--;
    return lines->starts[first];
}

static void report_blank_lines(Pass *pass, const Lines *lines, Span line) {
    Finding *finding = report(pass, &rules[W391], line, "blank line at end of file");
    Span blank = {first_blank_at_end(lines), lines->text.len};
    finding_edit(finding, FIX_SAFE, blank, (Str){0});
}

static void report_missing_end(Pass *pass, const Lines *lines) {
    uint32_t end = lines->text.len;
    Spot spot = spot_at(pass, line_place(lines, lines->count - 1, end));
    Finding *finding = report_spot(pass, &rules[W292], spot, "no newline at end of file");
    // A backslash would join nothing to the line.
    bool is_joined = end > 0 && lines->text.at[end - 1] == '\\';
    if (!is_joined) finding_edit(finding, FIX_SAFE, (Span){end, end}, line_end_of(lines));
}

static void look(Pass *pass, const PhysicalLine *line) {
    const Lines *lines = &pass->file->lines;
    if (line->row != lines->count) return;
    Str text = str_slice(lines->text, line->start, line->end);
    Str stripped = unicode_trim_end(text);
    if (text.len > 0 && stripped.len == 0)
        report_blank_lines(pass, lines, (Span){line->start, line->end});
    else if (stripped.len == text.len)
        report_missing_end(pass, lines);
}

const Check w292_end_of_file = {.rules = LIST(rules), .on_line = look};
