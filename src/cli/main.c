#include "base/buf.h"
#include "engine/check_all.h"

int main(int argc, char **argv) {
    Arena arena = {0};
    uint8_t *severities = arena_array(&arena, uint8_t, registry_rule_count() + 1);
    registry_apply_preset(severities, PRESET_REQUIREMENTS);
    Settings settings = {
        .target_version = PYTHON(3, 7), .max_line_length = 79, .severities = severities};
    Plan plan;
    plan_make(&plan, &arena, &settings);
    uint32_t count = (uint32_t)(argc - 1);
    RunFile *files = arena_array(&arena, RunFile, count);
    for (uint32_t i = 0; i < count; i++)
        files[i] = (RunFile){.path = str_of(argv[i + 1]), .plan = &plan, .is_python = true};
    Run run;
    run_files(&run, files, count, (RunOptions){.jobs = 1, .most_bytes = 64 << 20});
    Buf out = {0};
    bool any = false;
    for (uint32_t i = 0; i < run.count; i++) {
        const FileResult *result = &run.results[i];
        for (uint32_t j = 0; j < result->report.findings.len; j++) {
            const Finding *finding = result->report.findings.at[j];
            buf_add_printable(&out, result->path, false);
            buf_printf(&out, ":%u:%u: %s ", finding->start.line, finding->start.column,
                       finding->rule->code);
            buf_add_printable(&out, finding->message, false);
            buf_add_byte(&out, '\n');
            any = true;
        }
    }
    fwrite(out.at, 1, out.len, stdout);
    buf_release(&out);
    run_release(&run);
    arena_release(&arena);
    return any;
}
