#include "cli/discover.h"

#include "base/glob.h"
#include "base/replace_file.h"
#include "cli/gitignore.h"

#include <dirent.h>
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
} Building;

// A folder that is still to be walked.
typedef struct Pending {
    Str shown;    // with a slash at the end; empty for the current folder without a name
    Str absolute; // without one
    Config *config;
    const Ignores *ignores;
    Building *project; // NULL: none
} Pending;

typedef struct Walker {
    Discovery *found;
    Arena *arena;
    Configs *configs;
    Error *error;
    Map seen;   // absolute path of each file
    Map roots;  // absolute path of each folder that was given
    Map walked; // absolute path of those of them that have been walked
    VEC(Pending) pending;
    VEC(Building *) projects;
} Walker;

typedef struct Entry {
    Str name;
    struct stat status; // of what a link leads to, if to a regular file; else of itself
} Entry;

typedef VEC(Entry) Entries;

// ---- What a file is ----

static bool has_python_suffix(Str name) {
    return str_ends_with(name, STR(".py")) || str_ends_with(name, STR(".pyi")) ||
           str_ends_with(name, STR(".pyw"));
}

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

static bool is_python_file(Arena *arena, Str path, const struct stat *status) {
    Str name = path_name(path);
    if (has_python_suffix(name)) return true;
    return S_ISREG(status->st_mode) && status->st_size > 2 && !str_contains(name, STR(".")) &&
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
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_is(name, names[i])) return true;
    return false;
}

static bool is_left_out(const Pending *folder, Str absolute, bool is_folder) {
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
    uint32_t next = paths->len;
    return map_get_or_put(self->arena, paths, absolute, next) == next;
}

static void add_file(Walker *self, Str shown, Str absolute, Config *config, bool is_python,
                     bool is_listed, const struct stat *status) {
    const Plan *plan = config_plan(config, self->arena, absolute);
    if (!is_python && !plan->wants_other_files) return;
    if (!is_first_time(self, &self->seen, absolute)) return;
    RunFile file = {.path = shown,
                    .plan = plan,
                    .is_python = is_python,
                    .is_hand_out = config_is_hand_out(config, absolute),
                    .is_listed = is_listed,
                    .stamp = file_stamp(status)};
    struct stat asked;
    if (file.stamp.inode == 0 && stat(str_c(self->arena, shown), &asked) == 0)
        file.stamp = file_stamp(&asked);
    vec_push(self->arena, &self->found->files, file);
}

static uint8_t entry_kind(const struct stat *status) {
    if (S_ISREG(status->st_mode)) return ENTRY_FILE;
    if (S_ISDIR(status->st_mode)) return ENTRY_FOLDER;
    return S_ISLNK(status->st_mode) ? ENTRY_LINK : ENTRY_OTHER;
}

static void add_entry(Walker *self, const Pending *folder, Str shown, Str absolute,
                      const struct stat *status, bool is_python) {
    Building *project = folder->project;
    if (project == NULL || !project->plan->wants_folders) return;
    bool is_file = S_ISREG(status->st_mode);
    ProjectEntry entry = {
        .path = shown,
        .relative = str_from(absolute, project->absolute.len + 1),
        .name = path_name(absolute),
        .size = is_file ? (uint64_t)status->st_size : 0,
        .kind = entry_kind(status),
        .is_python = is_python,
        .is_hand_out = config_is_hand_out(folder->config, absolute),
        .is_executable = is_file && (status->st_mode & 0111) != 0,
    };
    vec_push(self->arena, &project->entries, entry);
    vec_push(self->arena, &project->plans, config_plan(folder->config, self->arena, absolute));
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

static int compare_entries(const void *left, const void *right) {
    const Entry *a = left, *b = right;
    return str_compare(a->name, b->name);
}

static bool read_status(int folder, const char *name, struct stat *status) {
    if (fstatat(folder, name, status, AT_SYMLINK_NOFOLLOW) != 0) return false;
    struct stat target;
    if (S_ISLNK(status->st_mode) && fstatat(folder, name, &target, 0) == 0 &&
        S_ISREG(target.st_mode))
        *status = target;
    return true;
}

// What is a file by its folder's word and no module by its name need not be asked for its status,
// unless the project's checks want to know more of it.
static bool needs_status(const Pending *folder, const struct dirent *item) {
    if (item->d_type == DT_DIR) return false;
    if (folder->project != NULL && folder->project->plan->wants_folders) return true;
    Str name = str_of(item->d_name);
    return item->d_type != DT_REG || has_python_suffix(name) || !str_contains(name, STR("."));
}

static bool list_folder(Walker *self, const Pending *pending, Entries *entries) {
    Str path = pending->shown;
    DIR *folder = opendir(path.len == 0 ? "." : str_c(self->arena, path));
    if (folder == NULL) return false;
    const struct dirent *item;
    while ((item = readdir(folder)) != NULL) {
        Entry entry = {.name = str_of(item->d_name)};
        if (str_is(entry.name, ".") || str_is(entry.name, "..")) continue;
        if (is_unfinished_replacement(entry.name)) continue;
        if (!needs_status(pending, item)) {
            entry.status.st_mode = item->d_type == DT_DIR ? S_IFDIR : S_IFREG;
        } else if (!read_status(dirfd(folder), item->d_name, &entry.status)) {
            // Gone in the meantime: whoever opens it will say so.
            if (!has_python_suffix(entry.name)) continue;
            entry.status = (struct stat){.st_mode = S_IFREG};
        }
        entry.name = str_copy(self->arena, entry.name);
        vec_push(self->arena, entries, entry);
    }
    closedir(folder);
    if (entries->len > 1) qsort(entries->at, entries->len, sizeof(Entry), compare_entries);
    return true;
}

static bool push_folder(Walker *self, const Pending *outer, Str shown, Str absolute) {
    Config *config = config_for(self, absolute);
    if (config == NULL) return false;
    Pending folder = {.shown = str_join(self->arena, shown, STR("/")),
                      .absolute = absolute,
                      .config = config,
                      .ignores = ignores_of_folder(self->arena, outer->ignores, absolute),
                      .project = outer->project};
    if (is_named_project(config, absolute))
        folder.project = new_project(self, shown, absolute, config);
    vec_push(self->arena, &self->pending, folder);
    return true;
}

static void visit_file(Walker *self, const Pending *folder, const Entry *entry, Str shown,
                       Str absolute) {
    if (is_left_out(folder, absolute, false)) return;
    bool is_python = is_python_file(self->arena, shown, &entry->status);
    add_entry(self, folder, shown, absolute, &entry->status, is_python);
    if (is_python || S_ISREG(entry->status.st_mode))
        add_file(self, shown, absolute, folder->config, is_python, folder->project != NULL,
                 &entry->status);
}

static bool visit_folder(Walker *self, const Pending *folder, const Entry *entry, Str shown,
                         Str absolute) {
    if (is_left_out(folder, absolute, true)) return true;
    if (map_get(&self->roots, absolute) != MAP_NONE) return true;
    add_entry(self, folder, shown, absolute, &entry->status, false);
    // A folder that looks like a module is worth a word.
    if (has_python_suffix(entry->name))
        add_file(self, shown, absolute, folder->config, true, false, &entry->status);
    return push_folder(self, folder, shown, absolute);
}

static bool walk_folder(Walker *self, Pending folder) {
    Entries entries = {0};
    if (!list_folder(self, &folder, &entries)) {
        Str shown =
            folder.shown.len > 1 ? str_slice(folder.shown, 0, folder.shown.len - 1) : folder.shown;
        add_file(self, shown.len == 0 ? STR(".") : shown, folder.absolute, folder.config, true,
                 false, &(struct stat){0});
        return true;
    }
    // The last one pushed is walked first.
    for (uint32_t i = entries.len; i-- > 0;) {
        const Entry *entry = &entries.at[i];
        Str shown = str_join(self->arena, folder.shown, entry->name);
        Str absolute =
            str_format(self->arena, "%.*s/%.*s", STR_ARG(folder.absolute), STR_ARG(entry->name));
        if (!S_ISDIR(entry->status.st_mode))
            visit_file(self, &folder, entry, shown, absolute);
        else if (!visit_folder(self, &folder, entry, shown, absolute))
            return false;
    }
    return true;
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
    Pending folder = {.absolute = absolute,
                      .config = config,
                      .ignores = config->values.at[OPT_GITIGNORE].number
                                     ? ignores_around(self->arena, absolute)
                                     : NULL};
    if (path.len > 0)
        folder.shown = str_is(path, "/") ? path : str_join(self->arena, path, STR("/"));
    if (config->values.at[OPT_PROJECTS].list.count == 0 || is_named_project(config, absolute))
        folder.project = new_project(self, path, absolute, config);
    vec_push(self->arena, &self->pending, folder);
    while (self->pending.len > 0) {
        Pending next = self->pending.at[--self->pending.len];
        if (!walk_folder(self, next)) return false;
    }
    return true;
}

static bool is_descriptor(Str path) {
    return str_is(path, "/dev/stdin") || str_starts_with(path, STR("/dev/fd/")) ||
           str_starts_with(path, STR("/proc/self/fd/"));
}

static bool start_file(Walker *self, Str path, const struct stat *status) {
    uint32_t slash = str_find_last_byte(path, '/');
    Str folder = slash == path.len ? STR("") : slash == 0 ? STR("/") : str_slice(path, 0, slash);
    folder = configs_canonical_folder(self->configs, self->arena, folder);
    Str absolute = str_format(self->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(path_name(path)));
    Config *config = config_for(self, folder);
    if (config == NULL) return false;
    if (is_given_out(config, absolute)) return true;
    bool any_kind = is_descriptor(path);
    bool is_python =
        any_kind || !S_ISREG(status->st_mode) || is_python_file(self->arena, path, status);
    uint32_t before = self->found->files.len;
    add_file(self, path, absolute, config, is_python, false, status);
    if (self->found->files.len > before) vec_last(&self->found->files).any_kind = any_kind;
    return true;
}

static bool start(Walker *self, Str path) {
    struct stat status = {0};
    if (stat(path.len == 0 ? "." : str_c(self->arena, path), &status) == 0 &&
        S_ISDIR(status.st_mode))
        return start_folder(self, path);
    return start_file(self, path, &status);
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

static void sort_entries(Building *project, Arena *arena) {
    uint32_t count = project->entries.len;
    Ordered *ordered = arena_array(arena, Ordered, count);
    for (uint32_t i = 0; i < count; i++)
        ordered[i] = (Ordered){project->entries.at[i], project->plans.at[i]};
    if (count > 1) qsort(ordered, count, sizeof *ordered, compare_ordered);
    for (uint32_t i = 0; i < count; i++) {
        project->entries.at[i] = ordered[i].entry;
        project->plans.at[i] = ordered[i].plan;
    }
}

static void finish_project(Walker *self, Building *project) {
    sort_entries(project, self->arena);
    RunFolder folder = {
        .project = {project->root, project->entries.at, project->entries.len},
        .plan = project->plan,
        .entry_plans = project->plans.at,
    };
    vec_push(self->arena, &self->found->folders, folder);
}

bool discover(Discovery *self, Arena *arena, Configs *configs, StrList paths, Error *error) {
    *self = (Discovery){0};
    Walker walker = {.found = self, .arena = arena, .configs = configs, .error = error};
    find_roots(&walker, paths);
    for (uint32_t i = 0; i < paths.count; i++)
        if (!start(&walker, paths.at[i])) return false;
    for (uint32_t i = 0; i < walker.projects.len; i++)
        finish_project(&walker, walker.projects.at[i]);
    if (self->files.len > 1) qsort(self->files.at, self->files.len, sizeof(RunFile), compare_files);
    if (self->folders.len > 1)
        qsort(self->folders.at, self->folders.len, sizeof(RunFolder), compare_folders);
    return true;
}

bool discover_named(Discovery *self, Arena *arena, Configs *configs, Str path, Error *error) {
    *self = (Discovery){0};
    Walker walker = {.found = self, .arena = arena, .configs = configs, .error = error};
    struct stat nothing = {0};
    return start_file(&walker, path, &nothing);
}
