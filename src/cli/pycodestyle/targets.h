// What the paths on the command line stand for: files as named, folders with what is in them.

#ifndef ASYNCLINT_CLI_PYCODESTYLE_TARGETS_H
#define ASYNCLINT_CLI_PYCODESTYLE_TARGETS_H

#include "cli/pycodestyle/options.h"

typedef struct StyleTarget {
    Str path;
    bool is_folder; // one that was looked into: its files follow
    bool is_named;  // on the command line
} StyleTarget;

typedef VEC(StyleTarget) StyleTargets;

// Finds the files to check. Files of one folder come sorted, before the sorted folders in it;
// links to folders are not followed. `filename` holds for files in folders, `exclude` for all.
void style_targets_find(StyleTargets *self, Arena *arena, const StyleNames *paths,
                        const StyleNames *filename, const StyleNames *exclude);

#endif
