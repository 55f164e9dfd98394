// What every subcommand says to its caller: output, errors, exit status.

#ifndef ASYNCLINT_CLI_TERMINAL_H
#define ASYNCLINT_CLI_TERMINAL_H

#include "base/buf.h"
#include "base/error.h"

enum {
    EXIT_CLEAN = 0,
    EXIT_FINDINGS = 1,
    EXIT_TROUBLE = 2, // wrong use or configuration, output that cannot be written
};

// Writes all of it to stdout. Where that fails, says so on stderr and returns false.
bool write_out(const Buf *out);

// "asynclint: …" on stderr, with control characters escaped.
void show_error(const Error *error);

// Prints name and version; returns the exit status.
int print_version(void);

#endif
