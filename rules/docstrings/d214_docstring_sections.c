// Sections of a docstring, "Returns" and its like: their names, underlines, blank lines, and
// whether "Parameters" and "Args" name what the signature has. As pydocstyle 6.3 sees them: the
// lines of the literal as it is written, first numpy's section names, and where there is none,
// google's.

#include "base/ascii.h"
#include "base/utf8.h"
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

#define SOURCES(code) "pydocstyle " code ", flake8-docstrings " code ", ruff " code
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
              .sources = SOURCES("D214"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D215] = {.code = "D215",
              .name = "over-indented-underline",
              .summary = "underline of a section that is over-indented",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\n  -------\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = SOURCES("D215"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D405] = {.code = "D405",
              .name = "section-capitals",
              .summary = "name of a section not capitalized",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "returns\n-------\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = SOURCES("D405"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D406] = {.code = "D406",
              .name = "section-name-followed",
              .summary = "name of a section in numpy's form followed by something",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns:\n-------\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = SOURCES("D406"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D407] = {.code = "D407",
              .name = "section-not-underlined",
              .summary = "name of a section not underlined",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = SOURCES("D407"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D408] = {.code = "D408",
              .name = "underline-not-next",
              .summary = "underline not on the line behind the section's name",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\n\n-------\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = SOURCES("D408"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D409] = {.code = "D409",
              .name = "underline-length",
              .summary = "underline not as long as the section's name",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\n---\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = SOURCES("D409"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D410] = {.code = "D410",
              .name = "no-blank-after-section",
              .summary = "no blank line between two sections",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Yields\n------\nfloat.\n" RETURNS,
              .good = NUMPY_START "Yields\n------\nfloat.\n\n" RETURNS,
              .sources = SOURCES("D410"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D411] = {.code = "D411",
              .name = "no-blank-before-section",
              .summary = "no blank line before a section",
              .why = WHY_SECTIONS,
              .bad = "\"\"\"Wait.\n\nFor long.\n" RETURNS,
              .good = "\"\"\"Wait.\n\nFor long.\n\n" RETURNS,
              .sources = SOURCES("D411"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D412] = {.code = "D412",
              .name = "blank-under-section-name",
              .summary = "blank line between a section's name and its text",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\n-------\n\nfloat\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = SOURCES("D412"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D413] = {.code = "D413",
              .name = "no-blank-after-last-section",
              .summary = "no blank line behind the last section",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START RETURNS,
              .good = NUMPY_START "Returns\n-------\nfloat\n\n\"\"\"\n",
              .sources = SOURCES("D413"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D414] = {.code = "D414",
              .name = "empty-section",
              .summary = "section without text",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Returns\n-------\n\"\"\"\n",
              .good = NUMPY_START RETURNS,
              .sources = SOURCES("D414"),
              .selectable = true},
    [D416] = {.code = "D416",
              .name = "section-without-colon",
              .summary = "name of a section in google's form without a colon",
              .why = WHY_SECTIONS,
              .bad = NUMPY_START "Args\n    n: How often.\n\"\"\"\n",
              .good = NUMPY_START "Args:\n    n: How often.\n\"\"\"\n",
              .sources = SOURCES("D416"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D417] = {.code = "D417",
              .name = "undocumented-parameter",
              .summary = "parameter that the docstring's list of parameters leaves out",
              .why = "Who looks a parameter up finds all but that one.",
              .bad = GOOGLE_START "    Args:\n        low: At least.\n    \"\"\"\n",
              .good = GOOGLE_START "    Args:\n        low: At least.\n        high: At most.\n"
                                   "    \"\"\"\n",
              .sources = SOURCES("D417"),
              .selectable = true},
};

typedef enum Form { NUMPY = 1, GOOGLE = 2 } Form;

typedef struct SectionName {
    char title[20];
    unsigned forms; // that know it
} SectionName;

static const SectionName section_names[] = {
    {"Args", GOOGLE},
    {"Arguments", GOOGLE},
    {"Attention", GOOGLE},
    {"Attributes", NUMPY | GOOGLE},
    {"Caution", GOOGLE},
    {"Danger", GOOGLE},
    {"Error", GOOGLE},
    {"Example", GOOGLE},
    {"Examples", NUMPY | GOOGLE},
    {"Extended Summary", NUMPY},
    {"Hint", GOOGLE},
    {"Important", GOOGLE},
    {"Keyword Args", GOOGLE},
    {"Keyword Arguments", GOOGLE},
    {"Methods", NUMPY | GOOGLE},
    {"Note", GOOGLE},
    {"Notes", NUMPY | GOOGLE},
    {"Other Parameters", NUMPY},
    {"Parameters", NUMPY},
    {"Raises", NUMPY | GOOGLE},
    {"References", NUMPY | GOOGLE},
    {"Return", GOOGLE},
    {"Returns", NUMPY | GOOGLE},
    {"See Also", NUMPY | GOOGLE},
    {"Short Summary", NUMPY},
    {"Tip", GOOGLE},
    {"Todo", GOOGLE},
    {"Warning", GOOGLE},
    {"Warnings", GOOGLE},
    {"Warns", GOOGLE},
    {"Yield", GOOGLE},
    {"Yields", NUMPY | GOOGLE},
};

// ---- Lines ----

typedef struct TextLines {
    const Str *at;
    uint32_t count;
} TextLines;

static TextLines split_lines(Arena *arena, Str text) {
    VEC(Str) lines = {0};
    Str line;
    while (str_split(&text, '\n', &line))
        vec_push(arena, &lines, line);
    return (TextLines){lines.at, lines.len};
}

static TextLines lines_between(TextLines lines, uint32_t from, uint32_t to) {
    if (to > lines.count) to = lines.count;
    return (TextLines){lines.at + from, from < to ? to - from : 0};
}

static Str leading_space(Str line) {
    return str_slice(line, 0, line.len - unicode_trim_start(line).len);
}

static bool all_are_blank(TextLines lines) {
    for (uint32_t i = 0; i < lines.count; i++)
        if (!unicode_is_blank(lines.at[i])) return false;
    return true;
}

// ---- Finding sections ----

typedef struct Section {
    Str name;          // as it is written
    const char *title; // as it should be
    unsigned forms;    // of that title
    Str line, previous;
    TextLines following; // up to the next section, or the docstring's last line
    uint32_t index;
    bool is_last;
} Section;

typedef VEC(Section) Sections;

// Whether the name, however capitalized, is all of the letters, digits, underscores and blanks that
// the text begins with.
static bool begins_with_name(Str text, const char *name) {
    uint32_t at = 0, point;
    while (name[at] != '\0' && at < text.len && ascii_lower(text.at[at]) == ascii_lower(name[at]))
        at++;
    if (name[at] != '\0') return false;
    return utf8_decode(text, at, &point) == 0 || (point != ' ' && !unicode_is_word(point));
}

// All names begin with a capital letter.
static const SectionName *find_name(Str text) {
    char capital = text.len == 0 ? '\0' : (char)(text.at[0] & ~0x20);
    for (size_t i = 0; i < sizeof section_names / sizeof section_names[0]; i++)
        if (section_names[i].title[0] == capital && begins_with_name(text, section_names[i].title))
            return &section_names[i];
    return NULL;
}

// The trimmed line without the letters at its start that occur in the name: pydocstyle's way to
// cut the name off.
static Str behind_name(Str line, Str name) {
    Str text = unicode_trim(line);
    uint32_t at = 0;
    while (at < text.len && str_find_byte(name, text.at[at]) < name.len)
        at++;
    return str_from(text, at);
}

static bool ends_a_paragraph(Str line) {
    Str text = unicode_trim_end(line);
    return text.len == 0 || strchr(",;.-\\/]})", text.at[text.len - 1]) != NULL;
}

static bool is_named_alone(Str line, Str name) {
    Str suffix = unicode_trim(behind_name(line, name));
    return suffix.len == 0 || str_is(suffix, ":");
}

// Of either form. How far each of them goes is known when the form is.
static Sections find_sections(Arena *arena, TextLines lines) {
    Sections sections = {0};
    for (uint32_t i = 0; i < lines.count; i++) {
        Str line = lines.at[i], previous = lines.at[i == 0 ? lines.count - 1 : i - 1];
        if (!ends_a_paragraph(previous)) continue;
        Str text = unicode_trim(line);
        const SectionName *found = find_name(text);
        if (found == NULL) continue;
        Section section = {.name = str_slice(text, 0, (uint32_t)strlen(found->title)),
                           .title = found->title,
                           .forms = found->forms,
                           .line = line,
                           .previous = previous,
                           .index = i};
        if (is_named_alone(line, section.name)) vec_push(arena, &sections, section);
    }
    return sections;
}

static Sections sections_of_form(Arena *arena, const Sections *all, Form form, TextLines lines) {
    Sections sections = {0};
    for (uint32_t i = 0; i < all->len; i++)
        if ((all->at[i].forms & form) != 0) vec_push(arena, &sections, all->at[i]);
    for (uint32_t i = 0; i < sections.len; i++) {
        Section *section = &sections.at[i];
        section->is_last = i + 1 == sections.len;
        uint32_t end = section->is_last ? lines.count - 1 : sections.at[i + 1].index;
        section->following = lines_between(lines, section->index + 1, end);
    }
    return sections;
}

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
    if (str_compare(leading_space(underline), docstring->indent) > 0)
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
                             Form form) {
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
    if (form == NUMPY) insert_underline(pass, docstring, finding, section);
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
                          Form form) {
    if (!str_is(section->name, section->title))
        replace_name(pass, docstring,
                     docstring_report(pass, &rules[D405], docstring,
                                      "the section `%s` is written `%.*s`", section->title,
                                      STR_ARG(section->name)),
                     section);
    if (str_compare(leading_space(section->line), docstring->indent) > 0)
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

typedef VEC(Str) Names;

static bool has_name(const Names *names, Str name) {
    for (uint32_t i = 0; i < names->len; i++)
        if (str_eq(names->at[i], name)) return true;
    return false;
}

static int compare_names(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

// What has to be documented: neither the first parameter of a method, nor `*args`, `**kwargs`,
// positional-only ones, nor what begins with an underscore.
static Names documentable(Pass *pass, const Definition *definition) {
    Signature signature = signature_of(pass->arena, definition->node);
    bool skips_first = definition->kind == DEFINITION_METHOD &&
                       !definition_has_decorator(pass->file, definition, STR("staticmethod"));
    Names names = {0};
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

static void report_missing(Pass *pass, const Docstring *docstring, const Names *documented) {
    const Definition *definition = docstring->definition;
    if (!definition_is_function(definition)) return;
    Names names = documentable(pass, definition);
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

// Lines that a backslash continues become one.
static TextLines join_continued(Arena *arena, TextLines lines) {
    VEC(Str) joined = {0};
    for (uint32_t i = 0; i < lines.count; i++) {
        bool continues = joined.len > 0 && str_ends_with(vec_last(&joined), STR("\\"));
        if (!continues) {
            vec_push(arena, &joined, lines.at[i]);
            continue;
        }
        Str before = vec_last(&joined);
        before.len--;
        vec_last(&joined) = str_join(arena, before, lines.at[i]);
    }
    return (TextLines){joined.at, joined.len};
}

// numpy: "low, high : int" at the section's own indentation, above an indented line.
static void check_numpy_parameters(Pass *pass, const Docstring *docstring, const Section *section) {
    Names documented = {0};
    TextLines lines = join_continued(pass->arena, section->following);
    Str indent = leading_space(section->line);
    for (uint32_t i = 0; i + 1 < lines.count; i++) {
        Str line = lines.at[i], next = lines.at[i + 1];
        if (!str_eq(leading_space(line), indent) || unicode_is_blank(next)) continue;
        if (leading_space(next).len <= indent.len) continue;
        Str rest = str_slice(line, 0, str_find_byte(line, ':')), name;
        while (str_split(&rest, ',', &name))
            vec_push(pass->arena, &documented, unicode_trim(name));
    }
    report_missing(pass, docstring, &documented);
}

static Str shared_margin(Str margin, Str indent) {
    uint32_t i = 0;
    while (i < margin.len && i < indent.len && margin.at[i] == indent.at[i])
        i++;
    return str_slice(margin, 0, i);
}

static Str tabs_and_blanks(Str line) {
    uint32_t i = 0;
    while (i < line.len && (line.at[i] == ' ' || line.at[i] == '\t'))
        i++;
    return str_slice(line, 0, i);
}

static uint32_t skip_space(Str text, uint32_t at) {
    return text.len - unicode_trim_start(str_from(text, at)).len;
}

static bool has_text_behind_colon(Str text, uint32_t at) {
    if (at >= text.len || text.at[at] != ':') return false;
    for (uint32_t i = at + 1; i < text.len; i++)
        if (text.at[i] != '\n') return true;
    return false;
}

// "name: …" or "name (type): …" at the start of an item; empty where it is neither.
static Str google_parameter(Str item) {
    uint32_t start = skip_space(item, 0), at = start, point;
    for (uint32_t length; (length = utf8_decode(item, at, &point)) > 0; at += length)
        if (!unicode_is_word(point)) break;
    Str name = str_slice(item, start, at);
    if (name.len == 0) return (Str){0};
    at = skip_space(item, at);
    if (has_text_behind_colon(item, at)) return name;
    if (at >= item.len || item.at[at] != '(') return (Str){0};
    for (at++; at < item.len && item.at[at] != '\n'; at++)
        if (item.at[at] == ')' && has_text_behind_colon(item, skip_space(item, at + 1)))
            return name;
    return (Str){0};
}

// The lines of the section that are indented at least as its first one, without their shared
// margin.
static TextLines google_lines(Arena *arena, const Section *section) {
    VEC(Str) lines = {0};
    Str least = section->following.count > 0 ? leading_space(section->following.at[0]) : STR("");
    if (section->following.count > 0 && unicode_is_blank(section->following.at[0])) least = STR("");
    Str margin = {0};
    bool any = false;
    for (uint32_t i = 0; i < section->following.count; i++) {
        Str line = section->following.at[i];
        if (line.len > 0 && !str_starts_with(line, least)) continue;
        Str indent = tabs_and_blanks(line);
        if (indent.len == line.len) line = STR("");
        vec_push(arena, &lines, line);
        if (line.len == 0) continue;
        margin = any ? shared_margin(margin, indent) : indent;
        any = true;
    }
    for (uint32_t i = 0; i < lines.len; i++)
        lines.at[i] = str_from(lines.at[i], lines.at[i].len == 0 ? 0 : margin.len);
    return (TextLines){lines.at, lines.len};
}

static void check_google_arguments(Pass *pass, const Docstring *docstring, const Section *section) {
    Names documented = {0};
    TextLines lines = google_lines(pass->arena, section);
    uint32_t first = 0;
    while (first < lines.count && unicode_is_blank(lines.at[first]))
        first++;
    Str item = {0};
    for (uint32_t i = first; i < lines.count; i++) {
        Str line = lines.at[i];
        if (i == first) line = unicode_trim_start(line);
        bool goes_on = line.len == 0 || leading_space(line).len > 0;
        if (goes_on) {
            item = str_format(pass->arena, "%.*s\n%.*s", STR_ARG(item), STR_ARG(line));
            continue;
        }
        if (item.len > 0) vec_push(pass->arena, &documented, google_parameter(item));
        item = line;
    }
    item = unicode_trim_end(item);
    if (item.len > 0) vec_push(pass->arena, &documented, google_parameter(item));
    report_missing(pass, docstring, &documented);
}

// ---- Conventions ----

static void check_numpy_section(Pass *pass, const Docstring *docstring, const Section *section) {
    check_section(pass, docstring, section, NUMPY);
    if (behind_name(section->line, section->name).len > 0)
        replace_behind_name(pass, docstring,
                            docstring_report(pass, &rules[D406], docstring,
                                             "the section `%s` is written `%.*s`", section->title,
                                             STR_ARG(unicode_trim(section->line))),
                            section, STR(""));
    if (strcmp(section->title, "Parameters") == 0) check_numpy_parameters(pass, docstring, section);
}

static void check_google_section(Pass *pass, const Docstring *docstring, const Section *section) {
    check_section(pass, docstring, section, GOOGLE);
    if (!str_is(behind_name(section->line, section->name), ":"))
        replace_behind_name(pass, docstring,
                            docstring_report(pass, &rules[D416], docstring,
                                             "the section `%s` is written `%.*s`", section->title,
                                             STR_ARG(unicode_trim(section->line))),
                            section, STR(":"));
    if (strcmp(section->title, "Args") == 0 || strcmp(section->title, "Arguments") == 0)
        check_google_arguments(pass, docstring, section);
}

static void check_definition(Pass *pass, const Definition *definition) {
    const Docstring *docstring = definition->text;
    if (docstring == NULL) return;
    TextLines lines = split_lines(pass->arena, docstring->written);
    if (lines.count < 2) return;
    Sections all = find_sections(pass->arena, lines);
    Sections numpy = sections_of_form(pass->arena, &all, NUMPY, lines);
    for (uint32_t i = 0; i < numpy.len; i++)
        check_numpy_section(pass, docstring, &numpy.at[i]);
    if (numpy.len > 0) return;
    Sections google = sections_of_form(pass->arena, &all, GOOGLE, lines);
    for (uint32_t i = 0; i < google.len; i++)
        check_google_section(pass, docstring, &google.at[i]);
}

static void check_tree(Pass *pass) {
    docstrings_for_each(pass, check_definition);
}

const Check d214_docstring_sections = {.rules = LIST(rules), .on_tree = check_tree};
