// The options of the pycodestyle command and its command line, read as Python's optparse reads one.

#ifndef ASYNCLINT_CLI_PYCODESTYLE_OPTIONS_H
#define ASYNCLINT_CLI_PYCODESTYLE_OPTIONS_H

#include "base/buf.h"
#include "base/vec.h"

typedef VEC(Str) StyleNames;

typedef struct StyleOptions {
    int64_t verbose, quiet; // how often
    int64_t max_line_length, max_doc_length;
    bool has_max_doc_length;
    bool first_only, show_source, show_pep8, statistics, count, hang_closing, diff, benchmark;
    Str exclude, filename, select, ignore; // lists separated by commas
    Str format, config;                    // `config.at` is NULL where not given
    Str exclude_folder;                    // what relative patterns in `exclude` are meant from
} StyleOptions;

typedef enum StyleOptionKind {
    STYLE_HELP,
    STYLE_VERSION,
    STYLE_TRUE,
    STYLE_FALSE,
    STYLE_COUNT,
    STYLE_INTEGER,
    STYLE_TEXT,
} StyleOptionKind;

typedef struct StyleOption {
    const char *name; // without "--"
    char letter;      // '\0': none
    StyleOptionKind kind;
    size_t offset;        // of its value in StyleOptions
    bool in_files;        // configuration files may set it
    const char *argument; // what --help calls the value
    const char *help;
} StyleOption;

extern const StyleOption style_options[];
extern const uint32_t style_option_count;

// What holds where nobody says otherwise.
void style_options_init(StyleOptions *self);

void style_option_set_text(StyleOptions *self, const StyleOption *entry, Str value);
void style_option_set_integer(StyleOptions *self, const StyleOption *entry, int64_t value);

typedef enum CommandLine {
    COMMAND_LINE_READ,
    COMMAND_LINE_ANSWERED, // help or version are in `out`
    COMMAND_LINE_WRONG,    // what is wrong is in `errors`
} CommandLine;

// Reads the command line on top of what `self` holds. Paths go to `paths` in their order.
CommandLine style_options_read(StyleOptions *self, Arena *arena, char *const *arguments,
                               uint32_t count, StyleNames *paths, Buf *out, Buf *errors);

// "Usage: …", a blank line and "pycodestyle: error: …".
void style_options_add_usage_error(Buf *errors, const char *problem);

#endif
