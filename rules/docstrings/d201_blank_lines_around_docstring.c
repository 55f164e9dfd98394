// Blank lines before and behind a docstring, as pydocstyle 6.3 wants them.

#include "rule/docstring_edits.h"

enum { D201, D202, D203, D204, D211 };

#define HEAD "\"\"\"Wait.\"\"\"\n\n\n"

static const Rule rules[] = {
    [D201] = {.code = "D201",
              .name = "blank-before-function-docstring",
              .summary = "blank line before a function's docstring",
              .why = WHY_DOCSTRING_LAYOUT,
              .bad = HEAD "def wait():\n\n    \"\"\"Wait for a random while.\"\"\"\n",
              .good = HEAD "def wait():\n    \"\"\"Wait for a random while.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D201"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D202] = {.code = "D202",
              .name = "blank-after-function-docstring",
              .summary = "blank line after a function's docstring",
              .why = WHY_DOCSTRING_LAYOUT,
              .bad = HEAD "def wait():\n    \"\"\"Wait for a random while.\"\"\"\n\n    return 1\n",
              .good = HEAD "def wait():\n    \"\"\"Wait for a random while.\"\"\"\n    return 1\n",
              .sources = DOCSTRING_SOURCES("D202"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D203] = {.code = "D203",
              .name = "no-blank-before-class-docstring",
              .summary = "other than one blank line before a class's docstring",
              .why = WHY_DOCSTRING_LAYOUT " Convention of old; D211 is the newer one.",
              .bad = HEAD "class Tasks:\n    \"\"\"Tasks by name.\"\"\"\n",
              .good = HEAD "class Tasks:\n\n    \"\"\"Tasks by name.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D203"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D204] = {.code = "D204",
              .name = "no-blank-after-class-docstring",
              .summary = "other than one blank line after a class's docstring",
              .why = WHY_DOCSTRING_LAYOUT,
              .bad = HEAD "class Tasks:\n    \"\"\"Tasks by name.\"\"\"\n    limit = 10\n",
              .good = HEAD "class Tasks:\n    \"\"\"Tasks by name.\"\"\"\n\n    limit = 10\n",
              .sources = DOCSTRING_SOURCES("D204"),
              .selectable = true,
              .fix = FIX_SAFE},
    [D211] = {.code = "D211",
              .name = "blank-before-class-docstring",
              .summary = "blank line before a class's docstring",
              .why = WHY_DOCSTRING_LAYOUT,
              .bad = HEAD "class Tasks:\n\n    \"\"\"Tasks by name.\"\"\"\n",
              .good = HEAD "class Tasks:\n    \"\"\"Tasks by name.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D211"),
              .selectable = true,
              .fix = FIX_SAFE},
};

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

static void check_definition(Pass *pass, const Definition *definition) {
    const Docstring *docstring = definition->text;
    if (docstring == NULL) return;
    if (definition_is_function(definition)) check_around_function(pass, docstring);
    if (definition_is_class(definition)) {
        check_before_class(pass, docstring);
        check_after_class(pass, docstring);
    }
}

static void check_tree(Pass *pass) {
    docstrings_for_each(pass, check_definition);
}

const Check d201_blank_lines_around_docstring = {.rules = LIST(rules), .on_tree = check_tree};
