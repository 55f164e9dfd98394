#include "engine/pack_report.h"

#include "rule/registry.h"

static void pack_position(Buf *out, Position position) {
    pack_number(out, position.line);
    pack_number(out, position.column);
}

static Position unpack_position(Unpacker *from) {
    Position position;
    position.line = unpack_below(from, UINT32_MAX);
    position.column = unpack_below(from, UINT32_MAX);
    return position;
}

static void pack_related(Buf *out, const Related *related) {
    pack_str(out, related->path);
    pack_position(out, related->position);
    pack_str(out, related->message);
}

static Related unpack_related(Unpacker *from) {
    Related related;
    related.path = unpack_str(from);
    related.position = unpack_position(from);
    related.message = unpack_str(from);
    return related;
}

static void pack_edit(Buf *out, const Edit *edit) {
    pack_str(out, edit->path);
    pack_number(out, edit->span.start);
    pack_number(out, edit->span.end);
    pack_position(out, edit->start);
    pack_position(out, edit->end);
    pack_str(out, edit->text);
}

static Edit unpack_edit(Unpacker *from) {
    Edit edit;
    edit.path = unpack_str(from);
    edit.span.start = unpack_below(from, UINT32_MAX);
    edit.span.end = unpack_below(from, UINT32_MAX);
    edit.start = unpack_position(from);
    edit.end = unpack_position(from);
    edit.text = unpack_str(from);
    return edit;
}

static void pack_finding(Buf *out, const Finding *finding) {
    pack_number(out, registry_number(finding->rule));
    pack_number(out, finding->severity);
    pack_str(out, finding->path);
    pack_number(out, finding->span.start);
    pack_number(out, finding->span.end);
    pack_position(out, finding->start);
    pack_position(out, finding->end);
    pack_number(out, finding->noqa_line);
    pack_number(out, finding->order);
    pack_str(out, finding->message);
    pack_number(out, finding->fix_safety);
    pack_number(out, finding->to_make_executable.len);
    for (uint32_t i = 0; i < finding->to_make_executable.len; i++)
        pack_str(out, finding->to_make_executable.at[i]);
    pack_number(out, finding->related.len);
    for (uint32_t i = 0; i < finding->related.len; i++)
        pack_related(out, &finding->related.at[i]);
    pack_number(out, finding->edits.len);
    for (uint32_t i = 0; i < finding->edits.len; i++)
        pack_edit(out, &finding->edits.at[i]);
}

static Finding *unpack_finding(Report *report, Unpacker *from, uint32_t rules) {
    Finding *finding = arena_new(report->arena, Finding);
    finding->report = report;
    finding->rule = registry_rule(unpack_below(from, rules), NULL);
    finding->severity = (Severity)unpack_below(from, SEVERITY_ERROR + 1);
    finding->path = unpack_str(from);
    finding->span.start = unpack_below(from, UINT32_MAX);
    finding->span.end = unpack_below(from, UINT32_MAX);
    finding->start = unpack_position(from);
    finding->end = unpack_position(from);
    finding->noqa_line = unpack_below(from, UINT32_MAX);
    finding->order = unpack_below(from, UINT32_MAX);
    finding->message = unpack_str(from);
    finding->fix_safety = (FixSafety)unpack_below(from, FIX_UNSAFE + 1);
    uint32_t modes = unpack_count(from);
    for (uint32_t i = 0; i < modes && !from->is_damaged; i++)
        vec_push(report->arena, &finding->to_make_executable, unpack_str(from));
    uint32_t related = unpack_count(from);
    for (uint32_t i = 0; i < related && !from->is_damaged; i++)
        vec_push(report->arena, &finding->related, unpack_related(from));
    uint32_t edits = unpack_count(from);
    for (uint32_t i = 0; i < edits && !from->is_damaged; i++)
        vec_push(report->arena, &finding->edits, unpack_edit(from));
    return finding;
}

void report_pack(Buf *out, const Report *report) {
    pack_number(out, report->findings.len);
    for (uint32_t i = 0; i < report->findings.len; i++)
        pack_finding(out, report->findings.at[i]);
}

bool report_unpack(Report *report, Unpacker *from) {
    uint32_t rules = registry_rule_count();
    uint32_t count = unpack_count(from);
    vec_reserve(report->arena, &report->findings, count);
    for (uint32_t i = 0; i < count && !from->is_damaged; i++) {
        Finding *finding = unpack_finding(report, from, rules);
        vec_push(report->arena, &report->findings, finding);
    }
    return !from->is_damaged;
}
