// The options: one table, from which the command line is read, the configuration's keys are known
// and --help is written.

#ifndef ASYNCLINT_CLI_OPTIONS_H
#define ASYNCLINT_CLI_OPTIONS_H

#include "base/buf.h"
#include "base/error.h"
#include "base/vec.h"
#include "rule/settings.h"

typedef enum OptionType {
    OPTION_FLAG,       // number 0 or 1: --name or --no-name; in the configuration true or false
    OPTION_NUMBER,     // number
    OPTION_VERSION,    // number: PYTHON(3, 7) of "3.7" or "py37"
    OPTION_TEXT,       // text
    OPTION_PATTERN,    // text: a regular expression (base/pattern.h)
    OPTION_CHOICE,     // text: one of `choices`
    OPTION_LIST,       // list: separated by commas; given again, it adds up
    OPTION_CODES,      // list, of codes, beginnings of codes and aliases (rule/select.h)
    OPTION_CODE_MAP,   // list, of PATTERN:CODE (a table of lists in the configuration)
    OPTION_SEVERITIES, // list, of CODE:SEVERITY (a table in the configuration)
} OptionType;

// Who takes an option.
enum { FOR_CHECK = 1, FOR_RULE = 2, FOR_SCORE = 4, FOR_CLEAN = 16, FOR_GRAPH = 32, IN_CONFIG = 8 };

// In the order of --help.
typedef enum OptionId {
    OPT_ALL,
    OPT_SELECT,
    OPT_IGNORE,
    OPT_EXTEND_SELECT,
    OPT_PER_FILE_IGNORES,
    OPT_PRESET,
    OPT_SEVERITY,
    OPT_NOQA,
    OPT_UNUSED_NOQA,
    OPT_TARGET_VERSION,
    OPT_CONVENTION,
    OPT_MATCH,
    OPT_MATCH_DIR,
    OPT_IGNORE_DECORATORS,
    OPT_PROPERTY_DECORATORS,
    OPT_IGNORE_SELF_ONLY_INIT,
    OPT_SUPPRESS_NONE_RETURNING,
    OPT_SUPPRESS_DUMMY_ARGS,
    OPT_ALLOW_UNTYPED_DEFS,
    OPT_ALLOW_UNTYPED_NESTED,
    OPT_MYPY_INIT_RETURN,
    OPT_ALLOW_STAR_ARG_ANY,
    OPT_RESPECT_TYPE_IGNORE,
    OPT_GROUP_ANNOTATIONS,
    OPT_DISPATCH_DECORATORS,
    OPT_OVERLOAD_DECORATORS,
    OPT_MAX_LINE_LENGTH,
    OPT_MAX_DOC_LENGTH,
    OPT_HANG_CLOSING,
    OPT_MAX_FILE_LINES,
    OPT_HAND_OUT_FILES,
    OPT_FOREIGN_EDITORS,
    OPT_BLOCKING_CALLS,
    OPT_NON_BLOCKING_CALLS,
    OPT_THREAD_CALLS,
    OPT_GENERATOR_DECORATORS,
    OPT_AWAITLESS_DECORATORS,
    OPT_STARTABLE,
    OPT_EXCLUDE,
    OPT_DEFAULT_EXCLUDES,
    OPT_FORCE_EXCLUDE,
    OPT_GITIGNORE,
    OPT_PROJECTS,
    OPT_FILES_FROM,
    OPT_STDIN_FILENAME,
    OPT_MAX_FILE_BYTES,
    OPT_CONFIG,
    OPT_ISOLATED,
    OPT_CACHE,
    OPT_CACHE_DIR,
    OPT_JOBS,
    OPT_OUTPUT_FORMAT,
    OPT_GRAPH_FORMAT,
    OPT_COLOR,
    OPT_STATISTICS,
    OPT_TIMINGS,
    OPT_FAIL_ON,
    OPT_EXIT_ZERO,
    OPT_FIX,
    OPT_UNSAFE_FIXES,
    OPT_FIX_ONLY,
    OPT_DIFF,
    OPT_HELP,
    OPT_VERSION,
    OPTION_COUNT
} OptionId;

typedef struct Option {
    const char *name; // on the command line behind "--", in the configuration as it is
    char letter;      // "-h"; 0: none
    uint8_t type;     // OptionType
    uint8_t takers;
    const char *argument; // what --help calls the value
    const char *choices;  // of OPTION_CHOICE: separated by "|"
    const char *preset;   // the value where nobody gives one, written as in the configuration
    const char *help;
    const char *heading; // the help's, of the group of options that begins with this one
} Option;

extern const Option option_table[OPTION_COUNT];

typedef struct Value {
    bool is_set;
    uint64_t number;
    Str text;
    StrList list;
    Str origin; // who set it, for messages: "--select" or "asynclint.toml:3"
} Value;

// One value for each option: of the command line, of a configuration file, or both together.
typedef struct Values {
    Value at[OPTION_COUNT];
} Values;

// Every option's own value, as the table has it.
void values_preset(Values *self, Arena *arena);

// Takes over what `above` sets.
void values_lay(Values *self, const Values *above);

// Sets an option from its written form. The item of a list is added to those there are.
// `origin` is kept.
bool values_set(Values *self, Arena *arena, OptionId option, Str written, Str origin, Error *error);

// For a list: marks it as set, by `origin`, and empty; adds one item, in which commas are no
// separators.
void values_clear(Values *self, OptionId option, Str origin);
bool values_add(Values *self, Arena *arena, OptionId option, Str item, Str origin, Error *error);

// The option of that name and for one of those takers, or OPTION_COUNT.
OptionId options_find(Str name, unsigned takers);

// The option's name that is nearest to a wrong one; may be empty.
Str options_nearest(Arena *arena, Str wrong, unsigned takers);

// Reads a command line: `values` gets what it sets, `*paths` what is no option. All lives in
// `arena`; views of `argv` are kept.
bool options_read(Values *values, StrList *paths, Arena *arena, unsigned takers, int argc,
                  char **argv, Error *error);

// The help on a command's options.
void options_help(Buf *out, unsigned takers);

#endif
