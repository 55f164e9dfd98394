#include "output/output.h"

#include "base/error.h"
#include "rule/registry.h"

const OutputForm output_forms[] = {
    {"github", output_write_github},
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

static int compare_rules(const void *left, const void *right) {
    const Rule *const *a = left;
    const Rule *const *b = right;
    return strcmp((*a)->code, (*b)->code);
}

void output_write_statistics(Buf *out, const OutputFile *files, uint32_t count) {
    Arena arena = {0};
    VEC(const Rule *) rules = {0};
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < files[i].report->findings.len; j++)
            vec_push(&arena, &rules, files[i].report->findings.at[j]->rule);
    if (rules.len > 1) qsort(rules.at, rules.len, sizeof(const Rule *), compare_rules);
    for (uint32_t start = 0, end; start < rules.len; start = end) {
        for (end = start; end < rules.len && rules.at[end] == rules.at[start]; end++)
            continue;
        buf_printf(out, "%7u %-8s %s\n", end - start, rules.at[start]->code,
                   rules.at[start]->summary);
    }
    arena_release(&arena);
}
