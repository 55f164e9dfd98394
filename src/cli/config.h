// Configurations: which one holds for a folder, and what it and the command line come to.

#ifndef ASYNCLINT_CLI_CONFIG_H
#define ASYNCLINT_CLI_CONFIG_H

#include "base/map.h"
#include "cli/options.h"
#include "cli/pycodestyle/codes.h"
#include "engine/plan.h"

typedef struct Config {
    Str folder;                    // absolute; its patterns are relative to it
    Str file;                      // what was read; empty: nothing was
    const Values *own;             // what the file sets
    uint64_t oldest_python;        // by the nearest requires-python; 0: there is none
    Values values;                 // with the table's and the command line's
    const StyleCodes *style_codes; // what [pycodestyle] in setup.cfg or tox.ini chooses, or NULL
    Settings settings;
    VEC(Plan *) plans; // one for each distinct set of severities
    Map plan_of;       // which per-file ignores hold -> index into `plans`
} Config;

typedef struct Configs {
    Arena *arena;
    const Values *command_line;
    Str current;   // the current folder, absolute; empty where it cannot be told, and for "/"
    Config *none;  // where no file is found
    Config *given; // by --config or --isolated: holds everywhere; NULL: not given
    VEC(Config *) all;
    Map by_folder; // absolute folder -> index into `all`
} Configs;

// `arena` and `command_line` outlive it. False where a --config cannot be read.
bool configs_init(Configs *self, Arena *arena, const Values *command_line, Error *error);

// The configuration for files in `folder` (absolute, without links): of the nearest folder upward
// that has one; where none has, what pycodestyle reads from setup.cfg and tox.ini there. NULL where
// it is wrong.
Config *configs_for(Configs *self, Str folder, Error *error);

// The plan for the file `path` (absolute) under this configuration: per-file ignores can make
// several.
const Plan *config_plan(Config *self, Arena *arena, Str path);

// Whether --exclude or the configuration's `exclude` leaves out this path (absolute) itself.
bool config_excludes(const Config *self, Str path);

// Whether the file is handed out with a task.
bool config_is_hand_out(const Config *self, Str path);

// Absolute and without links and dots as far as the path exists; else as well as can be told.
Str configs_canonical_folder(const Configs *self, Arena *arena, Str folder);

#endif
