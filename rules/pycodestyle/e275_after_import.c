// `from module import(name)` wants a blank behind `import`.

#include "rule/layout.h"
#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E275",
    .name = "missing-whitespace-after-import",
    .summary = "missing whitespace after keyword",
    .why = "`import(` looks like the call of a function.",
    .bad = "from os import(path)\n",
    .good = "from os import (path)\n",
    .sources = "pycodestyle E275, ruff E275",
    .fix = FIX_SAFE,
}};

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_word(line, KEYWORD_IMPORT) || !str_starts_with(line->text, STR("from "))) return;
    Str indicator = STR(" import(");
    uint32_t found = str_find(line->text, indicator);
    if (found == line->text.len) return;
    Spot spot = spot_in(pass, line, found + indicator.len - 1);
    Finding *finding = report_spot(pass, &rules[0], spot, "missing whitespace after keyword");
    edit_gap(pass, finding, line, spot.offset, STR(" "));
}

const Check e275_after_import = {.rules = LIST(rules), .on_logical_line = look};
