// Where control can go, statement by statement, inside one block.
//
// Nothing is built: the successors of a statement follow from its place in the tree, so a walk
// costs what it visits. Loops run any number of times (at least once over a literal that is not
// empty; `while True` ends by break alone), conditions may be true or false, any statement in a
// try body may raise anything, and a finally clause is left the way it was entered.

#ifndef ASYNCLINT_FACTS_FLOW_H
#define ASYNCLINT_FACTS_FLOW_H

#include "facts/file.h"

// The ways out of a block, as bits.
typedef enum FlowExit {
    FLOW_END = 1, // over its last statement
    FLOW_RETURN = 2,
    FLOW_BREAK = 4,    // of a loop around the block
    FLOW_CONTINUE = 8, // of a loop around the block
    FLOW_RAISE = 16,   // by a raise statement, or through a finally clause
} FlowExit;

// Called at every statement that control reaches, and at every elif and case clause; of a compound
// statement it stands for the header alone. False: no way goes on from there.
typedef bool FlowVisit(const Node *statement, void *context);

// Follows all ways from the first statement of `block` (a block or the module) until they leave
// it. `visit` may be NULL. Returns the FlowExits that were found.
unsigned flow_follow(File *file, const Node *block, FlowVisit *visit, void *context);

// The same from the statement `start` somewhere inside `block`.
unsigned flow_follow_from(File *file, const Node *block, const Node *start, FlowVisit *visit,
                          void *context);

// Goes through what a statement runs itself, its header where it is a compound one:
//
//     for (const Node *inner = statement + 1; inner < node_end(statement);
//          inner = next_of_header(inner))
const Node *next_of_header(const Node *inner);

// Whether it is an `async for` (statement or clause of a comprehension) or an `async with`.
bool is_async_form(const Node *node);

// Whether running the statement (of a compound one: its header) always reaches an await, a step of
// an `async for` or the entry of an `async with`.
bool statement_awaits(const Node *statement);

// Whether something in `node`'s subtree may suspend the coroutine that runs it: await, async for,
// async with, or a yield; functions inside it left out.
bool may_suspend(const Node *node);

// Whether the loop can only be left by break, return or an exception.
bool loop_is_endless(const File *file, const Node *while_statement);

// Whether a break in its body leaves `loop`.
bool loop_has_break(const Node *loop);

// The loop that `statement` (a break or continue) belongs to, or NULL.
const Node *flow_loop_of(const Node *statement);

#endif
