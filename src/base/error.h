// How things fail. The user's code is bad: a diagnostic. The command line, the configuration or
// the output is bad: `bool f(…, Error *error)`, printed once in main, exit status 2. Our own code
// is wrong: BUG(). No memory: out_of_memory().

#ifndef ASYNCLINT_BASE_ERROR_H
#define ASYNCLINT_BASE_ERROR_H

#include <stdbool.h>

typedef struct Error {
    char text[1024]; // one line or a few, no final newline; empty: no error
} Error;

// Fills `self` (cut to fit) and returns false, so that a caller can `return error_set(…)`.
// Text that comes from a file or a name must be made printable by the caller (str_printable()).
__attribute__((format(printf, 2, 3))) bool error_set(Error *self, const char *format, ...);

// Ends the program with "asynclint: out of memory" and status 2.
_Noreturn void out_of_memory(void);

// Ends the program by abort() after naming the place: for states that only a mistake of ours can
// bring about, never for what a file, a name or a setting can cause.
#define BUG(what) bug_at(__FILE__, __LINE__, (what))
_Noreturn void bug_at(const char *file, int line, const char *what);

#endif
