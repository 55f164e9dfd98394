// Sections of a docstring, "Returns" and its like: their names, underlines, blank lines, and
// whether "Parameters" and "Args" name what the signature has, as pydocstyle 6.3 sees it.

#include "facts/docstring_sections.h"
#include "facts/signature.h"
#include "rule/docstring_edits.h"

#include <stdlib.h>

enum {
    D214,
    D215,
    D405,
    D406,
    D407,
    D408,
    D409,
    D410,
    D411,
    D412,
    D413,
    D414,
    D416,
    D417,
};

#define WHY_SECTIONS                                                                               \
    "Tools find the sections of a docstring by their form; a section that is written in\n"         \
    "another way is text to them."
#define NUMPY_START  "\"\"\"Wait.\n\n"
#define RETURNS      "Returns\n-------\nfloat\n\"\"\"\n"
#define GOOGLE_START "\"\"\"Wait.\"\"\"\n\n\ndef wait(low, high):\n    \"\"\"Wait for a while.\n\n"

static const Rule rules[] = {
    [D214] = {.code = "D214",
              .name = "over-indented-section",
              .summary = "section of a docstring that is over-indented",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "  " RETURNS,
              .good = NUMPY_START RETURNS,
              .sources = DOCSTRING_SOURCES("D214"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D215] = {.code = "D215",
              .name = "over-indented-underline",
              .summary = "underline of a section that is over-indented",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\n  -------\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = DOCSTRING_SOURCES("D215"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D405] = {.code = "D405",
              .name = "section-capitals",
              .summary = "name of a section not capitalized",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "returns\n-------\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = DOCSTRING_SOURCES("D405"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D406] = {.code = "D406",
              .name = "section-name-followed",
              .summary = "name of a section in numpy's form followed by something",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns:\n-------\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = DOCSTRING_SOURCES("D406"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D407] = {.code = "D407",
              .name = "section-not-underlined",
              .summary = "name of a section not underlined",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = DOCSTRING_SOURCES("D407"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D408] = {.code = "D408",
              .name = "underline-not-next",
              .summary = "underline not on the line behind the section's name",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\n\n-------\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = DOCSTRING_SOURCES("D408"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D409] = {.code = "D409",
              .name = "underline-length",
              .summary = "underline not as long as the section's name",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\n---\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = DOCSTRING_SOURCES("D409"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D410] = {.code = "D410",
              .name = "no-blank-after-section",
              .summary = "no blank line between two sections",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Yields\n------\nfloat.\n" RETURNS,
              .good = NUMPY_START "Yields\n------\nfloat.\n\n" RETURNS,
              .sources = DOCSTRING_SOURCES("D410"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D411] = {.code = "D411",
              .name = "no-blank-before-section",
              .summary = "no blank line before a section",
              .why = WHY_SECTIONS,
              .bad = "\"\"\"Wait.\n\nFor long.\n" RETURNS,
              .good = "\"\"\"Wait.\n\nFor long.\n\n" RETURNS,
              .sources = DOCSTRING_SOURCES("D411"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D412] = {.code = "D412",
              .name = "blank-under-section-name",
              .summary = "blank line between a section's name and its text",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\n-------\n\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = DOCSTRING_SOURCES("D412"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D413] = {.code = "D413",
              .name = "no-blank-after-last-section",
              .summary = "no blank line behind the last section",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START RETURNS,
              .good = NUMPY_START "Returns\n-------\nfloat\n\n\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D413"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D414] = {.code = "D414",
              .name = "empty-section",
              .summary = "section without text",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\n-------\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = DOCSTRING_SOURCES("D414"),
              .selectable = true},
    [D416] = {.code = "D416",
              .name = "section-without-colon",
              .summary = "name of a section in google's form without a colon",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Args\n    n: How often.\n\"\"\"\n",
              .good = NUMPY_START "Args:\n    n: How often.\n\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D416"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D417] = {.code = "D417",
              .name = "undocumented-parameter",
              .summary = "parameter that the docstring's list of parameters leaves out",
              .why = "Who looks a parameter up finds all but that one.",
              .bad = GOOGLE_START "    Args:\n        low: At least.\n    \"\"\"\n",
              .good = GOOGLE_START "    Args:\n        low: At least.\n        high: At most.\n"
                                   "    \"\"\"\n",
              .sources = DOCSTRING_SOURCES("D417"),
              .selectable = true},
};

// ---- Edits ----

// Line `index` of the docstring in the file, and where its text stands on it.
static Span text_of_line(const Pass *pass, const Docstring *docstring, uint32_t index) {
    Span line = docstring_line(pass->file, docstring, index);
    Str text = str_slice(pass->file->lines.text, line.start, line.end);
    uint32_t start = line.end - unicode_trim_start(text).len;
    return (Span){start, start + unicode_trim(text).len};
}

// One edit as the finding's fix. `finding` may be NULL.
static void offer(Pass *pass, const Docstring *docstring, Finding *finding, Span span, Str text) {
    DocstringEdits edits;
    if (finding == NULL || !docstring_edits_begin(&edits, pass, docstring)) return;
    docstring_edit(&edits, span, text);
    docstring_edits_offer(&edits, finding);
}

static void delete_lines(Pass *pass, const Docstring *docstring, Finding *finding, uint32_t first,
                         uint32_t last) {
    const uint32_t *starts = pass->file->lines.starts + docstring->first_line;
    offer(pass, docstring, finding, (Span){starts[first], starts[last]}, STR(""));
}

// A blank line before line `index`.
static void insert_blank_line(Pass *pass, const Docstring *docstring, Finding *finding,
                              uint32_t index) {
    uint32_t at = docstring_line(pass->file, docstring, index).start;
    Str newline = line_end_like(&pass->file->lines, docstring->first_line);
    offer(pass, docstring, finding, (Span){at, at}, newline);
}

// Puts the line below the docstring's first one.
static void move_left(Pass *pass, const Docstring *docstring, Finding *finding, uint32_t index) {
    uint32_t start = docstring_line(pass->file, docstring, index).start;
    uint32_t end = text_of_line(pass, docstring, index).start;
    if (docstring_begins_line(docstring))
        offer(pass, docstring, finding, (Span){start, end}, docstring->indent);
}

static void replace_name(Pass *pass, const Docstring *docstring, Finding *finding,
                         const Section *section) {
    uint32_t start = text_of_line(pass, docstring, section->index).start;
    offer(pass, docstring, finding, (Span){start, start + section->name.len},
          str_of(section->title));
}

// What stands behind the section's name on its line becomes `text`.
static void replace_behind_name(Pass *pass, const Docstring *docstring, Finding *finding,
                                const Section *section, Str text) {
    Span line = text_of_line(pass, docstring, section->index);
    offer(pass, docstring, finding, (Span){line.start + section->name.len, line.end}, text);
}

static Str dashes(Arena *arena, const char *title) {
    uint32_t length = (uint32_t)strlen(title);
    char *out = arena_alloc_raw(arena, length, 1);
    memset(out, '-', length);
    return (Str){out, length};
}

// The section's line goes into the edit with the line end before it: so it is not indented anew in
// the same round, and its underline left where it was.
static void insert_underline(Pass *pass, const Docstring *docstring, Finding *finding,
                             const Section *section) {
    Str text = pass->file->lines.text;
    Span line = docstring_line(pass->file, docstring, section->index);
    uint32_t name = text_of_line(pass, docstring, section->index).start;
    Str newline = line_end_like(&pass->file->lines, docstring->first_line);
    Str underline = str_join3(pass->arena, newline, str_slice(text, line.start, name),
                              dashes(pass->arena, section->title));
    Span span = {line.start - 1, line.end};
    offer(pass, docstring, finding, span,
          str_join(pass->arena, str_slice(text, span.start, span.end), underline));
}

// ---- Names, blank lines, underlines ----

static bool all_are_blank(TextLines lines) {
    for (uint32_t i = 0; i < lines.count; i++)
        if (!unicode_is_blank(lines.at[i])) return false;
    return true;
}

static bool is_underline(Str line) {
    Str text = unicode_trim(line);
    for (uint32_t i = 0; i < text.len; i++)
        if (text.at[i] != '-') return false;
    return text.len > 0;
}

// `lines` begins with line `index` of the docstring, and has text.
static void check_blank_under_name(Pass *pass, const Docstring *docstring, const Section *section,
                                   uint32_t index, TextLines lines) {
    uint32_t blank = 0;
    while (unicode_is_blank(lines.at[blank]))
        blank++;
    if (blank == 0) return;
    delete_lines(pass, docstring,
                 docstring_report(pass, &rules[D412], docstring,
                                  "a blank line between the name of the section `%s` and its text",
                                  section->title),
                 index, index + blank);
}

static void check_underline(Pass *pass, const Docstring *docstring, const Section *section,
                            uint32_t blank) {
    Str underline = section->following.at[blank];
    uint32_t expected = (uint32_t)strlen(section->title), length = unicode_trim(underline).len;
    uint32_t index = section->index + 1 + blank;
    if (blank > 0)
        delete_lines(pass, docstring,
                     docstring_report(pass, &rules[D408], docstring,
                                      "a blank line between the section `%s` and its underline",
                                      section->title),
                     section->index + 1, index);
    if (length != expected)
        offer(pass, docstring,
              docstring_report(pass, &rules[D409], docstring,
                               "the underline of the section `%s` has %u dashes, not %u",
                               section->title, length, expected),
              text_of_line(pass, docstring, index), dashes(pass->arena, section->title));
    if (str_compare(unicode_leading_space(underline), docstring->indent) > 0)
        move_left(pass, docstring,
                  docstring_report(pass, &rules[D215], docstring,
                                   "the underline of the section `%s` is over-indented",
                                   section->title),
                  index);
    TextLines rest = lines_between(section->following, blank + 1, section->following.count);
    if (all_are_blank(rest))
        docstring_report(pass, &rules[D414], docstring, "the section `%s` is empty",
                         section->title);
    else
        check_blank_under_name(pass, docstring, section, index + 1, rest);
}

static void check_under_name(Pass *pass, const Docstring *docstring, const Section *section,
                             SectionForm form) {
    uint32_t blank = 0;
    while (blank < section->following.count && unicode_is_blank(section->following.at[blank]))
        blank++;
    bool is_empty = blank == section->following.count;
    if (!is_empty && is_underline(section->following.at[blank])) {
        check_underline(pass, docstring, section, blank);
        return;
    }
    Finding *finding = docstring_report(pass, &rules[D407], docstring,
                                        "the section `%s` is not underlined", section->title);
    // In google's form an underline would be taken for the section's text.
    if (form == FORM_NUMPY) insert_underline(pass, docstring, finding, section);
    if (is_empty)
        docstring_report(pass, &rules[D414], docstring, "the section `%s` is empty",
                         section->title);
    else
        check_blank_under_name(pass, docstring, section, section->index + 1, section->following);
}

// The last section ends before the docstring's last line; where that is not the closing quotes
// alone, D209 comes first.
static void check_end_of_section(Pass *pass, const Docstring *docstring, const Section *section) {
    Finding *finding = docstring_report(pass, section->is_last ? &rules[D413] : &rules[D410],
                                        docstring, "no blank line behind the %ssection `%s`",
                                        section->is_last ? "last " : "", section->title);
    uint32_t end = section->index + 1 + section->following.count;
    Span line = docstring_line(pass->file, docstring, end);
    Str text = unicode_trim(str_slice(pass->file->lines.text, line.start, line.end));
    if (!section->is_last || str_is(text, "\"\"\"") || str_is(text, "'''"))
        insert_blank_line(pass, docstring, finding, end);
}

static void check_section(Pass *pass, const Docstring *docstring, const Section *section,
                          SectionForm form) {
    if (!str_is(section->name, section->title))
        replace_name(pass, docstring,
                     docstring_report(pass, &rules[D405], docstring,
                                      "the section `%s` is written `%.*s`", section->title,
                                      STR_ARG(section->name)),
                     section);
    if (str_compare(unicode_leading_space(section->line), docstring->indent) > 0)
        move_left(pass, docstring,
                  docstring_report(pass, &rules[D214], docstring,
                                   "the section `%s` is over-indented", section->title),
                  section->index);
    TextLines following = section->following;
    if (following.count == 0 || !unicode_is_blank(following.at[following.count - 1]))
        check_end_of_section(pass, docstring, section);
    if (!unicode_is_blank(section->previous))
        insert_blank_line(pass, docstring,
                          docstring_report(pass, &rules[D411], docstring,
                                           "no blank line before the section `%s`", section->title),
                          section->index);
    check_under_name(pass, docstring, section, form);
}

// ---- Parameters ----

static bool has_name(const ParameterNames *names, Str name) {
    for (uint32_t i = 0; i < names->len; i++)
        if (str_eq(names->at[i], name)) return true;
    return false;
}

static int compare_names(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

// What has to be documented: neither the first parameter of a method, nor `*args`, `**kwargs`,
// positional-only ones, nor what begins with an underscore.
static ParameterNames documentable(Pass *pass, const Definition *definition) {
    Signature signature = signature_of(pass->arena, definition->node);
    bool skips_first = definition->kind == DEFINITION_METHOD &&
                       !definition_has_decorator(pass->file, definition, STR("staticmethod"));
    ParameterNames names = {0};
    for (uint32_t i = 0; i < signature.parameters.len; i++) {
        const Parameter *parameter = &signature.parameters.at[i];
        if (parameter->kind != PARAMETER_ORDINARY && parameter->kind != PARAMETER_KEYWORD_ONLY)
            continue;
        Str name = node_text(pass->file, parameter->name);
        if (!skips_first && !str_starts_with(name, STR("_"))) vec_push(pass->arena, &names, name);
        skips_first = false;
    }
    return names;
}

static void report_missing(Pass *pass, const Docstring *docstring,
                           const ParameterNames *documented) {
    const Definition *definition = docstring->definition;
    if (!definition_is_function(definition)) return;
    ParameterNames names = documentable(pass, definition);
    if (names.len > 1) qsort(names.at, names.len, sizeof(Str), compare_names);
    Str list = {0};
    for (uint32_t i = 0; i < names.len; i++)
        if (!has_name(documented, names.at[i]))
            list = list.len == 0 ? str_format(pass->arena, "`%.*s`", STR_ARG(names.at[i]))
                                 : str_format(pass->arena, "%.*s, `%.*s`", STR_ARG(list),
                                              STR_ARG(names.at[i]));
    if (list.len > 0)
        docstring_report(pass, &rules[D417], docstring, "the docstring of `%.*s` leaves out %.*s",
                         STR_ARG(definition_name(pass->file, definition)), STR_ARG(list));
}

// ---- Conventions ----

static void check_numpy_name(Pass *pass, const Docstring *docstring, const Section *section) {
    if (section_behind_name(section).len == 0) return;
    Finding *finding =
        docstring_report(pass, &rules[D406], docstring, "the section `%s` is written `%.*s`",
                         section->title, STR_ARG(unicode_trim(section->line)));
    replace_behind_name(pass, docstring, finding, section, STR(""));
}

static void check_google_name(Pass *pass, const Docstring *docstring, const Section *section) {
    if (str_is(section_behind_name(section), ":")) return;
    Finding *finding =
        docstring_report(pass, &rules[D416], docstring, "the section `%s` is written `%.*s`",
                         section->title, STR_ARG(unicode_trim(section->line)));
    replace_behind_name(pass, docstring, finding, section, STR(":"));
}

static void check_definition(Pass *pass, const Definition *definition) {
    const Docstring *docstring = definition->text;
    if (docstring == NULL) return;
    Sections sections = docstring_sections(pass->arena, docstring);
    for (uint32_t i = 0; i < sections.list.len; i++) {
        const Section *section = &sections.list.at[i];
        check_section(pass, docstring, section, sections.form);
        if (sections.form == FORM_NUMPY)
            check_numpy_name(pass, docstring, section);
        else
            check_google_name(pass, docstring, section);
        if (!section_has_parameters(section, sections.form)) continue;
        ParameterNames documented = section_parameters(pass->arena, section, sections.form);
        report_missing(pass, docstring, &documented);
    }
}

static void check_tree(Pass *pass) {
    docstrings_for_each(pass, check_definition);
}

const Check d214_docstring_sections = {.rules = LIST(rules), .on_tree = check_tree};
