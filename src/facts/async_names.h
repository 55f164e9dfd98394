// Whether a file names anything of asynchronous code: what a rule asks before it looks names up.

#ifndef ASYNCLINT_FACTS_ASYNC_NAMES_H
#define ASYNCLINT_FACTS_ASYNC_NAMES_H

#include "facts/file.h"

// Whether one of the file's tokens is `async`, `await` or a name that may lead to a library of
// coroutines, a cancellation or an exception group; to import a module by a text is one, too. What
// such a name can be called by another one is in such a file as well. True where the file has no
// tokens.
bool has_async_names(File *file);

#endif
