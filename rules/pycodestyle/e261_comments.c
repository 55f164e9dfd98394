// A comment begins with `# `; behind code, with two blanks before that.

#include "python/unicode.h"
#include "rule/layout.h"
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
            .fix = FIX_SAFE,
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
            .fix = FIX_SAFE,
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
            .fix = FIX_SAFE,
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
            .fix = FIX_SAFE,
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

// Where the comment's words begin.
static uint32_t skip_prefix(Str text) {
    uint32_t at = skip_spaces(text, 0);
    while (at < text.len && text.at[at] == '#')
        at = skip_spaces(text, at + 1);
    return at;
}

// What begins so is read by tools as soon as it is a comment of the right form.
static bool is_directive(Str words) {
    static const char *const names[] = {"noqa",    "nopep8", "type:",    "pragma", "pylint:",
                                        "fmt:",    "isort:", "mypy:",    "ruff:",  "flake8",
                                        "pyright", "nosec",  "autopep8", "yapf:",  "asynclint"};
    for (uint32_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_starts_with(words, str_of(names[i]))) return true;
    return false;
}

// One hash and one blank before the words; `#:`, which marks documentation, keeps its colon.
static void mend_prefix(Pass *pass, Finding *finding, const LogicalLine *line, const Token *comment,
                        Str text) {
    if (!finding_takes_edits(finding)) return;
    uint32_t words = skip_prefix(text), limit = pass->settings->max_doc_length;
    if (words == text.len) return;
    bool is_documentation = text.at[words] == ':' && words + 1 < text.len;
    Str prefix = is_documentation ? STR("#: ") : STR("# ");
    if (is_documentation) words = skip_spaces(text, words + 1);
    Span span = {comment->start, comment->start + words};
    bool is_longer = prefix.len > words && limit > 0 && rule_is_on(pass, STR("W505"));
    FixSafety safety = is_directive(str_from(text, words)) ? FIX_UNSAFE : FIX_SAFE;
    if (!is_longer) edit_in_line(pass, finding, safety, line, span, prefix);
}

static void look_at_inline(Pass *pass, const LogicalLine *line, const Token *comment, Str text,
                           const Token *before) {
    bool is_near = before != NULL && before->end_line == comment->start_line &&
                   comment->start < before->end + 2;
    if (is_near) {
        Finding *finding = report_spot(pass, &rules[E261], spot_behind(pass, before),
                                       "at least two spaces before inline comment");
        edit_gap(pass, finding, line, before->end, STR("  "));
    }
    uint32_t space = str_find_byte(text, ' ');
    bool is_far = space + 1 < text.len && (text.at[space + 1] == ' ' || text.at[space + 1] == '\t');
    if (bad_prefix(text) != 0 || is_far)
        mend_prefix(pass,
                    report(pass, &rules[E262], token_span(comment),
                           "inline comment should start with '# '"),
                    line, comment, text);
}

// A line of signs, or a box around the words: what is drawn is left as it is.
static bool is_drawn(Str text) {
    return str_ends_with(unicode_trim_end(text), STR("#"));
}

static void look_at_block(Pass *pass, const LogicalLine *line, const Token *comment, Str text) {
    char prefix = bad_prefix(text);
    bool is_shebang = prefix == '!' && comment->start_line == 0;
    if (prefix == 0 || is_shebang) return;
    Span span = token_span(comment);
    if (prefix != '#') {
        Finding *finding = report(pass, &rules[E265], span, "block comment should start with '# '");
        if (prefix != '!') mend_prefix(pass, finding, line, comment, text);
    } else if (str_find_byte(text, ' ') + 1 < text.len) {
        Finding *finding =
            report(pass, &rules[E266], span, "too many leading '#' for block comment");
        if (!is_drawn(text)) mend_prefix(pass, finding, line, comment, text);
    }
}

static void look(Pass *pass, const LogicalLine *line) {
    if (!line_has_kind(line, TOKEN_COMMENT)) return;
    const Token *before = NULL;
    for (uint32_t i = 0; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (token->kind == TOKEN_COMMENT) {
            Str text = token_text(&pass->file->lines, token);
            if (is_inline(pass, token))
                look_at_inline(pass, line, token, text, before);
            else
                look_at_block(pass, line, token, text);
        } else if (token->kind != TOKEN_NL) {
            before = token;
        }
    }
}

const Check e261_comments = {.rules = LIST(rules), .on_logical_line = look};
