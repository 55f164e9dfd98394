// A blank stands just inside brackets, or before a comma, semicolon or colon.

#include "rule/layout.h"
#include "rule/style.h"

enum { E201, E202, E203 };

static const Rule rules[] = {
    [E201] =
        {
            .code = "E201",
            .name = "whitespace-after-open-bracket",
            .summary = "whitespace after an opening bracket",
            .why = "Brackets hold together what is in them; a blank inside pulls it apart.",
            .bad = "print( 1)\n",
            .good = "print(1)\n",
            .sources = "pycodestyle E201, ruff E201",
            .fix = FIX_SAFE,
        },
    [E202] =
        {
            .code = "E202",
            .name = "whitespace-before-close-bracket",
            .summary = "whitespace before a closing bracket",
            .why = "Brackets hold together what is in them; a blank inside pulls it apart.",
            .bad = "print(1 )\n",
            .good = "print(1)\n",
            .sources = "pycodestyle E202, ruff E202",
            .fix = FIX_SAFE,
        },
    [E203] =
        {
            .code = "E203",
            .name = "whitespace-before-punctuation",
            .summary = "whitespace before a comma, semicolon or colon",
            .why =
                "A comma, semicolon or colon belongs to what stands before it, as in a sentence.",
            .bad = "print(1 , 2)\n",
            .good = "print(1, 2)\n",
            .sources = "pycodestyle E203, ruff E203",
            .fix = FIX_SAFE,
        },
};

static bool opens(char c) {
    return c == '(' || c == '[' || c == '{';
}

static bool closes(char c) {
    return c == ')' || c == ']' || c == '}';
}

static bool separates(char c) {
    return c == ',' || c == ';' || c == ':';
}

// The colon of `:=` stands apart, whatever tokenize takes it for.
static bool is_walrus(Str text, uint32_t at) {
    return text.at[at] == ':' && at + 1 < text.len && text.at[at + 1] == '=';
}

static void look_before(Pass *pass, const LogicalLine *line, uint32_t space) {
    Str text = line->text;
    char c = text.at[space + 1], before = text.at[space > 0 ? space - 1 : text.len - 1];
    if (before == ',') return;
    Spot spot = spot_in(pass, line, space);
    Finding *finding =
        report_spot(pass, &rules[closes(c) ? E202 : E203], spot, "whitespace before '%c'", c);
    if (!is_walrus(text, space + 1)) edit_gap(pass, finding, line, spot.offset, STR(""));
}

static void look_behind(Pass *pass, const LogicalLine *line, uint32_t space) {
    Spot spot = spot_in(pass, line, space);
    Finding *finding =
        report_spot(pass, &rules[E201], spot, "whitespace after '%c'", line->text.at[space - 1]);
    edit_gap(pass, finding, line, spot.offset, STR(""));
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_trait(line, TRAIT_GAP_INSIDE)) return;
    Str text = line->text;
    for (uint32_t at = 0; at + 1 < text.len; at++) {
        char c = text.at[at], next = text.at[at + 1];
        if (opens(c) && next == ' ') {
            look_behind(pass, line, at + 1);
            at++;
        } else if (c == ' ' && (closes(next) || separates(next))) {
            look_before(pass, line, at);
            at++;
        }
    }
}

const Check e201_extraneous_whitespace = {.rules = LIST(rules), .on_logical_line = look};
