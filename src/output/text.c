// `path:line:column: CODE message`, one line for each finding. The places that belong to a finding
// follow it, indented. Hand-out files stand in a group of their own behind the others.

#include "output/output.h"

static const char *severity_color(Severity severity) {
    if (severity == SEVERITY_ERROR) return "\x1b[31m";
    return severity == SEVERITY_WARNING ? "\x1b[33m" : "\x1b[36m";
}

static void add_place(Buf *out, Str path, Position position) {
    buf_add_printable(out, path, false);
    buf_add_byte(out, ':');
    buf_add_number(out, position.line);
    buf_add_byte(out, ':');
    buf_add_number(out, position.column);
    buf_add(out, STR(": "));
}

static void add_code(Buf *out, const Finding *finding, bool color) {
    if (color) buf_add(out, str_of(severity_color(finding->severity)));
    buf_add(out, str_of(finding->rule->code));
    if (color) buf_add(out, STR("\x1b[0m"));
    buf_add_byte(out, ' ');
}

static void add_message(Buf *out, Str message) {
    buf_add_printable(out, message, false);
    buf_add_byte(out, '\n');
}

static void add_finding(Buf *out, Str path, const Finding *finding, bool color) {
    add_place(out, path, finding->start);
    add_code(out, finding, color);
    add_message(out, finding->message);
    for (uint32_t i = 0; i < finding->related.len; i++) {
        const Related *related = &finding->related.at[i];
        buf_add(out, STR("    "));
        add_place(out, related->path, related->position);
        add_message(out, related->message);
    }
}

typedef struct Writing {
    Buf *out;
    const OutputFiles *files;
    bool color;
    bool has_any; // something was written
} Writing;

static void add_file(Writing *self, const OutputFile *file) {
    for (uint32_t i = 0; i < file->report->findings.len; i++)
        add_finding(self->out, file->path, file->report->findings.at[i], self->color);
    self->has_any |= file->report->findings.len > 0;
}

// True where there are files of the other group that have findings.
static bool add_group(Writing *self, bool is_hand_out) {
    bool others = false;
    for (uint32_t i = 0; i < self->files->count; i++) {
        OutputFile file = output_file(self->files, i);
        if (file.is_hand_out == is_hand_out)
            add_file(self, &file);
        else
            others |= file.report->findings.len > 0;
    }
    return others;
}

void output_write_text(Buf *out, const OutputFiles *files, const OutputOptions *options) {
    Writing writing = {.out = out, .files = files, .color = options->color};
    if (!add_group(&writing, false)) return;
    if (writing.has_any) buf_add_byte(out, '\n');
    buf_add(out, STR("hand-out files, which do not fail the run:\n"));
    add_group(&writing, true);
}
