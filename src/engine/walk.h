// Calls the hooks of the planned checks over one file's lines, logical lines, tree and whole.

#ifndef ASYNCLINT_ENGINE_WALK_H
#define ASYNCLINT_ENGINE_WALK_H

#include "engine/plan.h"
#include "rule/finding.h"

typedef struct Walk {
    const Plan *plan;
    File *file;
    Report *report;
    Pass *passes; // one for each planned check, of a Python file
} Walk;

// All three must outlive the walk. Findings go to `report`, in its order.
Walk walk_begin(const Plan *plan, File *file, Report *report);

// Calls the hooks on lines and logical lines.
void walk_layout(Walk *self);

// Calls those on nodes, the tree and the file, and ends the walk.
void walk_rest(Walk *self);

#endif
