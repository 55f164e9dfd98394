// `except:` catches everything.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E722",
    .name = "bare-except",
    .summary = "do not use bare 'except'",
    .why = "`except:` also catches what ends the program, such as KeyboardInterrupt, and in async\n"
           "code the cancellation of the task.",
    .bad = "try:\n    start()\nexcept:\n    stop()\n",
    .good = "try:\n    start()\nexcept ValueError:\n    stop()\n",
    .sources = "pycodestyle E722, ruff E722, pylint W0702",
}};

static void look(Pass *pass, const LogicalLine *line) {
    if (!str_starts_with(line->text, STR("except")) || style_noqa(pass, line)) return;
    if (!has_at(line->text, skip_spaces(line->text, 6), STR(":"))) return;
    report_spot(pass, &rules[0], spot_in(pass, line, 0), "do not use bare 'except'");
}

const Check e722_bare_except = {.rules = LIST(rules), .on_logical_line = look};
