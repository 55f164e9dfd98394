// From what the checks said to what the user reads: positions, suppressions, order.

#ifndef ASYNCLINT_ENGINE_REPORT_H
#define ASYNCLINT_ENGINE_REPORT_H

#include "engine/plan.h"
#include "facts/suppressions.h"
#include "rule/finding.h"

// Fills in the positions of the findings, takes out the suppressed ones, and sorts. Where edits are
// wanted, returns the number of the file's errors: what the compiler refuses, newer syntax apart,
// and E9 findings. With errors no edits are left but those that need no more than text: whether or
// not the user asked for E9, no edit may be built on a file that is no Python, nor break one that
// is.
uint32_t report_finish(Report *self, File *file, const Settings *settings,
                       const Suppressions *suppressions);

// Takes out the findings that a comment suppresses and marks those comments. Both may be asked
// again when findings have come in. `suppressions` may be NULL.
void report_suppress(Report *self, const Suppressions *suppressions);

// Lets the checks on comments say which of them suppress nothing: after all findings are in.
void report_unused(Report *self, const Plan *plan, const Suppressions *suppressions);

// By position, then code, then message, then the order in which they were reported.
void report_sort(Report *self);

// Puts the findings of `other` among those of `self`, in the same order; both are sorted. Of two
// that could change places, `self`'s comes first.
void report_merge(Report *self, const Report *other);

#endif
