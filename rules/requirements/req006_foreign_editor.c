// Files and folders that other editors than vi, vim and emacs leave in a project.

#include "base/glob.h"
#include "rule/project_folder.h"

#include <fnmatch.h>

static const Rule rules[] = {{
    .code = "REQ006",
    .name = "foreign-editor",
    .summary = "files of another editor than vi, vim and emacs",
    .why = "The allowed editors are vi, vim and emacs; settings of another one in the project\n"
           "show that it was used, and are of no use to anybody else.",
    .no_example = "it is about a folder, not about one file",
    .sources = "requirement: allowed editors: vi, vim, emacs",
}};

static const struct {
    const char *pattern, *editor;
} known[] = {
    {".vscode", "Visual Studio Code"},
    {"*.code-workspace", "Visual Studio Code"},
    {".idea", "PyCharm"},
    {"*.iml", "PyCharm"},
    {".fleet", "Fleet"},
    {".zed", "Zed"},
    {".vs", "Visual Studio"},
    {"*.sublime-*", "Sublime Text"},
    {".spyproject", "Spyder"},
    {".spyderproject", "Spyder"},
    {".pydevproject", "Eclipse"},
    {".atom", "Atom"},
};

// The patterns of the settings, each with a NUL behind it for fnmatch().
static StrList patterns_of(const Pass *pass) {
    StrList patterns = pass->settings->foreign_editors;
    Str *all = arena_array(pass->arena, Str, patterns.count);
    for (uint32_t i = 0; i < patterns.count; i++)
        all[i] = str_of(str_c(pass->arena, patterns.at[i]));
    return (StrList){all, patterns.count};
}

static bool is_foreign(Arena *arena, StrList patterns, Str name) {
    for (uint32_t i = 0; i < patterns.count; i++)
        if (fnmatch_is_possible(patterns.at[i], name) &&
            fnmatch(patterns.at[i].at, str_c(arena, name), 0) == 0)
            return true;
    return false;
}

static const char *editor_of(const char *name) {
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (fnmatch(known[i].pattern, name, 0) == 0) return known[i].editor;
    return "another editor than vi, vim and emacs";
}

static void check_project(Pass *pass, const Project *project) {
    StrList patterns = patterns_of(pass);
    Str inside = {0}; // the folder that was reported last
    for (uint32_t i = 0; i < project->count; i++) {
        const ProjectEntry *entry = &project->entries[i];
        bool is_within = inside.len > 0 && str_starts_with(entry->path, inside) &&
                         entry->path.len > inside.len && entry->path.at[inside.len] == '/';
        if (is_within || !is_foreign(pass->arena, patterns, entry->name)) continue;
        report_entry(pass, &rules[0], entry->path, "`%.*s` is of %s", STR_ARG(entry->name),
                     editor_of(str_c(pass->arena, entry->name)));
        if (entry->kind == ENTRY_FOLDER) inside = entry->path;
    }
}

const Check req006_foreign_editor = {.rules = LIST(rules), .on_project = check_project};
