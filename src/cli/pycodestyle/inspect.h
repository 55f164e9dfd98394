// One file for the pycodestyle command: read as pycodestyle reads it, checked, and its findings
// with what the engine does not report in pycodestyle's words: files that cannot be read (E902) and
// tokens that do not end (E901).

#ifndef ASYNCLINT_CLI_PYCODESTYLE_INSPECT_H
#define ASYNCLINT_CLI_PYCODESTYLE_INSPECT_H

#include "cli/pycodestyle/report.h"
#include "engine/check_file.h"

typedef struct Inspection {
    Str name; // "stdin" for "-"
    File file;
    StyleFinding *findings;
    uint32_t count;
} Inspection;

// `plan` has its tokens and logical lines turned on. Everything lives in `arena`.
void inspect_file(Inspection *self, Arena *arena, const Plan *plan, Str path, bool is_named);

// All of standard input, decoded and with its line ends as pycodestyle has them.
Str read_standard_input(Arena *arena);

#endif
