// The quotes of a docstring, and backslashes in it, as pydocstyle 6.3 wants them.

#include "rule/docstring_edits.h"

enum { D300, D301 };

static const Rule rules[] = {
    [D300] = {.code = "D300",
              .name = "docstring-quotes",
              .summary = "docstring in other quotes than three double ones",
              .why = "One kind of quotes for all docstrings; three of them leave room for a second "
                     "line.",
              .bad = "'Wait for a random while.'\n",
              .good = "\"\"\"Wait for a random while.\"\"\"\n",
              .sources = "pydocstyle D300, flake8-docstrings D300, ruff D300",
              .selectable = true,
              .fix = FIX_SAFE},
    [D301] = {.code = "D301",
              .name = "backslash-in-docstring",
              .summary = "backslash in a docstring that is not raw",
              .why = "In a string that is not raw, a backslash begins an escape sequence: what is\n"
                     "read in the source is not what `help()` shows.",
              .bad = "\"\"\"Split at \\\\n.\"\"\"\n",
              .good = "r\"\"\"Split at \\n.\"\"\"\n",
              .sources = "pydocstyle D301, flake8-docstrings D301, ruff D301",
              .selectable = true},
};

static uint32_t quote_count(Str written, uint32_t at) {
    uint32_t count = 0;
    while (at + count < written.len && written.at[at + count] == written.at[at])
        count++;
    return count;
}

static void change_quotes(Pass *pass, const Docstring *docstring, Finding *finding, char quote) {
    DocstringEdits edits;
    if (finding == NULL || !docstring_edits_begin(&edits, pass, docstring)) return;
    const StringPart *part = &edits.part;
    if (part->is_triple && part->quote == quote) return; // a fourth quote begins the text
    uint32_t width = part->is_triple ? 3 : 1;
    Str quotes = str_format(pass->arena, "%c%c%c", quote, quote, quote);
    docstring_edit(&edits, (Span){part->body_start - width, part->body_start}, quotes);
    docstring_edit(&edits, (Span){part->body_end, part->end}, quotes);
    docstring_edits_offer(&edits, finding);
}

// Three double quotes and something else; where three double quotes are part of the text, three
// single ones.
static void check_quotes(Pass *pass, const Docstring *docstring) {
    Str written = docstring->written;
    uint32_t at = 0;
    while (at < written.len && written.at[at] != '"' && written.at[at] != '\'')
        at++;
    char wanted = str_contains(docstring->value, STR("\"\"\"")) ? '\'' : '"';
    uint32_t count = quote_count(written, at);
    if (at < written.len && written.at[at] == wanted && count == 3) return;
    change_quotes(pass, docstring,
                  docstring_report(pass, &rules[D300], docstring, "the docstring is in `%.*s`",
                                   STR_ARG(str_slice(written, at, at + count))),
                  wanted);
}

static void check_backslashes(Pass *pass, const Docstring *docstring) {
    Str rest = docstring->written, before;
    if (str_starts_with(rest, STR("r")) || str_starts_with(rest, STR("ur"))) return;
    while (str_split(&rest, '\\', &before) && rest.len > 0) {
        char next = rest.at[0];
        if (next == '\n' || next == 'u' || next == 'N') continue;
        docstring_report(pass, &rules[D301], docstring,
                         "a backslash in a docstring that is not raw");
        return;
    }
}

static void check_definition(Pass *pass, const Definition *definition) {
    const Docstring *docstring = definition->text;
    if (docstring == NULL) return;
    check_quotes(pass, docstring);
    check_backslashes(pass, docstring);
}

static void check_tree(Pass *pass) {
    docstrings_for_each(pass, check_definition);
}

const Check d300_docstring_quotes = {.rules = LIST(rules), .on_tree = check_tree};
