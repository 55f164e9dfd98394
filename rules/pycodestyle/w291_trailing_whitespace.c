// Blanks stand at a line's end, behind code or alone.

#include "rule/style.h"

enum { W291, W293 };

static const Rule rules[] = {
    [W291] =
        {
            .code = "W291",
            .name = "trailing-whitespace",
            .summary = "trailing whitespace",
            .why =
                "Nobody sees blanks at a line's end, but every later edit that loses them shows\n"
                "up as a change, and a backslash with a blank behind it joins no lines.",
            .bad = "total = 1 \n",
            .good = "total = 1\n",
            .sources = "pycodestyle W291, ruff W291, pylint C0303",
            .fix = FIX_SAFE,
            .fixes_any_text = true,
        },
    [W293] =
        {
            .code = "W293",
            .name = "blank-line-with-whitespace",
            .summary = "blank line contains whitespace",
            .why =
                "An empty line should be empty: blanks on it are invisible and turn up in later\n"
                "changes.",
            .bad = "first = 1\n    \nsecond = 2\n",
            .good = "first = 1\n\nsecond = 2\n",
            .sources = "pycodestyle W293, ruff W293",
            .fix = FIX_SAFE,
            .fixes_any_text = true,
        },
};

static bool is_trailing(char c) {
    return c == ' ' || c == '\t' || c == '\v';
}

static uint32_t strip(const char *text, uint32_t start, uint32_t end, char c) {
    while (end > start && text[end - 1] == c)
        end--;
    return end;
}

static void look(Pass *pass, const PhysicalLine *line) {
    const char *text = pass->file->lines.text.at;
    uint32_t end = strip(text, line->start, line->end, '\n');
    end = strip(text, line->start, end, '\r');
    end = strip(text, line->start, end, '\f');
    uint32_t stripped = end;
    while (stripped > line->start && is_trailing(text[stripped - 1]))
        stripped--;
    if (stripped == end) return;
    Span span = {stripped, end};
    Finding *finding = stripped > line->start
                           ? report(pass, &rules[W291], span, "trailing whitespace")
                           : report(pass, &rules[W293], span, "blank line contains whitespace");
    spot_show(pass, finding, spot_on(pass, line, stripped));
    // In a string they are a part of its value.
    finding_edit(finding, line->in_string ? FIX_UNSAFE : FIX_SAFE, span, (Str){0});
}

const Check w291_trailing_whitespace = {.rules = LIST(rules), .on_line = look};
