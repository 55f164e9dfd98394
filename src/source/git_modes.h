// The executable bits that git keeps, for file systems that have none of their own.
//
// Source: git's Documentation/gitformat-index.txt (versions 2 to 4) and core.fileMode in
// git-config(1).

#ifndef ASYNCLINT_SOURCE_GIT_MODES_H
#define ASYNCLINT_SOURCE_GIT_MODES_H

#include "base/map.h"

typedef struct GitModes {
    bool decides; // the file system does not tell what is executable, and git's index does
    Map modes;    // by path from the folder on: 1 where git has the file as executable, else 0
} GitModes;

// Reads what git knows about the files below `folder`, where the folder lies in a repository whose
// file system cannot tell: core.fileMode is false, or it is one of Windows. All lives in `arena`.
// Without a repository, or with one that cannot be read, nothing is decided.
void git_modes_read(GitModes *self, Arena *arena, Str folder);

// Whether the file at `path`, from the folder on, is executable: as git has it where that decides
// and git knows the file, else as the file system says.
bool git_modes_is_executable(const GitModes *self, Str path, bool file_system_says);

#endif
