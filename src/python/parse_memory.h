// Memory for the parser: the file's arena instead of the system's allocator.
//
// tree-sitter makes and drops millions of small pieces for a file and needs none of them once the
// tree is copied. Freed pieces are kept by size for reuse, so that a large file stays small.

#ifndef ASYNCLINT_PYTHON_PARSE_MEMORY_H
#define ASYNCLINT_PYTHON_PARSE_MEMORY_H

#include "base/arena.h"

// Makes tree-sitter use this module's memory. Called once, before the first parser is made.
void parse_memory_install(void);

// From now on everything that tree-sitter allocates on this thread comes from `arena`, and goes
// with it: nothing of it need be deleted.
void parse_memory_begin(Arena *arena);

#endif
