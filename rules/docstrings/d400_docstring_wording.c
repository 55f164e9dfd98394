// The words of a docstring's first line, as pydocstyle 6.3 wants them.

#include "base/ascii.h"
#include "base/utf8.h"
#include "facts/english.h"
#include "rule/docstring_edits.h"

enum { D400, D401, D402, D403, D404, D415, D418, D419 };

#define HEAD "\"\"\"Wait.\"\"\"\n\n\n"

static const Rule rules[] = {
    [D400] = {.code = "D400",
              .name = "summary-without-period",
              .summary = "first line of a docstring without a period at its end",
              .why = "PEP 257: the docstring is a phrase ending in a period.",
              .bad = "\"\"\"Wait for a random while\"\"\"\n",
              .good = "\"\"\"Wait for a random while.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D400"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D401] = {.code = "D401",
              .name = "summary-not-imperative",
              .summary = "first line of a function's docstring that is no command",
              .why = "PEP 257: the docstring says what to do, as a command, and does not describe.",
              .bad = HEAD "def wait():\n    \"\"\"Returns after a while.\"\"\"\n",
              .good = HEAD "def wait():\n    \"\"\"Return after a while.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D401"),
              .selectable = true},
    [D402] = {.code = "D402",
              .name = "summary-is-signature",
              .summary = "first line of a function's docstring that repeats the signature",
              .why = "PEP 257: the signature can be had by introspection; the docstring says more.",
              .bad = HEAD "def wait():\n    \"\"\"Call wait() and wait.\"\"\"\n",
              .good = HEAD "def wait():\n    \"\"\"Return after a while.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D402"),
              .selectable = true},
    [D403] = {.code = "D403",
              .name = "summary-not-capitalized",
              .summary = "first word of a function's docstring not capitalized",
              .why = "A sentence begins with a capital letter.",
              .bad = HEAD "def wait():\n    \"\"\"return after a while.\"\"\"\n",
              .good = HEAD "def wait():\n    \"\"\"Return after a while.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D403"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D404] = {.code = "D404",
              .name = "summary-begins-with-this",
              .summary = "first word of a docstring is \"This\"",
              .why = "\"This module contains\" says nothing that the reader does not see.",
              .bad = "\"\"\"This module waits.\"\"\"\n",
              .good = "\"\"\"Wait for a random while.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D404"),
              .selectable = true},
    [D415] = {.code = "D415",
              .name = "summary-without-end",
              .summary = "first line of a docstring without period, question or exclamation mark",
              .why = "A sentence has an end.",
              .bad = "\"\"\"Wait for a random while\"\"\"\n",
              .good = "\"\"\"Wait for a random while.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D415"),
              .selectable = true,
              .fix = FIX_UNSAFE},
    [D418] = {.code = "D418",
              .name = "overload-with-docstring",
              .summary = "docstring in a function decorated with `overload`",
              .why = "Overloads are for type checkers; at run time the implementation takes their\n"
                     "place, and its docstring is the one that is shown.",
              .bad = HEAD "@overload\ndef wait(n):\n    \"\"\"Return after a while.\"\"\"\n",
              .good = HEAD "@overload\ndef wait(n): ...\n",
              .sources = DOCSTRING_SOURCES("D418"),
              .selectable = true},
    [D419] = {.code = "D419",
              .name = "empty-docstring",
              .summary = "empty docstring",
              .why = "An empty docstring is as good as none.",
              .bad = "\"\"\" \"\"\"\n",
              .good = "\"\"\"Wait for a random while.\"\"\"\n",
              .sources = DOCSTRING_SOURCES("D419"),
              .selectable = true},
};

// ---- Words ----

static Str summary_line(const Docstring *docstring) {
    Str text = unicode_trim(docstring->value);
    return str_slice(text, 0, str_find_byte(text, '\n'));
}

static Str first_word(Str text) {
    Str trimmed = unicode_trim_start(text);
    uint32_t at = 0, point;
    for (uint32_t length; (length = utf8_decode(trimmed, at, &point)) > 0; at += length)
        if (unicode_is_space(point)) break;
    return str_slice(trimmed, 0, at);
}

// The word's letters and digits.
static Str letters_of(Arena *arena, Str word) {
    char *out = arena_alloc_raw(arena, word.len, 1);
    uint32_t length = 0, point, at = 0;
    for (uint32_t size; (size = utf8_decode(word, at, &point)) > 0; at += size) {
        if (point == '_' || !unicode_is_word(point)) continue;
        memcpy(out + length, word.at + at, size);
        length += size;
    }
    return (Str){out, length};
}

static Str in_lower_case(Arena *arena, Str word) {
    char *out = arena_alloc_raw(arena, word.len, 1);
    for (uint32_t i = 0; i < word.len; i++)
        out[i] = ascii_lower(word.at[i]);
    return (Str){out, word.len};
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

// ---- Checks ----

// The byte of the file that is byte `offset` of the docstring's text, and stands there as it is;
// UINT32_MAX where an escape makes it.
static uint32_t source_of_byte(const DocstringEdits *edits, uint32_t offset) {
    const File *file = edits->pass->file;
    uint32_t source = string_value_source(&edits->docstring->definition->value, offset);
    bool is_there = source >= edits->part.body_start && source < edits->part.body_end &&
                    file->lines.text.at[source] == edits->docstring->value.at[offset];
    return is_there ? source : UINT32_MAX;
}

static bool may_end_sentence(char c) {
    return is_letter_or_digit(c) || c == ')' || c == ']' || c == '`' || c == '\'' || c == '"';
}

// Where the first line is the whole summary, and ends like one.
static void add_period(Pass *pass, const Docstring *docstring, Finding *finding) {
    DocstringEdits edits;
    if (finding == NULL || !docstring_edits_begin(&edits, pass, docstring)) return;
    Str text = docstring->value;
    uint32_t end = text.len - unicode_trim_start(text).len + summary_line(docstring).len;
    Str rest = str_from(text, end + 1), next = {0};
    bool goes_on = str_split(&rest, '\n', &next) && !unicode_is_blank(next);
    if (goes_on || !may_end_sentence(text.at[end - 1])) return;
    uint32_t source = source_of_byte(&edits, end - 1);
    if (source == UINT32_MAX) return;
    docstring_edit(&edits, (Span){source + 1, source + 1}, STR("."));
    docstring_edits_offer(&edits, finding);
}

static void check_end(Pass *pass, const Docstring *docstring) {
    Str line = summary_line(docstring);
    if (str_ends_with(line, STR("."))) return;
    add_period(pass, docstring,
               docstring_report(pass, &rules[D400], docstring,
                                "the first line does not end with a period"));
    if (str_ends_with(line, STR("!")) || str_ends_with(line, STR("?"))) return;
    add_period(pass, docstring,
               docstring_report(pass, &rules[D415], docstring,
                                "the first line does not end with a period, `?` or `!`"));
}

static bool is_test_name(Str name) {
    return str_starts_with(name, STR("test")) || str_is(name, "runTest");
}

static bool is_property(const Pass *pass, const Definition *definition) {
    static const Str usual[] = {
        {"property", 8}, {"cached_property", 15}, {"functools.cached_property", 25}};
    StrList names = pass->settings->property_decorators;
    if (names.at == NULL) names = (StrList)LIST(usual);
    for (uint32_t i = 0; i < names.count; i++)
        if (definition_has_decorator(pass->file, definition, names.at[i])) return true;
    return false;
}

static void check_mood(Pass *pass, const Docstring *docstring, Str word) {
    Str name = definition_name(pass->file, docstring->definition), verb;
    if (is_test_name(name) || is_property(pass, docstring->definition)) return;
    Mood mood = english_mood(in_lower_case(pass->arena, word), &verb);
    if (mood == MOOD_NO_VERB)
        docstring_report(pass, &rules[D401], docstring,
                         "the first line begins with `%.*s`, no command", STR_ARG(word));
    if (mood == MOOD_OTHER_FORM)
        docstring_report(pass, &rules[D401], docstring,
                         "the first line begins with `%.*s`, not with the command `%c%.*s`",
                         STR_ARG(word), verb.at[0] & ~0x20, STR_ARG(str_from(verb, 1)));
}

static void check_signature(Pass *pass, const Docstring *docstring) {
    Str name = definition_name(pass->file, docstring->definition), line = summary_line(docstring);
    if (str_find_byte(line, '(') == line.len) return;
    char *out = arena_alloc_raw(pass->arena, line.len + 1, 1);
    uint32_t length = 0;
    for (uint32_t i = 0; i < line.len; i++)
        if (line.at[i] != ' ') out[length++] = line.at[i];
    if (str_contains((Str){out, length}, str_join(pass->arena, name, STR("("))))
        docstring_report(pass, &rules[D402], docstring, "the first line repeats the signature");
}

static void raise_first_letter(Pass *pass, const Docstring *docstring, Finding *finding) {
    DocstringEdits edits;
    if (finding == NULL || !docstring_edits_begin(&edits, pass, docstring)) return;
    Str text = docstring->value;
    uint32_t source = source_of_byte(&edits, text.len - unicode_trim_start(text).len);
    if (source == UINT32_MAX) return;
    char capital = (char)(pass->file->lines.text.at[source] & ~0x20);
    docstring_edit(&edits, (Span){source, source + 1}, str_format(pass->arena, "%c", capital));
    docstring_edits_offer(&edits, finding);
}

// Of a word of ASCII letters and apostrophes, that is not all in capitals.
static void check_capital(Pass *pass, const Docstring *docstring, Str word) {
    bool has_small = false, has_inner_capital = false;
    for (uint32_t i = 0; i < word.len; i++) {
        char c = word.at[i];
        bool is_small = c >= 'a' && c <= 'z';
        if (!is_small && !is_capital(c) && c != '\'') return;
        has_small |= is_small;
        has_inner_capital |= i > 0 && is_capital(c);
    }
    if (!has_small) return;
    bool starts_small = word.at[0] >= 'a' && word.at[0] <= 'z';
    if (!starts_small && !has_inner_capital) return;
    Finding *finding = docstring_report(pass, &rules[D403], docstring,
                                        "the first word is written `%.*s`", STR_ARG(word));
    if (!has_inner_capital) raise_first_letter(pass, docstring, finding);
}

static void check_this(Pass *pass, const Docstring *docstring, Str word) {
    if (word.len == 4 && str_is(in_lower_case(pass->arena, word), "this"))
        docstring_report(pass, &rules[D404], docstring, "the first word is `%.*s`", STR_ARG(word));
}

static void check_emptiness(Pass *pass, const Definition *definition) {
    if (definition->docstring == NULL || !convention_has(pass->settings->convention, "D419"))
        return;
    report(pass, &rules[D419], node_span(definition->docstring), "the docstring is empty");
}

static void check_definition(Pass *pass, const Definition *definition) {
    const Docstring *docstring = definition->text;
    if (docstring == NULL) {
        check_emptiness(pass, definition);
        return;
    }
    Str word = first_word(docstring->value), letters = letters_of(pass->arena, word);
    check_end(pass, docstring);
    check_this(pass, docstring, letters);
    if (!definition_is_function(definition)) return;
    check_mood(pass, docstring, letters);
    check_signature(pass, docstring);
    check_capital(pass, docstring, word);
    if (definition_has_decorator(pass->file, definition, STR("overload")))
        docstring_report(pass, &rules[D418], docstring, "an overload with a docstring");
}

static void check_tree(Pass *pass) {
    docstrings_for_each(pass, check_definition);
}

const Check d400_docstring_wording = {.rules = LIST(rules), .on_tree = check_tree};
