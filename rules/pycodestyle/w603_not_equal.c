// `<>` is Python 2.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "W603",
    .name = "less-greater-operator",
    .summary = "'<>' is deprecated, use '!='",
    .why = "Python 3 has one operator for it, `!=`.",
    .bad = "differs = 1 <> 2\n",
    .good = "differs = 1 != 2\n",
    .sources = "pycodestyle W603",
}};

static bool may_match(const LogicalLine *line) {
    return line_has_word(line, OP_GREATER) || line_has_word(line, OP_GREATER_EQUAL) ||
           line_has_word(line, OP_RIGHT_SHIFT) || line_has_word(line, OP_RIGHT_SHIFT_ASSIGN);
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!may_match(line)) return;
    uint32_t found = str_find(line->text, STR("<>"));
    if (found < line->text.len)
        report_spot(pass, &rules[0], spot_in(pass, line, found), "'<>' is deprecated, use '!='");
}

const Check w603_not_equal = {.rules = LIST(rules), .on_logical_line = look};
