// A comma, semicolon or colon wants a blank behind it, but for a slice's colon and `(1,)`.

#include "rule/layout.h"
#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E231",
    .name = "missing-whitespace-after-punctuation",
    .summary = "missing whitespace after a comma, semicolon or colon",
    .why = "A blank behind a comma, semicolon or colon separates, as in a sentence.",
    .bad = "print(1,2)\n",
    .good = "print(1, 2)\n",
    .sources = "pycodestyle E231, ruff E231",
    .fix = FIX_SAFE,
}};

// What of the line stands before the character at hand.
typedef struct Before {
    int32_t open, closed;             // square brackets
    int64_t last_brace, last_bracket; // opening ones; -1 where there was none
} Before;

static bool is_slice(const Before *before) {
    return before->open > before->closed && before->last_brace < before->last_bracket;
}

static void note(Before *before, char c, uint32_t at) {
    if (c == '[') {
        before->open++;
        before->last_bracket = at;
    } else if (c == ']') {
        before->closed++;
    } else if (c == '{') {
        before->last_brace = at;
    }
}

static bool is_fine(const Before *before, char c, char next) {
    if (next == ' ' || next == '\t') return true;
    return (c == ':' && is_slice(before)) || (c == ',' && next == ')');
}

static void report_missing(Pass *pass, const LogicalLine *line, uint32_t at) {
    Spot spot = spot_in(pass, line, at);
    char c = line->text.at[at];
    Finding *finding = report_spot(pass, &rules[0], spot, "missing whitespace after '%c'", c);
    bool is_walrus = c == ':' && line->text.at[at + 1] == '=';
    if (!is_walrus) edit_gap(pass, finding, line, spot.offset + 1, STR(" "));
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_trait(line, TRAIT_NO_GAP_BEHIND) && !line_has_word(line, OP_WALRUS)) return;
    Str text = line->text;
    Before before = {.last_brace = -1, .last_bracket = -1};
    for (uint32_t at = 0; at + 1 < text.len; at++) {
        char c = text.at[at];
        bool is_mark = c == ',' || c == ';' || c == ':';
        if (is_mark && !is_fine(&before, c, text.at[at + 1])) report_missing(pass, line, at);
        note(&before, c, at);
    }
}

const Check e231_missing_whitespace = {.rules = LIST(rules), .on_logical_line = look};
