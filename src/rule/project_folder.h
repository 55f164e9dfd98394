// A project folder: what lies in it, for requirements on the folder and not on one file's bytes.
//
// A check with `.on_project` is called once for each project folder of the run (a directory given
// on the command line, or each folder that the configuration's `projects` names), after the files'
// own checks. `pass->file` is NULL and nothing is open; all that is known stands in Project. A
// finding is made by report_entry(), which names the place instead of a span:
//
//     report_entry(pass, &rules[REQ001], project->root, "no `README.md` in this folder");
//     report_entry(pass, &rules[REQ007], entry->path, "`%.*s` is a swap file of vim", …);

#ifndef ASYNCLINT_RULE_PROJECT_FOLDER_H
#define ASYNCLINT_RULE_PROJECT_FOLDER_H

#include "rule/rule.h"

typedef enum EntryKind {
    ENTRY_FILE,
    ENTRY_FOLDER,
    ENTRY_LINK,  // a symbolic link to a folder or to nothing; to a file: ENTRY_FILE
    ENTRY_OTHER, // FIFO, socket, device
} EntryKind;

typedef struct ProjectEntry {
    Str path;     // as it is printed: begins with the root's path
    Str relative; // to the root, "src/app.py"
    Str name;     // the last part, "app.py"
    uint64_t size;
    uint8_t kind; // EntryKind
    bool is_python;
    bool is_hand_out;
    bool is_executable; // any x bit of a file
} ProjectEntry;

// All entries at any depth but the root itself, excluded and git-ignored ones left out, sorted by
// `relative` in byte order. What lies in a project folder inside this one is listed there alone.
struct Project {
    Str root; // as it is printed; "." for the current folder
    const ProjectEntry *entries;
    uint32_t count;
};

// Reports `rule` at the file or folder `path` (copied), shown at its line 1, column 1. Never NULL;
// where the rule is off, or off for that path, it goes nowhere.
__attribute__((format(printf, 4, 5))) Finding *report_entry(Pass *pass, const Rule *rule, Str path,
                                                            const char *format, ...);

#endif
