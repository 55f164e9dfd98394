// A growable byte buffer, for text that is made piece by piece and then written out or copied. The
// owner calls buf_release(). A zeroed Buf is an empty one on the heap.

#ifndef ASYNCLINT_BASE_BUF_H
#define ASYNCLINT_BASE_BUF_H

#include "base/arena.h"
#include "base/str.h"

#include <stdarg.h>

typedef struct Buf {
    char *at;
    size_t len, cap; // bytes
    Arena *arena;    // where it lives; NULL: on the heap
} Buf;

void buf_release(Buf *self);
void buf_clear(Buf *self); // keeps the memory

// Room for `more` further bytes behind `at + len`; returns that place.
char *buf_reserve(Buf *self, size_t more);

void buf_add(Buf *self, Str s);
void buf_add_bytes(Buf *self, const void *bytes, size_t count);
void buf_add_byte(Buf *self, char byte);
void buf_add_number(Buf *self, uint64_t number); // decimal
__attribute__((format(printf, 2, 3))) void buf_printf(Buf *self, const char *format, ...);

// What it holds now; valid until the next change. At most UINT32_MAX bytes.
Str buf_str(const Buf *self);

// Copies what it holds now, at most UINT32_MAX bytes, into `arena` and releases it.
Str buf_keep(Buf *self, Arena *arena);

// For a terminal or a log: a byte below 0x20 or 0x7f, a C1 or bidirectional control, a line or
// paragraph separator and a byte that is not UTF-8 become \xNN or \uNNNN; with `keep_lines`,
// newline and tab stay as they are.
void buf_add_printable(Buf *self, Str s, bool keep_lines);

#endif
