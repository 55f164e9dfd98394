// From findings with edits to a file's new bytes: checked, edited and checked again until nothing
// is left to do.

#ifndef ASYNCLINT_ENGINE_APPLY_FIXES_H
#define ASYNCLINT_ENGINE_APPLY_FIXES_H

#include "engine/check_file.h"

typedef struct Fixed {
    Str old;   // the file's bytes as they were read, where something was done
    Str bytes; // the whole new file, byte order mark included; the old bytes where nothing was done
    bool is_executable, is_listed; // as in Source
    uint32_t count;                // findings that were fixed
    Str taken_back;    // codes whose edits made the file unparsable and were undone; empty: none
    FileResult result; // what the checks say of the new bytes
} Fixed;

enum { MOST_FIX_ROUNDS = 10 };

// Applies the edits of at most `safety` (FIX_SAFE or FIX_UNSAFE) to the file that `source` holds.
// Of edits that overlap, the finding that stands first is served and the other waits for the next
// round. Sources that were converted from another encoding are left as they are. Everything in
// `fixed` lives in `results`.
//
// A round after which the file has more errors is taken back, and the codes that took part in it
// are tried one by one. The plan's settings must not skip edits.
void apply_fixes(Fixed *fixed, const Plan *plan, const Source *source, bool is_python,
                 FixSafety safety, Arena *results);

// The same for findings that only the whole program shows: `report` is what was found in
// `fixed->bytes`. False where nothing was done. What the checks of the program say of the new bytes
// is to be asked again.
bool apply_more_fixes(Fixed *fixed, const Plan *plan, Str path, const Report *report,
                      FixSafety safety, Arena *results);

#endif
