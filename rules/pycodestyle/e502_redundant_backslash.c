// A backslash joins lines that brackets join already.

#include "rule/layout.h"
#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E502",
    .name = "redundant-backslash",
    .summary = "the backslash is redundant between brackets",
    .why = "Inside brackets a statement goes on over the line's end anyway; the backslash is one\n"
           "more thing that can break.",
    .bad = "total = (1 + \\\n         2)\n",
    .good = "total = (1 +\n         2)\n",
    .sources = "pycodestyle E502, ruff E502",
    .fix = FIX_SAFE,
}};

// Where the last of the lines starts that str.splitlines() makes.
static uint32_t last_line_start(Str text) {
    uint32_t start = 0;
    for (uint32_t at = 0; at < text.len;) {
        uint32_t length = line_separator_at(text, at);
        at += length > 0 ? length : 1;
        if (length > 0 && at < text.len) start = at;
    }
    return start;
}

static Str without_line_ends(Str text) {
    while (text.len > 0 && (text.at[text.len - 1] == '\n' || text.at[text.len - 1] == '\r'))
        text.len--;
    return text;
}

// Whether the token's line ends with a backslash, and where that is shown.
static bool find_backslash(const Pass *pass, const Token *token, RowColumn *place) {
    const Lines *lines = &pass->file->lines;
    Str line = token_line(lines, token), text = without_line_ends(line);
    if (!str_ends_with(text, STR("\\"))) return false;
    Str last = str_from(text, last_line_start(line));
    *place = (RowColumn){token->end_line + 1, (int32_t)text_columns(lines, last) - 1};
    return true;
}

// The backslash between two tokens goes, with the blanks before it, where it is the only one. Then
// the line is broken at that place, which W503 and W504 look at.
static void remove_backslash(Pass *pass, Finding *finding, const LogicalLine *line,
                             const Token *before) {
    const Lines *lines = &pass->file->lines;
    if (!finding_takes_edits(finding) || rule_is_on(pass, STR("W503")) ||
        rule_is_on(pass, STR("W504")))
        return;
    Str gap = str_slice(lines->text, before->end, before[1].start);
    uint32_t backslash = skip_spaces(gap, 0);
    bool is_one = has_at(gap, backslash, STR("\\")) && before->end_line + 1 == before[1].start_line;
    Span span = {before->end, before->end + backslash + 1};
    if (is_one) edit_in_line(pass, finding, FIX_SAFE, line, span, STR(""));
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_trait(line, TRAIT_BACKSLASH)) return;
    uint32_t start_row = UINT32_MAX, end_row = UINT32_MAX;
    int32_t nesting = 0;
    bool has_backslash = false;
    RowColumn backslash = {0};
    for (uint32_t i = 0; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (token->kind == TOKEN_COMMENT) return; // a comment ends the search for good
        if (token->start_line != start_row && nesting != 0 && has_backslash)
            remove_backslash(pass,
                             report_spot(pass, &rules[0], spot_at(pass, backslash),
                                         "the backslash is redundant between brackets"),
                             line, token - 1);
        if (token->end_line != end_row) {
            has_backslash = find_backslash(pass, token, &backslash);
            start_row = end_row = token->end_line;
        } else {
            start_row = token->start_line;
        }
        nesting += token_opens(token) - token_closes(token);
    }
}

const Check e502_redundant_backslash = {.rules = LIST(rules), .on_logical_line = look};
