// A line is longer than allowed. A long first line `#!…`, and an address that stands alone in a
// comment or string of several lines, cannot be cut and are let pass.

#include "python/unicode.h"
#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E501",
    .name = "line-too-long",
    .summary = "line too long",
    .why = "Lines of at most 79 characters can be read beside another file, in a diff or in a\n"
           "mail, without being wrapped where it hurts. The limit is `max-line-length`.",
    .bad = "greeting = 'this sentence is so long that it does not fit into one line of 79 "
           "characters'\n",
    .good = "greeting = ('this sentence is so long that it does not fit into one line '\n"
            "            'of 79 characters')\n",
    .sources = "pycodestyle E501, ruff E501, pylint C0301",
}};

// What line.split() makes: the number of words, at most 3, and the first and last of those.
static uint32_t split(Str line, Str *first, Str *last) {
    uint32_t count = 0;
    for (uint32_t at = skip_spaces(line, 0); at < line.len && count < 3; count++) {
        uint32_t start = at;
        while (at < line.len && space_at(line, at) == 0)
            at++;
        *last = str_slice(line, start, at);
        if (count == 0) *first = *last;
        at = skip_spaces(line, at);
    }
    return count;
}

static bool cannot_be_cut(const Pass *pass, const PhysicalLine *line, Str text, uint32_t length) {
    if (line->row == 1 && str_starts_with(text, STR("#!"))) return true;
    Str first, last;
    uint32_t words = split(text, &first, &last);
    bool stands_alone = (words == 1 && line->in_string) || (words == 2 && str_is(first, "#"));
    if (!stands_alone) return false;
    int64_t before = (int64_t)length - text_columns(&pass->file->lines, last);
    return before < (int64_t)pass->settings->max_line_length - 7;
}

static bool is_suppressed(const Pass *pass, const PhysicalLine *line) {
    if (!pass->settings->pycodestyle_noqa) return false;
    return has_noqa(str_slice(pass->file->lines.text, line->noqa_start, line->noqa_end));
}

static void look(Pass *pass, const PhysicalLine *line) {
    const Lines *lines = &pass->file->lines;
    uint32_t most = pass->settings->max_line_length;
    if (line->end - line->start <= most) return;
    Str text = unicode_trim_end(str_slice(lines->text, line->start, line->end));
    uint32_t length = text_columns(lines, text);
    if (length <= most || is_suppressed(pass, line)) return;
    if (cannot_be_cut(pass, line, text, length)) return;
    Spot spot = {.offset = line->start + most};
    RowColumn place = {line->row, (int32_t)most};
    if (!lines->is_ascii || lines_find(lines, line->start) + 1 != line->row)
        spot = spot_at(pass, place);
    report_spot(pass, &rules[0], spot, "line too long (%u > %u characters)", length, most);
}

const Check e501_line_length = {.rules = LIST(rules), .on_line = look};
