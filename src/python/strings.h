// What Python's str and int do to text, for the places where a tool written in Python is followed
// to the letter. Text is UTF-8; a byte that is not counts as one character that is no blank.

#ifndef ASYNCLINT_PYTHON_STRINGS_H
#define ASYNCLINT_PYTHON_STRINGS_H

#include "base/buf.h"

// str.isspace() of one character, and what `\s` matches.
bool python_is_space(uint32_t point);

// The character at byte `at` of `s` (below s.len); returns its length, at least 1. A byte that is
// not UTF-8 becomes the surrogate that Python's surrogateescape makes of it.
uint32_t python_char(Str s, uint32_t at, uint32_t *point);

// str.strip() and str.rstrip().
Str python_strip(Str s);
Str python_rstrip(Str s);

// Cuts the next line, with its end, off `*rest`; false when nothing is left. str.splitlines() ends
// a line at more characters than a file does: VT, FF, FS, GS, RS, NEL, U+2028 and U+2029.
bool python_split_line(Str *rest, Str *line);

// Without the end that python_split_line() left on it.
Str python_without_line_end(Str line);

// repr(str). Whether a character above U+00FF is printable is told by the common ranges, not by the
// whole Unicode table.
void python_repr(Buf *out, Str s);

// int(s, radix) with radix 2, 8, 10 or 16: blanks around, a sign, `_` between digits, a prefix that
// fits the radix. False where Python raises ValueError; a value too large becomes the nearest one.
bool python_int(Str s, int radix, int64_t *value);

#endif
