// Workflow commands, which GitHub shows as annotations:
// `::error title=…,file=…,line=1,endLine=1,col=2,endColumn=5::message`.
//
// GitHub shows ten annotations of each level and step: a notice says where there are more, and the
// worst come first. Whatever a file or a message is named, it stays one command.
// Source of the escapes: actions/toolkit, packages/core/src/command.ts.

#include "output/output.h"

enum { SHOWN_BY_GITHUB = 10 };

static void add_escaped(Buf *out, Str text, bool is_property) {
    for (uint32_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        bool special = byte == '%' || byte == '\r' || byte == '\n' ||
                       (is_property && (byte == ':' || byte == ','));
        if (special)
            buf_printf(out, "%%%02X", (unsigned char)byte);
        else
            buf_add_byte(out, byte);
    }
}

static void add_file(Buf *out, Str path, const OutputOptions *options) {
    Buf absolute = {0};
    output_absolute_path(&absolute, path, options->directory);
    Str root = options->repository.len > 0 ? options->repository : options->directory;
    Str shown = buf_str(&absolute);
    if (str_starts_with(shown, root) && shown.len > root.len && shown.at[root.len] == '/')
        shown = str_from(shown, root.len + 1);
    add_escaped(out, shown, true);
    buf_release(&absolute);
}

static void add_range(Buf *out, const Finding *finding) {
    buf_printf(out, ",line=%u,endLine=%u", finding->start.line, finding->end.line);
    // With columns, GitHub takes the range for one on a single line.
    if (finding->start.line == finding->end.line)
        buf_printf(out, ",col=%u,endColumn=%u", finding->start.column, finding->end.column);
}

static void add_command(Buf *out, const OutputFile *file, const Finding *finding, const char *level,
                        const OutputOptions *options) {
    buf_printf(out, "::%s title=asynclint (%s),file=", level, finding->rule->code);
    add_file(out, file->path, options);
    add_range(out, finding);
    buf_add(out, STR("::"));
    Buf message = {0};
    buf_add_printable(&message, file->path, false);
    buf_printf(&message, ":%u:%u: %s ", finding->start.line, finding->start.column,
               finding->rule->code);
    buf_add_printable(&message, finding->message, false);
    add_escaped(out, buf_str(&message), false);
    buf_add_byte(out, '\n');
    buf_release(&message);
}

// What fails nothing is a notice.
static Severity shown_severity(const OutputFile *file, const Finding *finding) {
    return file->is_hand_out ? SEVERITY_INFO : finding->severity;
}

typedef struct Level {
    Severity severity;
    const char *name;
    const OutputOptions *options;
} Level;

static void add_file_of_level(void *form, Buf *out, const OutputFile *file) {
    const Level *level = form;
    for (uint32_t i = 0; i < file->report->findings.len; i++) {
        const Finding *finding = file->report->findings.at[i];
        if (shown_severity(file, finding) == level->severity)
            add_command(out, file, finding, level->name, level->options);
    }
}

static void add_level(Buf *out, const OutputFiles *files, Severity severity, const char *name,
                      const OutputOptions *options) {
    output_each(files, out, GROUP_ALL, add_file_of_level, &(Level){severity, name, options});
}

typedef struct Counts {
    _Atomic uint32_t of[SEVERITY_ERROR + 1]; // by severity
} Counts;

static void count_file(void *form, Buf *out, const OutputFile *file) {
    (void)out;
    Counts *counts = form;
    for (uint32_t i = 0; i < file->report->findings.len; i++)
        counts->of[shown_severity(file, file->report->findings.at[i])]++;
}

static void add_overview(Buf *out, const OutputFiles *files) {
    Counts counts = {0};
    output_each(files, out, GROUP_ALL, count_file, &counts);
    uint32_t errors = counts.of[SEVERITY_ERROR], warnings = counts.of[SEVERITY_WARNING],
             notices = counts.of[SEVERITY_INFO];
    if (errors <= SHOWN_BY_GITHUB && warnings <= SHOWN_BY_GITHUB && notices <= SHOWN_BY_GITHUB)
        return;
    buf_printf(out,
               "::notice title=asynclint::%u errors, %u warnings and %u notices; GitHub shows ten "
               "of each, the log has all\n",
               errors, warnings, notices);
}

void output_write_github(Buf *out, const OutputFiles *files, const OutputOptions *options) {
    add_overview(out, files);
    add_level(out, files, SEVERITY_ERROR, "error", options);
    add_level(out, files, SEVERITY_WARNING, "warning", options);
    add_level(out, files, SEVERITY_INFO, "notice", options);
}
