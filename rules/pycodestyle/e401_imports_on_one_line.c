// `import` names several modules.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E401",
    .name = "multiple-imports-on-one-line",
    .summary = "multiple imports on one line",
    .why = "One module on each line is found at once, and a change touches one line.",
    .bad = "import os, sys\n",
    .good = "import os\nimport sys\n",
    .sources = "pycodestyle E401, ruff E401, pylint C0410",
}};

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_word(line, OP_COMMA) || !str_starts_with(line->text, STR("import "))) return;
    uint32_t found = str_find_byte(line->text, ',');
    if (found == line->text.len) return;
    if (str_find_byte(str_slice(line->text, 0, found), ';') < found) return;
    report_spot(pass, &rules[0], spot_in(pass, line, found), "multiple imports on one line");
}

const Check e401_imports_on_one_line = {.rules = LIST(rules), .on_logical_line = look};
