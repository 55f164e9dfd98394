// What becomes of mended files: written in place, shown as a diff, or, for stdin, to stdout.

#ifndef ASYNCLINT_CLI_WRITE_FIXES_H
#define ASYNCLINT_CLI_WRITE_FIXES_H

#include "base/buf.h"
#include "engine/check_all.h"

typedef struct FixesWritten {
    uint32_t files;   // changed, or with a diff: to be changed
    uint32_t fixed;   // findings
    uint32_t refused; // files that could not be written
} FixesWritten;

// Replaces the files of `run` (made with RunOptions.fix from `files`) that have new bytes, and sets
// x bits where that is the fix; those findings are taken out of the results. What cannot be written
// is said on stderr, and so is which codes' fixes were taken back; neither keeps the other files
// from being written. The mended bytes of a file that was given (stdin) are added to `out`.
FixesWritten fixes_write(const Run *run, const RunFile *files, uint32_t count, Buf *out);

// The same as unified diffs, added to `out`; nothing on disk is touched.
FixesWritten fixes_show(const Run *run, const RunFile *files, uint32_t count, Buf *out);

#endif
