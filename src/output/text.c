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

static void add_group(Buf *out, const OutputFile *files, uint32_t count, bool is_hand_out,
                      bool color) {
    for (uint32_t i = 0; i < count; i++) {
        if (files[i].is_hand_out != is_hand_out) continue;
        for (uint32_t j = 0; j < files[i].report->findings.len; j++)
            add_finding(out, files[i].path, files[i].report->findings.at[j], color);
    }
}

void output_write_text(Buf *out, const OutputFile *files, uint32_t count,
                       const OutputOptions *options) {
    add_group(out, files, count, false, options->color);
    Buf hand_out = {0};
    add_group(&hand_out, files, count, true, options->color);
    if (hand_out.len > 0) {
        if (out->len > 0) buf_add_byte(out, '\n');
        buf_add(out, STR("hand-out files, which do not fail the run:\n"));
        buf_add_bytes(out, hand_out.at, hand_out.len);
    }
    buf_release(&hand_out);
}
