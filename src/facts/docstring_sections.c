#include "facts/docstring_sections.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "python/unicode.h"

typedef struct SectionName {
    char title[20];
    unsigned forms; // that know it
} SectionName;

static const SectionName section_names[] = {
    {"Args", FORM_GOOGLE},
    {"Arguments", FORM_GOOGLE},
    {"Attention", FORM_GOOGLE},
    {"Attributes", FORM_NUMPY | FORM_GOOGLE},
    {"Caution", FORM_GOOGLE},
    {"Danger", FORM_GOOGLE},
    {"Error", FORM_GOOGLE},
    {"Example", FORM_GOOGLE},
    {"Examples", FORM_NUMPY | FORM_GOOGLE},
    {"Extended Summary", FORM_NUMPY},
    {"Hint", FORM_GOOGLE},
    {"Important", FORM_GOOGLE},
    {"Keyword Args", FORM_GOOGLE},
    {"Keyword Arguments", FORM_GOOGLE},
    {"Methods", FORM_NUMPY | FORM_GOOGLE},
    {"Note", FORM_GOOGLE},
    {"Notes", FORM_NUMPY | FORM_GOOGLE},
    {"Other Parameters", FORM_NUMPY},
    {"Parameters", FORM_NUMPY},
    {"Raises", FORM_NUMPY | FORM_GOOGLE},
    {"References", FORM_NUMPY | FORM_GOOGLE},
    {"Return", FORM_GOOGLE},
    {"Returns", FORM_NUMPY | FORM_GOOGLE},
    {"See Also", FORM_NUMPY | FORM_GOOGLE},
    {"Short Summary", FORM_NUMPY},
    {"Tip", FORM_GOOGLE},
    {"Todo", FORM_GOOGLE},
    {"Warning", FORM_GOOGLE},
    {"Warnings", FORM_GOOGLE},
    {"Warns", FORM_GOOGLE},
    {"Yield", FORM_GOOGLE},
    {"Yields", FORM_NUMPY | FORM_GOOGLE},
};

static TextLines split_lines(Arena *arena, Str text) {
    VEC(Str) lines = {0};
    Str line;
    while (str_split(&text, '\n', &line))
        vec_push(arena, &lines, line);
    return (TextLines){lines.at, lines.len};
}

TextLines lines_between(TextLines lines, uint32_t from, uint32_t to) {
    if (to > lines.count) to = lines.count;
    return (TextLines){lines.at + from, from < to ? to - from : 0};
}

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
static SectionList find_sections(Arena *arena, TextLines lines) {
    SectionList sections = {0};
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

static SectionList sections_of_form(Arena *arena, const SectionList *all, SectionForm form,
                                    TextLines lines) {
    SectionList sections = {0};
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

Sections docstring_sections(Arena *arena, const Docstring *docstring) {
    TextLines lines = split_lines(arena, docstring->written);
    if (lines.count < 2) return (Sections){0};
    SectionList all = find_sections(arena, lines);
    Sections sections = {FORM_NUMPY, sections_of_form(arena, &all, FORM_NUMPY, lines)};
    if (sections.list.len == 0)
        sections = (Sections){FORM_GOOGLE, sections_of_form(arena, &all, FORM_GOOGLE, lines)};
    return sections;
}

Str section_behind_name(const Section *self) {
    return behind_name(self->line, self->name);
}

// ---- Parameters ----

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
static ParameterNames numpy_parameters(Arena *arena, const Section *section) {
    ParameterNames documented = {0};
    TextLines lines = join_continued(arena, section->following);
    Str indent = unicode_leading_space(section->line);
    for (uint32_t i = 0; i + 1 < lines.count; i++) {
        Str line = lines.at[i], next = lines.at[i + 1];
        if (!str_eq(unicode_leading_space(line), indent) || unicode_is_blank(next)) continue;
        if (unicode_leading_space(next).len <= indent.len) continue;
        Str rest = str_slice(line, 0, str_find_byte(line, ':')), name;
        while (str_split(&rest, ',', &name))
            vec_push(arena, &documented, unicode_trim(name));
    }
    return documented;
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
    Str least =
        section->following.count > 0 ? unicode_leading_space(section->following.at[0]) : STR("");
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

static ParameterNames google_arguments(Arena *arena, const Section *section) {
    ParameterNames documented = {0};
    TextLines lines = google_lines(arena, section);
    uint32_t first = 0;
    while (first < lines.count && unicode_is_blank(lines.at[first]))
        first++;
    Str item = {0};
    for (uint32_t i = first; i < lines.count; i++) {
        Str line = lines.at[i];
        if (i == first) line = unicode_trim_start(line);
        bool goes_on = line.len == 0 || unicode_leading_space(line).len > 0;
        if (goes_on) {
            item = str_format(arena, "%.*s\n%.*s", STR_ARG(item), STR_ARG(line));
            continue;
        }
        if (item.len > 0) vec_push(arena, &documented, google_parameter(item));
        item = line;
    }
    item = unicode_trim_end(item);
    if (item.len > 0) vec_push(arena, &documented, google_parameter(item));
    return documented;
}

bool section_has_parameters(const Section *self, SectionForm form) {
    if (form == FORM_NUMPY) return strcmp(self->title, "Parameters") == 0;
    return strcmp(self->title, "Args") == 0 || strcmp(self->title, "Arguments") == 0;
}

ParameterNames section_parameters(Arena *arena, const Section *self, SectionForm form) {
    return form == FORM_NUMPY ? numpy_parameters(arena, self) : google_arguments(arena, self);
}
