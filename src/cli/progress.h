// A line on the terminal that says how far a run is, once it lasts longer than a second.

#ifndef ASYNCLINT_CLI_PROGRESS_H
#define ASYNCLINT_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Progress {
    uint64_t next; // nanoseconds: when the line is drawn again
    bool is_shown;
} Progress;

// False where there is no terminal on stderr that can take back a line: then there is nothing to
// draw.
bool progress_start(Progress *self);

// Draws the line, if it is time. `context` is the Progress.
void progress_show(void *context, uint32_t done, uint32_t count);

// Takes the line away.
void progress_end(Progress *self);

#endif
