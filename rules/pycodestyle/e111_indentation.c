// Blocks are indented by four columns, and only where a block begins.

#include "rule/layout.h"
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
            .fix = FIX_UNSAFE,
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
            .fix = FIX_UNSAFE,
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
            .fix = FIX_UNSAFE,
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
            .fix = FIX_UNSAFE,
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
            .fix = FIX_UNSAFE,
        },
};

static bool is_code(const LogicalLine *line) {
    return line->text.len > 0;
}

// The block that begins with the line: up to the first line of code that is indented less.
static const LogicalLine *block_end(const Pass *pass, const LogicalLine *line) {
    const LogicalLines *all = &pass->file->logical;
    const LogicalLine *end = line;
    while (++end < all->lines.at + all->lines.len)
        if (is_code(end) && end->indent_level < line->indent_level) break;
    return end;
}

// The whole block moves to four columns behind what it belongs to. One finding does it, that of its
// first line; blocks inside follow in later rounds.
static void move_block(Pass *pass, Finding *finding, const LogicalLine *line) {
    uint32_t level = line->indent_level, right = line_previous_indent(line) + 4;
    if (!finding_takes_edits(finding) || right % 4 != 0 || level == right) return;
    const LogicalLine *end = block_end(pass, line);
    if (!lines_can_move(pass, line, end, right > level ? right - level : 0)) return;
    for (const LogicalLine *each = line; each < end; each++)
        if (each->indent_level >= level)
            edit_indentation(pass, finding, each, &each->tokens[each->first],
                             each->indent_level + right - level);
}

static bool is_right_for_comment(const LogicalLine *comment, uint32_t level) {
    bool begins_block = str_ends_with(line_previous_text(comment), STR(":"));
    uint32_t previous = line_previous_indent(comment);
    return level % 4 == 0 &&
           (begins_block ? level > previous && level <= previous + 4 : level <= previous);
}

// A comment stands where the next line of code does.
static void move_comment(Pass *pass, Finding *finding, const LogicalLine *comment) {
    if (!finding_takes_edits(finding)) return;
    const LogicalLine *end = pass->file->logical.lines.at + pass->file->logical.lines.len,
                      *code = comment;
    while (code < end && !is_code(code))
        code++;
    bool begins_block = str_ends_with(line_previous_text(comment), STR(":"));
    uint32_t level = line_previous_indent(comment) + (begins_block ? 4 : 0);
    if (code < end && is_right_for_comment(comment, code->indent_level)) level = code->indent_level;
    if (is_right_for_comment(comment, level))
        edit_indentation(pass, finding, comment, &comment->tokens[comment->first], level);
}

static void move(Pass *pass, Finding *finding, const LogicalLine *line, bool begins_block) {
    if (!is_code(line))
        move_comment(pass, finding, line);
    else if (begins_block && line->indent_level > line_previous_indent(line))
        move_block(pass, finding, line);
}

static void look(Pass *pass, const LogicalLine *line) {
    bool is_comment = !is_code(line);
    const char *suffix = is_comment ? " (comment)" : "";
    const Rule *first = &rules[is_comment ? E114 : E111];
    uint32_t level = line->indent_level, previous = line_previous_indent(line);
    bool begins_block = str_ends_with(line_previous_text(line), STR(":"));
    Spot spot = {.offset = line->tokens[line->first].start};
    if (level % 4 != 0)
        move(pass,
             report_spot(pass, first, spot, "indentation is not a multiple of four%s", suffix),
             line, begins_block);
    if (begins_block && level <= previous)
        move(pass, report_spot(pass, first + 1, spot, "expected an indented block%s", suffix), line,
             begins_block);
    else if (!begins_block && level > previous)
        move(pass, report_spot(pass, first + 2, spot, "unexpected indentation%s", suffix), line,
             begins_block);
    if (begins_block && level > previous + 4)
        move(pass, report_spot(pass, &rules[E117], spot, "over-indented%s", suffix), line,
             begins_block);
}

const Check e111_indentation = {.rules = LIST(rules), .on_logical_line = look};
