// A whole run: every file through check_file(), on several threads, then the project.

#ifndef ASYNCLINT_ENGINE_CHECK_ALL_H
#define ASYNCLINT_ENGINE_CHECK_ALL_H

#include "engine/check_file.h"

typedef struct RunFile {
    Str path;
    const Plan *plan; // of the configuration that holds for it
    bool is_python;   // else only the checks for any file
    bool is_hand_out; // its findings are a group of their own and do not fail the run
    bool any_kind;    // the user named a device or pipe
} RunFile;

typedef struct RunOptions {
    unsigned jobs;       // at least 1
    uint64_t most_bytes; // of one file
} RunOptions;

typedef struct Run {
    FileResult *results; // one for each file, in the files' order
    uint32_t count;
    Arena *arenas; // what the results live in, one for each job
    unsigned jobs;
} Run;

// The order of `files` is the order of the results. The caller releases.
void run_files(Run *self, const RunFile *files, uint32_t count, RunOptions options);
void run_release(Run *self);

#endif
