// `asynclint check`: from the command line to the exit status.

#include "base/write_all.h"
#include "cli/cache_folder.h"
#include "cli/commands.h"
#include "cli/gitignore.h"
#include "cli/inputs.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "cli/write_fixes.h"
#include "cli/write_results.h"
#include "engine/timings.h"

#include <unistd.h>

static int print_help(void) {
    Buf out = {0};
    buf_add(&out,
            STR("usage: asynclint [check] [OPTION …] [PATH …]\n\n"
                "Checks Python files and the folders they lie in. Without a PATH: this folder.\n"
                "Exit status: 0 clean, 1 findings, 2 wrong use, configuration or output.\n\n"));
    options_help(&out, FOR_CHECK);
    buf_add(&out, STR("\ncommands:\n"));
    for (unsigned i = 0; i < command_count; i++)
        buf_printf(&out, "  %-12s %s\n", commands[i].name, commands[i].summary);
    bool written = write_out(&out);
    buf_release(&out);
    return written ? EXIT_CLEAN : EXIT_TROUBLE;
}

// ---- Output ----

static bool wants_color(const Values *values) {
    Str when = values->at[OPT_COLOR].text;
    if (!str_is(when, "auto")) return str_is(when, "always");
    const char *no = getenv("NO_COLOR"), *force = getenv("FORCE_COLOR");
    if (no != NULL && no[0] != '\0') return false;
    return (force != NULL && force[0] != '\0') || isatty(STDOUT_FILENO);
}

static bool fails(const Run *run, Severity least) {
    for (uint32_t i = 0; i < run->count; i++)
        if (!run->results[i].is_hand_out && run_result_worst(&run->results[i]) >= least)
            return true;
    return false;
}

static int write_results(const Run *run, const Values *values, const Configs *configs,
                         Arena *arena) {
    const OutputForm *form = values->at[OPT_STATISTICS].number
                                 ? NULL
                                 : output_form_find(values->at[OPT_OUTPUT_FORMAT].text);
    OutputOptions options = {.directory = configs->current, .color = wants_color(values)};
    if (form != NULL && form->wants_repository)
        options.repository = repository_around(arena, configs->current);
    if (!results_write(run, form, &options)) return EXIT_TROUBLE;
    bool only_errors = str_is(values->at[OPT_FAIL_ON].text, "error");
    bool failed = fails(run, only_errors ? SEVERITY_ERROR : SEVERITY_WARNING);
    return failed && !values->at[OPT_EXIT_ZERO].number ? EXIT_FINDINGS : EXIT_CLEAN;
}

// ---- Fixes ----

static FixSafety fix_safety(const Values *values) {
    bool asked = values->at[OPT_FIX].number || values->at[OPT_FIX_ONLY].number ||
                 values->at[OPT_DIFF].number;
    if (!asked) return FIX_NONE;
    return values->at[OPT_UNSAFE_FIXES].number ? FIX_UNSAFE : FIX_SAFE;
}

static void say_fixed(FixesWritten written, const char *what) {
    if (written.files > 0)
        fprintf(stderr, "asynclint: %s %u finding%s in %u file%s\n", what, written.fixed,
                written.fixed == 1 ? "" : "s", written.files, written.files == 1 ? "" : "s");
}

static int show_fixes(const Run *run, const RunFile *files, uint32_t count) {
    Buf out = {0};
    FixesWritten shown = fixes_show(run, files, count, &out);
    bool written = write_out(&out);
    buf_release(&out);
    say_fixed(shown, "would fix");
    if (!written) return EXIT_TROUBLE;
    return shown.files > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}

// Writes what was mended. EXIT_FINDINGS where the findings that are left are still to be reported.
static int write_fixes(const Run *run, const RunFile *files, uint32_t count, const Values *values) {
    Buf out = {0};
    FixesWritten fixed = fixes_write(run, files, count, &out);
    bool written = write_out(&out);
    buf_release(&out);
    say_fixed(fixed, "fixed");
    if (!written || fixed.refused > 0) return EXIT_TROUBLE;
    // The mended text of stdin is all that stdout is for.
    bool only = values->at[OPT_FIX_ONLY].number || (count == 1 && files[0].is_given);
    return only ? EXIT_CLEAN : EXIT_FINDINGS;
}

// ---- The run ----

// Offsets are 32 bits wide.
static uint64_t most_bytes(const Values *values) {
    uint64_t most = values->at[OPT_MAX_FILE_BYTES].number;
    return most < INT32_MAX ? most : INT32_MAX;
}

static int conclude(const Run *run, const RunFile *files, uint32_t count, const Values *values,
                    const Configs *configs, Arena *arena) {
    if (run->fixed == NULL) return write_results(run, values, configs, arena);
    if (values->at[OPT_DIFF].number) return show_fixes(run, files, count);
    int status = write_fixes(run, files, count, values);
    return status == EXIT_FINDINGS ? write_results(run, values, configs, arena) : status;
}

static int run_and_write(const Discovery *found, const Configs *configs, Arena *arena) {
    const Values *values = &(found->first == NULL ? configs->none : found->first)->values;
    const RunFile *files = found->files.at;
    uint32_t count = found->files.len;
    Cache *cache = cache_for_run(arena, values, configs->current, count);
    lap(STEP_DISCOVERY);
    Run run;
    Progress progress;
    bool shows_progress = progress_start(&progress);
    run_files(&run, files, count,
              (RunOptions){.jobs = inputs_jobs(values),
                           .most_bytes = most_bytes(values),
                           .fix = fix_safety(values),
                           .cache = cache,
                           .timings = stopwatch == NULL ? NULL : stopwatch->slots,
                           .progress = shows_progress ? progress_show : NULL,
                           .progress_context = &progress,
                           .directory = configs->current});
    progress_end(&progress);
    run_folders(&run, found->folders.at, found->folders.len);
    int status = conclude(&run, files, count, values, configs, arena);
    lap(STEP_OUTPUT);
    run_release(&run);
    if (cache != NULL) cache_close(cache);
    return status;
}

static int check_paths(const Values *command_line, StrList paths, Arena *arena, Error *error) {
    Configs configs;
    Discovery found;
    Buf bytes = {0};
    int status = EXIT_TROUBLE;
    if (configs_init(&configs, arena, command_line, error) &&
        inputs_add_listed(&paths, arena, &command_line->at[OPT_FILES_FROM], error) &&
        inputs_find(&found, arena, &configs, paths, &bytes, error))
        status = run_and_write(&found, &configs, arena);
    buf_release(&bytes);
    return status;
}

static void show_timings(const uint64_t *timings) {
    Buf out = {0};
    timings_write(&out, timings);
    write_all(STDERR_FILENO, out.at, out.len);
    buf_release(&out);
}

static int check_and_time(const Values *values, StrList paths, Arena *arena, Error *error) {
    if (!values->at[OPT_TIMINGS].number) return check_paths(values, paths, arena, error);
    Stopwatch watch = {.slots = timings_new(arena)};
    stopwatch_take(&watch);
    int status = check_paths(values, paths, arena, error);
    lap(STEP_OTHER);
    stopwatch_take(NULL);
    show_timings(watch.slots);
    return status;
}

int check_main(int argc, char **argv) {
    arena_keep_freed_memory();
    Arena arena = {0};
    Error error = {0};
    Values values;
    StrList paths;
    int status = EXIT_CLEAN;
    if (!options_read(&values, &paths, &arena, FOR_CHECK, argc, argv, &error))
        status = EXIT_TROUBLE;
    else if (values.at[OPT_HELP].number)
        status = print_help();
    else if (values.at[OPT_VERSION].number)
        status = print_version();
    else
        status = check_and_time(&values, paths, &arena, &error);
    if (error.text[0] != '\0') show_error(&error);
    arena_release(&arena);
    return status;
}
