// Writing a file anew so that it is the old one or the new one at any moment, never a part.

#ifndef ASYNCLINT_BASE_REPLACE_FILE_H
#define ASYNCLINT_BASE_REPLACE_FILE_H

#include "base/error.h"
#include "base/str.h"

// Replaces the content of the file at `path`, which must still be `old`, by `new`.
//
// The new content is written to a file in the same folder, synced, given mode, owner and extended
// attributes of the old one, and renamed over it; a symbolic link is followed first. Signals that
// would end the program wait until that is done. False, with the reason, where `path` is not a
// regular file, is write-protected, has several hard links (a rename would part them), has changed
// since it was read, or cannot be written; the old file stands then, and nothing is left beside it.
bool replace_file(Arena *arena, Str path, Str old, Str new, Error *error);

// Whether a file of that name (without folders) is what replace_file() leaves when the program is
// killed in the middle of it.
bool is_unfinished_replacement(Str name);

// Sets every x bit for which the r bit is set. False with the reason where that fails.
bool make_executable(Arena *arena, Str path, Error *error);

#endif
