// A backslash in a string stands before a character that it has no meaning for. The state is where
// the file has a backslash next.

#include "base/utf8.h"
#include "rule/style.h"

static const Rule rules[] = {{
    .code = "W605",
    .name = "invalid-escape-sequence",
    .summary = "invalid escape sequence",
    .why =
        "Python keeps such a backslash today, warns of it since 3.6, and means to refuse it. In\n"
        "a regular expression an r before the quote is wanted.",
    .bad = "pattern = '\\d'\n",
    .good = "pattern = r'\\d'\n",
    .sources = "pycodestyle W605, ruff W605, pylint W1401",
}};

static bool is_line_end(const Lines *lines, const Token *token, Str text, uint32_t at) {
    if (text.at[at] == '\n') return true;
    return text.at[at] == '\r' && token->start_line >= lines->verbatim;
}

static bool is_valid(char c) {
    return c != '\0' && strchr("\\'\"abfnrtv01234567xNuU", c) != NULL;
}

static void report_escape(Pass *pass, const Token *token, Str text, uint32_t backslash) {
    uint32_t point, length = utf8_decode(text, backslash + 1, &point);
    uint32_t at = token->start + backslash;
    report(pass, &rules[0], (Span){at, at + 1 + length}, "invalid escape sequence '\\%.*s'",
           (int)length, text.at + backslash + 1);
}

static uint32_t find_backslash(Str text, uint32_t at) {
    return at + str_find_byte(str_from(text, at), '\\');
}

static bool is_raw(Str text) {
    uint32_t quote = str_find_byte(text, text.at[text.len - 1]);
    Str prefix = str_slice(text, 0, quote);
    return str_contains(prefix, STR("r")) || str_contains(prefix, STR("R"));
}

static void look_at_string(Pass *pass, const Token *token) {
    const Lines *lines = &pass->file->lines;
    Str text = token_text(lines, token);
    uint32_t at = find_backslash(text, 0);
    if (at == text.len || is_raw(text)) return;
    for (; at + 1 < text.len; at = find_backslash(text, at + 2))
        if (!is_valid(text.at[at + 1]) && !is_line_end(lines, token, text, at + 1))
            report_escape(pass, token, text, at);
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_kind(line, TOKEN_STRING) || style_noqa(pass, line)) return;
    if (!line_mentions(pass, line, STR("\\"), pass->state)) return;
    for (uint32_t i = line->first; i < line->token_count; i++)
        if (line->tokens[i].kind == TOKEN_STRING) look_at_string(pass, &line->tokens[i]);
}

const Check w605_invalid_escape = {
    .rules = LIST(rules), .on_logical_line = look, .state_size = sizeof(uint32_t)};
