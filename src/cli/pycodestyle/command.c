// `asynclint pycodestyle`: stands in for the command of pycodestyle 2.5.0, with its options,
// configuration, output and exit status. What differs: --help and --show-pep8 speak in words of our
// own, -vvv says no more than -vv, and the folders in a folder come in sorted order.

#include "cli/commands.h"
#include "cli/pycodestyle/codes.h"
#include "cli/pycodestyle/config.h"
#include "cli/pycodestyle/inspect.h"
#include "cli/pycodestyle/paths.h"
#include "cli/pycodestyle/targets.h"
#include "cli/pycodestyle/verbose.h"
#include "cli/terminal.h"

#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { STATUS_CLEAN = 0, STATUS_FINDINGS = 1, STATUS_EXCEPTION = 1, STATUS_USAGE = 2 };
enum { FLUSH_BYTES = 1 << 16 };

typedef struct StyleRun {
    Arena arena; // for the whole run
    StyleOptions options;
    StyleNames paths, filename, exclude;
    DiffRanges changed; // with --diff
    StyleCodes codes;
    Settings settings;
    Plan plan;
    StyleTargets targets;
    StyleReport report;
    Buf out, errors;
} StyleRun;

static volatile sig_atomic_t was_interrupted;

static void note_interrupt(int number) {
    (void)number;
    was_interrupted = 1;
}

static void end_quietly(int number) {
    (void)number;
    _exit(STATUS_FINDINGS);
}

// ---- Options ----

static bool exists(const char *path) {
    struct stat status;
    return stat(path, &status) == 0;
}

static CommandLine read_command_line(StyleRun *self, StyleOptions *options, StyleNames *paths,
                                     int argc, char **argv) {
    return style_options_read(options, &self->arena, argv + 1, (uint32_t)argc - 1, paths,
                              &self->out, &self->errors);
}

static CommandLine choose_paths(StyleRun *self) {
    if (self->paths.len > 0) return COMMAND_LINE_READ;
    if (!self->options.diff && !exists("setup.cfg") && !exists("tox.ini")) {
        style_options_add_usage_error(&self->errors, "input not specified");
        return COMMAND_LINE_WRONG;
    }
    vec_push(&self->arena, &self->paths, STR("."));
    return COMMAND_LINE_READ;
}

// Where a file has a section for us, the command line is read once more on top of it.
static bool read_files(StyleRun *self, int argc, char **argv, Error *error) {
    StyleConfig config;
    if (!style_config_read(&config, &self->arena, &self->options, &self->paths, &self->out,
                           &self->errors, error))
        return false;
    if (!config.has_section) return true;
    self->options = config.options;
    StyleNames same_paths = {0};
    read_command_line(self, &self->options, &same_paths, argc, argv);
    return true;
}

static int compare_names(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

// With --diff the files are those of the diff, below the first path.
static bool read_diff(StyleRun *self, Error *error) {
    Arena *arena = &self->arena;
    if (!diff_ranges_read(&self->changed, arena, read_standard_input(arena), error)) return false;
    Str parent = self->paths.at[0];
    self->paths.len = 0;
    for (uint32_t i = 0; i < self->changed.files.len; i++) {
        DiffFile *file = &self->changed.files.at[i];
        bool is_wanted =
            self->filename.len == 0 || any_pattern_matches(&self->filename, file->path);
        file->path = path_join(arena, parent, file->path);
        if (is_wanted && diff_file_has_any(file)) vec_push(arena, &self->paths, file->path);
    }
    if (self->paths.len > 1) qsort(self->paths.at, self->paths.len, sizeof(Str), compare_names);
    return true;
}

static uint32_t clamped(int64_t number) {
    return number < 0 ? 0 : number > INT32_MAX ? INT32_MAX : (uint32_t)number;
}

// The reference is Python 3.7; a newer one is named where pycodestyle is compared on a newer one.
static int target_version(void) {
    const char *named = getenv("ASYNCLINT_PYCODESTYLE_PYTHON");
    int major = 3, minor = 7;
    if (named != NULL && sscanf(named, "%d.%d", &major, &minor) != 2) minor = 7;
    return PYTHON(major, minor);
}

static void make_plan(StyleRun *self) {
    const StyleOptions *options = &self->options;
    style_codes_init(&self->codes, &self->arena, options);
    uint8_t *severities = arena_array(&self->arena, uint8_t, registry_rule_count() + 1);
    style_codes_choose(&self->codes, severities);
    self->settings = (Settings){
        .target_version = target_version(),
        .max_line_length = clamped(options->max_line_length),
        .max_doc_length = options->has_max_doc_length ? clamped(options->max_doc_length) : 0,
        .skips_edits = true,
        .hang_closing = options->hang_closing,
        .pycodestyle_noqa = true,
        .severities = severities};
    plan_make(&self->plan, &self->arena, &self->settings);
    self->plan.wants_tokens = true;
    self->plan.wants_logical |= options->verbose > 1 || options->benchmark;
}

static bool prepare(StyleRun *self, int argc, char **argv, Error *error) {
    if (!read_files(self, argc, argv, error)) return false;
    split_list(&self->arena, self->options.filename, &self->filename);
    split_path_patterns(&self->arena, self->options.exclude, self->options.exclude_folder,
                        &self->exclude);
    if (self->options.diff && !read_diff(self, error)) return false;
    make_plan(self);
    style_targets_find(&self->targets, &self->arena, &self->paths, &self->filename, &self->exclude);
    self->report = (StyleReport){.arena = &self->arena,
                                 .options = &self->options,
                                 .changed = self->options.diff ? &self->changed : NULL,
                                 .out = &self->out};
    return true;
}

// ---- Checking ----

static void drop_unwanted(const StyleCodes *codes, Inspection *inspection) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < inspection->count; i++)
        if (style_codes_has(codes, inspection->findings[i].code))
            inspection->findings[kept++] = inspection->findings[i];
    inspection->count = kept;
}

static bool check_one(StyleRun *self, Arena *arena, const StyleTarget *target, Error *error) {
    if (self->options.verbose > 0) buf_printf(&self->out, "checking %.*s\n", STR_ARG(target->path));
    Inspection inspection;
    inspect_file(&inspection, arena, &self->plan, target->path, target->is_named);
    drop_unwanted(&self->codes, &inspection);
    if (self->options.verbose > 1) verbose_add_logical_lines(&self->out, &inspection.file);
    self->report.logical_lines += inspection.file.logical.lines.len;
    return style_report_file(&self->report, inspection.name, &inspection.file.lines,
                             inspection.findings, inspection.count, error);
}

static void enter_folder(StyleRun *self, Str path) {
    if (self->options.verbose > 0) buf_printf(&self->out, "directory %.*s\n", STR_ARG(path));
    self->report.folders++;
}

static bool flush(StyleRun *self, size_t least) {
    if (self->out.len < least) return true;
    bool was_written = write_out(&self->out);
    buf_clear(&self->out);
    return was_written;
}

static int check_targets(StyleRun *self, Error *error) {
    Arena scratch = {0};
    int status = STATUS_CLEAN;
    for (uint32_t i = 0; i < self->targets.len && !was_interrupted && status == STATUS_CLEAN; i++) {
        const StyleTarget *target = &self->targets.at[i];
        if (target->is_folder)
            enter_folder(self, target->path);
        else if (!check_one(self, &scratch, target, error))
            status = STATUS_EXCEPTION;
        arena_reset(&scratch);
        if (!flush(self, FLUSH_BYTES)) status = EXIT_TROUBLE;
    }
    arena_release(&scratch);
    if (was_interrupted) buf_add(&self->out, STR("... stopped\n"));
    return status;
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int run(StyleRun *self, int argc, char **argv, Error *error) {
    style_options_init(&self->options);
    CommandLine outcome = read_command_line(self, &self->options, &self->paths, argc, argv);
    if (outcome == COMMAND_LINE_ANSWERED) return STATUS_CLEAN;
    if (outcome == COMMAND_LINE_READ) outcome = choose_paths(self);
    if (outcome == COMMAND_LINE_WRONG) return STATUS_USAGE;
    if (!prepare(self, argc, argv, error)) return STATUS_EXCEPTION;

    double start = seconds_now();
    int status = check_targets(self, error);
    if (status != STATUS_CLEAN) return status;
    if (self->options.statistics) style_report_statistics(&self->report);
    if (self->options.benchmark) style_report_benchmark(&self->report, seconds_now() - start);
    if (self->report.found == 0) return STATUS_CLEAN;
    if (self->options.count)
        buf_printf(&self->errors, "%llu\n", (unsigned long long)self->report.found);
    return STATUS_FINDINGS;
}

int pycodestyle_main(int argc, char **argv) {
    signal(SIGPIPE, end_quietly);
    signal(SIGINT, note_interrupt);
    StyleRun self = {0};
    Error error = {0};
    int status = run(&self, argc, argv, &error);
    if (!flush(&self, 1)) status = EXIT_TROUBLE;
    if (error.text[0] != '\0') buf_printf(&self.errors, "%s\n", error.text);
    if (self.errors.len > 0) fwrite(self.errors.at, 1, self.errors.len, stderr);
    buf_release(&self.out);
    buf_release(&self.errors);
    arena_release(&self.arena);
    return status;
}
