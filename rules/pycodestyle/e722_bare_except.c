// `except:` catches everything.

#include "rule/layout.h"
#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E722",
    .name = "bare-except",
    .summary = "do not use bare 'except'",
    .why = "`except:` also catches what ends the program, such as KeyboardInterrupt, and in async\n"
           "code the cancellation of the task.",
    .bad = "try:\n    start()\nexcept:\n    stop()\n",
    .good = "try:\n    start()\nexcept Exception:\n    stop()\n",
    .sources = "pycodestyle E722, ruff E722, pylint W0702",
    .fix = FIX_UNSAFE,
}};

static void look(Pass *pass, const LogicalLine *line) {
    if (!str_starts_with(line->text, STR("except")) || style_noqa(pass, line)) return;
    if (!has_at(line->text, skip_spaces(line->text, 6), STR(":"))) return;
    Finding *finding =
        report_spot(pass, &rules[0], spot_in(pass, line, 0), "do not use bare 'except'");
    const Token *word = &line->tokens[line->first];
    bool is_on_row = word[1].word == OP_COLON && word->end_line == word[1].start_line;
    Span gap = {word->end, word[1].start};
    // What ends the program or cancels the task is no longer caught.
    if (is_on_row) edit_in_line(pass, finding, FIX_UNSAFE, line, gap, STR(" Exception"));
}

const Check e722_bare_except = {.rules = LIST(rules), .on_logical_line = look};
