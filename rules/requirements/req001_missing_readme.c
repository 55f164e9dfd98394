// A README.md at the root of each project folder, with something in it.

#include "rule/project_folder.h"
#include "source/source.h"

static const Rule rules[] = {{
    .code = "REQ001",
    .name = "missing-readme",
    .summary = "project folder without a `README.md`, or with an empty one",
    .why = "The README is what a visitor of the repository reads first, and it is asked for\n"
           "at the root of the project folder.",
    .no_example = "it is about a folder, not about one file",
    .sources = "requirement: a README.md at the root of the folder of the project is mandatory",
}};

enum { MOST_README_BYTES = 64 << 10 };

static bool is_at_root(const ProjectEntry *entry) {
    return entry->kind == ENTRY_FILE && entry->relative.len == entry->name.len;
}

// A larger file than that is not read: it is hardly blank.
static bool is_blank(Pass *pass, const ProjectEntry *entry) {
    if (entry->size == 0) return true;
    if (entry->size > MOST_README_BYTES) return false;
    Source source;
    source_read(&source, pass->arena, entry->path, MOST_README_BYTES, false);
    return source.problem == SOURCE_OK && str_trim(source.text).len == 0;
}

static bool looks_like_readme(Str name) {
    const Str dotted = STR("read.me");
    return str_starts_with_in_any_case(name, STR("readme")) ||
           (name.len == dotted.len && str_starts_with_in_any_case(name, dotted));
}

static void check_project(Pass *pass, const Project *project) {
    const ProjectEntry *similar = NULL;
    for (uint32_t i = 0; i < project->count; i++) {
        const ProjectEntry *entry = &project->entries[i];
        if (!is_at_root(entry)) continue;
        if (str_is(entry->name, "README.md")) {
            if (is_blank(pass, entry))
                report_entry(pass, &rules[0], entry->path, "`README.md` is empty");
            return;
        }
        if (looks_like_readme(entry->name)) similar = entry;
    }
    if (similar == NULL)
        report_entry(pass, &rules[0], project->root, "no `README.md` in this folder");
    else
        report_entry(pass, &rules[0], project->root, "`%.*s` in this folder, but no `README.md`",
                     STR_ARG(similar->name));
}

const Check req001_missing_readme = {.rules = LIST(rules), .on_project = check_project};
