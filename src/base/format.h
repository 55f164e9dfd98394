// The formats that nearly all texts are made by, without the C library's printf: it takes longer to
// get ready for one than these take altogether.

#ifndef ASYNCLINT_BASE_FORMAT_H
#define ASYNCLINT_BASE_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

// Puts what printf would make of `format` into `out`, without a NUL, and its length into `*length`.
// False where the format has more than %s, %.*s, %u, %d, %c and %%, or the text more than `room`
// bytes: then `arguments` are spent, and it takes a copy of them to ask printf.
bool format_simply(char *out, size_t room, size_t *length, const char *format, va_list arguments);

#endif
