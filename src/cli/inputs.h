// What the user wants checked: paths, lists of paths, or what comes in on stdin.

#ifndef ASYNCLINT_CLI_INPUTS_H
#define ASYNCLINT_CLI_INPUTS_H

#include "cli/discover.h"

// Adds the paths that the file of --files-from lists, if it is set: separated by NUL bytes where
// there is one, else by line ends. Without any path afterwards, and without such a file, the
// current folder is meant: one empty path.
bool inputs_add_listed(StrList *paths, Arena *arena, const Value *files_from, Error *error);

// discover(), but "-" alone is what comes in on stdin, named as --stdin-filename says. `bytes`
// holds it, and outlives the run.
bool inputs_find(Discovery *self, Arena *arena, Configs *configs, StrList paths, Buf *bytes,
                 Error *error);

// How many threads --jobs means.
unsigned inputs_jobs(const Values *values);

#endif
