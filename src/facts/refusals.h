// What the compiler refuses in a file (python/compiler/refusals.h), made once per file.

#ifndef ASYNCLINT_FACTS_REFUSALS_H
#define ASYNCLINT_FACTS_REFUSALS_H

#include "facts/file.h"
#include "python/compiler/refusals.h"

// Empty where the file's text could not be had.
const Refusals *file_refusals(File *file);

// Makes the file's tree, and with it what is refused. False where there is no tree: the text is no
// Python, or may be something else for tree-sitter's grammar.
bool file_parse(File *file);

// The same, with tree-sitter's tree in that case, in the place of the logical lines, which are
// gone. There is none where tokens are nested deeper than CPython takes them.
void file_make_tree(File *file);

// Whether Python `version` (307 for 3.7) refuses it.
static inline bool refusal_applies(const Refusal *refusal, int version) {
    return refusal->from <= version && version < refusal->before;
}

#endif
