// What becomes of the value of an expression: the code around it says.

#ifndef ASYNCLINT_FACTS_USES_H
#define ASYNCLINT_FACTS_USES_H

#include "facts/file.h"

typedef enum UseKind {
    USE_OTHER,       // none of the following, or it cannot be told
    USE_DROPPED,     // an expression statement
    USE_AWAITED,     // `await x`
    USE_RETURNED,    // `return x`, alone
    USE_YIELDED,     // `yield x`, alone
    USE_ARGUMENT,    // `by` is the call; not its keyword arguments' names
    USE_STARRED,     // `f(*x)`; `by` is the call
    USE_ASSIGNED,    // `name = x` or `(name := x)`; `by` is the identifier
    USE_STORED,      // anywhere else: an attribute, an item, several names, a default
    USE_ELEMENT,     // of a list, tuple, set, dictionary or comprehension
    USE_TESTED,      // `if x`, `while x`, `not x`, `x and …`, `assert x`, a comprehension's `if`
    USE_COMPARED,    // not by `is`
    USE_CALCULATED,  // an operand of arithmetic
    USE_FORMATTED,   // in an f-string
    USE_SUBSCRIPTED, // `x[…]`
    USE_ATTRIBUTE,   // `x.name`; `by` is the name's identifier
    USE_CALLED,      // `x(…)`; `by` is the call
    USE_ITERATED,    // `for … in x`, `yield from x`, in a comprehension too
    USE_ASYNC_ITERATED,
    USE_ENTERED, // `with x`
    USE_ASYNC_ENTERED,
    USE_LAMBDA_RESULT, // `lambda: x`
    USE_DECORATOR,     // `@x`
} UseKind;

typedef struct Use {
    UseKind kind;
    const Node *by;
} Use;

// Looks through parentheses, walruses, the right side of `and` and `or` and the branches of a
// conditional expression: the value of `x` is that of `a or x`.
Use use_of(const File *file, const Node *expression);

// Whether the code runs more than once per run of its function, class body or module: in a loop's
// body (not its `else`), a `while` condition, or a comprehension's element.
bool is_in_loop(const Node *node);

// The innermost statement or comprehension that makes it so, or NULL.
const Node *repeating_loop(const Node *node);

#endif
