// A line of a comment or docstring is longer than `max-doc-length` allows.

#include "rule/style.h"

static const Rule rules[] = {{
    .code = "W505",
    .name = "doc-line-too-long",
    .summary = "doc line too long",
    .why = "Prose is easier to read in short lines. The limit is `max-doc-length`; without it the\n"
           "rule is silent.",
    .no_example = "it needs the setting `max-doc-length`",
    .sources = "pycodestyle W505, ruff W505",
}};

enum { LONGEST_BEFORE_WORD = 72 };

static bool is_code(const Token *token) {
    return !token_is_skipped(token) && token->kind != TOKEN_COMMENT && token->kind != TOKEN_ERROR &&
           token->kind != TOKEN_STRING;
}

static bool has_code(const LogicalLine *line) {
    for (uint32_t i = 0; i < line->token_count; i++)
        if (is_code(&line->tokens[i])) return true;
    return false;
}

// What line.split() makes: the number of words, at most 3, and the last of those.
static uint32_t split(Str line, Str *last) {
    uint32_t count = 0;
    for (uint32_t at = skip_spaces(line, 0); at < line.len && count < 3; count++) {
        uint32_t start = at;
        while (at < line.len && space_at(line, at) == 0)
            at++;
        *last = str_slice(line, start, at);
        at = skip_spaces(line, at);
    }
    return count;
}

// A word that cannot be cut: behind the hash, or alone on a line of a docstring.
static bool cannot_be_cut(const Lines *lines, Str line, bool is_comment, bool is_last) {
    Str last;
    uint32_t words = split(line, &last);
    bool stands_alone = (is_comment && words == 2) || (words == 1 && !is_last);
    return stands_alone &&
           text_columns(lines, line) - text_columns(lines, last) < LONGEST_BEFORE_WORD;
}

static void look_at_text(Pass *pass, const Token *token) {
    const Lines *lines = &pass->file->lines;
    Str rest = token_line(lines, token);
    bool is_shebang = token->start_line == 0 && str_starts_with(rest, STR("#!"));
    if (is_shebang) return;
    int32_t most = (int32_t)pass->settings->max_doc_length;
    for (uint32_t row = token->start_line + 1; rest.len > 0; row++) {
        uint32_t end = 0, separator = 0;
        while (end < rest.len && (separator = line_separator_at(rest, end)) == 0)
            end++;
        Str line = str_slice(rest, 0, end);
        rest = str_from(rest, end + separator);
        int32_t length = (int32_t)text_columns(lines, line);
        if (length <= most) continue;
        if (cannot_be_cut(lines, line, token->kind == TOKEN_COMMENT, rest.len == 0)) continue;
        report_spot(pass, &rules[0], spot_at(pass, (RowColumn){row, most}),
                    "doc line too long (%d > %d characters)", length, most);
    }
}

static void look(Pass *pass, const LogicalLine *line) {
    if (pass->settings->max_doc_length == 0 || style_noqa(pass, line)) return;
    if (!line_has_kind(line, TOKEN_COMMENT) && !line_has_kind(line, TOKEN_STRING)) return;
    bool is_among_code = has_code(line);
    const Token *before = NULL; // a string among code is passed over
    for (uint32_t i = 0; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (token->kind == TOKEN_STRING && is_among_code) continue;
        bool is_text = token->kind == TOKEN_STRING || token->kind == TOKEN_COMMENT;
        if (is_text && (before == NULL || token_is_skipped(before))) look_at_text(pass, token);
        before = token;
    }
}

const Check w505_doc_length = {.rules = LIST(rules), .on_logical_line = look};
