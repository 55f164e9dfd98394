// The findings of a run on their way to stdout.

#ifndef ASYNCLINT_CLI_WRITE_RESULTS_H
#define ASYNCLINT_CLI_WRITE_RESULTS_H

#include "cli/config.h"
#include "engine/check_all.h"
#include "output/output.h"

// Writes the results, sorted by path, in `form`; NULL: statistics. All of the run's threads make
// the text, whose bytes and order do not depend on their number. False, with one line on stderr,
// where it cannot be written.
bool results_write(const Run *run, const OutputForm *form, const OutputOptions *options);

#endif
