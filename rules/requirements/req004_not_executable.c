// Every Python file is executable. Where the file system cannot tell, git's index does, and there a
// chmod would mend nothing. A folder in which no Python file is executable gets one finding instead
// of one for each file.

#include "base/vec.h"
#include "rule/project_folder.h"
#include "source/git_modes.h"

static const Rule rules[] = {{
    .code = "REQ004",
    .name = "not-executable",
    .summary = "Python file that is not executable",
    .why = "The files are run as `./file.py`; for that the executable bit must be set, on disk\n"
           "and in the commit: `chmod +x file.py`, or `git update-index --chmod=+x file.py`\n"
           "where the file system has no such bit.",
    .no_example = "the bit is not among the file's bytes",
    .fix = FIX_SAFE,
    .sources = "requirement: all your files must be executable, flake8-executable EXE001",
}};

// ---- A folder ----

static Str parent_of(Str path) {
    uint32_t slash = str_find_last_byte(path, '/');
    return str_slice(path, 0, slash < path.len ? slash : 0);
}

typedef struct Folder {
    Str relative; // to the project's root; empty for it
    uint32_t python, executable;
    VEC(const ProjectEntry *) files; // Python files
} Folder;

typedef struct Survey {
    Arena *arena;
    GitModes modes;
    Map places; // into `folders`, by relative path
    VEC(Folder) folders;
} Survey;

static bool is_python_file(const ProjectEntry *entry) {
    return entry->kind == ENTRY_FILE && entry->is_python;
}

static bool is_executable(const Survey *self, const ProjectEntry *entry) {
    return git_modes_is_executable(&self->modes, entry->relative, entry->is_executable);
}

static Folder *folder_of(Survey *self, const ProjectEntry *entry) {
    Str relative = parent_of(entry->relative);
    if (relative.at == NULL) relative = STR("");
    uint32_t place = map_get_or_put(self->arena, &self->places, relative, self->folders.len);
    if (place == self->folders.len)
        vec_push(self->arena, &self->folders, (Folder){.relative = relative});
    return &self->folders.at[place];
}

static void survey(Survey *self, const Project *project) {
    git_modes_read(&self->modes, self->arena, project->root);
    for (uint32_t i = 0; i < project->count; i++) {
        const ProjectEntry *entry = &project->entries[i];
        if (!is_python_file(entry)) continue;
        Folder *folder = folder_of(self, entry);
        folder->python++;
        vec_push(self->arena, &folder->files, entry);
        folder->executable += is_executable(self, entry);
    }
}

static bool is_told_at_once(const Folder *folder) {
    return folder->executable == 0 && folder->python > 1;
}

static const char *git_word(const Survey *self) {
    return self->modes.decides ? " in git's index" : "";
}

static void make_files_executable(Finding *finding, const Folder *folder) {
    for (uint32_t i = 0; i < folder->files.len; i++)
        finding_make_executable(finding, folder->files.at[i]->path);
}

static void report_folders(Pass *pass, const Project *project, const Survey *self) {
    for (uint32_t i = 0; i < self->folders.len; i++) {
        const Folder *folder = &self->folders.at[i];
        if (!is_told_at_once(folder)) continue;
        Str path = project->root;
        if (folder->relative.len > 0)
            path = str_is(path, ".") ? folder->relative
                                     : str_format(pass->arena, "%.*s/%.*s", STR_ARG(path),
                                                  STR_ARG(folder->relative));
        Finding *finding = report_entry(
            pass, &rules[0], path,
            "none of the %u Python files in this folder is executable%s: `chmod +x *.py`",
            folder->python, git_word(self));
        if (!self->modes.decides) make_files_executable(finding, folder);
    }
}

static void check_project(Pass *pass, const Project *project) {
    Survey self = {.arena = pass->arena};
    survey(&self, project);
    report_folders(pass, project, &self);
    for (uint32_t i = 0; i < project->count; i++) {
        const ProjectEntry *entry = &project->entries[i];
        if (!is_python_file(entry) || is_executable(&self, entry)) continue;
        if (is_told_at_once(folder_of(&self, entry))) continue;
        Finding *finding =
            report_entry(pass, &rules[0], entry->path, "this file is not executable%s: `chmod +x`",
                         git_word(&self));
        if (!self.modes.decides) finding_make_executable(finding, entry->path);
    }
}

// ---- A file that the user named by itself ----

static void check_file_mode(Pass *pass) {
    const Source *source = &pass->file->source;
    if (source->is_listed || !source_was_read(source)) return;
    GitModes modes;
    Str folder = parent_of(source->path);
    git_modes_read(&modes, pass->arena, folder);
    Str name = str_from(source->path, folder.len == 0 ? 0 : folder.len + 1);
    if (git_modes_is_executable(&modes, name, source->is_executable)) return;
    Finding *finding =
        report(pass, &rules[0], (Span){0, 0}, "this file is not executable%s: `chmod +x`",
               modes.decides ? " in git's index" : "");
    if (!modes.decides) finding_make_executable(finding, source->path);
}

const Check req004_not_executable = {
    .rules = LIST(rules), .on_file = check_file_mode, .on_project = check_project};
