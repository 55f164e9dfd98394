// `asynclint score`: the findings of a run, seen from the requirements.

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/score_card.h"
#include "cli/terminal.h"

const Requirement requirements[REQUIREMENT_COUNT] = {
    {"readme",
     {"README", ""},
     "A README.md file, at the root of the folder of the project, is mandatory",
     "REQ001",
     .of_folder = true},
    {"editors",
     {"edi-", "tors"},
     "Allowed editors: vi, vim, emacs",
     "REQ006,REQ007",
     .of_folder = true},
    {"first-line",
     {"first", "line"},
     "The first line of all your files should be exactly #!/usr/bin/env python3",
     "REQ002"},
    {"new-line",
     {"new", "line"},
     "All your files should end with a new line",
     "W292,REQ003",
     .of_any_file = true},
    {"executable", {"exe-", "cutable"}, "All your files must be executable", "REQ004"},
    {"style",
     {"code", "style"},
     "Your code should use the pycodestyle style (version 2.5.x)",
     "E,W",
     .but = "E9,EXE"},
    {"annotations",
     {"anno-", "tations"},
     "All your functions and coroutines must be type-annotated",
     "ANN",
     .wants_tree = true},
    {"module-documentation",
     {"module", "docs"},
     "All your modules should have a documentation",
     "D100,D104",
     .wants_tree = true},
    {"function-documentation",
     {"function", "docs"},
     "All your classes and functions should have a documentation",
     "D101,D102,D103,D105,D106,D107,REQ010",
     .wants_tree = true},
    {"real-sentence",
     {"real", "sentence"},
     "A documentation is not a simple word, it's a real sentence",
     "REQ008,REQ009",
     .wants_tree = true},
    {"python-3.7",
     {"Python", "3.7"},
     "All your files will be interpreted using python3 (version 3.7)",
     "E9,VER"},
    {"async",
     {"async", "await"},
     "Coroutines are awaited, run concurrently and never block",
     "AIO,ASYNC",
     .wants_tree = true},
};

Tally score_tally(const ScoreProject *project, uint32_t requirement) {
    Tally tally = {0};
    for (uint32_t i = 0; i < project->rows.len; i++) {
        const ScoreRow *row = &project->rows.at[i];
        if (row->is_hand_out || row->marks[requirement] == MARK_NONE) continue;
        tally.asked++;
        tally.missed += row->marks[requirement] != MARK_MET;
    }
    return tally;
}

// ---- Marks ----

static bool starts_with_one_of(Str code, const char *beginnings) {
    Str rest = str_of(beginnings), beginning;
    while (str_split(&rest, ',', &beginning))
        if (str_starts_with(code, beginning)) return true;
    return false;
}

static bool measures(const Rule *rule, const Requirement *requirement) {
    Str code = str_of(rule->code);
    return starts_with_one_of(code, requirement->codes) &&
           (requirement->but == NULL || !starts_with_one_of(code, requirement->but));
}

// Whether some rule that measures it is on and could fail a run.
static bool is_measured(const Requirement *requirement, const uint8_t *severities) {
    for (uint32_t i = 0; i < registry_rule_count(); i++)
        if (severities[i] > SEVERITY_INFO && measures(registry_rule(i, NULL), requirement))
            return true;
    return false;
}

static bool is_asked(const Requirement *requirement, const ScoreRow *row, bool is_python) {
    if (requirement->of_folder || row->is_folder) return requirement->of_folder && row->is_folder;
    return is_python || requirement->of_any_file;
}

static void mark_measured(ScoreRow *row, bool is_python, const Plan *plan) {
    for (uint32_t i = 0; i < REQUIREMENT_COUNT; i++)
        if (is_asked(&requirements[i], row, is_python) &&
            is_measured(&requirements[i], plan->settings->severities))
            row->marks[i] = MARK_MET;
}

static void mark_unknown(ScoreRow *row, bool was_read) {
    for (uint32_t i = 0; i < REQUIREMENT_COUNT; i++)
        if (row->marks[i] == MARK_MET && (requirements[i].wants_tree || !was_read))
            row->marks[i] = MARK_UNKNOWN;
}

static void mark_findings(ScoreRow *row, const Report *report) {
    for (uint32_t i = 0; i < report->findings.len; i++) {
        const Finding *finding = report->findings.at[i];
        if (finding->severity <= SEVERITY_INFO) continue;
        Str code = str_of(finding->rule->code);
        if (!row->is_folder && str_starts_with(code, STR("E9")))
            mark_unknown(row, !str_is(code, "E902"));
        for (uint32_t j = 0; j < REQUIREMENT_COUNT; j++)
            if (row->marks[j] != MARK_NONE && measures(finding->rule, &requirements[j]))
                row->marks[j] = MARK_MISSED;
    }
}

// ---- Rows ----

// The project folder that `path` lies in: the one with the longest root.
static ScoreProject *project_of(ScoreCard *card, Str path) {
    ScoreProject *found = NULL;
    for (uint32_t i = 0; i < card->len; i++) {
        ScoreProject *project = &card->at[i];
        bool inside = str_is(project->root, ".") ||
                      (str_starts_with(path, project->root) &&
                       (path.len == project->root.len || path.at[project->root.len] == '/'));
        if (inside && (found == NULL || project->root.len > found->root.len)) found = project;
    }
    return found;
}

static void add_folders(ScoreCard *card, Arena *arena, const Discovery *found) {
    for (uint32_t i = 0; i < found->folders.len; i++) {
        const RunFolder *folder = &found->folders.at[i];
        ScoreProject project = {.root = folder->project.root};
        ScoreRow row = {.path = project.root, .is_folder = true};
        mark_measured(&row, false, folder->plan);
        vec_push(arena, &project.rows, row);
        vec_push(arena, card, project);
    }
}

static void add_files(ScoreCard *card, Arena *arena, const Discovery *found, uint64_t most_bytes) {
    Arena scratch = {0};
    for (uint32_t i = 0; i < found->files.len; i++) {
        const RunFile *file = &found->files.at[i];
        ScoreProject *project = project_of(card, file->path);
        if (project == NULL) continue;
        Source source;
        source_read(&source, &scratch, file->path, most_bytes, false);
        ScoreRow row = {
            .path = file->path, .is_hand_out = file->is_hand_out, .size = word_count(source.raw)};
        mark_measured(&row, file->is_python, file->plan);
        map_put(arena, &project->row_of, file->path, project->rows.len);
        vec_push(arena, &project->rows, row);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
}

// What is no file of its own is the folder's.
static ScoreRow *row_of(ScoreProject *project, Str path) {
    uint32_t row = map_get(&project->row_of, path);
    return &project->rows.at[row == MAP_NONE ? 0 : row];
}

static void add_results(ScoreCard *card, const Run *run) {
    Arena scratch = {0};
    for (uint32_t i = 0; i < run->count; i++) {
        const RunResult *result = &run->results[i];
        ScoreProject *project = project_of(card, result->path);
        if (project == NULL) continue;
        Report report = run_result_report(result, &scratch);
        mark_findings(row_of(project, result->path), &report);
        // An editor's file may be a file, too; the requirement is the folder's.
        mark_findings(&project->rows.at[0], &report);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
}

// ---- The run ----

static bool all_met(const ScoreCard *card) {
    for (uint32_t i = 0; i < card->len; i++)
        for (uint32_t j = 0; j < REQUIREMENT_COUNT; j++)
            if (score_tally(&card->at[i], j).missed > 0) return false;
    return true;
}

static int write_card(const ScoreCard *card, Str form) {
    Buf out = {0};
    if (str_is(form, "json"))
        score_write_json(&out, card);
    else
        score_write_text(&out, card);
    bool written = write_out(&out);
    buf_release(&out);
    if (!written) return EXIT_TROUBLE;
    return all_met(card) ? EXIT_CLEAN : EXIT_FINDINGS;
}

static int run_and_score(const Discovery *found, const Values *values, Arena *arena) {
    uint64_t most_bytes = values->at[OPT_MAX_FILE_BYTES].number;
    if (most_bytes > INT32_MAX) most_bytes = INT32_MAX;
    Run run;
    run_files(&run, found->files.at, found->files.len,
              (RunOptions){.jobs = inputs_jobs(values), .most_bytes = most_bytes});
    run_folders(&run, found->folders.at, found->folders.len);
    ScoreCard card = {0};
    add_folders(&card, arena, found);
    add_files(&card, arena, found, most_bytes);
    add_results(&card, &run);
    int status = write_card(&card, values->at[OPT_OUTPUT_FORMAT].text);
    run_release(&run);
    return status;
}

static int score_paths(const Values *command_line, StrList paths, Arena *arena, Error *error) {
    Configs configs;
    Discovery found;
    if (!configs_init(&configs, arena, command_line, error)) return EXIT_TROUBLE;
    if (!inputs_add_listed(&paths, arena, &command_line->at[OPT_FILES_FROM], error))
        return EXIT_TROUBLE;
    if (!discover(&found, arena, &configs, paths, inputs_jobs(&configs.none->values), error))
        return EXIT_TROUBLE;
    if (found.folders.len == 0) {
        error_set(error, "score takes folders, and there is none among the paths");
        return EXIT_TROUBLE;
    }
    return run_and_score(&found, &(found.first == NULL ? configs.none : found.first)->values,
                         arena);
}

static int print_help(void) {
    Buf out = {0};
    buf_add(&out, STR("usage: asynclint score [OPTION …] [FOLDER …]\n\n"
                      "Shows which requirement each file of a project folder meets.\n"
                      "Exit status: 0 all are met, 1 some are not, 2 wrong use.\n\n"));
    options_help(&out, FOR_SCORE);
    bool written = write_out(&out);
    buf_release(&out);
    return written ? EXIT_CLEAN : EXIT_TROUBLE;
}

int score_main(int argc, char **argv) {
    Arena arena = {0};
    Error error = {0};
    Values values;
    StrList paths;
    int status = EXIT_CLEAN;
    if (!options_read(&values, &paths, &arena, FOR_SCORE, argc, argv, &error))
        status = EXIT_TROUBLE;
    else if (values.at[OPT_HELP].number)
        status = print_help();
    else if (values.at[OPT_VERSION].number)
        status = print_version();
    else
        status = score_paths(&values, paths, &arena, &error);
    if (error.text[0] != '\0') show_error(&error);
    arena_release(&arena);
    return status;
}
