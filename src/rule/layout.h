// Edits of layout, which the checks of rules/pycodestyle share: blanks between tokens, blank lines
// and line breaks.
//
// Each function adds its edit to the finding, or leaves the finding without one: where no edits are
// wanted, where the tokens cannot be trusted, and where the edit would make a line too long.

#ifndef ASYNCLINT_RULE_LAYOUT_H
#define ASYNCLINT_RULE_LAYOUT_H

#include "rule/finding.h"

// Whether edits of the finding are wanted. Computing one is what costs, so ask first.
static inline bool finding_takes_edits(const Finding *finding) {
    return finding->report != NULL && !finding->report->refuses_edits;
}

// Whether CPython sees the tokens of the line as tokenize does. It does not where something is no
// token, and where a replacement field has strings with the quotes of the f-string around it.
bool line_is_certain(const Pass *pass, const LogicalLine *line);

// Whether the rule of that code is on in this run.
bool rule_is_on(const Pass *pass, Str code);

// The token of the line that starts at byte `offset` of the file, or NULL.
const Token *line_token(const LogicalLine *line, uint32_t offset);

// ---- Blanks between tokens ----

// Puts `text` in the place of the blanks between the two tokens around byte `offset` of the file.
// Tokens on different rows stay as they are.
void edit_gap(Pass *pass, Finding *finding, const LogicalLine *line, uint32_t offset, Str text);

// Puts a blank on each side of the token where there is none.
void edit_gaps_around(Pass *pass, Finding *finding, const LogicalLine *line, const Token *token);

// Puts `text` in the place of the line's bytes from `span`, which are no indentation.
void edit_in_line(Pass *pass, Finding *finding, FixSafety safety, const LogicalLine *line,
                  Span span, Str text);

// ---- Lines ----

// Where the line begins anew: a line end and the line's indentation, `levels` deeper.
Str line_break_in(const Pass *pass, const LogicalLine *line, uint32_t levels);

// Indents the row of the line that `first` begins with `columns` spaces; not where it is indented
// with something else, or gets too long. What is lined up with it moves with it, by itself.
void edit_indentation(Pass *pass, Finding *finding, const LogicalLine *line, const Token *first,
                      uint32_t columns);

// Whether the lines from `line` up to `end`, all their rows, are indented with spaces and have room
// for that many more columns.
bool lines_can_move(const Pass *pass, const LogicalLine *line, const LogicalLine *end,
                    uint32_t columns);

// Lets `count` blank lines stand directly before the line, where there are more. Form feeds stay.
void edit_fewer_blank_lines(Pass *pass, Finding *finding, const LogicalLine *line, uint32_t count);

// Lets `count` blank lines stand before the line and the comments that belong to it, where there
// are less.
void edit_more_blank_lines(Pass *pass, Finding *finding, const LogicalLine *line, uint32_t count);

#endif
