// Values as bytes, for what is kept between runs on one machine: numbers in 7-bit groups, strings
// with their length before them. Reading checks every length and never looks outside its bytes.

#ifndef ASYNCLINT_BASE_PACK_H
#define ASYNCLINT_BASE_PACK_H

#include "base/buf.h"

enum { LONGEST_PACKED_NUMBER = 10 }; // bytes

// Writes `number` to `at`, where there is room; returns the place behind it.
static inline char *put_number(char *at, uint64_t number) {
    for (; number >= 0x80; number >>= 7)
        *at++ = (char)(number | 0x80);
    *at++ = (char)number;
    return at;
}

void pack_number(Buf *out, uint64_t number);
void pack_str(Buf *out, Str s);

typedef struct Unpacker {
    Str rest;        // what is still to be read
    bool is_damaged; // something was cut off or out of range; all that is read then is 0 or empty
} Unpacker;

uint64_t unpack_long_number(Unpacker *self);

// Most numbers are short.
static inline uint64_t unpack_number(Unpacker *self) {
    bool is_short = self->rest.len > 0 && (unsigned char)self->rest.at[0] < 0x80;
    if (!is_short) return unpack_long_number(self);
    self->rest.len--;
    return (unsigned char)*self->rest.at++;
}

// A number that must be below `limit`; 0 and damaged otherwise.
uint32_t unpack_below(Unpacker *self, uint64_t limit);

// How many elements follow, each of at least one byte: so at most as many as there are bytes.
uint32_t unpack_count(Unpacker *self);

// A view of the bytes that are read from.
Str unpack_str(Unpacker *self);

#endif
