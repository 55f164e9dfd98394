// `path:line:column: CODE message`, one line for each finding. The places that belong to a finding
// follow it, indented. Hand-out files stand in a group of their own behind the others.

#include "output/output.h"

static const char *severity_color(Severity severity) {
    if (severity == SEVERITY_ERROR) return "\x1b[31m";
    return severity == SEVERITY_WARNING ? "\x1b[33m" : "\x1b[36m";
}

static void add_position(Buf *out, Position position) {
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

// `path` is fit to be shown.
static void add_finding(Buf *out, Str path, const Finding *finding, bool color) {
    buf_add(out, path);
    add_position(out, finding->start);
    add_code(out, finding, color);
    add_message(out, finding->message);
    for (uint32_t i = 0; i < finding->related.len; i++) {
        const Related *related = &finding->related.at[i];
        buf_add(out, STR("    "));
        buf_add_printable(out, related->path, false);
        add_position(out, related->position);
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
    if (file->report->findings.len == 0) return;
    Buf path = {0};
    buf_add_printable(&path, file->path, false);
    for (uint32_t i = 0; i < file->report->findings.len; i++)
        add_finding(self->out, buf_str(&path), file->report->findings.at[i], self->color);
    self->has_any = true;
    buf_release(&path);
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
