// A backslash in a string stands before a character that it has no meaning for. The state is where
// the file has a backslash next.

#include "base/utf8.h"
#include "rule/layout.h"
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
    .fix = FIX_SAFE,
}};

static bool is_line_end(const Lines *lines, const Token *token, Str text, uint32_t at) {
    if (text.at[at] == '\n') return true;
    return text.at[at] == '\r' && token->start_line >= lines->verbatim;
}

static bool is_valid(char c) {
    return c != '\0' && strchr("\\'\"abfnrtv01234567xNuU", c) != NULL;
}

// Whether a raw string of the same text says the same: it has no backslash with a meaning, and the
// prefix takes an r.
static bool can_be_raw(Str text, uint32_t quote) {
    for (uint32_t i = 0; i < quote; i++)
        if (text.at[i] == 'u' || text.at[i] == 'U') return false;
    for (uint32_t at = quote; at + 1 < text.len; at++) {
        if (text.at[at] != '\\') continue;
        char c = text.at[++at];
        if (is_valid(c) || c == '\n' || c == '\r') return false;
    }
    return true;
}

// An r before the quotes, or where other escapes have a meaning, a second backslash.
static void mend(Pass *pass, Finding *finding, const LogicalLine *line, const Token *token,
                 uint32_t backslash, bool *is_judged, bool *is_raw) {
    if (!finding_takes_edits(finding)) return;
    Str text = token_text(&pass->file->lines, token);
    uint32_t quote = str_find_byte(text, text.at[text.len - 1]);
    if (!*is_judged) *is_raw = can_be_raw(text, quote);
    *is_judged = true;
    uint32_t at = token->start + (*is_raw ? quote : backslash);
    edit_in_line(pass, finding, FIX_SAFE, line, (Span){at, at}, *is_raw ? STR("r") : STR("\\"));
}

static Finding *report_escape(Pass *pass, const Token *token, Str text, uint32_t backslash) {
    uint32_t point, length = utf8_decode(text, backslash + 1, &point);
    uint32_t at = token->start + backslash;
    return report(pass, &rules[0], (Span){at, at + 1 + length}, "invalid escape sequence '\\%.*s'",
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

static void look_at_string(Pass *pass, const LogicalLine *line, const Token *token) {
    const Lines *lines = &pass->file->lines;
    Str text = token_text(lines, token);
    uint32_t at = find_backslash(text, 0);
    if (at == text.len || is_raw(text)) return;
    bool is_judged = false, becomes_raw = false;
    for (; at + 1 < text.len; at = find_backslash(text, at + 2))
        if (!is_valid(text.at[at + 1]) && !is_line_end(lines, token, text, at + 1))
            mend(pass, report_escape(pass, token, text, at), line, token, at, &is_judged,
                 &becomes_raw);
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_kind(line, TOKEN_STRING) || style_noqa(pass, line)) return;
    if (!line_mentions(pass, line, STR("\\"), pass->state)) return;
    for (uint32_t i = line->first; i < line->token_count; i++)
        if (line->tokens[i].kind == TOKEN_STRING) look_at_string(pass, line, &line->tokens[i]);
}

const Check w605_invalid_escape = {
    .rules = LIST(rules), .on_logical_line = look, .state_size = sizeof(uint32_t)};
