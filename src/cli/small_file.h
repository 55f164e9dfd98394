// Configuration and its like: small regular files, whatever else may stand under their names.

#ifndef ASYNCLINT_CLI_SMALL_FILE_H
#define ASYNCLINT_CLI_SMALL_FILE_H

#include "base/str.h"

typedef enum SmallFileState {
    SMALL_FILE_NONE, // there is nothing of that name, or nobody may look
    SMALL_FILE_READ,
    SMALL_FILE_WRONG, // no regular file, larger than 1 MiB, or it cannot be read
} SmallFileState;

// Reads `path` into `arena`; `*reason` says what is wrong. Never waits.
SmallFileState small_file_read(Str *text, Arena *arena, Str path, const char **reason);

#endif
