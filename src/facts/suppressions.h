// `# noqa` comments: which findings they take back.
//
//     x = 1  # noqa                     every finding on this statement
//     x = 1  # noqa: E501, W291         only these codes, beginnings of codes, aliases
//     # asynclint: noqa: D              the same for the whole file; a comment on a line of its own
//
// Source: flake8's NOQA_INLINE_REGEXP, which wants one blank behind `#`, does not mind the case,
// and takes a list that it cannot read for none. A comment on the first or last line of a statement
// holds for all of its lines, one in between for its own.

#ifndef ASYNCLINT_FACTS_SUPPRESSIONS_H
#define ASYNCLINT_FACTS_SUPPRESSIONS_H

#include "facts/file.h"

typedef struct Suppression {
    Position start, end;                                // of the comment from `# noqa` on
    uint32_t first_line, last_line;                     // 1-based; what it holds for
    uint32_t statement_first_line, statement_last_line; // where it stands
    const Str *codes;                                   // in capitals
    uint32_t code_count;                                // 0: every code
    bool *is_used;                                      // for each code; of none: one for all
    bool is_for_file;
    uint32_t offset;                     // of `start`; what follows is on the same row
    uint32_t list_start, list_end;       // the codes
    uint32_t removal_start, removal_end; // what goes where the comment does, with the blanks before
                                         // it; empty where other words would be left alone
} Suppression;

typedef struct Suppressions {
    Suppression *at; // in the file's order
    uint32_t count;
} Suppressions;

// Whether there can be any: the letters occur somewhere. Without them no tokens are needed.
bool suppressions_are_likely(Str text);

// Reads them from the file's tokens; into `arena`, keeping nothing of `file`. NULL: there is none.
Suppressions *suppressions_find(const File *file, Arena *arena);

// The line, from `line` on (both 1-based), at whose end a comment can stand: behind the string that
// goes on there, or the last of lines that a backslash joins. `line` itself where the file has no
// tokens.
uint32_t commentable_line(const File *file, uint32_t line);

#endif
