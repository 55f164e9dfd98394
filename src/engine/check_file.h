// One file's way through the program: bytes and options in, findings and a summary out. It sees
// nothing else.

#ifndef ASYNCLINT_ENGINE_CHECK_FILE_H
#define ASYNCLINT_ENGINE_CHECK_FILE_H

#include "engine/plan.h"
#include "facts/summary.h"
#include "facts/suppressions.h"
#include "rule/finding.h"

typedef struct FileResult {
    Str path;
    bool is_hand_out; // set by the caller of check_file()
    Report report;    // sorted by position, suppressed findings left out
    uint32_t errors;  // places where the compiler refuses the file, newer syntax apart, and
                      // E9 findings; counted where edits are wanted
    Suppressions *suppressions; // for findings that come later; NULL: there are none
    Summary *summary;           // what the file tells other files; NULL where no check asked
} FileResult;

// Checks the file that `source` holds. What belongs to the file alone goes into `scratch`; the
// result into `results`, which outlives it.
void check_file(FileResult *result, const Plan *plan, const Source *source, bool is_python,
                Arena *scratch, Arena *results);

// The same from step 3 on, for a caller that cuts the lines in its own way or looks at the stages
// afterwards: `file` has arena, source, lines and is_python set. Where the plan wants a tree,
// logical lines are gone, and where a summary was made, tokens and tree.
void check_lines(FileResult *result, const Plan *plan, File *file, Arena *results);

#endif
