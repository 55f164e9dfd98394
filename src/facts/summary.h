// What one file tells other files.

#ifndef ASYNCLINT_FACTS_SUMMARY_H
#define ASYNCLINT_FACTS_SUMMARY_H

#include "facts/file.h"

typedef struct Summary {
    Str path;
} Summary;

// Made from the tree; lives in `arena` and keeps nothing of `file`.
Summary *summary_make(File *file, Arena *arena);

#endif
