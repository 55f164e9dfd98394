#include "cli/options.h"

#include "base/pattern.h"
#include "rule/select.h"

#define CHECK  (FOR_CHECK | FOR_SCORE)
#define SHARED (FOR_CHECK | FOR_SCORE | IN_CONFIG)
#define READS  (SHARED | FOR_GRAPH) // wherever files are read

const Option option_table[OPTION_COUNT] = {
    [OPT_SELECT] = {"select", 0, OPTION_CODES, SHARED, "CODES", NULL, NULL,
                    "only these rules: codes, their beginnings, ALL, other linters' codes",
                    "which rules"},
    [OPT_IGNORE] = {"ignore", 0, OPTION_CODES, SHARED, "CODES", NULL, NULL, "not these rules"},
    [OPT_EXTEND_SELECT] = {"extend-select", 0, OPTION_CODES, SHARED, "CODES", NULL, NULL,
                           "these rules as well"},
    [OPT_PER_FILE_IGNORES] = {"per-file-ignores", 0, OPTION_CODE_MAP, SHARED, "PATTERN:CODES", NULL,
                              NULL, "not these rules in files of such a name or path"},
    [OPT_PRESET] = {"preset", 0, OPTION_CHOICE, SHARED, "NAME", "requirements|async|all",
                    "requirements", "which rules are on where --select does not say"},
    [OPT_SEVERITY] = {"severity", 0, OPTION_SEVERITIES, SHARED, "CODE:SEVERITY", NULL, NULL,
                      "what rules count as: error, warning or info"},
    [OPT_NOQA] = {"noqa", 0, OPTION_FLAG, SHARED, NULL, NULL, "true",
                  "`# noqa` comments suppress findings"},
    [OPT_UNUSED_NOQA] = {"unused-noqa", 0, OPTION_FLAG, SHARED, NULL, NULL, "false",
                         "report `# noqa` comments that suppress nothing"},
    [OPT_TARGET_VERSION] = {"target-version", 0, OPTION_VERSION, SHARED, "VERSION", NULL, "3.7",
                            "the oldest Python that the code shall run on", "what rules go by"},
    [OPT_CONVENTION] = {"convention", 0, OPTION_CHOICE, SHARED, "NAME", "none|google|numpy|pep257",
                        "none", "the docstring convention for D rules"},
    [OPT_MATCH] = {"match", 0, OPTION_PATTERN, SHARED, "REGEX", NULL, NULL,
                   "D rules only in files with such a name"},
    [OPT_MATCH_DIR] = {"match-dir", 0, OPTION_PATTERN, SHARED, "REGEX", NULL, NULL,
                       "D rules only below folders that all have such a name"},
    [OPT_IGNORE_DECORATORS] = {"ignore-decorators", 0, OPTION_PATTERN, SHARED, "REGEX", NULL, NULL,
                               "no D rules for what has such a decorator"},
    [OPT_PROPERTY_DECORATORS] = {"property-decorators", 0, OPTION_LIST, SHARED, "NAMES", NULL,
                                 "property,cached_property,functools.cached_property",
                                 "no D401 for what has one of these decorators"},
    [OPT_IGNORE_SELF_ONLY_INIT] = {"ignore-self-only-init", 0, OPTION_FLAG, SHARED, NULL, NULL,
                                   "false", "no D107 for an `__init__` that takes only `self`"},
    [OPT_SUPPRESS_NONE_RETURNING] = {"suppress-none-returning", 0, OPTION_FLAG, SHARED, NULL, NULL,
                                     "false",
                                     "ANN: no return annotation where nothing is returned"},
    [OPT_SUPPRESS_DUMMY_ARGS] = {"suppress-dummy-args", 0, OPTION_FLAG, SHARED, NULL, NULL, "false",
                                 "ANN: none for parameters named _"},
    [OPT_ALLOW_UNTYPED_DEFS] = {"allow-untyped-defs", 0, OPTION_FLAG, SHARED, NULL, NULL, "false",
                                "ANN: none for functions without any annotation"},
    [OPT_ALLOW_UNTYPED_NESTED] = {"allow-untyped-nested", 0, OPTION_FLAG, SHARED, NULL, NULL,
                                  "false", "ANN: none for such functions inside functions"},
    [OPT_MYPY_INIT_RETURN] = {"mypy-init-return", 0, OPTION_FLAG, SHARED, NULL, NULL, "false",
                              "ANN: none for the return of an annotated __init__"},
    [OPT_ALLOW_STAR_ARG_ANY] = {"allow-star-arg-any", 0, OPTION_FLAG, SHARED, NULL, NULL, "false",
                                "ANN: *args and **kwargs may be Any, for ANN401"},
    [OPT_RESPECT_TYPE_IGNORE] = {"respect-type-ignore", 0, OPTION_FLAG, SHARED, NULL, NULL, "false",
                                 "ANN: `# type: ignore` holds"},
    [OPT_GROUP_ANNOTATIONS] = {"group-annotations", 0, OPTION_FLAG, SHARED, NULL, NULL, "false",
                               "ANN: one finding for each function"},
    [OPT_DISPATCH_DECORATORS] = {"dispatch-decorators", 0, OPTION_LIST, SHARED, "NAMES", NULL,
                                 "singledispatch,singledispatchmethod",
                                 "ANN: none for functions they decorate"},
    [OPT_OVERLOAD_DECORATORS] = {"overload-decorators", 0, OPTION_LIST, SHARED, "NAMES", NULL,
                                 "overload", "ANN: none for what follows functions they decorate"},
    [OPT_MAX_LINE_LENGTH] = {"max-line-length", 0, OPTION_NUMBER, SHARED, "N", NULL, "79",
                             "columns, for E501"},
    [OPT_MAX_DOC_LENGTH] = {"max-doc-length", 0, OPTION_NUMBER, SHARED, "N", NULL, "0",
                            "columns of comments and docstrings, for W505; 0: any"},
    [OPT_HANG_CLOSING] = {"hang-closing", 0, OPTION_FLAG, SHARED, NULL, NULL, "false",
                          "E133 instead of E123: closing brackets are indented"},
    [OPT_MAX_FILE_LINES] = {"max-file-lines", 0, OPTION_NUMBER, SHARED, "N", NULL, "0",
                            "lines as wc counts them, for REQ005; 0: any"},
    [OPT_MAX_FILE_BYTES] = {"max-file-bytes", 0, OPTION_NUMBER, READS, "N", NULL, "67108864",
                            "a larger file is refused"},
    [OPT_HAND_OUT_FILES] = {"hand-out-files", 0, OPTION_LIST, SHARED, "PATTERNS", NULL,
                            "main.py,[0-9]*-main.py",
                            "files that came with the task and do not fail a run"},
    [OPT_FOREIGN_EDITORS] =
        {"foreign-editors", 0, OPTION_LIST, SHARED, "PATTERNS", NULL,
         ".vscode,.idea,.fleet,.zed,.vs,.spyproject,.spyderproject,.project,.pydevproject,"
         ".settings,.metadata,*.sublime-*,*.code-workspace,*.komodoproject,*.kate-swp,*.iml,"
         "nbproject,.nova,.atom",
         "what editors other than vi, vim and emacs leave, for REQ006"},
    [OPT_BLOCKING_CALLS] = {"blocking-calls", 0, OPTION_LIST, READS, "PATTERNS", NULL, "",
                            "calls that block, as `stripe.*` or `*.load -> load_async`"},
    [OPT_NON_BLOCKING_CALLS] = {"non-blocking-calls", 0, OPTION_LIST, READS, "PATTERNS", NULL, "",
                                "calls that do not, whatever is known of them"},
    [OPT_THREAD_CALLS] = {"thread-calls", 0, OPTION_LIST, READS, "PATTERNS", NULL, "",
                          "calls that run in a thread what they are given"},
    [OPT_GENERATOR_DECORATORS] = {"transform-async-generator-decorators", 0, OPTION_LIST, SHARED,
                                  "NAMES", NULL, "",
                                  "decorators that make something else of an async generator"},
    [OPT_AWAITLESS_DECORATORS] = {"no-checkpoint-warning-decorators", 0, OPTION_LIST, SHARED,
                                  "NAMES", NULL, "",
                                  "decorators whose coroutines need not await, for ASYNC124"},
    [OPT_STARTABLE] = {"startable-in-context-manager", 0, OPTION_LIST, SHARED, "NAMES", NULL, "",
                       "functions that report when they have started, for ASYNC113 and 114"},
    [OPT_EXCLUDE] = {"exclude", 0, OPTION_LIST, READS, "PATTERNS", NULL, NULL,
                     "leave out files and folders of such a name or path", "which files"},
    [OPT_DEFAULT_EXCLUDES] = {"default-excludes", 0, OPTION_FLAG, READS, NULL, NULL, "true",
                              "leave out .git, .venv, build, node_modules and their like"},
    [OPT_FORCE_EXCLUDE] = {"force-exclude", 0, OPTION_FLAG, READS, NULL, NULL, "true",
                           "--exclude holds for paths on the command line too"},
    [OPT_GITIGNORE] = {"respect-gitignore", 0, OPTION_FLAG, READS, NULL, NULL, "true",
                       "leave out what .gitignore names"},
    [OPT_PROJECTS] = {"projects", 0, OPTION_LIST, READS, "PATTERNS", NULL, NULL,
                      "folders that are a project each"},
    [OPT_CONFIG] = {"config", 0, OPTION_TEXT, CHECK | FOR_GRAPH, "FILE", NULL, NULL,
                    "this configuration for all files", "configuration and cache"},
    [OPT_ISOLATED] = {"isolated", 0, OPTION_FLAG, CHECK | FOR_GRAPH, NULL, NULL, "false",
                      "no configuration file"},
    [OPT_FILES_FROM] = {"files-from", 0, OPTION_TEXT, CHECK | FOR_GRAPH, "FILE", NULL, NULL,
                        "paths from FILE (- for stdin), one a line or NUL-separated"},
    [OPT_STDIN_FILENAME] = {"stdin-filename", 0, OPTION_TEXT, FOR_CHECK, "PATH", NULL, NULL,
                            "the name of what is read from stdin, given as -"},
    [OPT_CACHE] = {"cache", 0, OPTION_FLAG, FOR_CHECK | IN_CONFIG, NULL, NULL, "true",
                   "remember what was found, and look only at files that have changed since"},
    [OPT_CACHE_DIR] = {"cache-dir", 0, OPTION_TEXT, FOR_CHECK | FOR_CLEAN | IN_CONFIG, "FOLDER",
                       NULL, NULL, "where to remember it: ~/.cache/asynclint unless given"},
    [OPT_JOBS] = {"jobs", 'j', OPTION_NUMBER, CHECK | FOR_GRAPH, "N", NULL, "0",
                  "threads; 0: as many as processors"},
    [OPT_OUTPUT_FORMAT] = {"output-format", 0, OPTION_CHOICE, SHARED | FOR_RULE, "FORM",
                           "text|json|github", "text", "how findings are written", "what is shown"},
    [OPT_GRAPH_FORMAT] = {"output-format", 0, OPTION_CHOICE, FOR_GRAPH, "FORM", "text|json|dot",
                          "text", "how the graph is written"},
    [OPT_COLOR] = {"color", 0, OPTION_CHOICE, CHECK, "WHEN", "auto|always|never", "auto",
                   "colours in the text form"},
    [OPT_STATISTICS] = {"statistics", 0, OPTION_FLAG, FOR_CHECK, NULL, NULL, "false",
                        "how often each code was found, instead of where"},
    [OPT_TIMINGS] = {"timings", 0, OPTION_FLAG, FOR_CHECK, NULL, NULL, "false",
                     "on stderr: the time that each step and each check took"},
    [OPT_FAIL_ON] = {"fail-on", 0, OPTION_CHOICE, FOR_CHECK | IN_CONFIG, "SEVERITY",
                     "error|warning", "warning", "the least severity that makes the exit status 1"},
    [OPT_EXIT_ZERO] = {"exit-zero", 0, OPTION_FLAG, FOR_CHECK, NULL, NULL, "false",
                       "exit status 0 although there are findings"},
    [OPT_FIX] = {"fix", 0, OPTION_FLAG, FOR_CHECK, NULL, NULL, "false",
                 "mend what can be mended safely, and report the rest", "mending"},
    [OPT_UNSAFE_FIXES] = {"unsafe-fixes", 0, OPTION_FLAG, FOR_CHECK | IN_CONFIG, NULL, NULL,
                          "false", "with --fix or --diff: mend also what may change the meaning"},
    [OPT_FIX_ONLY] = {"fix-only", 0, OPTION_FLAG, FOR_CHECK, NULL, NULL, "false",
                      "mend and report nothing; exit status 0 unless something went wrong"},
    [OPT_DIFF] = {"diff", 0, OPTION_FLAG, FOR_CHECK, NULL, NULL, "false",
                  "show what --fix would change, and change nothing; exit status 1 if it would"},
    [OPT_ALL] = {"all", 0, OPTION_FLAG, FOR_RULE, NULL, NULL, "false", "every rule"},
    [OPT_HELP] = {"help", 'h', OPTION_FLAG, CHECK | FOR_RULE | FOR_CLEAN | FOR_GRAPH, NULL, NULL,
                  "false", "this help", "about the program"},
    [OPT_VERSION] = {"version", 0, OPTION_FLAG, CHECK | FOR_GRAPH, NULL, NULL, "false",
                     "the program's version"},
};

// ---- Values ----

void values_preset(Values *self, Arena *arena) {
    *self = (Values){0};
    for (int i = 0; i < OPTION_COUNT; i++) {
        Error error;
        if (option_table[i].preset == NULL) continue;
        if (!values_set(self, arena, (OptionId)i, str_of(option_table[i].preset), (Str){0}, &error))
            BUG("an option's preset value that is not one");
        self->at[i].is_set = false;
    }
}

void values_lay(Values *self, const Values *above) {
    for (int i = 0; i < OPTION_COUNT; i++)
        if (above->at[i].is_set) self->at[i] = above->at[i];
}

static bool read_number(Str written, uint64_t *number) {
    *number = 0;
    if (written.len == 0 || written.len > 18) return false;
    for (uint32_t i = 0; i < written.len; i++) {
        if (written.at[i] < '0' || written.at[i] > '9') return false;
        *number = *number * 10 + (uint64_t)(written.at[i] - '0');
    }
    return true;
}

// "3.7", "3.11", "py37", "py311".
static bool read_version(Str written, uint64_t *version) {
    Str minor;
    if (str_starts_with(written, STR("3.")))
        minor = str_from(written, 2);
    else if (str_starts_with(written, STR("py3")))
        minor = str_from(written, 3);
    else
        return false;
    uint64_t number;
    if (!read_number(minor, &number) || number > 99) return false;
    *version = PYTHON(3, number);
    return true;
}

static bool is_choice(Str written, const char *choices) {
    Str rest = str_of(choices), choice;
    while (str_split(&rest, '|', &choice))
        if (str_eq(choice, written)) return true;
    return false;
}

static bool set_choice(Arena *arena, Value *value, const char *choices, Str written, Str origin,
                       Error *error) {
    if (is_choice(written, choices)) {
        value->text = written;
        return true;
    }
    VEC(Str) names = {0};
    Str rest = str_of(choices), choice;
    while (str_split(&rest, '|', &choice))
        vec_push(arena, &names, choice);
    Str nearest = str_nearest(written, names.at, names.len);
    if (nearest.len > 0)
        return error_set(error, "%.*s: `%.*s` is none of %s; the nearest is `%.*s`",
                         STR_ARG(origin), STR_ARG(written), choices, STR_ARG(nearest));
    return error_set(error, "%.*s: `%.*s` is none of %s", STR_ARG(origin), STR_ARG(written),
                     choices);
}

static void add_item(Arena *arena, StrList *list, Str item) {
    Str *items = arena_array(arena, Str, list->count + 1);
    if (list->count > 0) memcpy(items, list->at, list->count * sizeof *items);
    items[list->count] = item;
    *list = (StrList){items, list->count + 1};
}

static bool check_item(const Option *option, Str item, Str origin, Error *error) {
    if (option->type == OPTION_LIST) return true;
    if (option->type == OPTION_CODES) return code_is_known(item, origin, error);
    uint32_t colon = str_find_last_byte(item, ':');
    Str before = str_slice(item, 0, colon), after = str_from(item, colon + 1);
    if (colon == item.len || before.len == 0)
        return error_set(error, "%.*s: `%.*s` is not %s", STR_ARG(origin), STR_ARG(item),
                         option->argument);
    if (option->type == OPTION_CODE_MAP) return code_is_known(after, origin, error);
    if (severity_of(after) == SEVERITY_OFF)
        return error_set(error, "%.*s: `%.*s` is none of error, warning, info", STR_ARG(origin),
                         STR_ARG(after));
    return code_is_known(before, origin, error);
}

// In "tests/*:D,ANN" the second code belongs to the same pattern.
static Str with_pattern_of(Arena *arena, const StrList *list, Str item) {
    if (list->count == 0 || str_contains(item, STR(":"))) return item;
    Str last = list->at[list->count - 1];
    return str_join(arena, str_slice(last, 0, str_find_last_byte(last, ':') + 1), item);
}

bool values_add(Values *self, Arena *arena, OptionId id, Str item, Str origin, Error *error) {
    if (!check_item(&option_table[id], item, origin, error)) return false;
    self->at[id].is_set = true;
    add_item(arena, &self->at[id].list, item);
    return true;
}

void values_clear(Values *self, OptionId option, Str origin) {
    Value *value = &self->at[option];
    if (!value->is_set) *value = (Value){.is_set = true, .origin = origin};
}

static bool add_items(Values *self, Arena *arena, OptionId id, Str written, Str origin,
                      Error *error) {
    Str item;
    while (str_split(&written, ',', &item)) {
        item = str_trim(item);
        if (item.len == 0) continue;
        if (option_table[id].type == OPTION_CODE_MAP)
            item = with_pattern_of(arena, &self->at[id].list, item);
        if (!values_add(self, arena, id, item, origin, error)) return false;
    }
    return true;
}

bool values_set(Values *self, Arena *arena, OptionId id, Str written, Str origin, Error *error) {
    const Option *option = &option_table[id];
    Value *value = &self->at[id];
    if (!value->is_set) *value = (Value){.is_set = true};
    value->origin = origin;
    switch ((OptionType)option->type) {
    case OPTION_FLAG:
        value->number = str_is(written, "true");
        if (value->number || str_is(written, "false")) return true;
        return error_set(error, "%.*s: `%.*s` is neither true nor false", STR_ARG(origin),
                         STR_ARG(written));
    case OPTION_NUMBER:
        if (read_number(written, &value->number)) return true;
        return error_set(error, "%.*s: `%.*s` is not a number", STR_ARG(origin), STR_ARG(written));
    case OPTION_VERSION:
        if (read_version(written, &value->number)) return true;
        return error_set(error, "%.*s: `%.*s` is not a Python version such as 3.7", STR_ARG(origin),
                         STR_ARG(written));
    case OPTION_TEXT: value->text = written; return true;
    case OPTION_PATTERN:
        value->text = written;
        if (pattern_new(arena, written) != NULL) return true;
        return error_set(error, "%.*s: `%.*s` is not a regular expression", STR_ARG(origin),
                         STR_ARG(written));
    case OPTION_CHOICE: return set_choice(arena, value, option->choices, written, origin, error);
    case OPTION_LIST:
    case OPTION_CODES:
    case OPTION_CODE_MAP:
    case OPTION_SEVERITIES: return add_items(self, arena, id, written, origin, error);
    }
    BUG("an option of no type");
}

// ---- Names ----

OptionId options_find(Str name, unsigned takers) {
    for (int i = 0; i < OPTION_COUNT; i++)
        if ((option_table[i].takers & takers) != 0 && str_is(name, option_table[i].name))
            return (OptionId)i;
    return OPTION_COUNT;
}

Str options_nearest(Arena *arena, Str wrong, unsigned takers) {
    VEC(Str) names = {0};
    for (int i = 0; i < OPTION_COUNT; i++)
        if ((option_table[i].takers & takers) != 0)
            vec_push(arena, &names, str_of(option_table[i].name));
    return str_nearest(wrong, names.at, names.len);
}

// ---- Command line ----

typedef struct Arguments {
    char **next, **end;
    Values *values;
    Arena *arena;
    Error *error;
    unsigned takers;
} Arguments;

static OptionId find_letter(char letter, unsigned takers) {
    for (int i = 0; i < OPTION_COUNT; i++)
        if ((option_table[i].takers & takers) != 0 && option_table[i].letter == letter)
            return (OptionId)i;
    return OPTION_COUNT;
}

static bool unknown_option(Arguments *self, Str argument, Str name) {
    Str nearest = options_nearest(self->arena, name, self->takers);
    if (nearest.len == 0)
        return error_set(self->error, "there is no option `%.*s`", STR_ARG(argument));
    return error_set(self->error, "there is no option `%.*s`; the nearest is `--%.*s`",
                     STR_ARG(argument), STR_ARG(nearest));
}

// `value` has `at` NULL where the argument does not hold it.
static bool set_option(Arguments *self, OptionId id, Str origin, Str value) {
    if (option_table[id].type == OPTION_FLAG) {
        if (value.at != NULL) return error_set(self->error, "%.*s takes no value", STR_ARG(origin));
        value = STR("true");
    }
    if (value.at == NULL) {
        if (self->next == self->end)
            return error_set(self->error, "%.*s wants %s", STR_ARG(origin),
                             option_table[id].argument);
        value = str_of(*self->next++);
    }
    return values_set(self->values, self->arena, id, value, origin, self->error);
}

static bool read_long(Arguments *self, Str argument) {
    uint32_t equals = str_find_byte(argument, '=');
    Str name = str_slice(argument, 2, equals);
    Str value = equals == argument.len ? (Str){0} : str_from(argument, equals + 1);
    OptionId id = options_find(name, self->takers);
    if (id != OPTION_COUNT) return set_option(self, id, str_slice(argument, 0, equals), value);
    if (str_starts_with(name, STR("no-")) && value.at == NULL) {
        id = options_find(str_from(name, 3), self->takers);
        if (id != OPTION_COUNT && option_table[id].type == OPTION_FLAG)
            return values_set(self->values, self->arena, id, STR("false"), argument, self->error);
    }
    return unknown_option(self, argument, name);
}

static bool read_letter(Arguments *self, Str argument) {
    OptionId id = find_letter(argument.at[1], self->takers);
    if (id == OPTION_COUNT) return unknown_option(self, argument, str_from(argument, 1));
    Str value = argument.len > 2 ? str_from(argument, 2) : (Str){0};
    return set_option(self, id, str_slice(argument, 0, 2), value);
}

bool options_read(Values *values, StrList *paths, Arena *arena, unsigned takers, int argc,
                  char **argv, Error *error) {
    *values = (Values){0};
    Arguments self = {argv + (argc > 0), argv + argc, values, arena, error, takers};
    VEC(Str) found = {0};
    bool only_paths = false;
    while (self.next < self.end) {
        Str argument = str_of(*self.next++);
        if (only_paths || argument.len < 2 || argument.at[0] != '-')
            vec_push(arena, &found, argument);
        else if (str_is(argument, "--"))
            only_paths = true;
        else if (!(argument.at[1] == '-' ? read_long : read_letter)(&self, argument))
            return false;
    }
    *paths = (StrList){found.at, found.len};
    return true;
}

// ---- Help ----

enum { HELP_COLUMN = 32 };

static bool is_on_by_itself(const Option *option) {
    return option->type == OPTION_FLAG && option->preset != NULL &&
           str_is(str_of(option->preset), "true");
}

static bool has_short_preset(const Option *option) {
    return option->preset != NULL &&
           (option->type == OPTION_NUMBER || option->type == OPTION_VERSION ||
            option->type == OPTION_CHOICE);
}

static void help_line(Buf *out, const Option *option) {
    size_t start = out->len;
    if (option->letter != 0)
        buf_printf(out, "  -%c, ", option->letter);
    else
        buf_add(out, STR("      "));
    buf_printf(out, "--%s%s", is_on_by_itself(option) ? "[no-]" : "", option->name);
    if (option->argument != NULL) buf_printf(out, " %s", option->argument);
    if (out->len - start >= HELP_COLUMN - 1) {
        buf_add_byte(out, '\n');
        start = out->len;
    }
    while (out->len - start < HELP_COLUMN)
        buf_add_byte(out, ' ');
    buf_add(out, str_of(option->help));
    if (option->choices != NULL) buf_printf(out, ": %s", option->choices);
    if (has_short_preset(option)) buf_printf(out, " (%s)", option->preset);
    buf_add_byte(out, '\n');
}

void options_help(Buf *out, unsigned takers) {
    const char *heading = NULL;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (option_table[i].heading != NULL) heading = option_table[i].heading;
        if ((option_table[i].takers & takers) == 0) continue;
        if (heading != NULL) buf_printf(out, "%s:\n", heading);
        heading = NULL;
        help_line(out, &option_table[i]);
    }
}
