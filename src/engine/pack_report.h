// A file's findings as bytes and back: for the time between the file's check and the output, and
// for the cache.

#ifndef ASYNCLINT_ENGINE_PACK_REPORT_H
#define ASYNCLINT_ENGINE_PACK_REPORT_H

#include "base/pack.h"
#include "rule/finding.h"

// Rules are written as their numbers in the registry: the bytes serve the same program only. No
// finding is no byte.
void report_pack(Buf *out, const Report *report);

// Fills `report`, whose arena is set, in the order in which it was packed. Strings are views of
// `packed`. False where the bytes are damaged.
bool report_unpack(Report *report, Str packed);

// The worst severity among packed findings; SEVERITY_OFF: there is none.
Severity packed_worst(Str packed);

#endif
