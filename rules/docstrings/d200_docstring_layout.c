// Blank lines, blanks and indentation in and around a docstring, as pydocstyle 6.3 wants them.

#include "rule/docstring_edits.h"

enum {
    D200,
    D201,
    D202,
    D203,
    D204,
    D205,
    D206,
    D207,
    D208,
    D209,
    D210,
    D211,
    D212,
    D213,
};

#define SOURCES(code) "pydocstyle " code ", flake8-docstrings " code ", ruff " code
#define HEAD          "\"\"\"Wait.\"\"\"\n\n\n"
#define WHY_LAYOUT                                                                                 \
    "PEP 257 asks for one layout of docstrings; readers and tools find the parts where they\n"     \
    "expect them."

static const Rule rules[] = {
    [D200] = {.code = "D200",
              .name = "spread-one-liner",
              .summary = "docstring of one line spread over several",
              .why = WHY_LAYOUT,
              .bad = "\"\"\"\nWait for a random while.\n\"\"\"\n",
              .good = "\"\"\"Wait for a random while.\"\"\"\n",
              .sources = SOURCES("D200"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D201] = {.code = "D201",
              .name = "blank-before-function-docstring",
              .summary = "blank line before a function's docstring",
              .why = WHY_LAYOUT,
              .bad = HEAD "def wait():\n\n    \"\"\"Wait for a random while.\"\"\"\n",
              .good = HEAD "def wait():\n    \"\"\"Wait for a random while.\"\"\"\n",
              .sources = SOURCES("D201"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D202] = {.code = "D202",
              .name = "blank-after-function-docstring",
              .summary = "blank line after a function's docstring",
              .why = WHY_LAYOUT,
              .bad = HEAD "def wait():\n    \"\"\"Wait for a random while.\"\"\"\n\n    return 1\n",
              .good = HEAD "def wait():\n    \"\"\"Wait for a random while.\"\"\"\n    return 1\n",
              .sources = SOURCES("D202"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D203] = {.code = "D203",
              .name = "no-blank-before-class-docstring",
              .summary = "other than one blank line before a class's docstring",
              .why = WHY_LAYOUT " Convention of old; D211 is the newer one.",
              .bad = HEAD "class Tasks:\n    \"\"\"Tasks by name.\"\"\"\n",
              .good = HEAD "class Tasks:\n\n    \"\"\"Tasks by name.\"\"\"\n",
              .sources = SOURCES("D203"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D204] = {.code = "D204",
              .name = "no-blank-after-class-docstring",
              .summary = "other than one blank line after a class's docstring",
              .why = WHY_LAYOUT,
              .bad = HEAD "class Tasks:\n    \"\"\"Tasks by name.\"\"\"\n    limit = 10\n",
              .good = HEAD "class Tasks:\n    \"\"\"Tasks by name.\"\"\"\n\n    limit = 10\n",
              .sources = SOURCES("D204"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D205] = {.code = "D205",
              .name = "no-blank-after-summary",
              .summary = "other than one blank line between summary and description",
              .why = WHY_LAYOUT,
              .bad = "\"\"\"Wait for a random while.\n\n\nThe while ends some time.\n\"\"\"\n",
              .good = "\"\"\"Wait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .sources = SOURCES("D205"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D206] = {.code = "D206",
              .name = "tab-indented-docstring",
              .summary = "docstring indented with blanks and tabs",
              .why = WHY_LAYOUT,
              .bad = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n\tIt ends.\n"
                          "    \"\"\"\n",
              .good = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n    It ends.\n"
                           "    \"\"\"\n",
              .sources = SOURCES("D206"),
              .selectable = true},
    [D207] = {.code = "D207",
              .name = "under-indented-docstring",
              .summary = "docstring indented less than the code around it",
              .why = WHY_LAYOUT,
              .bad = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n  It ends.\n"
                          "    \"\"\"\n",
              .good = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n    It ends.\n"
                           "    \"\"\"\n",
              .sources = SOURCES("D207"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D208] = {.code = "D208",
              .name = "over-indented-docstring",
              .summary = "docstring indented more than the code around it",
              .why = WHY_LAYOUT,
              .bad = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n        It ends.\n"
                          "    \"\"\"\n",
              .good = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n    It ends.\n"
                           "    \"\"\"\n",
              .sources = SOURCES("D208"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D209] = {.code = "D209",
              .name = "closing-quotes-not-alone",
              .summary =
                  "closing quotes of a docstring of several lines not on a line of their own",
              .why = WHY_LAYOUT,
              .bad = "\"\"\"Wait for a random while.\n\nThe while ends some time.\"\"\"\n",
              .good = "\"\"\"Wait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .sources = SOURCES("D209"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D210] = {.code = "D210",
              .name = "blank-around-docstring-text",
              .summary = "blank between the quotes and the text of a docstring",
              .why = WHY_LAYOUT,
              .bad = "\"\"\" Wait for a random while. \"\"\"\n",
              .good = "\"\"\"Wait for a random while.\"\"\"\n",
              .sources = SOURCES("D210"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D211] = {.code = "D211",
              .name = "blank-before-class-docstring",
              .summary = "blank line before a class's docstring",
              .why = WHY_LAYOUT,
              .bad = HEAD "class Tasks:\n\n    \"\"\"Tasks by name.\"\"\"\n",
              .good = HEAD "class Tasks:\n    \"\"\"Tasks by name.\"\"\"\n",
              .sources = SOURCES("D211"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D212] = {.code = "D212",
              .name = "summary-on-second-line",
              .summary = "docstring of several lines whose summary is not on the first one",
              .why = WHY_LAYOUT " D213 asks for the opposite: choose one.",
              .bad = "\"\"\"\nWait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .good = "\"\"\"Wait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .sources = SOURCES("D212"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D213] = {.code = "D213",
              .name = "summary-on-first-line",
              .summary = "docstring of several lines whose summary is not on the second one",
              .why = WHY_LAYOUT " D212 asks for the opposite: choose one.",
              .bad = "\"\"\"Wait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .good = "\"\"\"\nWait for a random while.\n\nThe while ends some time.\n\"\"\"\n",
              .sources = SOURCES("D213"),
              .selectable = true,
              .fix = FIX_SAFE},
};

// ---- Lines around the docstring ----

static bool is_blank_line(const File *file, uint32_t line) {
    return unicode_is_blank(line_text(&file->lines, line));
}

static bool is_comment_line(const File *file, uint32_t line) {
    return str_starts_with(unicode_trim(line_text(&file->lines, line)), STR("#"));
}

// The first line behind that of `offset` that is neither blank nor a comment.
static uint32_t next_code_line(const File *file, uint32_t offset) {
    uint32_t line = lines_find(&file->lines, offset) + 1;
    while (line < file->lines.count && (is_blank_line(file, line) || is_comment_line(file, line)))
        line++;
    return line;
}

// The last line of the definition that is neither blank nor a comment: comments behind its last
// statement belong to it until the next code, but do not end it.
static uint32_t last_code_line(const File *file, const Docstring *docstring) {
    uint32_t line = next_code_line(file, docstring->definition->node->end);
    uint32_t least = docstring->last_line;
    while (line > least + 1 && (is_blank_line(file, line - 1) || is_comment_line(file, line - 1)))
        line--;
    return line == 0 ? 0 : line - 1;
}

static uint32_t count_blank_before(const File *file, const Docstring *docstring) {
    uint32_t first = lines_find(&file->lines, docstring->definition->node->start);
    uint32_t count = 0;
    for (uint32_t line = docstring->first_line; line > first && is_blank_line(file, line - 1);
         line--)
        count++;
    return count;
}

static bool has_code_after(const File *file, const Docstring *docstring) {
    return last_code_line(file, docstring) > docstring->last_line;
}

static uint32_t count_blank_after(const File *file, const Docstring *docstring) {
    uint32_t count = 0;
    for (uint32_t line = docstring->last_line + 1;
         line < file->lines.count && is_blank_line(file, line); line++)
        count++;
    return count;
}

// Whether nothing but blanks stands between the docstring and an inner definition.
static bool is_followed_by_definition(const File *file, const Docstring *docstring) {
    Str after = str_from(file->lines.text, docstring->node->end);
    Str code = unicode_trim_start(after);
    if (code.len == after.len) return false;
    static const char *const words[] = {"class", "def", "async def"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        Str word = str_of(words[i]);
        if (str_starts_with(code, word) && code.len > word.len &&
            unicode_is_space((uint8_t)code.at[word.len]))
            return true;
    }
    return str_starts_with(code, STR("@"));
}

static void delete_before(Pass *pass, const Docstring *docstring, Finding *finding,
                          uint32_t count) {
    uint32_t last = docstring->first_line;
    if (finding != NULL) finding_delete_blank_lines(finding, pass->file, last - count, last);
}

static void delete_after(Pass *pass, const Docstring *docstring, Finding *finding, uint32_t count) {
    uint32_t first = docstring->last_line + 1;
    if (finding != NULL) finding_delete_blank_lines(finding, pass->file, first, first + count);
}

static void insert_blank_line(Pass *pass, Finding *finding, uint32_t line) {
    uint32_t at = pass->file->lines.starts[line];
    finding_edit(finding, FIX_SAFE, (Span){at, at}, line_end_like(&pass->file->lines, line - 1));
}

static void check_around_function(Pass *pass, const Docstring *docstring) {
    uint32_t before = count_blank_before(pass->file, docstring);
    uint32_t after = count_blank_after(pass->file, docstring);
    if (before != 0)
        delete_before(pass, docstring,
                      docstring_report(pass, &rules[D201], docstring,
                                       "%u blank line%s before the function's docstring", before,
                                       before == 1 ? "" : "s"),
                      before);
    if (after == 0 || !has_code_after(pass->file, docstring)) return;
    bool one_is_fine = is_followed_by_definition(pass->file, docstring);
    if (after == 1 && one_is_fine) return;
    Finding *finding = docstring_report(pass, &rules[D202], docstring,
                                        "%u blank line%s after the function's docstring", after,
                                        after == 1 ? "" : "s");
    delete_after(pass, docstring, finding, after - one_is_fine);
}

static void check_before_class(Pass *pass, const Docstring *docstring) {
    uint32_t before = count_blank_before(pass->file, docstring);
    if (before != 0)
        delete_before(pass, docstring,
                      docstring_report(pass, &rules[D211], docstring,
                                       "%u blank line%s before the class's docstring", before,
                                       before == 1 ? "" : "s"),
                      before);
    if (before == 1) return;
    Finding *finding =
        docstring_report(pass, &rules[D203], docstring,
                         "%u blank lines before the class's docstring, not one", before);
    // D211 wants none.
    if (finding == NULL || docstring_wants(pass, &rules[D211])) return;
    if (before > 1)
        delete_before(pass, docstring, finding, before - 1);
    else if (docstring_begins_line(docstring))
        insert_blank_line(pass, finding, docstring->first_line);
}

static bool ends_line(const File *file, const Docstring *docstring) {
    uint32_t end = line_text_end(&file->lines, docstring->last_line);
    Str rest = unicode_trim_start(str_slice(file->lines.text, docstring->node->end, end));
    return rest.len == 0 || rest.at[0] == '#';
}

static void check_after_class(Pass *pass, const Docstring *docstring) {
    uint32_t after = count_blank_after(pass->file, docstring);
    if (after == 1 || !has_code_after(pass->file, docstring)) return;
    Finding *finding =
        docstring_report(pass, &rules[D204], docstring,
                         "%u blank lines after the class's docstring, not one", after);
    if (after > 1)
        delete_after(pass, docstring, finding, after - 1);
    else if (finding != NULL && ends_line(pass->file, docstring))
        insert_blank_line(pass, finding, docstring->last_line + 1);
}

// ---- Lines of the text ----

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

// ---- Indentation ----

typedef struct Indents {
    bool any, several;  // lines with text behind the first one
    Str least;          // of all
    Str least_but_last; // of all but the last one
    Str last;
    bool has_blank, has_tab, has_other;
} Indents;

static void note_characters(Indents *self, Str indent) {
    for (uint32_t i = 0; i < indent.len; i++) {
        self->has_blank |= indent.at[i] == ' ';
        self->has_tab |= indent.at[i] == '\t';
        self->has_other |= indent.at[i] != ' ' && indent.at[i] != '\t';
    }
}

static Str leading_space(Str line) {
    return str_slice(line, 0, line.len - unicode_trim_start(line).len);
}

static void note_indent(Indents *self, Str indent) {
    if (self->any) {
        self->least_but_last = self->least;
        self->several = true;
    }
    if (!self->any || str_compare(indent, self->least) < 0) self->least = indent;
    self->last = indent;
    self->any = true;
    note_characters(self, indent);
}

// The first line and what a backslash continues need no indentation.
static Indents read_indents(const Docstring *docstring) {
    Indents self = {0};
    Str rest = docstring->written, line;
    str_split(&rest, '\n', &line);
    bool continues = str_ends_with(line, STR("\\"));
    while (str_split(&rest, '\n', &line)) {
        Str indent = leading_space(line);
        if (!continues && indent.len < line.len) note_indent(&self, indent);
        continues = str_ends_with(line, STR("\\"));
    }
    note_characters(&self, docstring->indent);
    return self;
}

// ---- Indenting anew ----

typedef struct Block {
    uint32_t count;       // lines of the literal
    bool is_closed_alone; // the last one holds the closing quotes alone
    Str least;            // indentation of the other ones that are not blank
    Str last, least_but_last;
    bool any, several, is_mixed;
} Block;

static Str written_line(const File *file, const Docstring *docstring, uint32_t index) {
    Span span = docstring_line(file, docstring, index);
    return str_slice(file->lines.text, span.start, span.end);
}

// What is between the line's start and its text; on the last line, the closing quotes are no text.
static bool is_text_line(const File *file, const Docstring *docstring, const Block *block,
                         uint32_t index) {
    if (index + 1 == block->count && block->is_closed_alone) return false;
    return !unicode_is_blank(written_line(file, docstring, index));
}

static bool consists_of(Str text, char c) {
    for (uint32_t i = 0; i < text.len; i++)
        if (text.at[i] != c) return false;
    return true;
}

static Block read_block(const File *file, const Docstring *docstring) {
    Block self = {.count = docstring->last_line - docstring->first_line + 1};
    Str last = unicode_trim_start(written_line(file, docstring, self.count - 1));
    self.is_closed_alone = str_is(last, "\"\"\"") || str_is(last, "'''");
    char blank = docstring->indent.len > 0 ? docstring->indent.at[0] : ' ';
    self.is_mixed = !consists_of(docstring->indent, blank);
    for (uint32_t i = 1; i < self.count; i++) {
        if (!is_text_line(file, docstring, &self, i)) continue;
        Str indent = leading_space(written_line(file, docstring, i));
        self.is_mixed |= !consists_of(indent, blank);
        self.several = self.any;
        self.least_but_last = self.least;
        self.last = indent;
        if (!self.any || indent.len < self.least.len) self.least = indent;
        self.any = true;
    }
    return self;
}

// A last line of text, which the closing quotes end, must not stand deeper than the others: D208
// would find it there.
static bool can_line_up(const Block *block) {
    if (block->is_closed_alone || !block->any) return true;
    bool is_last_least = block->last.len == block->least.len;
    return is_last_least && (!block->several || block->least_but_last.len == block->least.len);
}

// The first `length` bytes of the line become `indent`. The line end before it is part of the edit:
// so no other edit moves the line meanwhile.
static void replace_indent(DocstringEdits *edits, uint32_t index, uint32_t length, Str indent) {
    const File *file = edits->pass->file;
    uint32_t start = docstring_line(file, edits->docstring, index).start;
    Str end = str_slice(file->lines.text, start - 1, start);
    docstring_edit(edits, (Span){start - 1, start + length},
                   str_join(edits->pass->arena, end, indent));
}

// Moves all lines by as much as the one that is indented least is off, so that the text keeps its
// shape, and the closing quotes below the opening ones.
static void indent_anew(Pass *pass, const Docstring *docstring, Finding *finding) {
    DocstringEdits edits;
    const File *file = pass->file;
    if (finding == NULL || !docstring_begins_line(docstring) ||
        !docstring_edits_begin(&edits, pass, docstring))
        return;
    Block block = read_block(file, docstring);
    if (block.is_mixed || !can_line_up(&block)) return;
    uint32_t wanted = docstring->indent.len, cut = 0;
    Str more = STR("");
    if (block.any && block.least.len > wanted) cut = block.least.len - wanted;
    if (block.any && block.least.len < wanted) more = str_from(docstring->indent, block.least.len);
    for (uint32_t i = 1; i < block.count; i++) {
        bool is_closing = i + 1 == block.count && block.is_closed_alone;
        uint32_t length = leading_space(written_line(file, docstring, i)).len;
        if (is_closing)
            replace_indent(&edits, i, length, docstring->indent);
        else if (is_text_line(file, docstring, &block, i) && cut + more.len > 0)
            replace_indent(&edits, i, cut, more);
    }
    docstring_edits_offer(&edits, finding);
}

static void check_indentation(Pass *pass, const Docstring *docstring) {
    if (!has_several_lines(docstring->written)) return;
    Indents indents = read_indents(docstring);
    if (indents.has_blank && indents.has_tab && !indents.has_other)
        docstring_report(pass, &rules[D206], docstring,
                         "the docstring is indented with blanks and tabs");
    bool is_over =
        (indents.several && str_compare(indents.least_but_last, docstring->indent) > 0) ||
        (indents.any && str_compare(indents.last, docstring->indent) > 0);
    if (is_over)
        indent_anew(
            pass, docstring,
            docstring_report(pass, &rules[D208], docstring, "the docstring is over-indented"));
    if (indents.any && str_compare(indents.least, docstring->indent) < 0)
        indent_anew(
            pass, docstring,
            docstring_report(pass, &rules[D207], docstring, "the docstring is under-indented"));
}

// ---- Hooks ----

static void check_definition(Pass *pass, const Definition *definition) {
    const Docstring *docstring = definition->text;
    if (docstring == NULL) return;
    check_one_liner(pass, docstring);
    if (definition_is_function(definition)) check_around_function(pass, docstring);
    if (definition_is_class(definition)) {
        check_before_class(pass, docstring);
        check_after_class(pass, docstring);
    }
    check_after_summary(pass, docstring);
    check_indentation(pass, docstring);
    check_closing_quotes(pass, docstring);
    check_inner_blanks(pass, docstring);
    check_summary_line(pass, docstring);
}

static void check_tree(Pass *pass) {
    docstrings_for_each(pass, check_definition);
}

const Check d200_docstring_layout = {.rules = LIST(rules), .on_tree = check_tree};
