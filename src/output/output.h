// The forms in which findings are written: one file of this folder for each.

#ifndef ASYNCLINT_OUTPUT_OUTPUT_H
#define ASYNCLINT_OUTPUT_OUTPUT_H

#include "base/buf.h"
#include "rule/finding.h"

// The findings under one path.
typedef struct OutputFile {
    Str path; // as it is shown
    const Report *report;
    bool is_hand_out; // a group of its own, and no failure
    uint32_t index;   // among the files with findings
} OutputFile;

// Adds to `out` what a form writes of one file. Several threads call it at a time, each with its
// own `out` and all with the same `form`.
typedef void OutputFileWriter(void *form, Buf *out, const OutputFile *file);

// Hand-out files, or all others, or both.
typedef enum OutputGroup { GROUP_ALL, GROUP_OWN, GROUP_HAND_OUTS } OutputGroup;

static inline bool output_group_has(OutputGroup self, bool is_hand_out) {
    return self == GROUP_ALL || is_hand_out == (self == GROUP_HAND_OUTS);
}

// The files with findings, sorted by path; a form keeps that order and may go over them several
// times.
typedef struct OutputFiles {
    uint32_t count;
    uint32_t hand_outs; // among them
    // Calls `add` once for each file of the group. What it adds stands behind what `out` held
    // before; neither all findings nor all that is written of them are in memory at once.
    void (*each)(void *context, Buf *out, OutputGroup group, OutputFileWriter *add, void *form);
    void *context;
} OutputFiles;

static inline void output_each(const OutputFiles *self, Buf *out, OutputGroup group,
                               OutputFileWriter *add, void *form) {
    self->each(self->context, out, group, add, form);
}

typedef struct OutputOptions {
    Str directory;  // absolute, without a slash at its end: relative paths stand in it
    Str repository; // absolute: what CI services count paths from, for forms that want it; empty:
                    // `directory`
    bool color;
} OutputOptions;

typedef struct OutputForm {
    const char *name; // as --output-format takes it
    void (*write)(Buf *out, const OutputFiles *files, const OutputOptions *options);
    bool wants_repository; // of the options
} OutputForm;

// Sorted by name.
extern const OutputForm output_forms[];
extern const uint32_t output_form_count;

// NULL where there is none of that name.
const OutputForm *output_form_find(Str name);

// One line for each code that occurs, sorted by code: how often, the code, its summary.
void output_write_statistics(Buf *out, const OutputFiles *files);

// ---- For the forms ----

const char *severity_name(Severity severity); // "error", "warning", "info"

// `path` made absolute, without "." parts, into `out`. Nothing is looked up on disk.
void output_absolute_path(Buf *out, Str path, Str directory);

void output_write_github(Buf *out, const OutputFiles *files, const OutputOptions *options);
void output_write_json(Buf *out, const OutputFiles *files, const OutputOptions *options);
void output_write_text(Buf *out, const OutputFiles *files, const OutputOptions *options);

#endif
