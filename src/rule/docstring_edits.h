// Edits of a docstring as a fix, and whether the text that Python shows stays the same.

#ifndef ASYNCLINT_RULE_DOCSTRING_EDITS_H
#define ASYNCLINT_RULE_DOCSTRING_EDITS_H

#include "rule/docstrings.h"
#include "rule/finding.h"

typedef struct DocstringEdits {
    Pass *pass;
    const Docstring *docstring;
    StringPart part; // of the file's text
    Str newline;     // of the docstring's line
    VEC(Edit) list;
} DocstringEdits;

// False where the docstring is better left alone: it is joined of several literals, or its line
// ends are not those of the file (`\n`, a backslash at a line's end).
bool docstring_edits_begin(DocstringEdits *self, Pass *pass, const Docstring *docstring);

// `span` becomes `text` (not copied). To be called in the order of the file; edits don't overlap.
void docstring_edit(DocstringEdits *self, Span span, Str text);

// Gives the edits to the finding, if there are any. They are safe where inspect.cleandoc() gives
// the same text as before, else unsafe. Edits that would make a line too long, or of which no
// string literal comes, are not given at all.
void docstring_edits_offer(DocstringEdits *self, Finding *finding);

// Line `index` of the literal in the file's text, without its line end; on the first and last one,
// only the literal.
Span docstring_line(const File *file, const Docstring *docstring, uint32_t index);

// Whether the docstring begins its line, behind blanks or tabs alone.
bool docstring_begins_line(const Docstring *docstring);

// Takes out the lines `first` to `last` (not included) of the file, where nothing but blanks and
// tabs stands on them.
void finding_delete_blank_lines(Finding *finding, const File *file, uint32_t first, uint32_t last);

// inspect.cleandoc(). False where the text is indented with other things than blanks and tabs.
bool docstring_clean(Arena *arena, Str text, Str *cleaned);

#endif
