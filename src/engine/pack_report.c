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

// What a finding has besides its rule, span and message.
typedef enum Extra {
    HAS_PATH = 1 << 0,
    HAS_RELATED = 1 << 1,
    HAS_EDITS = 1 << 2,
    HAS_EXECUTABLES = 1 << 3,
    SEVERITY_SHIFT = 4,
    SAFETY_SHIFT = 6,
    EXTRA_END = 1 << 8,
} Extra;

static uint32_t extras_of(const Finding *finding) {
    return (finding->path.len > 0 ? HAS_PATH : 0) | (finding->related.len > 0 ? HAS_RELATED : 0) |
           (finding->edits.len > 0 ? HAS_EDITS : 0) |
           (finding->to_make_executable.len > 0 ? HAS_EXECUTABLES : 0) |
           (uint32_t)finding->severity << SEVERITY_SHIFT |
           (uint32_t)finding->fix_safety << SAFETY_SHIFT;
}

// A number that is most often a little more than `base`, sometimes less.
static char *put_near(char *at, uint32_t number, uint32_t base) {
    uint32_t difference = number - base;
    return put_number(at, (uint32_t)(difference << 1) ^ (difference >> 31 ? UINT32_MAX : 0));
}

static uint32_t unpack_near(Unpacker *from, uint32_t base) {
    uint32_t coded = unpack_below(from, (uint64_t)UINT32_MAX + 1);
    return base + ((coded >> 1) ^ (coded & 1 ? UINT32_MAX : 0));
}

enum { LOOK_BACK = 8 };

// How many findings before this one has the same message, at most LOOK_BACK; else 0.
static uint32_t same_message_before(const Report *report, uint32_t index) {
    Str message = report->findings.at[index]->message;
    for (uint32_t back = 1; back <= LOOK_BACK && back <= index; back++)
        if (str_eq(report->findings.at[index - back]->message, message)) return back;
    return 0;
}

static void pack_message(Buf *out, const Report *report, uint32_t index) {
    uint32_t back = same_message_before(report, index);
    pack_number(out, back);
    if (back == 0) pack_str(out, report->findings.at[index]->message);
}

static void pack_numbers(Buf *out, const Finding *finding) {
    enum { NUMBERS = 9 };
    char *at = buf_reserve(out, NUMBERS * LONGEST_PACKED_NUMBER);
    at = put_number(at, finding->rule_number);
    at = put_number(at, extras_of(finding));
    at = put_number(at, finding->span.start);
    at = put_near(at, finding->span.end, finding->span.start);
    at = put_number(at, finding->start.line);
    at = put_number(at, finding->start.column);
    at = put_near(at, finding->end.line, finding->start.line);
    at = put_number(at, finding->end.column);
    at = put_near(at, finding->noqa_line, finding->start.line);
    out->len = (size_t)(at - out->at);
}

static Str unpack_message(const Report *report, Unpacker *from) {
    uint32_t back = unpack_below(from, (uint64_t)report->findings.len + 1);
    return back == 0 ? unpack_str(from) : report->findings.at[report->findings.len - back]->message;
}

static void pack_finding(Buf *out, const Report *report, uint32_t index) {
    const Finding *finding = report->findings.at[index];
    pack_numbers(out, finding);
    pack_message(out, report, index);
    if (finding->path.len > 0) pack_str(out, finding->path);
    if (finding->related.len > 0) pack_number(out, finding->related.len);
    for (uint32_t i = 0; i < finding->related.len; i++)
        pack_related(out, &finding->related.at[i]);
    if (finding->edits.len > 0) pack_number(out, finding->edits.len);
    for (uint32_t i = 0; i < finding->edits.len; i++)
        pack_edit(out, &finding->edits.at[i]);
    if (finding->to_make_executable.len > 0) pack_number(out, finding->to_make_executable.len);
    for (uint32_t i = 0; i < finding->to_make_executable.len; i++)
        pack_str(out, finding->to_make_executable.at[i]);
}

static void unpack_lists(Finding *finding, Arena *arena, Unpacker *from, uint32_t extras) {
    uint32_t related = extras & HAS_RELATED ? unpack_count(from) : 0;
    for (uint32_t i = 0; i < related && !from->is_damaged; i++)
        vec_push(arena, &finding->related, unpack_related(from));
    uint32_t edits = extras & HAS_EDITS ? unpack_count(from) : 0;
    for (uint32_t i = 0; i < edits && !from->is_damaged; i++)
        vec_push(arena, &finding->edits, unpack_edit(from));
    uint32_t executables = extras & HAS_EXECUTABLES ? unpack_count(from) : 0;
    for (uint32_t i = 0; i < executables && !from->is_damaged; i++)
        vec_push(arena, &finding->to_make_executable, unpack_str(from));
}

static Finding *unpack_finding(Report *report, Unpacker *from, uint32_t rules) {
    Finding *finding = arena_new(report->arena, Finding);
    finding->report = report;
    finding->rule_number = unpack_below(from, rules);
    finding->rule = registry_rule(finding->rule_number, NULL);
    uint32_t extras = unpack_below(from, EXTRA_END);
    finding->severity = (Severity)(extras >> SEVERITY_SHIFT & 3);
    finding->fix_safety = (FixSafety)(extras >> SAFETY_SHIFT & 3);
    finding->span.start = unpack_below(from, UINT32_MAX);
    finding->span.end = unpack_near(from, finding->span.start);
    finding->start = unpack_position(from);
    finding->end.line = unpack_near(from, finding->start.line);
    finding->end.column = unpack_below(from, UINT32_MAX);
    finding->noqa_line = unpack_near(from, finding->start.line);
    finding->message = unpack_message(report, from);
    if (extras & HAS_PATH) finding->path = unpack_str(from);
    unpack_lists(finding, report->arena, from, extras);
    finding->order = report->findings.len;
    if (finding->severity == SEVERITY_OFF) from->is_damaged = true;
    return finding;
}

static Severity worst_of(const Report *report) {
    Severity worst = SEVERITY_OFF;
    for (uint32_t i = 0; i < report->findings.len; i++)
        if (report->findings.at[i]->severity > worst) worst = report->findings.at[i]->severity;
    return worst;
}

void report_pack(Buf *out, const Report *report) {
    if (report->findings.len == 0) return;
    pack_number(out, worst_of(report));
    pack_number(out, report->findings.len);
    for (uint32_t i = 0; i < report->findings.len; i++)
        pack_finding(out, report, i);
}

Severity packed_worst(Str packed) {
    Unpacker from = {.rest = packed};
    return packed.len == 0 ? SEVERITY_OFF : (Severity)unpack_below(&from, SEVERITY_ERROR + 1);
}

bool report_unpack(Report *report, Str packed) {
    if (packed.len == 0) return true;
    Unpacker from = {.rest = packed};
    uint32_t rules = registry_rule_count();
    unpack_below(&from, SEVERITY_ERROR + 1);
    uint32_t count = unpack_count(&from);
    vec_reserve(report->arena, &report->findings, count);
    for (uint32_t i = 0; i < count && !from.is_damaged; i++) {
        Finding *finding = unpack_finding(report, &from, rules);
        if (!from.is_damaged) vec_push(report->arena, &report->findings, finding);
    }
    return !from.is_damaged && from.rest.len == 0;
}
