// A module is imported behind other code at the top level. The docstring, `__name__ = …` lines and
// try, except, else and finally may stand before imports.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E402",
    .name = "import-not-at-top",
    .summary = "module level import not at top of file",
    .why = "Whoever reads a module looks at its top for what it needs.",
    .bad = "start = 0\nimport os\n",
    .good = "import os\nstart = 0\n",
    .sources = "pycodestyle E402, ruff E402, pylint C0413",
}};

typedef struct State {
    bool seen_docstring, seen_code;
} State;

// ^__([^\s]+)__ =
static bool is_dunder(Str text) {
    uint32_t end = 0;
    while (end < text.len && space_at(text, end) == 0)
        end++;
    Str name = str_slice(text, 0, end);
    return name.len >= 5 && str_starts_with(name, STR("__")) && str_ends_with(name, STR("__")) &&
           has_at(text, end, STR(" = "));
}

static bool is_string(Str text) {
    uint32_t at = memchr("uUbB", text.at[0], 4) != NULL;
    if (at < text.len && (text.at[at] == 'r' || text.at[at] == 'R')) at++;
    return has_at(text, at, STR("\"")) || has_at(text, at, STR("'"));
}

static bool goes_with_imports(Str text) {
    return str_starts_with(text, STR("try")) || str_starts_with(text, STR("except")) ||
           str_starts_with(text, STR("else")) || str_starts_with(text, STR("finally"));
}

static void look(Pass *pass, const LogicalLine *line) {
    State *state = pass->state;
    Str text = line->text;
    if (line->indent_level > 0 || text.len == 0 || style_noqa(pass, line)) return;
    if (str_starts_with(text, STR("import ")) || str_starts_with(text, STR("from "))) {
        if (state->seen_code)
            report_spot(pass, &rules[0], spot_in(pass, line, 0),
                        "module level import not at top of file");
        return;
    }
    if (state->seen_code || is_dunder(text) || goes_with_imports(text)) return;
    if (is_string(text) && !state->seen_docstring)
        state->seen_docstring = true;
    else
        state->seen_code = true;
}

const Check e402_import_not_at_top = {
    .rules = LIST(rules), .on_logical_line = look, .state_size = sizeof(State)};
