// Blanks and line ends in a docstring, as pydocstyle 6.3 wants them.

#include "rule/docstring_edits.h"

enum { D200, D205, D209, D210, D212, D213 };

static const Rule rules[] = {
    [D200] = {.code = "D200",
              .name = "spread-one-liner",
              .summary = "docstring of one line spread over several",
              .why = WHY_DOCSTRING_LAYOUT,
              .bad = "\"\"\"\nWait for a random while.\n\"\"\"\n",
              .good = "\"\"\"Wait for a random while.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D200"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D205] = {.code = "D205",
              .name = "no-blank-after-summary",
              .summary = "other than one blank line between summary and description",
              .why = WHY_DOCSTRING_LAYOUT,
              .bad = "\"\"\"Wait for a random while.\n\n\nThe while ends some time.\n\"\"\"\n",
              .good = "\"\"\"Wait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D205"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D209] = {.code = "D209",
              .name = "closing-quotes-not-alone",
              .summary =
                  "closing quotes of a docstring of several lines not on a line of their own",
              .why = WHY_DOCSTRING_LAYOUT,
              .bad = "\"\"\"Wait for a random while.\n\nThe while ends some time.\"\"\"\n",
              .good = "\"\"\"Wait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D209"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D210] = {.code = "D210",
              .name = "blank-around-docstring-text",
              .summary = "blank between the quotes and the text of a docstring",
              .why = WHY_DOCSTRING_LAYOUT,
              .bad = "\"\"\" Wait for a random while. \"\"\"\n",
              .good = "\"\"\"Wait for a random while.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D210"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D212] = {.code = "D212",
              .name = "summary-on-second-line",
              .summary = "docstring of several lines whose summary is not on the first one",
              .why = WHY_DOCSTRING_LAYOUT " D213 asks for the opposite: choose one.",
              .bad = "\"\"\"\nWait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .good = "\"\"\"Wait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D212"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D213] = {.code = "D213",
              .name = "summary-on-first-line",
              .summary = "docstring of several lines whose summary is not on the second one",
              .why = WHY_DOCSTRING_LAYOUT " D212 asks for the opposite: choose one.",
              .bad = "\"\"\"Wait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .good = "\"\"\"\nWait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D213"),
              .selectable = true,
              .fix = FIX_SAFE},
};

static bool has_several_lines(Str text) {
    return str_find_byte(text, '\n') < text.len;
}

static bool has_several_filled_lines(Str text) {
    uint32_t count = 0;
    Str line;
    while (count < 2 && str_split(&text, '\n', &line))
        count += !unicode_is_blank(line);
    return count == 2;
}

static bool is_layout(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// The blanks, tabs and line ends behind the opening quotes.
static Span leading_layout(const DocstringEdits *edits) {
    Str text = edits->pass->file->lines.text;
    Span span = {edits->part.body_start, edits->part.body_start};
    while (span.end < edits->part.body_end && is_layout(text.at[span.end]))
        span.end++;
    return span;
}

// Those before the closing ones; nothing where a backslash or a quote before them says that they
// have to be there.
static Span trailing_layout(const DocstringEdits *edits) {
    Str text = edits->pass->file->lines.text;
    Span span = {edits->part.body_end, edits->part.body_end};
    while (span.start > edits->part.body_start && is_layout(text.at[span.start - 1]))
        span.start--;
    char last = text.at[span.start - 1];
    if (last == '\\' || last == edits->part.quote) span.start = span.end;
    return span;
}

static bool begins_with_quote(const DocstringEdits *edits) {
    return edits->pass->file->lines.text.at[leading_layout(edits).end] == edits->part.quote;
}

static void join_lines(Pass *pass, const Docstring *docstring, Finding *finding) {
    DocstringEdits edits;
    if (finding == NULL || !docstring_edits_begin(&edits, pass, docstring)) return;
    Span after = trailing_layout(&edits);
    if (begins_with_quote(&edits) || after.start == after.end) return;
    docstring_edit(&edits, leading_layout(&edits), STR(""));
    docstring_edit(&edits, after, STR(""));
    docstring_edits_offer(&edits, finding);
}

static void check_one_liner(Pass *pass, const Docstring *docstring) {
    if (!has_several_lines(docstring->value) || has_several_filled_lines(docstring->value)) return;
    join_lines(
        pass, docstring,
        docstring_report(pass, &rules[D200], docstring, "one line of text spread over several"));
}

static Span lines_of_literal(Pass *pass, const Docstring *docstring, uint32_t first,
                             uint32_t last) {
    const Lines *lines = &pass->file->lines;
    return (Span){lines->starts[docstring->first_line + first],
                  lines->starts[docstring->first_line + last]};
}

// Leaves one of the `blank` lines under the summary.
static void delete_under_summary(Pass *pass, const Docstring *docstring, Finding *finding,
                                 uint32_t blank) {
    DocstringEdits edits;
    if (finding == NULL || blank == 0 || !docstring_edits_begin(&edits, pass, docstring)) return;
    uint32_t summary = 0;
    Str rest = docstring->value, line;
    while (str_split(&rest, '\n', &line) && unicode_is_blank(line))
        summary++;
    Span span = lines_of_literal(pass, docstring, summary + 2, summary + 1 + blank);
    docstring_edit(&edits, span, STR(""));
    docstring_edits_offer(&edits, finding);
}

static void check_after_summary(Pass *pass, const Docstring *docstring) {
    Str rest = unicode_trim(docstring->value), line;
    str_split(&rest, '\n', &line);
    if (rest.at == NULL || rest.len == 0) return;
    uint32_t blank = 0;
    while (str_split(&rest, '\n', &line) && unicode_is_blank(line))
        blank++;
    if (blank == 1) return;
    Finding *finding =
        docstring_report(pass, &rules[D205], docstring,
                         "%u blank lines between summary and description, not one", blank);
    delete_under_summary(pass, docstring, finding, blank);
}

static Str line_break(const DocstringEdits *edits) {
    return str_join(edits->pass->arena, edits->newline, edits->docstring->indent);
}

static void move_closing_quotes(Pass *pass, const Docstring *docstring, Finding *finding) {
    DocstringEdits edits;
    if (finding == NULL || !docstring_begins_line(docstring) ||
        !docstring_edits_begin(&edits, pass, docstring))
        return;
    docstring_edit(&edits, trailing_layout(&edits), line_break(&edits));
    docstring_edits_offer(&edits, finding);
}

static void check_closing_quotes(Pass *pass, const Docstring *docstring) {
    if (!has_several_filled_lines(docstring->value)) return;
    Str written = docstring->written;
    uint32_t newline = str_find_last_byte(written, '\n');
    Str last = unicode_trim(newline < written.len ? str_from(written, newline + 1) : written);
    if (str_is(last, "\"\"\"") || str_is(last, "'''")) return;
    move_closing_quotes(pass, docstring,
                        docstring_report(pass, &rules[D209], docstring,
                                         "the closing quotes are not on a line of their own"));
}

static void delete_inner_blanks(Pass *pass, const Docstring *docstring, Finding *finding,
                                bool ends) {
    DocstringEdits edits;
    if (finding == NULL || !docstring_edits_begin(&edits, pass, docstring)) return;
    Str text = pass->file->lines.text;
    Span before = {edits.part.body_start, edits.part.body_start}, after = trailing_layout(&edits);
    while (text.at[before.end] == ' ' || text.at[before.end] == '\t')
        before.end++;
    if (before.start < before.end && !begins_with_quote(&edits))
        docstring_edit(&edits, before, STR(""));
    if (ends && after.start < after.end) docstring_edit(&edits, after, STR(""));
    docstring_edits_offer(&edits, finding);
}

static void check_inner_blanks(Pass *pass, const Docstring *docstring) {
    bool starts = str_starts_with(docstring->value, STR(" "));
    bool ends = !has_several_lines(docstring->value) && str_ends_with(docstring->value, STR(" "));
    if (!starts && !ends) return;
    Finding *finding =
        docstring_report(pass, &rules[D210], docstring, "a blank %s the docstring's text",
                         !ends     ? "before"
                         : !starts ? "behind"
                                   : "before and behind");
    delete_inner_blanks(pass, docstring, finding, ends);
}

static bool is_opening_alone(Str written) {
    Str first = unicode_trim(str_slice(written, 0, str_find_byte(written, '\n')));
    static const char *const prefixes[] = {"", "u", "U", "r", "R", "ur", "uR", "Ur", "UR"};
    if (first.len < 3) return false;
    Str quotes = str_from(first, first.len - 3), prefix = str_slice(first, 0, first.len - 3);
    if (!str_is(quotes, "\"\"\"") && !str_is(quotes, "'''")) return false;
    return STR_IS_ONE_OF(prefix, prefixes);
}

static void move_summary(Pass *pass, const Docstring *docstring, Finding *finding, bool up) {
    DocstringEdits edits;
    if (up && !has_several_filled_lines(docstring->value)) {
        join_lines(pass, docstring, finding);
        return;
    }
    if (finding == NULL || !docstring_begins_line(docstring) ||
        !docstring_edits_begin(&edits, pass, docstring) || begins_with_quote(&edits))
        return;
    docstring_edit(&edits, leading_layout(&edits), up ? STR("") : line_break(&edits));
    docstring_edits_offer(&edits, finding);
}

static void check_summary_line(Pass *pass, const Docstring *docstring) {
    if (!has_several_lines(docstring->value)) return;
    if (is_opening_alone(docstring->written)) {
        Finding *finding =
            docstring_report(pass, &rules[D212], docstring, "the summary is not on the first line");
        move_summary(pass, docstring, finding, true);
        return;
    }
    Finding *finding =
        docstring_report(pass, &rules[D213], docstring, "the summary is not on the second line");
    // D212 wants it where it is.
    if (!docstring_wants(pass, &rules[D212])) move_summary(pass, docstring, finding, false);
}

static void check_definition(Pass *pass, const Definition *definition) {
    const Docstring *docstring = definition->text;
    if (docstring == NULL) return;
    check_one_liner(pass, docstring);
    check_after_summary(pass, docstring);
    check_closing_quotes(pass, docstring);
    check_inner_blanks(pass, docstring);
    check_summary_line(pass, docstring);
}

static void check_tree(Pass *pass) {
    docstrings_for_each(pass, check_definition);
}

const Check d200_docstring_layout = {.rules = LIST(rules), .on_tree = check_tree};
