// Physical lines: where they start, and rows and columns of byte offsets.
//
// LF, CR LF and a lone CR end a line, as Python's universal newlines do; form feed, vertical tab,
// NEL and U+2028 do not. The pycodestyle command reads some lines in other ways: LineRules.

#ifndef ASYNCLINT_SOURCE_LINES_H
#define ASYNCLINT_SOURCE_LINES_H

#include "base/str.h"

typedef struct Lines {
    Str text;
    uint32_t *starts;  // `count` + 1 byte offsets; the last one is text.len
    uint32_t count;    // a text that does not end with a line end has its rest as last line
    uint32_t verbatim; // the first lines, in which a CR is a character like others
    bool is_ascii;     // then columns are bytes
} Lines;

typedef struct LineRules {
    uint32_t verbatim;        // this many first lines end at LF only
    bool ends_at_any_control; // lines end where str.splitlines() cuts: also at VT, FF, FS, GS, RS,
                              // NEL, U+2028 and U+2029
} LineRules;

typedef struct Position {
    uint32_t line;   // 1-based
    uint32_t column; // 1-based, in code points; a tab is one. Of a finding as the pycodestyle
                     // command shows it, it may be an int32_t below 1.
} Position;

void lines_scan(Lines *self, Arena *arena, Str text);
void lines_scan_as(Lines *self, Arena *arena, Str text, LineRules rules);

// Line `index` (0-based) with its line end, and without it.
Str line_with_end(const Lines *self, uint32_t index);
Str line_text(const Lines *self, uint32_t index);

// Where the line end of line `index` starts; starts[index + 1] where it has none. Only LF, CR LF
// and CR count, whatever the rules were.
uint32_t line_text_end(const Lines *self, uint32_t index);

// The line end to give to a new line beside line `index`: as that one has, or else the first one.
Str line_end_like(const Lines *self, uint32_t index);

// The length of the line end at byte `at` by str.splitlines(), 0 where there is none.
uint32_t line_separator_at(Str text, uint32_t at);

// The number of code points in a piece of the text.
uint32_t text_columns(const Lines *self, Str piece);

// The 0-based line that byte `offset` stands on; the text's end belongs to the last line, or,
// behind a final line end, to the line `count` that would begin there.
uint32_t lines_find(const Lines *self, uint32_t offset);

Position lines_position(const Lines *self, uint32_t offset);

// The same for one offset after the other: fast where each is near behind the one before, also on
// a line of megabytes. A zeroed cursor stands at the text's start.
typedef struct LineCursor {
    uint32_t line, offset, column; // all 0-based
} LineCursor;

Position lines_position_from(const Lines *self, LineCursor *cursor, uint32_t offset);

#endif
