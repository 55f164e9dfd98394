// Code that nobody looks at: statements that the parser need not see.
//
// Who asks only for definitions and their docstrings has no use for what functions do. Such
// statements are shown to the parser as one number (python/thin.h) and are one node of the tree,
// NODE_QUIET, for as many of them as follow each other in one block.

#ifndef ASYNCLINT_PYTHON_QUIET_H
#define ASYNCLINT_PYTHON_QUIET_H

#include "base/vec.h"
#include "python/tokens.h"

// How much of the tree somebody looks at, the most first.
typedef enum TreeUse {
    TREE_WHOLE,
    TREE_CATCH_ALL,   // definitions, and try statements with a bare `except` or an `except*`
    TREE_DEFINITIONS, // classes and functions with decorators, headers and docstrings, and the
                      // module's lines that name `__all__`
} TreeUse;

typedef struct QuietRun {
    uint32_t first, last; // tokens: the first of its first line, the last of its last line
    uint32_t open_blocks; // blocks inside the run in which its last line stands
} QuietRun;

typedef struct QuietRuns {
    const QuietRun *at; // in document order, none inside another
    uint32_t count;
} QuietRuns;

// The quiet statements of a file that CPython compiles, in `arena`; none where `use` is TREE_WHOLE.
// `tokens` must have been scanned without a problem.
QuietRuns quiet_find(Arena *arena, const Lines *lines, const Tokens *tokens, TreeUse use);

#endif
