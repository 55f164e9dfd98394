#include "cli/pycodestyle/options.h"

#include "python/strings.h"

#include <stddef.h>

#define AT(member) offsetof(StyleOptions, member)

const StyleOption style_options[] = {
    {"version", '\0', STYLE_VERSION, 0, false, NULL, "print the version that this follows"},
    {"help", 'h', STYLE_HELP, 0, false, NULL, "print this text"},
    {"verbose", 'v', STYLE_COUNT, AT(verbose), true, NULL,
     "say what is checked; with -vv also every logical line"},
    {"quiet", 'q', STYLE_COUNT, AT(quiet), true, NULL,
     "print only the names of files with findings; with -qq nothing"},
    {"repeat", 'r', STYLE_FALSE, AT(first_only), false, NULL,
     "print every finding (as it is anyway)"},
    {"first", '\0', STYLE_TRUE, AT(first_only), false, NULL,
     "print only the first finding of each code"},
    {"exclude", '\0', STYLE_TEXT, AT(exclude), true, "patterns",
     "leave out files and folders that match one of these, separated by commas (preset: "
     ".svn,CVS,.bzr,.hg,.git,__pycache__,.tox)"},
    {"filename", '\0', STYLE_TEXT, AT(filename), true, "patterns",
     "in folders, check the files that match one of these, separated by commas (preset: *.py)"},
    {"select", '\0', STYLE_TEXT, AT(select), true, "codes",
     "report only codes that begin so, e.g. E,W6; makes --ignore void"},
    {"ignore", '\0', STYLE_TEXT, AT(ignore), true, "codes",
     "leave out codes that begin so, e.g. E4,W (preset: E121,E123,E126,E226,E24,E704,W503,W504)"},
    {"show-source", '\0', STYLE_TRUE, AT(show_source), true, NULL,
     "print the line of each finding"},
    {"show-pep8", '\0', STYLE_TRUE, AT(show_pep8), true, NULL,
     "print the reason for each finding's rule"},
    {"statistics", '\0', STYLE_TRUE, AT(statistics), true, NULL,
     "print at the end how often each code was found"},
    {"count", '\0', STYLE_TRUE, AT(count), true, NULL,
     "print at the end the number of findings, on standard error"},
    {"max-line-length", '\0', STYLE_INTEGER, AT(max_line_length), true, "n",
     "the longest line that E501 lets pass (preset: 79)"},
    {"max-doc-length", '\0', STYLE_INTEGER, AT(max_doc_length), true, "n",
     "the longest line of a comment or docstring that W505 lets pass (preset: any)"},
    {"hang-closing", '\0', STYLE_TRUE, AT(hang_closing), true, NULL,
     "want closing brackets indented like what they close (E133), not like the line that opens"},
    {"format", '\0', STYLE_TEXT, AT(format), true, "format",
     "`default`, `pylint` or a text with %(path)s, %(row)d, %(col)d, %(code)s and %(text)s"},
    {"diff", '\0', STYLE_TRUE, AT(diff), false, NULL,
     "check only the lines that the unified diff on standard input adds or keeps"},
    {"benchmark", '\0', STYLE_TRUE, AT(benchmark), false, NULL, "print how fast it was"},
    {"config", '\0', STYLE_TEXT, AT(config), false, "path",
     "read this configuration file on top of the others"},
};
const uint32_t style_option_count = sizeof style_options / sizeof style_options[0];

void style_options_init(StyleOptions *self) {
    *self = (StyleOptions){.max_line_length = 79,
                           .exclude = STR(".svn,CVS,.bzr,.hg,.git,__pycache__,.tox"),
                           .exclude_folder = STR("."),
                           .filename = STR("*.py"),
                           .select = STR(""),
                           .ignore = STR(""),
                           .format = STR("default")};
}

void style_option_set_text(StyleOptions *self, const StyleOption *entry, Str value) {
    *(Str *)((char *)self + entry->offset) = value;
}

void style_option_set_integer(StyleOptions *self, const StyleOption *entry, int64_t value) {
    void *place = (char *)self + entry->offset;
    if (entry->kind == STYLE_COUNT || entry->kind == STYLE_INTEGER)
        *(int64_t *)place = value;
    else
        *(bool *)place = value != 0;
    if (entry->offset == AT(max_doc_length)) self->has_max_doc_length = true;
}

// ---- The command line ----

typedef struct CommandReader {
    StyleOptions *options;
    char *const *arguments;
    uint32_t count, next;
    Buf *out, *errors;
    CommandLine outcome;
} CommandReader;

static const char usage[] = "Usage: pycodestyle [options] input ...\n";

void style_options_add_usage_error(Buf *errors, const char *problem) {
    buf_printf(errors, "%s\npycodestyle: error: %s\n", usage, problem);
}

static void fail(CommandReader *self, Str problem) {
    Buf line = {0};
    buf_add(&line, problem);
    buf_add_byte(&line, '\0');
    style_options_add_usage_error(self->errors, line.at);
    buf_release(&line);
    self->outcome = COMMAND_LINE_WRONG;
}

enum { HELP_COLUMN = 24, HELP_WIDTH = 79 };

static void add_wrapped(Buf *out, const char *help) {
    uint32_t column = HELP_COLUMN;
    Str rest = str_of(help), word;
    while (str_split(&rest, ' ', &word)) {
        if (column > HELP_COLUMN && column + 1 + word.len > HELP_WIDTH) {
            buf_printf(out, "\n%*s", HELP_COLUMN, "");
            column = HELP_COLUMN;
        }
        if (column > HELP_COLUMN) buf_add_byte(out, ' ');
        column += word.len + (column > HELP_COLUMN);
        buf_add(out, word);
    }
    buf_add_byte(out, '\n');
}

static void add_help(Buf *out) {
    buf_printf(out, "%s\nOptions:\n", usage);
    for (uint32_t i = 0; i < style_option_count; i++) {
        const StyleOption *entry = &style_options[i];
        size_t start = out->len;
        buf_add(out, STR("  "));
        if (entry->letter != '\0') buf_printf(out, "-%c, ", entry->letter);
        buf_printf(out, "--%s", entry->name);
        if (entry->argument != NULL) buf_printf(out, "=%s", entry->argument);
        int used = (int)(out->len - start);
        if (used + 2 > HELP_COLUMN) {
            buf_add_byte(out, '\n');
            used = 0;
        }
        buf_printf(out, "%*s", HELP_COLUMN - used, "");
        add_wrapped(out, entry->help);
    }
    buf_add(out,
            STR("\nSettings are read from the section [pycodestyle] of the user's file\n"
                "(~/.config/pycodestyle), then of setup.cfg and tox.ini in the nearest folder\n"
                "upward that has one of them.\n"));
}

static void take_text(CommandReader *self, const StyleOption *entry, Str value) {
    if (entry->kind == STYLE_TEXT) {
        style_option_set_text(self->options, entry, value);
        if (entry->offset == AT(exclude)) self->options->exclude_folder = STR(".");
        return;
    }
    bool has_hex = value.len >= 2 && value.at[0] == '0' && (value.at[1] | 0x20) == 'x';
    bool has_binary = value.len >= 2 && value.at[0] == '0' && (value.at[1] | 0x20) == 'b';
    bool has_octal = value.len >= 1 && value.at[0] == '0' && !has_hex && !has_binary;
    int64_t number;
    if (python_int(value, has_hex ? 16 : has_binary ? 2 : has_octal ? 8 : 10, &number)) {
        style_option_set_integer(self->options, entry, number);
        return;
    }
    Buf problem = {0};
    buf_printf(&problem, "option --%s: invalid integer value: ", entry->name);
    python_repr(&problem, value);
    fail(self, buf_str(&problem));
    buf_release(&problem);
}

static void take_flag(CommandReader *self, const StyleOption *entry) {
    if (entry->kind == STYLE_HELP || entry->kind == STYLE_VERSION) {
        if (entry->kind == STYLE_HELP)
            add_help(self->out);
        else
            buf_add(self->out, STR("2.5.0\n"));
        self->outcome = COMMAND_LINE_ANSWERED;
        return;
    }
    int64_t *count = (int64_t *)((char *)self->options + entry->offset);
    bool counts = entry->kind == STYLE_COUNT;
    style_option_set_integer(self->options, entry, counts ? *count + 1 : entry->kind == STYLE_TRUE);
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

// The option that `name` is, or is the only beginning of; NULL after saying what is wrong.
static const StyleOption *find_long(CommandReader *self, Str name) {
    const char *possible[sizeof style_options / sizeof style_options[0]];
    uint32_t count = 0;
    const StyleOption *found = NULL;
    for (uint32_t i = 0; i < style_option_count; i++) {
        if (!str_starts_with(str_of(style_options[i].name), name)) continue;
        found = &style_options[i];
        if (str_is(name, found->name)) return found;
        possible[count++] = found->name;
    }
    if (count == 1) return found;
    Buf problem = {0};
    buf_printf(&problem, "%s option: --", count == 0 ? "no such" : "ambiguous");
    buf_add(&problem, name);
    qsort(possible, count, sizeof possible[0], compare_names);
    for (uint32_t i = 0; i < count; i++)
        buf_printf(&problem, "%s--%s", i == 0 ? " (" : ", ", possible[i]);
    if (count > 0) buf_add(&problem, STR("?)"));
    fail(self, buf_str(&problem));
    buf_release(&problem);
    return NULL;
}

static void read_long(CommandReader *self, Str argument) {
    uint32_t equals = str_find_byte(argument, '=');
    bool has_value = equals < argument.len;
    const StyleOption *entry = find_long(self, str_slice(argument, 2, equals));
    if (entry == NULL) return;
    char problem[80];
    if (entry->kind == STYLE_INTEGER || entry->kind == STYLE_TEXT) {
        if (has_value) {
            take_text(self, entry, str_from(argument, equals + 1));
        } else if (self->next < self->count) {
            take_text(self, entry, str_of(self->arguments[self->next++]));
        } else {
            snprintf(problem, sizeof problem, "--%s option requires 1 argument", entry->name);
            fail(self, str_of(problem));
        }
    } else if (has_value) {
        snprintf(problem, sizeof problem, "--%s option does not take a value", entry->name);
        fail(self, str_of(problem));
    } else {
        take_flag(self, entry);
    }
}

static const StyleOption *find_letter(char letter) {
    for (uint32_t i = 0; i < style_option_count; i++)
        if (style_options[i].letter == letter) return &style_options[i];
    return NULL;
}

// No option with a letter takes a value.
static void read_letters(CommandReader *self, Str letters) {
    for (uint32_t at = 0, length, point; at < letters.len; at += length) {
        length = python_char(letters, at, &point);
        const StyleOption *entry = point == 0 ? NULL : find_letter(letters.at[at]);
        if (entry == NULL) {
            Buf problem = {0};
            buf_add(&problem, STR("no such option: -"));
            buf_add(&problem, str_slice(letters, at, at + length));
            fail(self, buf_str(&problem));
            buf_release(&problem);
            return;
        }
        take_flag(self, entry);
        if (self->outcome != COMMAND_LINE_READ) return;
    }
}

CommandLine style_options_read(StyleOptions *self, Arena *arena, char *const *arguments,
                               uint32_t count, StyleNames *paths, Buf *out, Buf *errors) {
    CommandReader reader = {self, arguments, count, 0, out, errors, COMMAND_LINE_READ};
    bool only_paths = false;
    while (reader.next < count && reader.outcome == COMMAND_LINE_READ) {
        Str argument = str_of(arguments[reader.next++]);
        if (only_paths || argument.len < 2 || argument.at[0] != '-')
            vec_push(arena, paths, argument);
        else if (str_is(argument, "--"))
            only_paths = true;
        else if (argument.at[1] == '-')
            read_long(&reader, argument);
        else
            read_letters(&reader, str_from(argument, 1));
    }
    return reader.outcome;
}
