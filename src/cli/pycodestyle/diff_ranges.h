// Which lines of which files a unified diff adds or keeps, as pycodestyle's parse_udiff() sees it.

#ifndef ASYNCLINT_CLI_PYCODESTYLE_DIFF_RANGES_H
#define ASYNCLINT_CLI_PYCODESTYLE_DIFF_RANGES_H

#include "base/error.h"
#include "base/str.h"
#include "base/vec.h"

typedef struct LineRange {
    uint64_t first, end; // 1-based; `end` is one past the last
} LineRange;

typedef struct DiffFile {
    Str path; // without the prefix `b/`, `w/` or `i/`
    VEC(LineRange) ranges;
} DiffFile;

typedef struct DiffRanges {
    VEC(DiffFile) files; // in the diff's order; a file named twice has its last ranges
} DiffRanges;

// Reads `diff` (UTF-8), which outlives `self`. False where pycodestyle ends with an exception:
// `error` holds the traceback's last line.
bool diff_ranges_read(DiffRanges *self, Arena *arena, Str diff, Error *error);

bool diff_file_has(const DiffFile *self, uint32_t line);

// Whether it has any line at all.
bool diff_file_has_any(const DiffFile *self);

#endif
