// A whole run: every file through check_file(), on several threads, then the project folders.

#ifndef ASYNCLINT_ENGINE_CHECK_ALL_H
#define ASYNCLINT_ENGINE_CHECK_ALL_H

#include "base/pool.h"
#include "engine/apply_fixes.h"
#include "engine/cache.h"
#include "engine/run_result.h"
#include "rule/project_folder.h"

typedef struct RunFile {
    Str path;
    const Plan *plan;   // of the configuration that holds for it
    bool is_python;     // else only the checks for any file, and only where it is text
    bool is_hand_out;   // its findings are a group of their own and do not fail the run
    bool any_kind;      // the user named a device or pipe
    bool is_given;      // `bytes` are what it holds: nothing is read
    bool is_executable; // where it is given
    bool is_listed;     // a RunFolder of the run has it among its entries
    Str bytes;
    FileStamp stamp; // all zero where it is not known; the largest files are taken up first
} RunFile;

// A project folder, and the plans that hold for the root and each of its entries.
typedef struct RunFolder {
    Project project;
    const Plan *plan;
    const Plan *const *entry_plans;
} RunFolder;

// Called on the caller's thread while files are checked: how many of them are done.
typedef void RunProgress(void *context, uint32_t done, uint32_t count);

typedef struct RunOptions {
    unsigned jobs;         // at least 1
    uint64_t most_bytes;   // of one file
    FixSafety fix;         // FIX_NONE: findings only
    Cache *cache;          // of the run before, and for the next one; NULL: none. Not with fixes
    uint64_t *timings;     // where the time of all threads is added; NULL: nobody asks
    RunProgress *progress; // NULL: nobody asks
    void *progress_context;
    Str directory; // absolute; with a cache: where relative paths start
} RunOptions;

typedef struct Run {
    RunResult *results; // one for each file, in the files' order; then others by run_folders()
    uint32_t count;
    Fixed *fixed; // one for each file, where fixes were asked for; else NULL
    Crew crew;    // its arenas are what the results live in
} Run;

// The order of `files` is the order of the results, whatever the number of jobs. The caller
// releases; what `options` and `files` refer to outlives the run.
void run_files(Run *self, const RunFile *files, uint32_t count, RunOptions options);

// Runs the checks on project folders, where the run's files were sorted by path. What they find
// joins the results of its path, or makes a new result behind the files'.
void run_folders(Run *self, const RunFolder *folders, uint32_t count);

void run_release(Run *self);

#endif
