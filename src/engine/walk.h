// Calls the hooks of the planned checks over one file's lines, logical lines, tree and whole.

#ifndef ASYNCLINT_ENGINE_WALK_H
#define ASYNCLINT_ENGINE_WALK_H

#include "engine/plan.h"
#include "rule/finding.h"

// Findings go to `report`, in the order of the walk.
void walk_file(const Plan *plan, File *file, Report *report);

#endif
