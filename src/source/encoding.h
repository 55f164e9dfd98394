// PEP 263: which encoding a file declares, and its bytes as UTF-8.

#ifndef ASYNCLINT_SOURCE_ENCODING_H
#define ASYNCLINT_SOURCE_ENCODING_H

#include "source/source.h"

// Fills what source.h promises of `text`, `problem`, `encoding` and the rest from `raw`.
void source_decode(Source *self, Arena *arena);

#endif
