// Runs the checks over fixtures/<family>/: what they must report is written in the fixtures.
//
//     # options: --select E1,W1 --max-doc-length=72     as first line; else all rules of the family
//     await f()  # error: AIO103:11                     CODE:column, several separated by blanks
//     await g()  # ok                                   a near miss; test_fixture_counts.c counts
//     #: E201:1:6 E202:1:10                             starts a case: a file of its own, in which
//     spam( ham )                                       line 1 follows the `#:` line
//     #: Okay                                           a case that stays silent
//     #: W292:1:5 noeol                                 a case without its last line end
//     #: E501:1:80 --max-line-length=79                 a case with an option of its own
//
// A folder is a project: its files are checked together. A missing finding is a `-` line, an
// unexpected one a `+` line; both fail. What the fixes make of the file must be its `.fixed.py`;
// without one, they must change nothing. Arguments are parts of paths: only those fixtures run.
// With $WRITE_FIXED set, the `.fixed.py` files are written instead: read them before you commit.

#include "checking.h"

#include "base/buf.h"
#include "engine/check_all.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_BYTES = 16 << 20 };

typedef struct Mark {
    uint32_t line, column;
    Str code;
    Str message; // of a finding; empty for an expectation
} Mark;

typedef VEC(Mark) Marks;

typedef struct Fixture {
    Arena *arena;
    Str path;   // from the project's folder
    Str family; // the folder that says which rules are on
    Buf differences;
    Buf fixed; // what the fixes make of it
} Fixture;

// ---- Options ----

typedef struct Options {
    Arena *arena;
    Settings settings;
    uint8_t *severities;
} Options;

static bool option_value(Str *rest, Str word, const char *name, Str *value) {
    Str prefix = str_of(name);
    if (!str_starts_with(word, prefix)) return false;
    if (word.len > prefix.len && word.at[prefix.len] == '=') {
        *value = str_from(word, prefix.len + 1);
        return true;
    }
    return word.len == prefix.len && str_split(rest, ' ', value);
}

static uint32_t number_of(Str digits) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < digits.len; i++)
        number = number * 10 + (uint32_t)(digits.at[i] - '0');
    return number;
}

static int version_of(Str text) {
    uint32_t dot = str_find_byte(text, '.');
    return PYTHON((int)number_of(str_slice(text, 0, dot)), (int)number_of(str_from(text, dot + 1)));
}

static StrList list_of(Arena *arena, Str text) {
    VEC(Str) items = {0};
    Str item;
    while (str_split(&text, ',', &item))
        vec_push(arena, &items, item);
    return (StrList){items.at, items.len};
}

// Applies one option that starts with `word`; what follows it is in `rest`.
static bool apply_option(Options *options, Str word, Str *rest) {
    Settings *settings = &options->settings;
    Str value;
    if (str_is(word, "--hang-closing")) return settings->hang_closing = true;
    if (option_value(rest, word, "--select", &value)) {
        memset(options->severities, SEVERITY_OFF, registry_rule_count());
        return choose_rules(options->severities, value, true);
    }
    if (option_value(rest, word, "--ignore", &value))
        return choose_rules(options->severities, value, false);
    if (option_value(rest, word, "--target-version", &value))
        return (settings->target_version = version_of(value)) != 0;
    if (option_value(rest, word, "--max-line-length", &value))
        return (settings->max_line_length = number_of(value)) != 0;
    if (option_value(rest, word, "--max-doc-length", &value))
        return (settings->max_doc_length = number_of(value)) != 0;
    if (option_value(rest, word, "--blocking-calls", &value))
        return (settings->blocking_calls = list_of(options->arena, value)).count > 0;
    if (option_value(rest, word, "--thread-calls", &value))
        return (settings->thread_calls = list_of(options->arena, value)).count > 0;
    if (option_value(rest, word, "--max-file-lines", &value))
        return (settings->max_file_lines = number_of(value)) != 0;
    return false;
}

static void options_init(Options *options, Arena *arena, Str family) {
    options->arena = arena;
    options->severities = arena_array(arena, uint8_t, registry_rule_count() + 1);
    options->settings = default_settings(options->severities);
    for (uint32_t i = 0, entry; i < registry_rule_count(); i++) {
        const Rule *rule = registry_rule(i, &entry);
        if (str_is(family, registry[entry].family))
            options->severities[i] = (uint8_t)rule_severity(rule);
    }
}

static Options options_copy(Arena *arena, const Options *other) {
    Options copy = *other;
    copy.severities = arena_array(arena, uint8_t, registry_rule_count() + 1);
    memcpy(copy.severities, other->severities, registry_rule_count());
    copy.settings.severities = copy.severities;
    return copy;
}

// Applies the options of a line, where it is an options line.
static bool apply_options_line(Fixture *fixture, Options *options, Str line) {
    if (!str_starts_with(line, STR("# options:"))) return false;
    Str rest = str_trim(str_from(line, 10)), word;
    while (str_split(&rest, ' ', &word))
        if (word.len > 0 && !apply_option(options, word, &rest))
            buf_printf(&fixture->differences, "%.*s: option `%.*s` is not known or names no rule\n",
                       STR_ARG(fixture->path), STR_ARG(word));
    return true;
}

// ---- Expectations ----

static void add_expected(Fixture *fixture, Marks *marks, Str word, uint32_t line) {
    Str parts[3] = {0};
    uint32_t count = 0;
    for (Str rest = word; count < 3 && str_split(&rest, ':', &parts[count]);)
        count++;
    uint32_t wanted = line == 0 ? 3 : 2;
    if (count != wanted || number_of(parts[count - 1]) == 0) {
        buf_printf(&fixture->differences, "%.*s: `%.*s` is not %s\n", STR_ARG(fixture->path),
                   STR_ARG(word), line == 0 ? "CODE:line:column" : "CODE:column");
        return;
    }
    if (line == 0) line = number_of(parts[1]);
    vec_push(fixture->arena, marks, (Mark){line, number_of(parts[count - 1]), parts[0], {0}});
}

// The `# error:` comments of a text.
static void collect_comments(Fixture *fixture, Marks *marks, Str text) {
    Lines lines;
    lines_scan(&lines, fixture->arena, text);
    for (uint32_t i = 0; i < lines.count; i++) {
        Str line = line_text(&lines, i), word;
        uint32_t at = str_find(line, STR("# error:"));
        Str rest = str_trim(str_from(line, at + 8));
        while (str_split(&rest, ' ', &word))
            if (word.len > 0) add_expected(fixture, marks, word, i + 1);
    }
}

// ---- Comparison ----

static int compare_marks(const void *left, const void *right) {
    const Mark *a = left, *b = right;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    if (a->column != b->column) return a->column < b->column ? -1 : 1;
    return str_compare(a->code, b->code);
}

static Marks found_marks(Fixture *fixture, const Report *report) {
    Marks marks = {0};
    for (uint32_t i = 0; i < report->findings.len; i++) {
        const Finding *finding = report->findings.at[i];
        if (!str_is(fixture->family, "pycodestyle") && !message_is_well_styled(finding->message))
            buf_printf(&fixture->differences, "%s: style of the message `%.*s`\n",
                       finding->rule->code, STR_ARG(finding->message));
        Mark mark = {finding->start.line, finding->start.column, str_of(finding->rule->code),
                     finding->message};
        vec_push(fixture->arena, &marks, mark);
    }
    return marks;
}

// `base` is the line of the fixture before the first one of the text.
static void compare(Fixture *fixture, Str path, uint32_t base, Marks expected, Marks found) {
    if (expected.len > 1) qsort(expected.at, expected.len, sizeof(Mark), compare_marks);
    if (found.len > 1) qsort(found.at, found.len, sizeof(Mark), compare_marks);
    uint32_t i = 0, j = 0;
    while (i < expected.len || j < found.len) {
        int order = i == expected.len ? 1
                    : j == found.len  ? -1
                                      : compare_marks(&expected.at[i], &found.at[j]);
        const Mark *mark = order <= 0 ? &expected.at[i] : &found.at[j];
        if (order != 0)
            buf_printf(&fixture->differences, "%c %.*s:%u: %.*s:%u:%u %.*s\n",
                       order < 0 ? '-' : '+', STR_ARG(path), base + mark->line, STR_ARG(mark->code),
                       mark->line, mark->column, STR_ARG(mark->message));
        i += order <= 0;
        j += order >= 0;
    }
}

// ---- One file ----

static void check_case(Fixture *fixture, const Options *options, const Source *file, Str text,
                       uint32_t base, Marks expected) {
    collect_comments(fixture, &expected, text);
    Source source;
    source_of_bytes(&source, fixture->arena, file->path, text);
    source.is_executable = file->is_executable;
    const Report *report = check_source(fixture->arena, &options->settings, &source);
    compare(fixture, fixture->path, base, expected, found_marks(fixture, report));
    buf_add(&fixture->fixed, fixed_source(fixture->arena, &options->settings, &source));
}

// Reads a `#:` line: options and expectations. Returns whether the case has no last line end.
static bool read_case_line(Fixture *fixture, Options *options, Str line, Marks *expected) {
    bool no_end = false;
    Str rest = str_trim(str_from(line, 2)), word;
    while (str_split(&rest, ' ', &word)) {
        if (str_is(word, "noeol"))
            no_end = true;
        else if (str_starts_with(word, STR("--"))) {
            if (!apply_option(options, word, &rest))
                buf_printf(&fixture->differences, "%.*s: option `%.*s` is not known\n",
                           STR_ARG(fixture->path), STR_ARG(word));
        } else if (word.len > 0 && !str_is(word, "Okay"))
            add_expected(fixture, expected, word, 0);
    }
    return no_end;
}

static bool is_case_line(Str line) {
    return str_starts_with(line, STR("#:"));
}

static Str without_line_end(Str text) {
    if (str_ends_with(text, STR("\n"))) text.len--;
    if (str_ends_with(text, STR("\r"))) text.len--;
    return text;
}

static void check_cases(Fixture *fixture, const Options *options, const Source *file) {
    Lines lines;
    lines_scan(&lines, fixture->arena, file->raw);
    uint32_t at = 0;
    while (at < lines.count && !is_case_line(line_text(&lines, at)))
        at++;
    buf_add(&fixture->fixed, str_slice(file->raw, 0, lines.starts[at]));
    while (at < lines.count) {
        Options own = options_copy(fixture->arena, options);
        Marks expected = {0};
        bool no_end = read_case_line(fixture, &own, line_text(&lines, at), &expected);
        buf_add(&fixture->fixed, line_with_end(&lines, at));
        uint32_t first = ++at;
        while (at < lines.count && !is_case_line(line_text(&lines, at)))
            at++;
        Str text = str_slice(file->raw, lines.starts[first], lines.starts[at]);
        Str shorter = no_end ? without_line_end(text) : text;
        check_case(fixture, &own, file, shorter, first, expected);
        buf_add(&fixture->fixed, str_from(text, shorter.len));
    }
}

static bool has_cases(Str text) {
    return is_case_line(text) || str_contains(text, STR("\n#:"));
}

static void check_one_file(Fixture *fixture, const Source *file) {
    Options options;
    options_init(&options, fixture->arena, fixture->family);
    Str rest = file->raw, first_line;
    if (str_split(&rest, '\n', &first_line))
        apply_options_line(fixture, &options, str_trim(first_line));
    if (has_cases(file->raw)) {
        check_cases(fixture, &options, file);
        return;
    }
    check_case(fixture, &options, file, file->raw, 0, (Marks){0});
}

static void compare_fixed(Fixture *fixture, const Source *file) {
    Str stem = str_slice(fixture->path, 0, fixture->path.len - 3);
    Str path = str_format(fixture->arena, "%.*s.fixed.py", STR_ARG(stem));
    Str made = buf_str(&fixture->fixed);
    Source wanted;
    source_read(&wanted, fixture->arena, path, MOST_BYTES, false);
    bool exists = wanted.problem != SOURCE_UNREADABLE;
    if (str_eq(made, exists ? wanted.raw : file->raw)) return;
    if (getenv("WRITE_FIXED") != NULL) {
        FILE *out = fopen(str_c(fixture->arena, path), "w");
        if (out == NULL || fwrite(made.at, 1, made.len, out) != made.len || fclose(out) != 0)
            fail_msg("%s cannot be written", str_c(fixture->arena, path));
        return;
    }
    buf_printf(&fixture->differences, "%.*s: the fixes make something else:\n%.*s\n",
               STR_ARG(exists ? path : fixture->path), STR_ARG(made));
}

// ---- A project ----

typedef VEC(Str) Names;

static int compare_names(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

// The entries of a folder, sorted, those with a leading dot left out.
static Names list_folder(Arena *arena, Str folder) {
    Names names = {0};
    DIR *dir = opendir(str_c(arena, folder));
    if (dir == NULL) return names;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.' && strcmp(entry->d_name, "__pycache__") != 0)
            vec_push(arena, &names, str_copy(arena, str_of(entry->d_name)));
    closedir(dir);
    if (names.len > 1) qsort(names.at, names.len, sizeof(Str), compare_names);
    return names;
}

static bool is_folder(Arena *arena, Str path) {
    struct stat status;
    return stat(str_c(arena, path), &status) == 0 && S_ISDIR(status.st_mode);
}

static void list_files(Arena *arena, Str folder, Names *files) {
    Names names = {0};
    vec_push(arena, &names, folder);
    for (uint32_t i = 0; i < names.len; i++) {
        if (!is_folder(arena, names.at[i])) {
            vec_push(arena, files, names.at[i]);
            continue;
        }
        Names inner = list_folder(arena, names.at[i]);
        for (uint32_t j = 0; j < inner.len; j++)
            vec_push(arena, &names,
                     str_format(arena, "%.*s/%.*s", STR_ARG(names.at[i]), STR_ARG(inner.at[j])));
    }
    if (files->len > 1) qsort(files->at, files->len, sizeof(Str), compare_names);
}

static void check_project_fixture(Fixture *fixture) {
    Arena *arena = fixture->arena;
    Options options;
    options_init(&options, arena, fixture->family);
    Names names = {0};
    list_files(arena, fixture->path, &names);
    Source *sources = arena_array(arena, Source, names.len);
    RunFile *files = arena_array(arena, RunFile, names.len);
    Plan plan;
    for (uint32_t i = 0; i < names.len; i++) {
        source_read(&sources[i], arena, names.at[i], MOST_BYTES, false);
        Str rest = sources[i].raw, first_line;
        if (str_split(&rest, '\n', &first_line))
            apply_options_line(fixture, &options, str_trim(first_line));
        files[i] = (RunFile){.path = names.at[i],
                             .plan = &plan,
                             .is_python = str_ends_with(names.at[i], STR(".py"))};
    }
    plan_make(&plan, arena, &options.settings);
    Run run;
    run_files(&run, files, names.len, (RunOptions){.jobs = 1, .most_bytes = MOST_BYTES});
    for (uint32_t i = 0; i < names.len; i++) {
        Marks expected = {0};
        collect_comments(fixture, &expected, sources[i].raw);
        Report report = run_result_report(&run.results[i], arena);
        compare(fixture, names.at[i], 0, expected, found_marks(fixture, &report));
    }
    run_release(&run);
}

// ---- All of them ----

static void fixture_agrees(void **state) {
    Arena arena = {0};
    Fixture fixture = {.arena = &arena, .path = str_of(*state)};
    Str below = str_from(fixture.path, 9); // behind "fixtures/"
    fixture.family = str_slice(below, 0, str_find_byte(below, '/'));
    if (is_folder(&arena, fixture.path)) {
        check_project_fixture(&fixture);
    } else {
        Source file;
        source_read(&file, &arena, fixture.path, MOST_BYTES, false);
        check_one_file(&fixture, &file);
        compare_fixed(&fixture, &file);
    }
    bool agrees = fixture.differences.len == 0;
    if (!agrees) print_error("%.*s", (int)fixture.differences.len, fixture.differences.at);
    buf_release(&fixture.differences);
    buf_release(&fixture.fixed);
    arena_release(&arena);
    if (!agrees) fail();
}

static bool is_wanted(Str path, int argc, char **argv) {
    if (str_ends_with(path, STR(".fixed.py"))) return false;
    for (int i = 1; i < argc; i++)
        if (str_contains(path, str_of(argv[i]))) return true;
    return argc == 1;
}

int main(int argc, char **argv) {
    if (chdir(PROJECT_DIR) != 0) return 1;
    Arena arena = {0};
    VEC(struct CMUnitTest) tests = {0};
    Names families = list_folder(&arena, STR("fixtures"));
    for (uint32_t i = 0; i < families.len; i++) {
        if (str_is(families.at[i], "demo")) continue;
        Str folder = str_format(&arena, "fixtures/%.*s", STR_ARG(families.at[i]));
        Names names = list_folder(&arena, folder);
        for (uint32_t j = 0; j < names.len; j++) {
            Str path = str_format(&arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names.at[j]));
            if (!is_wanted(path, argc, argv)) continue;
            struct CMUnitTest test = {.name = path.at,
                                      .test_func = fixture_agrees,
                                      .initial_state = (void *)(uintptr_t)path.at};
            vec_push(&arena, &tests, test);
        }
    }
    int failures =
        tests.len == 0 ? 0 : _cmocka_run_group_tests("fixtures", tests.at, tests.len, NULL, NULL);
    arena_release(&arena);
    return failures;
}
