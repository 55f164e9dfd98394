// A type is compared by `==` or `is` with a type that is written out.

#include "python/unicode.h"
#include "rule/style.h"

static const Rule rules[] = {{
    .code = "E721",
    .name = "type-comparison",
    .summary = "do not compare types, use 'isinstance()'",
    .why = "Objects of a subclass are objects of the class, too; isinstance() knows that, a\n"
           "comparison of types does not.",
    .bad = "is_number = type(value) == type(1)\n",
    .good = "is_number = isinstance(value, int)\n",
    .sources = "pycodestyle E721, ruff E721, pylint C0123",
}};

// Where [=!]= or is(?:\s+not)? starts that stands before `at`, blanks aside; `at` where none does.
static uint32_t operator_before(Str text, uint32_t at) {
    uint32_t end = skip_spaces_back(text, at);
    Str before = str_slice(text, 0, end);
    if (str_ends_with(before, STR("==")) || str_ends_with(before, STR("!="))) return end - 2;
    if (str_ends_with(before, STR("is"))) return end - 2;
    if (!str_ends_with(before, STR("not"))) return at;
    uint32_t gap = skip_spaces_back(text, end - 3);
    bool has_is = gap < end - 3 && str_ends_with(str_slice(text, 0, gap), STR("is"));
    return has_is ? gap - 2 : at;
}

// s.\w+Type
static bool is_types_member(Str text, uint32_t at) {
    if (!has_at(text, at, STR("s")) || at + 1 >= text.len || text.at[at + 1] == '\n') return false;
    uint32_t start = at + 2;
    while (start < text.len && ((unsigned char)text.at[start] & 0xc0) == 0x80)
        start++;
    uint32_t first = start + word_at(text, start);
    if (first == start) return false;
    Str rest = str_slice(text, first, skip_word(text, first));
    return str_contains(rest, STR("Type"));
}

// \s*\(\s*([^)]*[^ )])\s*\): whether that matches, and the group.
static bool is_type_call(Str text, uint32_t at, Str *argument) {
    uint32_t open = skip_spaces(text, at);
    if (!has_at(text, open, STR("("))) return false;
    uint32_t close = open + 1 + str_find_byte(str_from(text, open + 1), ')');
    if (close >= text.len) return false;
    uint32_t end = close;
    while (end > open + 1 && text.at[end - 1] == ' ')
        end--;
    if (end == open + 1) return false;
    uint32_t start = skip_spaces(text, open + 1);
    *argument = str_slice(text, start < end ? start : end - 1, end);
    return true;
}

static bool is_singleton(Str name) {
    return str_is(name, "None") || str_is(name, "True") || str_is(name, "False");
}

// The state is where the file's text has `type` next. The first match of the two forms decides; a
// type of a plain name is let pass.
static void look(Pass *pass, const LogicalLine *line) {
    Str text = line->text, word = STR("type");
    if (!line_mentions(pass, line, word, pass->state)) return;
    for (uint32_t at = str_find(text, word); at < text.len;
         at += 1 + str_find(str_from(text, at + 1), word)) {
        uint32_t start = operator_before(text, at);
        Str argument = {0};
        if (start == at) continue;
        if (!is_types_member(text, at + word.len) && !is_type_call(text, at + word.len, &argument))
            continue;
        bool is_plain = argument.len > 0 && unicode_is_identifier(argument);
        if (style_noqa(pass, line) || (is_plain && !is_singleton(argument))) return;
        report_spot(pass, &rules[0], spot_in(pass, line, start),
                    "do not compare types, use 'isinstance()'");
        return;
    }
}

const Check e721_type_comparison = {
    .rules = LIST(rules), .on_logical_line = look, .state_size = sizeof(uint32_t)};
