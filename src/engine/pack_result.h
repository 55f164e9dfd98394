// What check_file() made of a file as bytes and back, for the cache.

#ifndef ASYNCLINT_ENGINE_PACK_RESULT_H
#define ASYNCLINT_ENGINE_PACK_RESULT_H

#include "engine/check_file.h"
#include "engine/pack_report.h"

// Findings, suppressions and summary. The bytes serve the same build of the program only: the
// summary's records are written as they lie in memory.
void result_pack(Buf *out, const FileResult *result);

// The same again, in `arena`; strings are views of the unpacker's bytes. Path and grouping are left
// to the caller. False where the bytes are damaged.
bool result_unpack(FileResult *result, Unpacker *from, Arena *arena);

#endif
