// Blocks are indented by four columns, and only where a block begins.

#include "rule/style.h"

enum { E111, E112, E113, E114, E115, E116, E117 };

static const Rule rules[] = {
    [E111] =
        {
            .code = "E111",
            .name = "indentation-not-a-multiple-of-four",
            .summary = "indentation is not a multiple of four",
            .why = "Four columns for each level are what every reader of Python expects.",
            .bad = "if ready:\n  start()\n",
            .good = "if ready:\n    start()\n",
            .sources = "pycodestyle E111, ruff E111, pylint W0311",
        },
    [E112] =
        {
            .code = "E112",
            .name = "missing-indentation",
            .summary = "expected an indented block",
            .why = "Behind a colon at a line's end Python expects an indented block.",
            .bad = "if ready:\nstart()\n",
            .good = "if ready:\n    start()\n",
            .sources = "pycodestyle E112, ruff E112",
        },
    [E113] =
        {
            .code = "E113",
            .name = "unexpected-indentation",
            .summary = "unexpected indentation",
            .why = "A line is indented though no block begins above it; Python refuses that.",
            .bad = "ready = True\n    start()\n",
            .good = "ready = True\nstart()\n",
            .sources = "pycodestyle E113, ruff E113",
        },
    [E114] =
        {
            .code = "E114",
            .name = "comment-indentation-not-a-multiple-of-four",
            .summary = "indentation is not a multiple of four (comment)",
            .why = "A comment stands at the indentation of the code it speaks of.",
            .bad = "if ready:\n  # now\n    start()\n",
            .good = "if ready:\n    # now\n    start()\n",
            .sources = "pycodestyle E114, ruff E114",
        },
    [E115] =
        {
            .code = "E115",
            .name = "missing-comment-indentation",
            .summary = "expected an indented block (comment)",
            .why = "A comment that begins a block is indented like the block.",
            .bad = "if ready:\n# now\n    start()\n",
            .good = "if ready:\n    # now\n    start()\n",
            .sources = "pycodestyle E115, ruff E115",
        },
    [E116] =
        {
            .code = "E116",
            .name = "unexpected-comment-indentation",
            .summary = "unexpected indentation (comment)",
            .why = "A comment that is indented more than the code around it seems to belong to a\n"
                   "block that is not there.",
            .bad = "ready = True\n    # now\nstart()\n",
            .good = "ready = True\n# now\nstart()\n",
            .sources = "pycodestyle E116, ruff E116",
        },
    [E117] =
        {
            .code = "E117",
            .name = "over-indented",
            .summary = "over-indented",
            .why = "A block that is indented by more than four columns looks like two levels.",
            .bad = "if ready:\n        start()\n",
            .good = "if ready:\n    start()\n",
            .sources = "pycodestyle E117, ruff E117",
        },
};

static void look(Pass *pass, const LogicalLine *line) {
    bool is_comment = line->text.len == 0;
    const char *suffix = is_comment ? " (comment)" : "";
    const Rule *first = &rules[is_comment ? E114 : E111];
    uint32_t level = line->indent_level, previous = line->previous_indent_level;
    bool begins_block = str_ends_with(line->previous, STR(":"));
    Spot spot = {.offset = line->tokens[line->first].start};
    if (level % 4 != 0)
        report_spot(pass, first, spot, "indentation is not a multiple of four%s", suffix);
    if (begins_block && level <= previous)
        report_spot(pass, first + 1, spot, "expected an indented block%s", suffix);
    else if (!begins_block && level > previous)
        report_spot(pass, first + 2, spot, "unexpected indentation%s", suffix);
    if (begins_block && level > previous + 4)
        report_spot(pass, &rules[E117], spot, "over-indented%s", suffix);
}

const Check e111_indentation = {.rules = LIST(rules), .on_logical_line = look};
