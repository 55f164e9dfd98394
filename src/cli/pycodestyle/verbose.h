// What -v says while files are checked.

#ifndef ASYNCLINT_CLI_PYCODESTYLE_VERBOSE_H
#define ASYNCLINT_CLI_PYCODESTYLE_VERBOSE_H

#include "base/buf.h"
#include "facts/file.h"

// -vv: the first 80 characters of each logical line. (What -vvv adds, the tokens and what goes on
// inside pycodestyle's checks, is not followed.)
void verbose_add_logical_lines(Buf *out, const File *file);

#endif
