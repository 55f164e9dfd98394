// A comment begins with `# `; behind code, with two blanks before that.

#include "rule/style.h"

enum { E261, E262, E265, E266 };

static const Rule rules[] = {
    [E261] =
        {
            .code = "E261",
            .name = "no-space-before-inline-comment",
            .summary = "at least two spaces before inline comment",
            .why = "Two blanks set a comment apart from the code before it.",
            .bad = "total = 1 # so far\n",
            .good = "total = 1  # so far\n",
            .sources = "pycodestyle E261, ruff E261",
        },
    [E262] =
        {
            .code = "E262",
            .name = "no-space-after-inline-hash",
            .summary = "inline comment should start with '# '",
            .why = "One blank behind the hash makes a comment legible.",
            .bad = "total = 1  #so far\n",
            .good = "total = 1  # so far\n",
            .sources = "pycodestyle E262, ruff E262",
        },
    [E265] =
        {
            .code = "E265",
            .name = "no-space-after-block-hash",
            .summary = "block comment should start with '# '",
            .why =
                "One blank behind the hash makes a comment legible, and tells it from code that\n"
                "was commented out.",
            .bad = "#so far\ntotal = 1\n",
            .good = "# so far\ntotal = 1\n",
            .sources = "pycodestyle E265, ruff E265",
        },
    [E266] =
        {
            .code = "E266",
            .name = "too-many-hashes",
            .summary = "too many leading '#' for block comment",
            .why = "One hash says that a comment begins; more say nothing else.",
            .bad = "### so far\ntotal = 1\n",
            .good = "# so far\ntotal = 1\n",
            .sources = "pycodestyle E266, ruff E266",
        },
};

static bool is_inline(const Pass *pass, const Token *comment) {
    const Lines *lines = &pass->file->lines;
    Str before = str_slice(lines->text, lines->starts[comment->start_line], comment->start);
    return skip_spaces(before, 0) < before.len;
}

// The first character behind the hashes where a comment begins with anything but "# " or "#: ",
// '#' where it has hashes alone; else 0.
static char bad_prefix(Str text) {
    uint32_t space = str_find_byte(text, ' ');
    Str symbol = str_slice(text, 0, space);
    if (str_is(symbol, "#") || str_is(symbol, "#:")) return 0;
    uint32_t hashes = 0;
    while (hashes < symbol.len && symbol.at[hashes] == '#')
        hashes++;
    return hashes < symbol.len ? symbol.at[hashes] : '#';
}

static void look_at_inline(Pass *pass, const Token *comment, Str text, const Token *before) {
    bool is_near = before != NULL && before->end_line == comment->start_line &&
                   comment->start < before->end + 2;
    if (is_near)
        report_spot(pass, &rules[E261], spot_behind(pass, before),
                    "at least two spaces before inline comment");
    uint32_t space = str_find_byte(text, ' ');
    bool is_far = space + 1 < text.len && (text.at[space + 1] == ' ' || text.at[space + 1] == '\t');
    if (bad_prefix(text) != 0 || is_far)
        report(pass, &rules[E262], token_span(comment), "inline comment should start with '# '");
}

static void look_at_block(Pass *pass, const Token *comment, Str text) {
    char prefix = bad_prefix(text);
    bool is_shebang = prefix == '!' && comment->start_line == 0;
    if (prefix == 0 || is_shebang) return;
    if (prefix != '#')
        report(pass, &rules[E265], token_span(comment), "block comment should start with '# '");
    else if (str_find_byte(text, ' ') + 1 < text.len)
        report(pass, &rules[E266], token_span(comment), "too many leading '#' for block comment");
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_kind(line, TOKEN_COMMENT)) return;
    const Token *before = NULL;
    for (uint32_t i = 0; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (token->kind == TOKEN_COMMENT) {
            Str text = token_text(&pass->file->lines, token);
            if (is_inline(pass, token))
                look_at_inline(pass, token, text, before);
            else
                look_at_block(pass, token, text);
        } else if (token->kind != TOKEN_NL) {
            before = token;
        }
    }
}

const Check e261_comments = {.rules = LIST(rules), .on_logical_line = look};
