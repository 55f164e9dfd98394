// `asynclint graph`: who calls, awaits and schedules whom.

#include "cli/commands.h"
#include "cli/graph_view.h"
#include "cli/inputs.h"
#include "cli/terminal.h"
#include "engine/check_project.h"

static int write_view(const GraphView *view, Str form) {
    Buf out = {0};
    if (str_is(form, "json"))
        graph_write_json(&out, view);
    else if (str_is(form, "dot"))
        graph_write_dot(&out, view);
    else
        graph_write_text(&out, view);
    bool written = write_out(&out);
    buf_release(&out);
    return written ? EXIT_CLEAN : EXIT_TROUBLE;
}

// A file that cannot be read, or is nested too deeply to be parsed.
static void say_what_is_missing(const GraphView *view, const RunFile *files, uint32_t count) {
    uint32_t shown = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (shown < view->paths.len && str_eq(view->paths.at[shown], files[i].path)) {
            shown++;
            continue;
        }
        Error error = {0};
        error_set(&error, "%.*s cannot be read and is not in the graph", STR_ARG(files[i].path));
        show_error(&error);
    }
}

// The Python files, each with a plan that makes its summary under its own configuration.
typedef struct GraphFiles {
    RunFile *files;
    const Plan **plans;
    uint32_t count;
} GraphFiles;

static GraphFiles python_files(Arena *arena, const Discovery *found) {
    GraphFiles chosen = {.files = arena_array(arena, RunFile, found->files.len),
                         .plans = arena_array(arena, const Plan *, found->files.len)};
    const Settings *settings = NULL;
    Plan *plan = NULL;
    for (uint32_t i = 0; i < found->files.len; i++) {
        const RunFile *file = &found->files.at[i];
        if (!file->is_python) continue;
        if (plan == NULL || file->plan->settings != settings) {
            settings = file->plan->settings;
            plan = arena_new(arena, Plan);
            plan_make_for_summaries(plan, settings);
        }
        chosen.plans[chosen.count] = plan;
        chosen.files[chosen.count] = *file;
        chosen.files[chosen.count++].plan = plan;
    }
    return chosen;
}

static int run_and_show(const Discovery *found, const Values *values, Arena *arena) {
    GraphFiles chosen = python_files(arena, found);
    uint64_t most_bytes = values->at[OPT_MAX_FILE_BYTES].number;
    Run run;
    run_files(&run, chosen.files, chosen.count,
              (RunOptions){.jobs = inputs_jobs(values),
                           .most_bytes = most_bytes > INT32_MAX ? INT32_MAX : most_bytes});
    GraphView view =
        graph_view(program_of_results(run.results, chosen.plans, chosen.count, arena), arena);
    say_what_is_missing(&view, chosen.files, chosen.count);
    int status = write_view(&view, values->at[OPT_GRAPH_FORMAT].text);
    run_release(&run);
    return status;
}

static int graph_paths(const Values *command_line, StrList paths, Arena *arena, Error *error) {
    Configs configs;
    Discovery found;
    if (!configs_init(&configs, arena, command_line, error) ||
        !inputs_add_listed(&paths, arena, &command_line->at[OPT_FILES_FROM], error) ||
        !discover(&found, arena, &configs, paths, inputs_jobs(&configs.none->values), error))
        return EXIT_TROUBLE;
    return run_and_show(&found, &(found.first == NULL ? configs.none : found.first)->values, arena);
}

static int print_help(void) {
    Buf out = {0};
    buf_add(&out,
            STR("usage: asynclint graph [OPTION …] [PATH …]\n\n"
                "Shows what the functions of Python files do with each other: calls, awaits,\n"
                "schedules, hands to a thread, calls back; and which calls block.\n"
                "Without a PATH: this folder.\n\n"));
    options_help(&out, FOR_GRAPH);
    bool written = write_out(&out);
    buf_release(&out);
    return written ? EXIT_CLEAN : EXIT_TROUBLE;
}

int graph_main(int argc, char **argv) {
    Arena arena = {0};
    Error error = {0};
    Values values;
    StrList paths;
    int status = EXIT_CLEAN;
    if (!options_read(&values, &paths, &arena, FOR_GRAPH, argc, argv, &error))
        status = EXIT_TROUBLE;
    else if (values.at[OPT_HELP].number)
        status = print_help();
    else if (values.at[OPT_VERSION].number)
        status = print_version();
    else
        status = graph_paths(&values, paths, &arena, &error);
    if (error.text[0] != '\0') show_error(&error);
    arena_release(&arena);
    return status;
}
