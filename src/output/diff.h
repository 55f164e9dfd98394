// The difference between two texts, as `diff -u` writes it.

#ifndef ASYNCLINT_OUTPUT_DIFF_H
#define ASYNCLINT_OUTPUT_DIFF_H

#include "base/buf.h"

// Adds a unified diff with three lines of context that makes `new` of `old`; nothing where they
// are the same. Lines end with LF; a CR before it is a part of the line. `old_name` and `new_name`
// are written with control characters escaped.
void diff_write(Buf *out, Str old_name, Str new_name, Str old, Str new);

// Adds what `git diff --no-prefix` says of a file that becomes executable.
void diff_write_mode(Buf *out, Str name);

#endif
