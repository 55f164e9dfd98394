#include "cli/discover.h"

#include "base/glob.h"
#include "base/replace_file.h"
#include "cli/gitignore.h"
#include "cli/listing.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

// A project folder while its entries come in.
typedef struct Building {
    Str root;
    Str absolute;
    const Plan *plan;
    VEC(ProjectEntry) entries;
    VEC(const Plan *) plans; // of the entries
    uint32_t expected;       // entries that are to come, at most
} Building;

// A folder that is being walked.
typedef struct Frame Frame;
struct Frame {
    Str shown;    // with a slash at the end; empty for the current folder without a name
    Str absolute; // without one
    Config *config;
    const Ignores *ignores;
    Building *project; // NULL: none
    Listing *listing;
    Listing **announced; // for each entry that is the inside of a folder, where it is to be walked
    Frame **inside;      // the same, once it was entered
    uint32_t next;       // entry
};

typedef struct Walker {
    Discovery *found;
    Arena *arena;
    Arena scratch;
    Configs *configs;
    Lister *lister;
    Error *error;
    bool may_meet_twice;  // several paths were given: files of one may lie in another
    Map seen;             // absolute path of each file that may come twice
    Map roots;            // absolute path of each folder that was given
    Map walked;           // absolute path of those of them that have been walked
    VEC(Frame *) entered; // of one path, those outside before those inside
    VEC(Frame *) frames;  // from the outermost inwards
    VEC(Building *) projects;
} Walker;

// ---- What a file is ----

static Str next_word(Str *rest) {
    *rest = str_trim(*rest);
    uint32_t end = 0;
    while (end < rest->len && rest->at[end] != ' ' && rest->at[end] != '\t')
        end++;
    Str word = str_slice(*rest, 0, end);
    *rest = str_from(*rest, end);
    return word;
}

// "python", "python3", "python3.11", not "pythonic".
static bool is_python_name(Str name) {
    if (!str_starts_with(name, STR("python"))) return false;
    for (uint32_t i = 6; i < name.len; i++)
        if (name.at[i] != '.' && (name.at[i] < '0' || name.at[i] > '9')) return false;
    return true;
}

bool has_python_shebang(Str beginning) {
    if (!str_starts_with(beginning, STR("#!"))) return false;
    Str rest = str_slice(beginning, 2, str_find_byte(beginning, '\n'));
    Str name = path_name(next_word(&rest));
    if (str_is(name, "env")) {
        do
            name = next_word(&rest);
        while (str_starts_with(name, STR("-")));
        name = path_name(name);
    }
    return is_python_name(name);
}

static bool begins_with_shebang(Arena *arena, Str path) {
    int file = open(str_c(arena, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) return false;
    char beginning[256];
    ssize_t got = read(file, beginning, sizeof beginning);
    close(file);
    return got > 0 && has_python_shebang((Str){beginning, (uint32_t)got});
}

static bool is_python_file(Arena *arena, Str path, const FileStamp *stamp) {
    Str name = path_name(path);
    if (has_python_suffix(name)) return true;
    return S_ISREG(stamp->mode) && stamp->size > 2 && !str_contains(name, STR(".")) &&
           begins_with_shebang(arena, path);
}

// ---- What is left out ----

static bool is_left_out_by_default(Str name) {
    static const char *const names[] = {
        ".bzr",           ".direnv", ".eggs",    ".git",   ".hg",           ".ipynb_checkpoints",
        ".mypy_cache",    ".nox",    ".pants.d", ".pyenv", ".pytest_cache", ".pytype",
        ".ruff_cache",    ".svn",    ".tox",     ".venv",  "CVS",           "__pycache__",
        "__pypackages__", "_build",  "buck-out", "build",  "dist",          "node_modules",
        "site-packages",  "venv",
    };
    return STR_IS_ONE_OF(name, names);
}

static bool is_left_out(const Frame *folder, Str absolute, bool is_folder) {
    const Value *values = folder->config->values.at;
    if (config_excludes(folder->config, absolute)) return true;
    if (is_folder && values[OPT_DEFAULT_EXCLUDES].number &&
        is_left_out_by_default(path_name(absolute)))
        return true;
    return values[OPT_GITIGNORE].number && ignores_path(folder->ignores, absolute, is_folder);
}

// A path that the user gave: whether it or a folder it lies in is excluded.
static bool is_given_out(const Config *config, Str absolute) {
    if (!config->values.at[OPT_FORCE_EXCLUDE].number) return false;
    while (absolute.len > config->folder.len && str_starts_with(absolute, config->folder)) {
        if (config_excludes(config, absolute)) return true;
        absolute = str_slice(absolute, 0, str_find_last_byte(absolute, '/'));
    }
    return false;
}

// ---- Adding what was found ----

static bool is_first_time(Walker *self, Map *paths, Str absolute) {
    if (map_get(paths, absolute) != MAP_NONE) return false;
    map_put(self->arena, paths, str_copy(self->arena, absolute), 1);
    return true;
}

// What all that is added of one path has in common.
typedef struct Found {
    Str shown, absolute;
    FileStamp stamp;
    const Plan *plan;
    bool is_python, is_hand_out;
} Found;

static void add_file(Walker *self, const Found *found, bool is_listed) {
    if (!found->is_python && !found->plan->wants_other_files) return;
    bool may_come_again = self->may_meet_twice || !S_ISREG(found->stamp.mode);
    if (may_come_again && !is_first_time(self, &self->seen, found->absolute)) return;
    RunFile file = {.path = found->shown,
                    .plan = found->plan,
                    .is_python = found->is_python,
                    .is_hand_out = found->is_hand_out,
                    .is_listed = is_listed,
                    .stamp = found->stamp};
    struct stat asked;
    if (file.stamp.inode == 0 && stat(str_c(&self->scratch, found->shown), &asked) == 0)
        file.stamp = file_stamp(&asked);
    vec_push(self->arena, &self->found->files, file);
}

static uint8_t entry_kind(const FileStamp *stamp) {
    if (S_ISREG(stamp->mode)) return ENTRY_FILE;
    if (S_ISDIR(stamp->mode)) return ENTRY_FOLDER;
    return S_ISLNK(stamp->mode) ? ENTRY_LINK : ENTRY_OTHER;
}

static bool gathers_entries(const Building *project) {
    return project != NULL && project->plan->wants_folders;
}

static void add_entry(Walker *self, Building *project, const Found *found) {
    if (!gathers_entries(project)) return;
    bool is_file = S_ISREG(found->stamp.mode);
    uint32_t relative_len = found->absolute.len - project->absolute.len - 1;
    ProjectEntry entry = {
        .path = found->shown,
        .relative = str_from(found->shown, found->shown.len - relative_len),
        .name = path_name(found->shown),
        .size = is_file ? found->stamp.size : 0,
        .kind = entry_kind(&found->stamp),
        .is_python = found->is_python,
        .is_hand_out = found->is_hand_out,
        .is_executable = is_file && (found->stamp.mode & 0111) != 0,
    };
    vec_push(self->arena, &project->entries, entry);
    vec_push(self->arena, &project->plans, found->plan);
}

static Building *new_project(Walker *self, Str root, Str absolute, Config *config) {
    Building *project = arena_new(self->arena, Building);
    project->root = root.len == 0 ? STR(".") : root;
    project->absolute = absolute;
    project->plan = config_plan(config, self->arena, absolute);
    vec_push(self->arena, &self->projects, project);
    return project;
}

static bool is_named_project(const Config *config, Str absolute) {
    const StrList *patterns = &config->values.at[OPT_PROJECTS].list;
    for (uint32_t i = 0; i < patterns->count; i++)
        if (glob_match_path(patterns->at[i], config->folder, absolute)) return true;
    return false;
}

static Config *config_for(Walker *self, Str folder) {
    Config *config = configs_for(self->configs, folder, self->error);
    if (self->found->first == NULL) self->found->first = config;
    return config;
}

// ---- Walking ----

static Str path_in(Arena *arena, const Frame *folder, Str name) {
    return str_join3(arena, folder->absolute, STR("/"), name);
}

// Announces what lies inside the folders of a folder that are not left out.
static void announce_inside(Walker *self, Frame *folder) {
    const Listing *listing = folder->listing;
    folder->announced = arena_array(self->arena, Listing *, listing->count);
    for (uint32_t i = 0; i < listing->count; i++) {
        const Listed *entry = &listing->at[i];
        if (entry->kind != LISTED_INSIDE) continue;
        Str absolute =
            path_in(&self->scratch, folder, str_slice(entry->name, 0, entry->name.len - 1));
        if (is_left_out(folder, absolute, true)) continue;
        if (map_get(&self->roots, absolute) != MAP_NONE) continue;
        Str shown = str_join(self->arena, folder->shown, entry->name);
        folder->announced[i] =
            lister_announce(self->lister, shown, gathers_entries(folder->project));
    }
}

// The folder as it is walked later; what lies inside is announced.
static Frame *keep_frame(Walker *self, const Frame *folder) {
    Frame *kept = arena_new(self->arena, Frame);
    *kept = *folder;
    announce_inside(self, kept);
    arena_reset(&self->scratch);
    vec_push(self->arena, &self->entered, kept);
    return kept;
}

// Begins with a folder, of which `outer` says what holds outside. NULL where its configuration is
// wrong.
static Frame *enter(Walker *self, const Frame *outer, Listing *listing, Str absolute) {
    lister_finish(self->lister, listing);
    Frame folder = {.shown = listing->path,
                    .absolute = absolute,
                    .config = outer->config,
                    .ignores = outer->ignores,
                    .project = outer->project,
                    .listing = listing};
    if (!listing->can_be_read || listing->may_have_config)
        folder.config = config_for(self, absolute);
    if (folder.config == NULL) return NULL;
    if (listing->has_gitignore)
        folder.ignores = ignores_of_folder(self->arena, outer->ignores, absolute);
    if (is_named_project(folder.config, absolute)) {
        Str shown = str_slice(listing->path, 0, listing->path.len - 1);
        folder.project = new_project(self, shown, absolute, folder.config);
    }
    // That it is a project of its own came out after it was announced.
    if (gathers_entries(folder.project) && !listing->wants_all_stamps) {
        folder.listing = lister_announce(self->lister, folder.shown, true);
        lister_finish(self->lister, folder.listing);
    }
    return keep_frame(self, &folder);
}

// Enters all folders, level by level: so all threads always have some to list.
static bool enter_all(Walker *self) {
    for (uint32_t f = 0; f < self->entered.len; f++) {
        Frame *outer = self->entered.at[f];
        const Listing *listing = outer->listing;
        outer->inside = arena_array(self->arena, Frame *, listing->count);
        for (uint32_t i = 0; i < listing->count; i++) {
            if (outer->announced[i] == NULL) continue;
            Str name = str_slice(listing->at[i].name, 0, listing->at[i].name.len - 1);
            Str absolute = path_in(self->arena, outer, name);
            outer->inside[i] = enter(self, outer, outer->announced[i], absolute);
            if (outer->inside[i] == NULL) return false;
        }
    }
    return true;
}

// Makes room for what the walk through the folders that were entered will find: lists that grow
// leave more behind than they hold.
static void make_room(Walker *self) {
    uint32_t files = 0;
    for (uint32_t i = 0; i < self->entered.len; i++) {
        const Frame *folder = self->entered.at[i];
        files += folder->listing->count;
        if (gathers_entries(folder->project)) folder->project->expected += folder->listing->count;
    }
    vec_reserve(self->arena, &self->found->files, files);
    for (uint32_t i = 0; i < self->projects.len; i++) {
        Building *project = self->projects.at[i];
        vec_reserve(self->arena, &project->entries, project->expected);
        vec_reserve(self->arena, &project->plans, project->expected);
        project->expected = 0;
    }
}

static void visit_file(Walker *self, const Frame *folder, const Listed *entry) {
    Str absolute = path_in(&self->scratch, folder, entry->name);
    if (is_left_out(folder, absolute, false)) return;
    Str shown = str_join(self->arena, folder->shown, entry->name);
    Found found = {.shown = shown,
                   .absolute = absolute,
                   .stamp = entry->stamp,
                   .plan = config_plan(folder->config, self->arena, absolute),
                   .is_python = is_python_file(&self->scratch, shown, &entry->stamp),
                   .is_hand_out = config_is_hand_out(folder->config, absolute)};
    add_entry(self, folder->project, &found);
    if (found.is_python || S_ISREG(found.stamp.mode))
        add_file(self, &found, folder->project != NULL);
}

// A folder as an entry of another: its inside follows as the next one but one, or later.
static void visit_folder(Walker *self, const Frame *folder, const Listed *entry) {
    Str absolute = path_in(&self->scratch, folder, entry->name);
    if (is_left_out(folder, absolute, true)) return;
    if (map_get(&self->roots, absolute) != MAP_NONE) return;
    Found found = {.shown = str_join(self->arena, folder->shown, entry->name),
                   .absolute = absolute,
                   .stamp = entry->stamp,
                   .plan = config_plan(folder->config, self->arena, absolute),
                   .is_hand_out = config_is_hand_out(folder->config, absolute)};
    add_entry(self, folder->project, &found);
    // One that looks like a module is worth a word.
    found.is_python = has_python_suffix(entry->name);
    if (found.is_python) add_file(self, &found, false);
}

static void visit_unreadable(Walker *self, const Frame *folder) {
    Str shown = folder->shown;
    if (shown.len > 1) shown = str_slice(shown, 0, shown.len - 1);
    Found found = {.shown = shown.len == 0 ? STR(".") : shown,
                   .absolute = folder->absolute,
                   .plan = config_plan(folder->config, self->arena, folder->absolute),
                   .is_python = true,
                   .is_hand_out = config_is_hand_out(folder->config, folder->absolute)};
    add_file(self, &found, false);
}

static void visit(Walker *self, const Frame *folder, uint32_t index) {
    const Listed *entry = &folder->listing->at[index];
    switch ((ListedKind)entry->kind) {
    case LISTED_FILE: visit_file(self, folder, entry); break;
    case LISTED_FOLDER: visit_folder(self, folder, entry); break;
    case LISTED_INSIDE:
        if (folder->inside[index] != NULL)
            vec_push(self->arena, &self->frames, folder->inside[index]);
    }
}

static void walk(Walker *self, Frame *outermost) {
    vec_push(self->arena, &self->frames, outermost);
    while (self->frames.len > 0) {
        Frame *folder = vec_last(&self->frames);
        if (folder->next == 0 && !folder->listing->can_be_read) visit_unreadable(self, folder);
        if (folder->next == folder->listing->count)
            self->frames.len--;
        else
            visit(self, folder, folder->next++);
        arena_reset(&self->scratch);
    }
}

// ---- What the user gave ----

static Str cut_slashes(Str path) {
    while (path.len > 1 && path.at[path.len - 1] == '/')
        path.len--;
    return path;
}

static bool start_folder(Walker *self, Str path) {
    Str absolute = configs_canonical_folder(self->configs, self->arena, path);
    Config *config = config_for(self, absolute);
    if (config == NULL) return false;
    if (is_given_out(config, absolute)) return true;
    if (!is_first_time(self, &self->walked, absolute)) return true;
    path = cut_slashes(path);
    Frame folder = {.shown = path,
                    .absolute = absolute,
                    .config = config,
                    .ignores = config->values.at[OPT_GITIGNORE].number
                                   ? ignores_around(self->arena, absolute)
                                   : NULL};
    if (path.len > 0 && !str_is(path, "/")) folder.shown = str_join(self->arena, path, STR("/"));
    if (config->values.at[OPT_PROJECTS].list.count == 0 || is_named_project(config, absolute))
        folder.project = new_project(self, path, absolute, config);
    folder.listing = lister_announce(self->lister, folder.shown, gathers_entries(folder.project));
    lister_finish(self->lister, folder.listing);
    self->entered.len = 0;
    Frame *outermost = keep_frame(self, &folder);
    if (!enter_all(self)) return false;
    make_room(self);
    walk(self, outermost);
    return true;
}

static bool is_descriptor(Str path) {
    return str_is(path, "/dev/stdin") || str_starts_with(path, STR("/dev/fd/")) ||
           str_starts_with(path, STR("/proc/self/fd/"));
}

static bool start_file(Walker *self, Str path, const FileStamp *stamp) {
    uint32_t slash = str_find_last_byte(path, '/');
    Str folder = slash == path.len ? STR("") : slash == 0 ? STR("/") : str_slice(path, 0, slash);
    folder = configs_canonical_folder(self->configs, self->arena, folder);
    Str absolute = str_format(self->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(path_name(path)));
    Config *config = config_for(self, folder);
    if (config == NULL) return false;
    if (is_given_out(config, absolute)) return true;
    bool any_kind = is_descriptor(path);
    Found found = {.shown = path,
                   .absolute = absolute,
                   .stamp = *stamp,
                   .plan = config_plan(config, self->arena, absolute),
                   .is_python = any_kind || !S_ISREG(stamp->mode) ||
                                is_python_file(self->arena, path, stamp),
                   .is_hand_out = config_is_hand_out(config, absolute)};
    uint32_t before = self->found->files.len;
    add_file(self, &found, false);
    if (self->found->files.len > before) vec_last(&self->found->files).any_kind = any_kind;
    return true;
}

static bool start(Walker *self, Str path) {
    struct stat status = {0};
    if (stat(path.len == 0 ? "." : str_c(self->arena, path), &status) == 0 &&
        S_ISDIR(status.st_mode))
        return start_folder(self, path);
    FileStamp stamp = file_stamp(&status);
    return start_file(self, path, &stamp);
}

static void find_roots(Walker *self, StrList paths) {
    for (uint32_t i = 0; i < paths.count; i++) {
        Str absolute = configs_canonical_folder(self->configs, self->arena, paths.at[i]);
        map_put(self->arena, &self->roots, absolute, i);
    }
}

// ---- The result ----

static int compare_files(const void *left, const void *right) {
    const RunFile *a = left, *b = right;
    return str_compare(a->path, b->path);
}

static int compare_folders(const void *left, const void *right) {
    const RunFolder *a = left, *b = right;
    return str_compare(a->project.root, b->project.root);
}

typedef struct Ordered {
    ProjectEntry entry;
    const Plan *plan;
} Ordered;

static int compare_ordered(const void *left, const void *right) {
    const Ordered *a = left, *b = right;
    return str_compare(a->entry.relative, b->entry.relative);
}

// A walk meets nearly all in order.
static bool are_entries_sorted(const Building *project) {
    const ProjectEntry *at = project->entries.at;
    for (uint32_t i = 1; i < project->entries.len; i++)
        if (str_compare(at[i - 1].relative, at[i].relative) > 0) return false;
    return true;
}

static void sort_entries(Building *project, Arena *scratch) {
    uint32_t count = project->entries.len;
    Ordered *ordered = arena_array(scratch, Ordered, count);
    for (uint32_t i = 0; i < count; i++)
        ordered[i] = (Ordered){project->entries.at[i], project->plans.at[i]};
    if (count > 1) qsort(ordered, count, sizeof *ordered, compare_ordered);
    for (uint32_t i = 0; i < count; i++) {
        project->entries.at[i] = ordered[i].entry;
        project->plans.at[i] = ordered[i].plan;
    }
}

static void finish_project(Walker *self, Building *project) {
    if (!are_entries_sorted(project)) sort_entries(project, &self->scratch);
    arena_reset(&self->scratch);
    RunFolder folder = {.project = {project->root, project->entries.at, project->entries.len},
                        .plan = project->plan,
                        .entry_plans = project->plans.at};
    vec_push(self->arena, &self->found->folders, folder);
}

static bool are_files_sorted(const Discovery *self) {
    for (uint32_t i = 1; i < self->files.len; i++)
        if (str_compare(self->files.at[i - 1].path, self->files.at[i].path) > 0) return false;
    return true;
}

static void finish(Walker *self) {
    Discovery *found = self->found;
    for (uint32_t i = 0; i < self->projects.len; i++)
        finish_project(self, self->projects.at[i]);
    if (!are_files_sorted(found))
        qsort(found->files.at, found->files.len, sizeof(RunFile), compare_files);
    if (found->folders.len > 1)
        qsort(found->folders.at, found->folders.len, sizeof(RunFolder), compare_folders);
}

bool discover(Discovery *self, Arena *arena, Configs *configs, StrList paths, unsigned jobs,
              Error *error) {
    *self = (Discovery){0};
    Walker walker = {.found = self,
                     .arena = arena,
                     .configs = configs,
                     .lister = lister_new(arena, jobs),
                     .error = error,
                     .may_meet_twice = paths.count > 1};
    if (walker.may_meet_twice) find_roots(&walker, paths);
    bool done = true;
    for (uint32_t i = 0; i < paths.count && done; i++)
        done = start(&walker, paths.at[i]);
    if (done) finish(&walker);
    lister_release(walker.lister);
    arena_release(&walker.scratch);
    return done;
}

bool discover_named(Discovery *self, Arena *arena, Configs *configs, Str path, Error *error) {
    *self = (Discovery){0};
    Walker walker = {.found = self, .arena = arena, .configs = configs, .error = error};
    bool done = start_file(&walker, path, &(FileStamp){0});
    if (done) finish(&walker);
    arena_release(&walker.scratch);
    return done;
}
