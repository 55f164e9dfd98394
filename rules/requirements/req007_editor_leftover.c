// Swap, backup and lock files that vim and emacs leave behind.

#include "base/glob.h"
#include "rule/project_folder.h"

#include <fnmatch.h>

static const Rule rules[] = {{
    .code = "REQ007",
    .name = "editor-leftover",
    .summary = "swap, backup or lock file of an editor",
    .why = "An editor that ended badly, or that keeps backups, leaves files that are no part of\n"
           "the project.",
    .no_example = "it is about a folder, not about one file",
    .sources = "gitignore templates Vim and Emacs",
}};

static const struct {
    Str pattern;
    const char *what;
} leftovers[] = {
    {STR(".*.sw[a-p]"), "a swap file of vim"},  {STR(".sw[a-p]"), "a swap file of vim"},
    {STR(".*.un~"), "an undo file of vim"},     {STR(".#*"), "a lock file of emacs"},
    {STR("#*#"), "an auto-save file of emacs"}, {STR("*~"), "a backup file"},
};

static const char *leftover_kind(Arena *arena, Str name) {
    for (size_t i = 0; i < sizeof leftovers / sizeof leftovers[0]; i++) {
        Str pattern = leftovers[i].pattern;
        if (fnmatch_is_possible(pattern, name) && fnmatch(pattern.at, str_c(arena, name), 0) == 0)
            return leftovers[i].what;
    }
    return NULL;
}

static void check_project(Pass *pass, const Project *project) {
    for (uint32_t i = 0; i < project->count; i++) {
        const ProjectEntry *entry = &project->entries[i];
        if (entry->kind != ENTRY_FILE && entry->kind != ENTRY_LINK) continue;
        const char *what = leftover_kind(pass->arena, entry->name);
        if (what != NULL)
            report_entry(pass, &rules[0], entry->path, "`%.*s` is %s", STR_ARG(entry->name), what);
    }
}

const Check req007_editor_leftover = {.rules = LIST(rules), .on_project = check_project};
