// `path:line:column: CODE message`, one line for each finding. The places that belong to a finding
// follow it, indented. Hand-out files stand in a group of their own behind the others.

#include "base/format.h"
#include "output/output.h"

static const char *severity_color(Severity severity) {
    if (severity == SEVERITY_ERROR) return "\x1b[31m";
    return severity == SEVERITY_WARNING ? "\x1b[33m" : "\x1b[36m";
}

// ":line:column: ", from its end to its beginning.
static void add_position(Buf *out, Position position) {
    char text[2 * MOST_DIGITS + 4], *end = text + sizeof text, *at = end;
    *--at = ' ';
    *--at = ':';
    at = format_number(at, position.column);
    *--at = ':';
    at = format_number(at, position.line);
    *--at = ':';
    buf_add_bytes(out, at, (size_t)(end - at));
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

static void add_file(void *form, Buf *out, const OutputFile *file) {
    const bool *color = form;
    Buf path = {0};
    buf_add_printable(&path, file->path, false);
    for (uint32_t i = 0; i < file->report->findings.len; i++)
        add_finding(out, buf_str(&path), file->report->findings.at[i], *color);
    buf_release(&path);
}

void output_write_text(Buf *out, const OutputFiles *files, const OutputOptions *options) {
    bool color = options->color;
    output_each(files, out, GROUP_OWN, add_file, &color);
    if (files->hand_outs == 0) return;
    if (files->hand_outs < files->count) buf_add_byte(out, '\n');
    buf_add(out, STR("hand-out files, which do not fail the run:\n"));
    output_each(files, out, GROUP_HAND_OUTS, add_file, &color);
}
