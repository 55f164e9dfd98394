// Docstrings that say nothing, and docstrings that are hardly a sentence.
//
// A word is a run of letters and digits, joined by `_`, `.`, `-` or an apostrophe. Neither a
// capital nor a full stop is asked for: good sentences are written without either.

#include "base/ascii.h"
#include "base/utf8.h"
#include "facts/docstring.h"
#include "python/unicode.h"
#include "rule/rule.h"

enum { REQ008, REQ009 };

static const Rule rules[] = {
    [REQ008] = {.code = "REQ008",
                .name = "empty-documentation",
                .summary = "docstring that is empty, one word, the object's own name or a template",
                .why = "Documentation is a real sentence that explains the purpose of the module,\n"
                       "class or function; its name is known already.",
                .bad = "#!/usr/bin/env python3\n\"\"\"Wait for a random while.\"\"\"\n\n\ndef "
                       "wait_random():\n"
                       "    \"\"\"wait_random\"\"\"\n",
                .good = "#!/usr/bin/env python3\n\"\"\"Wait for a random while.\"\"\"\n\n\ndef "
                        "wait_random():\n"
                        "    \"\"\"Wait for up to ten seconds.\"\"\"\n",
                .sources = "requirement: a documentation is a real sentence, pydocstyle D419"},
    [REQ009] = {.code = "REQ009",
                .name = "short-documentation",
                .summary = "docstring of two or three words",
                .why = "Two or three words are hardly a sentence that explains a purpose.",
                .bad = "#!/usr/bin/env python3\n\"\"\"Random waiting\"\"\"\n",
                .good = "#!/usr/bin/env python3\n\"\"\"Wait for a random while.\"\"\"\n",
                .sources = "requirement: a documentation is a real sentence",
                .severity = SEVERITY_WARNING},
};

enum { SHORT_WORDS = 3, TEMPLATE_WORDS = 4 };

// ---- Words ----

static bool is_word_point(uint32_t point) {
    return point != '_' && unicode_is_word(point);
}

static bool is_joint(uint32_t point) {
    return point == '_' || point == '.' || point == '-' || point == '\'' || point == 0x2019;
}

// Cuts the next run of letters and digits off `*rest`. `*is_joined` tells whether only one joint
// stood before it.
static bool next_run(Str *rest, Str *run, bool *is_joined) {
    uint32_t at = 0, before = 0, point = 0, joints = 0;
    for (uint32_t length; (length = utf8_decode(*rest, at, &point)) > 0; at += length) {
        if (is_word_point(point)) break;
        joints += is_joint(point);
        before++;
    }
    if (at >= rest->len) return false;
    *is_joined = before == 1 && joints == 1;
    uint32_t start = at;
    for (uint32_t length; (length = utf8_decode(*rest, at, &point)) > 0; at += length)
        if (!is_word_point(point)) break;
    *run = str_slice(*rest, start, at);
    *rest = str_from(*rest, at);
    return run->len > 0;
}

// Up to `most` of them.
static uint32_t count_words(Str text, uint32_t most) {
    uint32_t count = 0;
    Str run;
    for (bool is_joined; count < most && next_run(&text, &run, &is_joined);)
        count += !is_joined || count == 0;
    return count;
}

static bool is_same_word(Str a, Str b) {
    if (a.len != b.len) return false;
    for (uint32_t i = 0; i < a.len; i++)
        if (ascii_lower(a.at[i]) != ascii_lower(b.at[i])) return false;
    return true;
}

// Whether `word` is one of the parts of `name`: runs between underscores, digits and other signs.
static bool is_part_of_name(Str word, Str name) {
    uint32_t start = 0;
    for (uint32_t i = 0; i <= name.len; i++) {
        bool ends = i == name.len || name.at[i] == '_' || name.at[i] == '-' || name.at[i] == '.' ||
                    is_digit(name.at[i]);
        if (!ends) continue;
        if (i > start && is_same_word(word, str_slice(name, start, i))) return true;
        start = i + 1;
    }
    return false;
}

static bool says_only_name(Str text, Str name) {
    Str run;
    bool any = false;
    for (bool is_joined; next_run(&text, &run, &is_joined); any = true)
        if (!is_part_of_name(run, name)) return false;
    return any;
}

// ---- Templates ----

// What editors and tutorials put where a description is to be written.
static const char *const marks[] = {
    "_summary_",     "[summary]",     "<summary>",          "_description_",
    "[description]", "<description>", "_extended_summary_",
};

// Of TEMPLATE_WORDS words at most.
static const char *const whole[] = {
    "add docstring",
    "add docstring here",
    "add a docstring here",
    "add description",
    "add description here",
    "add documentation",
    "brief description",
    "class docstring",
    "description here",
    "doc string",
    "docstring here",
    "docstring goes here",
    "documentation here",
    "enter description here",
    "function docstring",
    "insert docstring here",
    "method docstring",
    "missing class docstring",
    "missing docstring",
    "missing function docstring",
    "missing module docstring",
    "module docstring",
    "short description",
    "some documentation",
    "summary line",
    "todo add docstring",
    "todo document this",
    "todo write docstring",
    "write docstring here",
    "write your docstring here",
    "your docstring here",
};

static bool is_whole_template(Str text, const char *words) {
    Str rest = str_of(words), run, word;
    for (bool is_joined; next_run(&text, &run, &is_joined);)
        if (!str_split(&rest, ' ', &word) || !is_same_word(run, word)) return false;
    return rest.at == NULL || rest.len == 0;
}

static bool has_mark(Str text) {
    if (!str_contains(text, STR("summary")) && !str_contains(text, STR("description")))
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (str_contains(text, str_of(marks[i]))) return true;
    return false;
}

static bool is_template(Str text, uint32_t words) {
    if (has_mark(text)) return true;
    Str rest = text, first;
    bool is_joined;
    if (words > TEMPLATE_WORDS || !next_run(&rest, &first, &is_joined)) return false;
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        if (whole[i][0] == ascii_lower(first.at[0]) && is_whole_template(text, whole[i]))
            return true;
    return false;
}

// ---- Reports ----

static const char *kind_word(const Definition *definition) {
    if (definition_is_module(definition)) return "this module";
    if (definition_is_class(definition)) return "this class";
    return definition->kind == DEFINITION_METHOD ? "this method" : "this function";
}

static void check_definition(Pass *pass, const Definition *definition) {
    Str text = definition->value.text;
    Span span = node_span(definition->docstring);
    uint32_t words = count_words(text, TEMPLATE_WORDS + 1);
    const char *kind = kind_word(definition);
    Str name = definition_name(pass->file, definition);
    if (words == 0)
        report(pass, &rules[REQ008], span, "the docstring of %s is empty", kind);
    else if (says_only_name(text, name))
        report(pass, &rules[REQ008], span, "the docstring of %s says only its name", kind);
    else if (words == 1)
        report(pass, &rules[REQ008], span, "the docstring of %s is one word", kind);
    else if (is_template(text, words))
        report(pass, &rules[REQ008], span, "the docstring of %s is an unfilled template", kind);
    else if (words <= SHORT_WORDS)
        report(pass, &rules[REQ009], span, "the docstring of %s has %u words, hardly a sentence",
               kind, words);
}

static void check_tree(Pass *pass) {
    const Docstrings *docstrings = file_docstrings(pass->file);
    for (uint32_t i = 0; i < docstrings->count; i++)
        if (docstrings->at[i].docstring != NULL) check_definition(pass, &docstrings->at[i]);
}

const Check req008_empty_documentation = {.rules = LIST(rules), .on_tree = check_tree};
