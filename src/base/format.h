// The formats that nearly all texts are made by, without the C library's printf: it takes longer to
// get ready for one than these take altogether.

#ifndef ASYNCLINT_BASE_FORMAT_H
#define ASYNCLINT_BASE_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Most texts are shorter: they are made on the stack.
enum { SHORT_TEXT = 512 };

// Puts what printf would make of `format` into `out`, without a NUL, and its length into `*length`.
// False where the format has more than %s, %.*s, %u, %d, %c and %%, or the text more than `room`
// bytes: then `arguments` are spent, and it takes a copy of them to ask printf.
bool format_simply(char *out, size_t room, size_t *length, const char *format, va_list arguments);

// How long the text is that printf makes, which can do everything; a format that it refuses is a
// bug. `arguments` are spent.
size_t format_length(const char *format, va_list arguments);

enum { MOST_DIGITS = 20 };

// Puts the number's decimal digits before `end`, where there is room; returns where they start.
char *format_number(char *end, uint64_t number);

#endif
