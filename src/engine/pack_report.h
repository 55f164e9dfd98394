// A file's findings as bytes and back, for the cache.

#ifndef ASYNCLINT_ENGINE_PACK_REPORT_H
#define ASYNCLINT_ENGINE_PACK_REPORT_H

#include "base/pack.h"
#include "rule/finding.h"

// Rules are written as their numbers in the registry: the bytes serve the same program only.
void report_pack(Buf *out, const Report *report);

// Fills `report`, whose arena is set, in the order in which it was packed. Strings are views of the
// unpacker's bytes. False where the bytes are damaged.
bool report_unpack(Report *report, Unpacker *from);

#endif
