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
} OutputFile;

// Files as a form goes over them, sorted by path; a form keeps that order and may go over them
// several times.
typedef struct OutputFiles {
    uint32_t count;
    // File `index`, valid until the next call. What has been written until then may be taken out of
    // the form's buffer here: findings need not be in memory all at once, and neither does what is
    // written of them.
    OutputFile (*at)(void *context, uint32_t index);
    void *context;
} OutputFiles;

static inline OutputFile output_file(const OutputFiles *self, uint32_t index) {
    return self->at(self->context, index);
}

typedef struct OutputOptions {
    Str directory;  // absolute, without a slash at its end: relative paths stand in it
    Str repository; // absolute: what CI services count paths from; empty: `directory`
    bool color;
} OutputOptions;

typedef struct OutputForm {
    const char *name; // as --output-format takes it
    void (*write)(Buf *out, const OutputFiles *files, const OutputOptions *options);
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
