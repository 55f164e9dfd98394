// `raise Error, 'message'` is Python 2.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "W602",
    .name = "raise-with-comma",
    .summary = "deprecated form of raising exception",
    .why = "Python 3 raises an object: `raise ValueError('message')`.",
    .bad = "raise ValueError, 'message'\n",
    .good = "raise ValueError('message')\n",
    .sources = "pycodestyle W602",
}};

// The comma of raise\s+\w+\s*, or the text's end.
static uint32_t find_comma(Str text) {
    uint32_t name = skip_spaces(text, 5), end = skip_word(text, name);
    uint32_t comma = skip_spaces(text, end);
    bool matches = name > 5 && end > name && has_at(text, comma, STR(","));
    return matches ? comma : text.len;
}

// .*,\s*\w+\s*$ behind the first comma: what a re-raise with a traceback has.
static bool is_reraise(Str text, uint32_t comma) {
    Str rest = str_from(text, comma + 1);
    uint32_t last = str_find_last_byte(rest, ',');
    if (last == rest.len || str_find_byte(str_slice(rest, 0, last), '\n') < last) return false;
    uint32_t name = skip_spaces(rest, last + 1), end = skip_word(rest, name);
    return end > name && skip_spaces(rest, end) == rest.len;
}

static void look(Pass *pass, const LogicalLine *line) {
    Str text = line->text;
    if (!str_starts_with(text, STR("raise"))) return;
    uint32_t comma = find_comma(text);
    if (comma == text.len || is_reraise(text, comma)) return;
    report_spot(pass, &rules[0], spot_in(pass, line, comma),
                "deprecated form of raising exception");
}

const Check w602_raise_comma = {.rules = LIST(rules), .on_logical_line = look};
