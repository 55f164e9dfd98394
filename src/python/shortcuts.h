// Stretches of code that are plain enough to be understood from the tokens alone.
//
// The parser's time goes by nodes, and most nodes of a program are in expressions like
// `self.lock.acquire()` and in statements like `self.name = name`. The parser is shown each
// stretch of such code as one name or number (python/thin.h); the nodes that it would have made are
// made here and put in when the tree is copied (python/syntax.c).

#ifndef ASYNCLINT_PYTHON_SHORTCUTS_H
#define ASYNCLINT_PYTHON_SHORTCUTS_H

#include "python/syntax.h"

typedef struct Shortcut {
    uint32_t first, last; // its tokens, as indices
    // Its nodes in `nodes`: those of one expression, whose first has no `up` and no `field` yet, or
    // those of statements that follow each other in one block, each with its first like that.
    uint32_t node, node_count;
    uint32_t depth; // levels of nodes
    bool are_statements;
} Shortcut;

typedef struct Shortcuts {
    const Shortcut *at; // in document order, none inside another
    uint32_t count;
    const Node *nodes; // as tree-sitter's would be copied
} Shortcuts;

// Those that the grammar takes for the same wherever they stand, in `arena`. None from a format
// string to the end of its logical line: Python 3.12 may see other tokens there. False where the
// grammar may see other tokens anywhere: they end with a problem, some are errors, or a line's
// indentation is behind a backslash. Brackets must be at most 200 levels deep.
bool shortcuts_find(Shortcuts *self, Arena *arena, const Lines *lines, const Tokens *tokens);

// Whether the grammar makes one node of a string: without f or t in its prefix.
bool token_is_plain_string(const Lines *lines, const Token *token);

#endif
