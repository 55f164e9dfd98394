// How the lines of a docstring are indented, as pydocstyle 6.3 wants it.

#include "rule/docstring_edits.h"

enum { D206, D207, D208 };

#define HEAD "\"\"\"Wait.\"\"\"\n\n\n"

static const Rule rules[] = {
    [D206] = {.code = "D206",
              .name = "tab-indented-docstring",
              .summary = "docstring indented with blanks and tabs",
              .why = WHY_DOCSTRING_LAYOUT,
              .bad = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n\tIt ends.\n"
                          "    \"\"\"\n",
              .good = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n    It ends.\n"
                           "    \"\"\"\n",
              .sources = DOCSTRING_SOURCES("D206"),
              .selectable = true},
    [D207] = {.code = "D207",
              .name = "under-indented-docstring",
              .summary = "docstring indented less than the code around it",
              .why = WHY_DOCSTRING_LAYOUT,
              .bad = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n  It ends.\n"
                          "    \"\"\"\n",
              .good = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n    It ends.\n"
                           "    \"\"\"\n",
              .sources = DOCSTRING_SOURCES("D207"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D208] = {.code = "D208",
              .name = "over-indented-docstring",
              .summary = "docstring indented more than the code around it",
              .why = WHY_DOCSTRING_LAYOUT,
              .bad = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n        It ends.\n"
                          "    \"\"\"\n",
              .good = HEAD "def wait():\n    \"\"\"Wait for a random while.\n\n    It ends.\n"
                           "    \"\"\"\n",
              .sources = DOCSTRING_SOURCES("D208"),
              .selectable = true,
              .fix = FIX_SAFE},
};

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
        Str indent = unicode_leading_space(line);
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
        Str indent = unicode_leading_space(written_line(file, docstring, i));
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
        uint32_t length = unicode_leading_space(written_line(file, docstring, i)).len;
        if (is_closing)
            replace_indent(&edits, i, length, docstring->indent);
        else if (is_text_line(file, docstring, &block, i) && cut + more.len > 0)
            replace_indent(&edits, i, cut, more);
    }
    docstring_edits_offer(&edits, finding);
}

static void check_indentation(Pass *pass, const Docstring *docstring) {
    if (!str_contains(docstring->written, STR("\n"))) return;
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

static void check_definition(Pass *pass, const Definition *definition) {
    const Docstring *docstring = definition->text;
    if (docstring == NULL) return;
    check_indentation(pass, docstring);
}

static void check_tree(Pass *pass) {
    docstrings_for_each(pass, check_definition);
}

const Check d206_docstring_indentation = {.rules = LIST(rules), .on_tree = check_tree};
