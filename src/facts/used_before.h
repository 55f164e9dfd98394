// Whether a value that can be used up once, a coroutine, is used a second time.

#ifndef ASYNCLINT_FACTS_USED_BEFORE_H
#define ASYNCLINT_FACTS_USED_BEFORE_H

#include "facts/file.h"

// Whether `name` reads a local variable that is bound once, to a call, uses it up (awaits it, or
// gives it to a function of asyncio), and on the way to it the same value was certainly used up
// already: by an earlier statement of a block around it, or by the turn before of a loop that does
// not bind it anew.
bool is_used_before(File *file, const Node *name);

#endif
