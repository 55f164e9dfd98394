// What the compiler refuses in a file (python/compiler/refusals.h), made once per file.

#ifndef ASYNCLINT_FACTS_REFUSALS_H
#define ASYNCLINT_FACTS_REFUSALS_H

#include "facts/file.h"
#include "python/compiler/refusals.h"

// Empty where the file's text could not be had.
const Refusals *file_refusals(File *file);

// Whether Python `version` (307 for 3.7) refuses it.
static inline bool refusal_applies(const Refusal *refusal, int version) {
    return refusal->from <= version && version < refusal->before;
}

#endif
