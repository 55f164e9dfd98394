// Definitions are set apart by blank lines: two at the top level, one inside, none behind a
// decorator, and never more than that.

#include "base/vec.h"
#include "rule/layout.h"
#include "rule/style.h"

enum { E301, E302, E303, E304, E305, E306 };
enum { TOP_LEVEL = 2, METHOD = 1 };

static const Rule rules[] = {
    [E301] =
        {
            .code = "E301",
            .name = "missing-blank-line",
            .summary = "expected 1 blank line before a method",
            .why = "One blank line between methods shows where one ends and the next begins.",
            .bad = "class Counter:\n    start = 0\n    def count(self):\n        return 1\n",
            .good = "class Counter:\n    start = 0\n\n    def count(self):\n        return 1\n",
            .sources = "pycodestyle E301, ruff E301",
            .fix = FIX_SAFE,
        },
    [E302] =
        {
            .code = "E302",
            .name = "missing-blank-lines",
            .summary = "expected 2 blank lines before a top-level definition",
            .why =
                "Two blank lines before each function and class at the top level let the eye find\n"
                "them.",
            .bad = "start = 0\n\ndef count():\n    return 1\n",
            .good = "start = 0\n\n\ndef count():\n    return 1\n",
            .sources = "pycodestyle E302, ruff E302",
            .fix = FIX_SAFE,
        },
    [E303] =
        {
            .code = "E303",
            .name = "too-many-blank-lines",
            .summary = "too many blank lines",
            .why = "More than two blank lines, or more than one inside a definition, say nothing "
                   "that\n"
                   "fewer would not.",
            .bad = "start = 0\n\n\n\nend = 1\n",
            .good = "start = 0\n\n\nend = 1\n",
            .sources = "pycodestyle E303, ruff E303",
            .fix = FIX_SAFE,
        },
    [E304] =
        {
            .code = "E304",
            .name = "blank-line-after-decorator",
            .summary = "blank lines found after function decorator",
            .why = "A decorator belongs to the definition below it; a blank line hides that.",
            .bad = "@staticmethod\n\ndef count():\n    return 1\n",
            .good = "@staticmethod\ndef count():\n    return 1\n",
            .sources = "pycodestyle E304, ruff E304",
            .fix = FIX_SAFE,
        },
    [E305] =
        {
            .code = "E305",
            .name = "missing-blank-lines-after-definition",
            .summary = "expected 2 blank lines after class or function definition",
            .why = "Two blank lines behind a definition show that the module's own code goes on.",
            .bad = "def count():\n    return 1\n\nstart = 0\n",
            .good = "def count():\n    return 1\n\n\nstart = 0\n",
            .sources = "pycodestyle E305, ruff E305",
            .fix = FIX_SAFE,
        },
    [E306] =
        {
            .code = "E306",
            .name = "missing-blank-line-before-nested",
            .summary = "expected 1 blank line before a nested definition",
            .why = "A function inside a function is easily overlooked; a blank line sets it apart.",
            .bad = "def count():\n    start = 0\n    def step():\n        return start\n    return "
                   "step\n",
            .good = "def count():\n    start = 0\n\n    def step():\n        return start\n    "
                    "return step\n",
            .sources = "pycodestyle E306, ruff E306",
            .fix = FIX_SAFE,
        },
};

// A line that some later line is inside of: nearest last, each less indented than the next one.
typedef struct Outer {
    uint32_t indent;
    bool is_def;
} Outer;

typedef struct State {
    VEC(Outer) outer;
    uint32_t lines; // how many are in `outer`
} State;

static void note_outer(Pass *pass, uint32_t line) {
    State *state = pass->state;
    const Lines *lines = &pass->file->lines;
    Str text = line_text(lines, line);
    uint32_t spaces = skip_spaces(text, 0), indent = spaces;
    if (spaces == text.len) return;
    if (spaces > 0) indent = line_indent(lines, line);
    while (state->outer.len > 0 && vec_last(&state->outer).indent >= indent)
        state->outer.len--;
    vec_push(pass->arena, &state->outer, (Outer){indent, has_at(text, spaces, STR("def "))});
}

// Whether the definition at that level stands in a `def`, looking from line `line` upwards.
static bool is_in_def(Pass *pass, uint32_t line, uint32_t level) {
    State *state = pass->state;
    for (; state->lines <= line; state->lines++)
        note_outer(pass, state->lines);
    for (uint32_t i = state->outer.len; i > 0; i--) {
        Outer outer = state->outer.at[i - 1];
        if (outer.indent >= level) continue;
        if (outer.is_def || outer.indent == 0) return outer.is_def;
    }
    return false;
}

// ^(async\s+def\s+|def\s+|class\s+|@)
static bool begins_definition(const LogicalLine *line) {
    uint8_t word = line->tokens[line->first].word;
    bool may_begin = word == KEYWORD_DEF || word == KEYWORD_CLASS || word == KEYWORD_ASYNC ||
                     word == OP_AT || word == OP_AT_ASSIGN;
    Str text = line->text;
    if (!may_begin) return false;
    if (str_starts_with(text, STR("@"))) return true;
    if (str_starts_with(text, STR("class"))) return space_at(text, 5) > 0;
    uint32_t def = 0;
    if (str_starts_with(text, STR("async"))) {
        def = skip_spaces(text, 5);
        if (def == 5) return false;
    }
    return has_at(text, def, STR("def")) && space_at(text, def + 3) > 0;
}

// u?r?["']
static bool begins_with_string(Str text) {
    uint32_t at = has_at(text, 0, STR("u"));
    at += has_at(text, at, STR("r"));
    return has_at(text, at, STR("\"")) || has_at(text, at, STR("'"));
}

// A definition on one line, among others of the same kind.
static bool is_one_liner(const Pass *pass, const LogicalLine *line) {
    const Lines *lines = &pass->file->lines;
    uint32_t before = line->row >= 2 ? line_indent(lines, line->row - 2) : 0;
    uint32_t behind = line->row < lines->count ? line_indent(lines, line->row) : 0;
    return before <= line->indent_level && behind <= line->indent_level;
}

static const LogicalLine *code_before(const Pass *pass, const LogicalLine *line) {
    const LogicalLine *before = line;
    while (before > pass->file->logical.lines.at)
        if ((--before)->text.len > 0) return before;
    return NULL;
}

// Whether blank lines before `line` would take its exemption from a definition on one line, which
// would then lack blank lines itself.
static bool spoils_one_liner(const Pass *pass, const LogicalLine *line) {
    const LogicalLine *before = code_before(pass, line);
    return before != NULL && before->indent_level == 0 && before->blank_before != TOP_LEVEL &&
           begins_definition(before) && is_one_liner(pass, before);
}

static void separate(Pass *pass, Finding *finding, const LogicalLine *line, uint32_t count) {
    bool has_room = line->blank_before < count && !spoils_one_liner(pass, line);
    if (finding_takes_edits(finding) && has_room) edit_more_blank_lines(pass, finding, line, count);
}

static void look_at_definition(Pass *pass, const LogicalLine *line, Spot spot) {
    if (is_one_liner(pass, line)) return;
    if (line->indent_level == 0) {
        if (line->blank_before != TOP_LEVEL)
            separate(pass,
                     report_spot(pass, &rules[E302], spot, "expected %d blank lines, found %u",
                                 TOP_LEVEL, line->blank_before),
                     line, TOP_LEVEL);
        return;
    }
    if (line->blank_before == METHOD || line_previous_indent(line) < line->indent_level ||
        begins_with_string(line_previous_text(line)))
        return;
    bool is_nested = is_in_def(pass, line->row - TOP_LEVEL, line->indent_level);
    Finding *finding =
        is_nested
            ? report_spot(pass, &rules[E306], spot,
                          "expected %d blank line before a nested definition, found 0", METHOD)
            : report_spot(pass, &rules[E301], spot, "expected %d blank line, found 0", METHOD);
    separate(pass, finding, line, METHOD);
}

static bool is_behind_definition(const LogicalLine *line) {
    Str text = line_previous_unindented_text(line);
    return str_starts_with(text, STR("def ")) || str_starts_with(text, STR("class "));
}

static void look(Pass *pass, const LogicalLine *line) {
    if (line->row < TOP_LEVEL + 1 && line->previous == 0) return;
    Spot spot = {.offset = line->tokens[line->first].start};
    bool is_too_far = line->blank_lines > TOP_LEVEL ||
                      (line->indent_level > 0 && line->blank_lines == METHOD + 1);
    if (str_starts_with(line_previous_text(line), STR("@"))) {
        if (line->blank_lines == 0) return;
        Finding *finding =
            report_spot(pass, &rules[E304], spot, "blank lines found after function decorator");
        edit_fewer_blank_lines(pass, finding, line, 0);
    } else if (is_too_far) {
        Finding *finding =
            report_spot(pass, &rules[E303], spot, "too many blank lines (%u)", line->blank_lines);
        uint32_t most = line->indent_level > 0 ? METHOD : TOP_LEVEL;
        edit_fewer_blank_lines(pass, finding, line, most);
    } else if (begins_definition(line)) {
        look_at_definition(pass, line, spot);
    } else if (line->text.len > 0 && line->indent_level == 0 && line->blank_before != TOP_LEVEL &&
               is_behind_definition(line)) {
        Finding *finding =
            report_spot(pass, &rules[E305], spot,
                        "expected %d blank lines after class or function definition, found %u",
                        TOP_LEVEL, line->blank_before);
        separate(pass, finding, line, TOP_LEVEL);
    }
}

const Check e301_blank_lines = {
    .rules = LIST(rules), .on_logical_line = look, .state_size = sizeof(State)};
