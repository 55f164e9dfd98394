// Sections of a docstring, "Returns" and its like, and the parameters that they document. As
// pydocstyle 6.3 sees them: the lines of the literal as it is written, first numpy's section names,
// and where there is none, google's.

#ifndef ASYNCLINT_FACTS_DOCSTRING_SECTIONS_H
#define ASYNCLINT_FACTS_DOCSTRING_SECTIONS_H

#include "base/vec.h"
#include "facts/docstring.h"

typedef enum SectionForm { FORM_NUMPY = 1, FORM_GOOGLE = 2 } SectionForm;

// Without their line ends.
typedef struct TextLines {
    const Str *at;
    uint32_t count;
} TextLines;

typedef struct Section {
    Str name;          // as it is written
    const char *title; // as it should be
    unsigned forms;    // of that title
    Str line, previous;
    TextLines following; // up to the next section, or the docstring's last line
    uint32_t index;      // of the docstring's line with the name, from 0
    bool is_last;
} Section;

typedef VEC(Section) SectionList;

typedef struct Sections {
    SectionForm form;
    SectionList list;
} Sections;

// All of one form, in their order, in `arena`.
Sections docstring_sections(Arena *arena, const Docstring *docstring);

// What stands on the section's line behind its name.
Str section_behind_name(const Section *self);

typedef VEC(Str) ParameterNames;

// Whether it is one of the sections that say what parameters are for; which ones, in `arena`.
// Some names may be empty.
bool section_has_parameters(const Section *self, SectionForm form);
ParameterNames section_parameters(Arena *arena, const Section *self, SectionForm form);

TextLines lines_between(TextLines lines, uint32_t from, uint32_t to);

#endif
