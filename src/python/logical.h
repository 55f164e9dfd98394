// Logical lines: the tokens from one NEWLINE (or lone comment or blank line) to the next, and the
// text that pycodestyle builds of them (strings muted to "xxx", comments left out, blanks between
// tokens on different physical lines normalised).
//
// Source: pycodestyle 2.5.0, Checker.maybe_expand_tab, build_tokens_line and maybe_expand_child.

#ifndef ASYNCLINT_PYTHON_LOGICAL_H
#define ASYNCLINT_PYTHON_LOGICAL_H

#include "python/tokens.h"

// Where a part of `LogicalLine.text` comes from.
typedef struct LogicalPart {
    uint32_t logical; // byte offset into `text`
    uint32_t source;  // byte offset into the file's text
} LogicalPart;

typedef struct LogicalLine {
    const Token *tokens; // a slice of Tokens.at
    uint32_t token_count;
    Str text; // without indentation and comments; empty for a comment or blank line
    const LogicalPart *parts;
    uint32_t part_count;
    uint32_t indent_level; // columns, tabs expanded to multiples of eight
    uint32_t blank_lines;  // directly before it
    uint32_t blank_before; // before the comments that stand before it
} LogicalLine;

typedef struct LogicalLines {
    LogicalLine *at;
    uint32_t count;
} LogicalLines;

void logical_lines_build(LogicalLines *self, Arena *arena, const Lines *lines,
                         const Tokens *tokens);

#endif
