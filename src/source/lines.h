// Physical lines: where they start, and rows and columns of byte offsets.
//
// LF, CR LF and a lone CR end a line, as Python's universal newlines do; form feed, vertical tab,
// NEL and U+2028 do not.

#ifndef ASYNCLINT_SOURCE_LINES_H
#define ASYNCLINT_SOURCE_LINES_H

#include "base/str.h"

typedef struct Lines {
    Str text;
    uint32_t *starts; // `count` + 1 byte offsets; the last one is text.len
    uint32_t count;   // a text that does not end with a line end has its rest as last line
    bool is_ascii;    // then columns are bytes
} Lines;

typedef struct Position {
    uint32_t line;   // 1-based
    uint32_t column; // 1-based, in code points; a tab is one
} Position;

void lines_scan(Lines *self, Arena *arena, Str text);

// Line `index` (0-based) with its line end, and without it.
Str line_with_end(const Lines *self, uint32_t index);
Str line_text(const Lines *self, uint32_t index);

// The 0-based line that byte `offset` stands on; the text's end belongs to the last line, or,
// behind a final line end, to the line `count` that would begin there.
uint32_t lines_find(const Lines *self, uint32_t offset);

Position lines_position(const Lines *self, uint32_t offset);

#endif
