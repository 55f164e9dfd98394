// UTF-8 as Unicode defines it: no surrogates, no overlong forms, nothing above U+10FFFF.

#ifndef ASYNCLINT_BASE_UTF8_H
#define ASYNCLINT_BASE_UTF8_H

#include "base/str.h"

// Decodes the code point at byte `at` of `s` into `*point`; returns its length in bytes, or 0
// where the bytes there are not UTF-8 (then `*point` is left alone).
uint32_t utf8_decode(Str s, uint32_t at, uint32_t *point);

// Writes `point` into `out`; returns the number of bytes, 1 to 4.
uint32_t utf8_encode(uint32_t point, char out[4]);

// Where the first byte that is not UTF-8 stands, or s.len.
uint32_t utf8_find_invalid(Str s);

// The number of code points in valid UTF-8.
uint32_t utf8_count(Str s);

// Whether all bytes are below 0x80.
bool utf8_is_ascii(Str s);

#endif
