// File name patterns as the shell and Python's fnmatch have them.

#ifndef ASYNCLINT_BASE_GLOB_H
#define ASYNCLINT_BASE_GLOB_H

#include "base/str.h"

// Whether all of `text` matches: `*` any bytes ("/" too), `?` one code point, `[a-z]` and `[!a-z]`
// one of a set. Takes time in the order of both lengths multiplied, whatever the pattern.
bool glob_match(Str pattern, Str text);

// Whether the path or its last part matches: a pattern with a slash is for the path, relative to
// `folder` (absolute, without a slash at the end) unless it begins with a slash; one without for
// the last part. `path` is absolute.
bool glob_match_path(Str pattern, Str folder, Str path);

// Whether fnmatch(3) need be asked: a look at both ends, where most names and patterns differ.
bool fnmatch_is_possible(Str pattern, Str name);

// What stands behind the last slash.
Str path_name(Str path);

#endif
