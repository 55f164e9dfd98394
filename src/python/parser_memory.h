// What tree-sitter allocates: from an arena, all of it gone at once, without a lock that threads
// share.

#ifndef ASYNCLINT_PYTHON_PARSER_MEMORY_H
#define ASYNCLINT_PYTHON_PARSER_MEMORY_H

#include "base/arena.h"

// From now on until parser_memory_leave() this thread's parsers, trees and cursors live in `arena`.
// Nothing of tree-sitter is used otherwise. Only parsers are deleted, as their scanners have memory
// of their own.
void parser_memory_enter(Arena *arena);
void parser_memory_leave(void);

#endif
