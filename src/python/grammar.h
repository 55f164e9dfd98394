// tree-sitter's trees, and the memory that they and their parser take: an arena of the thread, all
// of it gone at once, without a lock that threads share. Nothing else of tree-sitter is made but
// cursors, between the two calls.

#ifndef ASYNCLINT_PYTHON_GRAMMAR_H
#define ASYNCLINT_PYTHON_GRAMMAR_H

#include "base/str.h"

#include <tree_sitter/api.h>

// The tree of `text`. It and its cursors live until grammar_release(), and are not deleted.
const TSTree *grammar_parse(const TSLanguage *language, Str text);

void grammar_release(void);

#endif
