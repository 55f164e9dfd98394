// From the paths that the user gave to the files to check and the project folders to look at.

#ifndef ASYNCLINT_CLI_DISCOVER_H
#define ASYNCLINT_CLI_DISCOVER_H

#include "cli/config.h"
#include "engine/check_all.h"

typedef struct Discovery {
    VEC(RunFile) files;     // sorted by path, none twice
    VEC(RunFolder) folders; // sorted by root; their entries only where a check wants them
    const Config *first;    // of the first path: what holds for the run as a whole
} Discovery;

// Folders are walked in byte order without following links; .gitignore and excludes hold inside
// them. Paths are shown as the user began them: "./a.py" under ".". What cannot be read or is no
// regular file stands among the files, for the diagnostic. Up to `jobs` threads read folders. False
// where a configuration is wrong.
bool discover(Discovery *self, Arena *arena, Configs *configs, StrList paths, unsigned jobs,
              Error *error);

// One Python file of that name, which need not exist; none where it is excluded.
bool discover_named(Discovery *self, Arena *arena, Configs *configs, Str path, Error *error);

// Whether bytes with this beginning name Python as their interpreter in the first line.
bool has_python_shebang(Str beginning);

#endif
