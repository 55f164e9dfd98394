#include "rule/finding.h"

#include "base/error.h"
#include "rule/project_folder.h"

#include <stdarg.h>
#include <stdio.h>

static uint32_t rule_number(const Pass *pass, const Rule *rule) {
    size_t place = (size_t)(rule - pass->check->rules.at);
    if (place >= pass->check->rules.count) BUG("a check reported a rule that is not its own");
    return pass->first_rule + (uint32_t)place;
}

bool pass_wants(const Pass *pass, const Rule *rule) {
    return pass->settings->severities[rule_number(pass, rule)] != SEVERITY_OFF;
}

// A message without anything to fill in is the literal itself.
static Str format_message(Arena *arena, const char *format, va_list arguments) {
    if (strchr(format, '%') == NULL) return str_of(format);
    return str_vformat(arena, format, arguments);
}

static Finding *add_finding(Pass *pass, const Rule *rule, const char *format, va_list arguments) {
    Report *self = pass->report;
    uint32_t number = rule_number(pass, rule);
    Severity severity = pass->settings->severities[number];
    if (severity == SEVERITY_OFF) return &self->nowhere;
    Finding *finding = arena_new(self->arena, Finding);
    finding->rule = rule;
    finding->rule_number = number;
    finding->severity = severity;
    finding->order = self->findings.len;
    finding->report = self;
    finding->message = format_message(self->arena, format, arguments);
    vec_push(self->arena, &self->findings, finding);
    return finding;
}

Finding *vreport(Pass *pass, const Rule *rule, Span span, const char *format, va_list arguments) {
    Finding *finding = add_finding(pass, rule, format, arguments);
    finding->span = span;
    return finding;
}

Finding *report(Pass *pass, const Rule *rule, Span span, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Finding *finding = vreport(pass, rule, span, format, arguments);
    va_end(arguments);
    return finding;
}

Finding *report_at(Pass *pass, const Rule *rule, Place place, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Finding *finding = add_finding(pass, rule, format, arguments);
    va_end(arguments);
    finding->span = (Span){place.start, place.end};
    finding->start = (Position){place.line, place.column};
    finding->end = (Position){place.line + place.more_lines, place.end_column};
    finding->is_placed = true;
    return finding;
}

Finding *report_entry(Pass *pass, const Rule *rule, Str path, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Finding *finding = add_finding(pass, rule, format, arguments);
    va_end(arguments);
    if (finding->report == NULL) return finding;
    finding->path = str_copy(finding->report->arena, path);
    finding_place(finding, (Position){1, 1});
    return finding;
}

void finding_place(Finding *finding, Position position) {
    finding->start = finding->end = position;
    finding->is_placed = true;
}

void finding_soften(Finding *finding, Severity most) {
    if (finding->severity > most) finding->severity = most;
}

void finding_relate(Finding *finding, Str path, Position position, const char *format, ...) {
    if (finding->report == NULL) return;
    Arena *arena = finding->report->arena;
    va_list arguments;
    va_start(arguments, format);
    Str message = str_vformat(arena, format, arguments);
    va_end(arguments);
    vec_push(arena, &finding->related, (Related){str_copy(arena, path), position, message});
}
