// Python's fnmatch.fnmatchcase(): `*`, `?`, `[seq]`, `[!seq]`, and `*` crosses `/`.

#ifndef ASYNCLINT_PYTHON_FNMATCH_H
#define ASYNCLINT_PYTHON_FNMATCH_H

#include "base/str.h"

// Takes time in the order of name times pattern at worst. A range that runs backwards, on which
// Python raises an error, matches nothing.
bool python_fnmatch(Str name, Str pattern);

#endif
