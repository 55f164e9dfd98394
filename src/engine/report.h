// From what the checks said to what the user reads: positions, suppressions, order.

#ifndef ASYNCLINT_ENGINE_REPORT_H
#define ASYNCLINT_ENGINE_REPORT_H

#include "facts/file.h"
#include "rule/finding.h"

// Fills in the positions of the findings, takes out the suppressed ones, and sorts by position,
// then code, then message.
void report_finish(Report *self, const File *file);

// By position, then code, then message, then the order in which they were reported.
void report_sort(Report *self);

#endif
