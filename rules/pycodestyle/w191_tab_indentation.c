// A line is indented with a tab.

#include "rule/layout.h"
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
    .fix = FIX_UNSAFE,
}};

typedef struct State {
    bool is_judged, may_go; // whether all tabs of the file can
} State;

enum { TAB_SIZE = 4 };

// The columns of the blanks that the text begins with; how many bytes they are.
static uint32_t expanded(Str text, uint32_t *bytes) {
    uint32_t columns = 0, at = 0;
    for (; at < text.len && (text.at[at] == ' ' || text.at[at] == '\t'); at++)
        columns = text.at[at] == '\t' ? columns / TAB_SIZE * TAB_SIZE + TAB_SIZE : columns + 1;
    *bytes = at;
    return columns;
}

// One row that stays would not go with the others any more.
static bool may_all_go(const Pass *pass) {
    const Lines *lines = &pass->file->lines;
    uint32_t limit = pass->settings->max_line_length;
    if (!rule_is_on(pass, STR("E501"))) return true;
    for (uint32_t row = 0; row < lines->count; row++) {
        Str text = line_text(lines, row);
        uint32_t bytes, columns = expanded(text, &bytes);
        uint32_t length = text_columns(lines, text);
        if (length <= limit && length - bytes + columns > limit) return false;
    }
    return true;
}

// The last token that starts before the row goes on there: it is a string.
static bool starts_in_string(const Pass *pass, uint32_t start) {
    const Tokens *tokens = &pass->file->tokens;
    uint32_t behind = tokens_from(tokens, start);
    return behind > 0 && tokens->at[behind - 1].end > start;
}

// Four columns for each tab, in all rows of the file at once.
static void expand_tabs(Pass *pass, Finding *finding, const PhysicalLine *line) {
    State *state = pass->state;
    if (!finding_takes_edits(finding)) return;
    if (!state->is_judged) *state = (State){true, may_all_go(pass)};
    uint32_t row = lines_find(&pass->file->lines, line->start);
    uint32_t start = pass->file->lines.starts[row], bytes;
    if (!state->may_go || row + 1 != line->row || starts_in_string(pass, start)) return;
    uint32_t columns = expanded(line_text(&pass->file->lines, row), &bytes);
    char *text = arena_alloc_raw(pass->arena, columns, 1);
    memset(text, ' ', columns);
    finding_edit(finding, FIX_UNSAFE, (Span){start, start + bytes}, (Str){text, columns});
}

static void look(Pass *pass, const PhysicalLine *line) {
    if (line->indent_char != '\t' && line->mixed == UINT32_MAX) return;
    const char *text = pass->file->lines.text.at;
    uint32_t at = line->start;
    while (at < line->end && text[at] == ' ')
        at++;
    if (at == line->end || text[at] != '\t') return;
    Finding *finding = report(pass, &rules[0], (Span){at, at + 1}, "indentation contains tabs");
    spot_show(pass, finding, spot_on(pass, line, at));
    expand_tabs(pass, finding, line);
}

const Check w191_tab_indentation = {
    .rules = LIST(rules), .on_line = look, .state_size = sizeof(State)};
