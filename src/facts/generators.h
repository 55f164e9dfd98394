// What it means to leave a generator in the middle.

#ifndef ASYNCLINT_FACTS_GENERATORS_H
#define ASYNCLINT_FACTS_GENERATORS_H

#include "facts/file.h"

// Whether a generator that is left at `yield` has something to clean up: it stands in a `with`, or
// in a `try` with `finally`.
bool yield_holds_something(File *file, const Node *yield);

// The first `break` or `return` in the body of a `for` statement that leaves it; NULL where there
// is none, and for the clause of a comprehension.
const Node *loop_left_early(const Node *loop);

#endif
