// Regular expressions that the user wrote, with limits on what one search may cost.

#ifndef ASYNCLINT_BASE_PATTERN_H
#define ASYNCLINT_BASE_PATTERN_H

#include "base/str.h"

typedef struct Pattern Pattern;

// Compiles a Perl-compatible expression over UTF-8; NULL where it is none. Lives in `arena`.
Pattern *pattern_new(Arena *arena, Str expression);

// Whether it occurs in `text`; whether it matches all of it. A search that goes beyond the limits
// counts as none.
bool pattern_occurs(Pattern *self, Str text);
bool pattern_matches_all(Pattern *self, Str text);

#endif
