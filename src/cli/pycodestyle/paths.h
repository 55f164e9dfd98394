// Paths as Python's os.path computes with them: on the text alone, links are not looked at.

#ifndef ASYNCLINT_CLI_PYCODESTYLE_PATHS_H
#define ASYNCLINT_CLI_PYCODESTYLE_PATHS_H

#include "base/vec.h"
#include "cli/pycodestyle/options.h"

Str path_join(Arena *arena, Str parent, Str name);
Str path_basename(Str path);

// os.path.abspath(): against the working folder, without `.`, `..` and doubled slashes.
Str path_absolute(Arena *arena, Str path);

// The parts of a list separated by commas, without blanks around them and without empty ones.
void split_list(Arena *arena, Str list, StyleNames *parts);

// The same for patterns of paths: empty parts stay, a part with a slash in it is made absolute
// against `parent`, slashes at the end go.
void split_path_patterns(Arena *arena, Str list, Str parent, StyleNames *patterns);

// Whether one of the patterns matches (python/fnmatch.h).
bool any_pattern_matches(const StyleNames *patterns, Str name);

#endif
