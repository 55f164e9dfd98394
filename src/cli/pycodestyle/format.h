// The line for one finding, made by a format of Python's % operator with the keys path, row, col,
// code and text.

#ifndef ASYNCLINT_CLI_PYCODESTYLE_FORMAT_H
#define ASYNCLINT_CLI_PYCODESTYLE_FORMAT_H

#include "base/buf.h"
#include "base/error.h"

typedef struct FormatValues {
    Str path, code, text;
    int64_t row, col;
} FormatValues;

// What stands behind --format: "default" and "pylint" (in any case) are names of formats.
Str format_named(Str name);

// Appends `format` with the values filled in. False where Python raises an exception; `error` holds
// its text, and `out` is as before.
bool format_add(Buf *out, Str format, const FormatValues *values, Error *error);

#endif
