// Primaries that are plain enough to be understood from the tokens alone: `self.lock.acquire`,
// `open(path, mode="rb").read()`, `"a" "b"`.
//
// The parser's time goes by nodes, and most nodes of a program are in such expressions. The parser
// is shown each as one name or number (python/thin.h); what it is made of is put back when the tree
// is copied (python/syntax.c).
//
// primary:  atom trailer*                      (language reference, 6.3)
// atom:     a name | True | False | None | a number | plain strings side by side
// trailer:  "." name | "(" [argument ("," argument)* [","]] ")"
// argument: [name "="] primary

#ifndef ASYNCLINT_PYTHON_PRIMARIES_H
#define ASYNCLINT_PYTHON_PRIMARIES_H

#include "python/syntax.h"

typedef struct Primary {
    uint32_t first, last; // its tokens, as indices
    uint32_t node;        // where its nodes start in `nodes`; `up` and `field` of the first are 0
    uint32_t node_count;
    uint32_t depth; // levels of nodes
} Primary;

typedef struct Primaries {
    const Primary *at; // in document order, none inside another
    uint32_t count;
    const Node *nodes; // as tree-sitter's would be copied
} Primaries;

// Those that the grammar takes for an expression wherever they stand, in `arena`; not a name or a
// number by itself. None after a format string on its logical line: Python 3.12 may see other
// tokens there. Brackets must be at most 200 levels deep.
Primaries primaries_find(Arena *arena, const Lines *lines, const Tokens *tokens);

// Whether the grammar makes one node of it: a string without f or t in its prefix.
bool token_is_plain_string(const Lines *lines, const Token *token);

#endif
