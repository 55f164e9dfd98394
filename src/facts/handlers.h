// try statements and what their except clauses catch.

#ifndef ASYNCLINT_FACTS_HANDLERS_H
#define ASYNCLINT_FACTS_HANDLERS_H

#include "facts/file.h"

// The block of a try, except, else or finally clause, a loop, with, if, def or class statement.
const Node *node_block(const Node *clause);

// The expressions an except clause names, tuples taken apart: the one after `previous`, the first
// one where that is NULL, NULL after the last one and for a bare except.
const Node *except_type_after(const Node *except_clause, const Node *previous);

bool except_is_bare(const Node *except_clause);
bool except_is_star(const File *file, const Node *except_clause); // except*

// The identifier behind `as`, or NULL.
const Node *except_name(const Node *except_clause);

// Whether one of its types is, by its full name, `dotted`.
const Node *except_names(File *file, const Node *except_clause, const char *dotted);

// What makes the clause catch asyncio.CancelledError: the type's expression, or the clause itself
// where it is bare; NULL where it does not. `is_named` is whether it says CancelledError, rather
// than catching everything. `with_futures`: concurrent.futures' is the same (before 3.8).
const Node *except_cancellation(File *file, const Node *except_clause, bool with_futures,
                                bool *is_named);

// Whether an except clause of `try_statement` catches every exception.
bool try_catches_all(File *file, const Node *try_statement);

#endif
