// Lines, words and bytes as `wc` counts them in a UTF-8 locale.
//
// Source: GNU coreutils 9.1, src/wc.c. A line is a line feed; a word is what stands between white
// space (no-break spaces included) and has at least one character that can be printed.

#ifndef ASYNCLINT_SOURCE_WORD_COUNT_H
#define ASYNCLINT_SOURCE_WORD_COUNT_H

#include "base/str.h"

typedef struct WordCount {
    uint64_t lines, words, bytes;
} WordCount;

WordCount word_count(Str bytes);

#endif
