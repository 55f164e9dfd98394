// What check_file() made of a file besides findings, as bytes and back.

#ifndef ASYNCLINT_ENGINE_PACK_FACTS_H
#define ASYNCLINT_ENGINE_PACK_FACTS_H

#include "base/pack.h"
#include "engine/check_file.h"

// Suppressions and summary. The bytes serve the same build of the program only: the summary's
// records are written as they lie in memory.
void facts_pack(Buf *out, const Suppressions *suppressions, const Summary *summary);

typedef struct FileFacts {
    Suppressions *suppressions; // NULL: none
    Summary *summary;           // NULL: none
} FileFacts;

// The suppressions alone.
bool facts_unpack_suppressions(Suppressions **self, Str packed, Arena *arena);

// The same again, in `arena`; strings are views of `packed`. False where the bytes are damaged.
bool facts_unpack(FileFacts *self, Str packed, Arena *arena, Str path);

#endif
