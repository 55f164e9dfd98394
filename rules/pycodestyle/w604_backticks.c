// Backticks are Python 2.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "W604",
    .name = "backticks",
    .summary = "backticks are deprecated, use 'repr()'",
    .why = "Python 3 has no backticks; repr() does what they did.",
    .bad = "text = `1`\n",
    .good = "text = repr(1)\n",
    .sources = "pycodestyle W604",
}};

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_kind(line, TOKEN_ERROR)) return;
    uint32_t found = str_find_byte(line->text, '`');
    if (found < line->text.len)
        report_spot(pass, &rules[0], spot_in(pass, line, found),
                    "backticks are deprecated, use 'repr()'");
}

const Check w604_backticks = {.rules = LIST(rules), .on_logical_line = look};
