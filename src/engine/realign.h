// What lined up before edits were made lines up behind them: the rows of a statement move with the
// bracket that they stand in.

#ifndef ASYNCLINT_ENGINE_REALIGN_H
#define ASYNCLINT_ENGINE_REALIGN_H

#include "rule/finding.h"

typedef VEC(Edit) Edits;

// Adds to `edits`, which are sorted and do not overlap, those of the indentation of later rows.
// The result is not sorted. A row that would get longer than `line_limit` stays where it is.
void realign(Edits *edits, Arena *arena, const Lines *lines, const LogicalLines *logical,
             uint32_t line_limit);

#endif
