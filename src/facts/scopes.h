// Scopes, bindings and what a name stands for.

#ifndef ASYNCLINT_FACTS_SCOPES_H
#define ASYNCLINT_FACTS_SCOPES_H

#include "facts/file.h"

// The dotted name of what `expression` (identifier or attribute chain) stands for, resolved through
// imports and single assignments: `sleep` after `from time import sleep as sleep` is "time.sleep",
// `t.sleep` after `import time as t` too; an unshadowed builtin is "builtins.input". Empty where it
// cannot be told, a name of the file's own included. In the file's arena.
Str qualified_name(File *file, const Node *expression);

// Whether `call` (NODE_CALL) calls exactly `dotted`.
bool callee_is(File *file, const Node *call, const char *dotted);

// The function_definition or lambda whose body (not its decorators, defaults or annotations) runs
// `node`; a comprehension is part of the function around it, a generator expression's first
// iterable too. NULL at module and class level.
const Node *enclosing_function(const Node *node);

// Whether `function` is an `async def`.
bool function_is_async(const Node *function);

// Whether `node` runs in the body of an `async def`, not of a function or lambda inside it.
bool is_in_coroutine(const Node *node);

#endif
