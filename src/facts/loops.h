// Event loops, and the calls that start something on them.

#ifndef ASYNCLINT_FACTS_LOOPS_H
#define ASYNCLINT_FACTS_LOOPS_H

#include "facts/file.h"

// Whether the expression is an asyncio event loop: a call that returns one, a name or attribute of
// self that was given one, a parameter annotated so.
bool is_event_loop(File *file, const Node *expression);

// Whether `call` calls the method `name` of an event loop.
bool calls_loop_method(File *file, const Node *call, const char *name);

// Whether `call` makes a task or future that only its caller refers to: asyncio.create_task(),
// ensure_future(), shield() and the loop's create_task().
bool makes_task(File *file, const Node *call);

// What becomes of an object that only its maker refers to.
typedef enum Fate {
    FATE_KEPT,    // passed on, returned, stored, awaited …
    FATE_DROPPED, // nothing refers to it any more
    FATE_UNREAD,  // it has a local name that nothing reads
} Fate;

Fate fate_of(File *file, const Node *expression);

#endif
