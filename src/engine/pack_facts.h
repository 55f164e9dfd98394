// What check_file() made of a file besides findings, as bytes and back.

#ifndef ASYNCLINT_ENGINE_PACK_FACTS_H
#define ASYNCLINT_ENGINE_PACK_FACTS_H

#include "base/pack.h"
#include "facts/summary.h"
#include "facts/suppressions.h"

// What a file's check leaves for the checks of the whole program, which mark suppressions as used:
// so each takes them anew from their bytes.
typedef struct FileFacts {
    Str suppressions;       // suppressions_pack(); empty: none
    const Summary *summary; // NULL: none
} FileFacts;

// Nothing for NULL.
void suppressions_pack(Buf *out, const Suppressions *self);

// The same again, in `arena`; strings are views of `packed`. NULL for no bytes. False where they
// are damaged.
bool suppressions_unpack(Suppressions **self, Str packed, Arena *arena);

// The bytes serve the same build of the program only: records are written as they lie in memory.
void facts_pack(Buf *out, const FileFacts *self);

// The same again, in `arena`; strings are views of `packed`. False where the bytes are damaged.
bool facts_unpack(FileFacts *self, Str packed, Arena *arena, Str path);

#endif
