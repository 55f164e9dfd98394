// What is known to block: the leaves of "this stops the event loop". The data are in
// blocking_calls.def, drawn from the libraries' documentation and from what flake8-async, ruff and
// Sonar look for.

#ifndef ASYNCLINT_FACTS_BLOCKING_H
#define ASYNCLINT_FACTS_BLOCKING_H

#include "base/str.h"

typedef enum BlockingKind {
    BLOCKING_SLEEP,
    BLOCKING_INPUT,
    BLOCKING_HTTP,
    BLOCKING_PROCESS_START, // starts a process and goes on
    BLOCKING_PROCESS_RUN,   // starts a process and waits for its end
    BLOCKING_PROCESS_SPAWN, // one of these two, as its first argument says
    BLOCKING_PROCESS_WAIT,
    BLOCKING_FILE_OPEN,
    BLOCKING_FILE_WRAP,
    BLOCKING_FILE_METHOD,
    BLOCKING_PATH, // looks at the file system
    BLOCKING_TREE, // copies or removes whole folders
    BLOCKING_SOCKET,
    BLOCKING_SELECT,
    BLOCKING_THREAD, // waits for another thread or process
    BLOCKING_DATABASE,
    BLOCKING_MAIL,
} BlockingKind;

typedef struct Blocking {
    const char *name;    // "time.sleep"; of a method, its class
    const char *methods; // NULL for a call; names separated by blanks, "*" for all
    BlockingKind kind;
    const char *instead;
} Blocking;

// The entry of a function or constructor with that dotted name, or NULL.
const Blocking *blocking_call(Str dotted);

// The entry of that method of the class with that dotted name, or NULL.
const Blocking *blocking_method(Str class_name, Str method);

// Whether the class with that dotted name has any blocking method.
bool has_blocking_methods(Str class_name);

// All entries, calls first; for tests.
const Blocking *blocking_calls(uint32_t *count);
const Blocking *blocking_classes(uint32_t *count);

#endif
