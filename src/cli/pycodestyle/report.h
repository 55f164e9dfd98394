// What the pycodestyle command prints about the findings, and how it counts them.

#ifndef ASYNCLINT_CLI_PYCODESTYLE_REPORT_H
#define ASYNCLINT_CLI_PYCODESTYLE_REPORT_H

#include "base/map.h"
#include "cli/pycodestyle/diff_ranges.h"
#include "cli/pycodestyle/options.h"
#include "source/lines.h"

typedef struct StyleFinding {
    Str code, text;
    uint32_t row;       // 1-based
    int32_t column;     // 1-based; below 1 where pycodestyle counts back from a string's last row
    uint32_t order;     // in which it was found
    const char *reason; // for --show-pep8; may be NULL
    bool is_shown;      // set by style_report_file()
} StyleFinding;

typedef struct CodeCount {
    Str code, first_text;
    uint64_t count;
} CodeCount;

typedef struct StyleReport {
    Arena *arena; // for what lives as long as the run
    const StyleOptions *options;
    const DiffRanges *changed; // NULL: all lines count
    Buf *out;
    VEC(CodeCount) codes;
    Map numbers; // code to place in `codes`
    uint64_t found, folders, files, logical_lines, physical_lines;
} StyleReport;

// Counts a file's findings and prints them as the options say. Sorts `findings`. False where the
// format cannot be applied: `error` is what Python says.
bool style_report_file(StyleReport *self, Str path, const Lines *lines, StyleFinding *findings,
                       uint32_t count, Error *error);

// --statistics and --benchmark.
void style_report_statistics(StyleReport *self);
void style_report_benchmark(StyleReport *self, double seconds);

#endif
