#include "output/output.h"

#include "base/error.h"
#include "rule/registry.h"

const OutputForm output_forms[] = {
    {"github", output_write_github, .wants_repository = true},
    {"json", output_write_json},
    {"text", output_write_text},
};
const uint32_t output_form_count = sizeof output_forms / sizeof output_forms[0];

const OutputForm *output_form_find(Str name) {
    for (uint32_t i = 0; i < output_form_count; i++)
        if (str_is(name, output_forms[i].name)) return &output_forms[i];
    return NULL;
}

const char *severity_name(Severity severity) {
    switch (severity) {
    case SEVERITY_OFF: break;
    case SEVERITY_INFO: return "info";
    case SEVERITY_WARNING: return "warning";
    case SEVERITY_ERROR: return "error";
    }
    BUG("a finding of a rule that is off");
}

void output_absolute_path(Buf *out, Str path, Str directory) {
    if (!str_starts_with(path, STR("/"))) buf_add(out, directory);
    Str rest = path, part;
    while (str_split(&rest, '/', &part)) {
        if (part.len == 0 || str_is(part, ".")) continue;
        buf_add_byte(out, '/');
        buf_add(out, part);
    }
}

static void count_rules(void *counts, Buf *out, const OutputFile *file) {
    (void)out;
    _Atomic uint32_t *of_rule = counts;
    for (uint32_t i = 0; i < file->report->findings.len; i++)
        of_rule[file->report->findings.at[i]->rule_number]++;
}

static int compare_rules(const void *left, const void *right) {
    const uint32_t *a = left, *b = right;
    return strcmp(registry_rule(*a, NULL)->code, registry_rule(*b, NULL)->code);
}

void output_write_statistics(Buf *out, const OutputFiles *files) {
    Arena arena = {0};
    _Atomic uint32_t *counts = arena_array(&arena, _Atomic uint32_t, registry_rule_count());
    output_each(files, out, GROUP_ALL, count_rules, counts);
    VEC(uint32_t) rules = {0};
    for (uint32_t i = 0; i < registry_rule_count(); i++)
        if (counts[i] > 0) vec_push(&arena, &rules, i);
    if (rules.len > 1) qsort(rules.at, rules.len, sizeof *rules.at, compare_rules);
    for (uint32_t i = 0; i < rules.len; i++) {
        const Rule *rule = registry_rule(rules.at[i], NULL);
        buf_printf(out, "%7u %-8s %s\n", counts[rules.at[i]], rule->code, rule->summary);
    }
    arena_release(&arena);
}
