// Names, numbers and strings as the compiler reads them: where they end, and what is wrong inside.

#ifndef ASYNCLINT_PYTHON_COMPILER_LITERALS_H
#define ASYNCLINT_PYTHON_COMPILER_LITERALS_H

#include "base/str.h"

typedef struct StringPrefix {
    uint8_t length; // letters before the quotes
    uint8_t quotes; // 1 or 3
    char quote;
    bool is_raw, is_bytes, is_format;
} StringPrefix;

// Whether a string literal begins at `offset`.
bool string_prefix(Str text, uint32_t offset, StringPrefix *prefix);

// One past the closing quotes of the literal at `offset`, read without regard to replacement
// fields; UINT32_MAX where it does not end.
uint32_t string_end(Str text, uint32_t offset, StringPrefix prefix);

// What is wrong in the characters between the quotes, or NULL; `*bad` is its offset in `inside`.
const char *string_problem(Str inside, StringPrefix prefix, uint32_t *bad);

// One past the number at `offset`. `*problem` is set, and `*bad` its place, where there is one.
uint32_t number_end(Str text, uint32_t offset, uint32_t *bad, const char **problem);

// Where the first character stands that cannot be there in an identifier, or the length.
uint32_t identifier_find_bad(Str name);

#endif
