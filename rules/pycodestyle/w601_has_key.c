// dict.has_key() is gone since Python 3. The state is where the file has `_key(` next.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "W601",
    .name = "has-key",
    .summary = ".has_key() is deprecated, use 'in'",
    .why = "Dictionaries have no method has_key() in Python 3; `in` asks the same.",
    .bad = "found = names.has_key('one')\n",
    .good = "found = 'one' in names\n",
    .sources = "pycodestyle W601",
}};

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_mentions(pass, line, STR("_key("), pass->state) || style_noqa(pass, line)) return;
    uint32_t found = str_find(line->text, STR(".has_key("));
    if (found < line->text.len)
        report_spot(pass, &rules[0], spot_in(pass, line, found),
                    ".has_key() is deprecated, use 'in'");
}

const Check w601_has_key = {
    .rules = LIST(rules), .on_logical_line = look, .state_size = sizeof(uint32_t)};
