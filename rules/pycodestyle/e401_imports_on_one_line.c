// `import` names several modules.

#include "rule/layout.h"
#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E401",
    .name = "multiple-imports-on-one-line",
    .summary = "multiple imports on one line",
    .why = "One module on each line is found at once, and a change touches one line.",
    .bad = "import os, sys\n",
    .good = "import os\nimport sys\n",
    .sources = "pycodestyle E401, ruff E401, pylint C0410",
    .fix = FIX_SAFE,
}};

// Up to a semicolon: names, `as`, dots and commas, all on one row.
static bool is_plain_list(const LogicalLine *line, const Token *last) {
    const Token *import = &line->tokens[line->first];
    return import->word == KEYWORD_IMPORT && import->start_line == last->end_line;
}

// One finding, and an edit for each comma.
static void split(Pass *pass, Finding *finding, const LogicalLine *line) {
    const Token *end = line->tokens + line->token_count, *token = line->tokens + line->first + 1;
    if (!finding_takes_edits(finding)) return;
    while (token + 1 < end && token->word != OP_SEMICOLON && token->kind != TOKEN_COMMENT &&
           token->kind != TOKEN_NEWLINE)
        token++;
    if (!is_plain_list(line, token - 1) || token[-1].word == OP_COMMA) return;
    Str text = str_join(pass->arena, line_break_in(pass, line, 0), STR("import "));
    for (const Token *comma = line->tokens + line->first; comma < token; comma++) {
        if (comma->word != OP_COMMA) continue;
        edit_in_line(pass, finding, FIX_SAFE, line, (Span){comma[-1].end, comma[1].start}, text);
    }
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_word(line, OP_COMMA) || !str_starts_with(line->text, STR("import "))) return;
    uint32_t found = str_find_byte(line->text, ',');
    if (found == line->text.len) return;
    if (str_find_byte(str_slice(line->text, 0, found), ';') < found) return;
    split(pass,
          report_spot(pass, &rules[0], spot_in(pass, line, found), "multiple imports on one line"),
          line);
}

const Check e401_imports_on_one_line = {.rules = LIST(rules), .on_logical_line = look};
