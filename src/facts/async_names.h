// Whether a file may have to do with asynchronous code at all.

#ifndef ASYNCLINT_FACTS_ASYNC_NAMES_H
#define ASYNCLINT_FACTS_ASYNC_NAMES_H

#include "facts/file.h"

// Whether one of the file's tokens is `async`, `await` or a name that belongs to code of
// coroutines: of a library that runs them, of what is raised to cancel them, of exception groups,
// or of what imports a library by a text. Of a file without any, checks of asynchronous code have
// nothing to say, but where everything is caught without a name.
bool has_async_names(const File *file);

#endif
