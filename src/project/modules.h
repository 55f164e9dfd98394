// Which file an import means: paths of the run's files against module names.
//
// A name is looked for as Python would: in the importing script's own folder, for a file of a
// package in the folder that holds its topmost package; and, since nobody tells the search path,
// then in the folders above that one and in their `src`. The standard library comes before all but
// the script's own folder.

#ifndef ASYNCLINT_PROJECT_MODULES_H
#define ASYNCLINT_PROJECT_MODULES_H

#include "base/map.h"
#include "base/vec.h"

// Maps have words as keys: "db" for the file db.py and the folder db.
typedef struct Folder {
    Str path;
    uint32_t outer; // the folder around it, or NO_MODULE
    uint32_t init;  // the module of its __init__.py, or NO_MODULE
    Map files, folders;
    Map found[2]; // what was looked for from here, by a package's files and by scripts, to an
                  // answer
} Folder;

typedef struct ModulePlace {
    Str path;
    uint32_t folder;
    bool is_init; // of that folder
} ModulePlace;

typedef struct Modules {
    Map paths;               // of folders to their place among them
    VEC(Folder) folders;     // of all files, and those above
    VEC(ModulePlace) places; // by module
    VEC(uint64_t) answers;
} Modules;

enum { NO_MODULE = UINT32_MAX };

typedef struct Found {
    uint32_t module; // or NO_MODULE
    uint32_t folder; // a folder that is the package, where there is no module; or NO_MODULE
} Found;

// To be called for each module in turn.
void modules_add(Modules *self, Arena *arena, Str path);

// The module or folder `name` (without dots) inside `folder`.
Found modules_find_in(const Modules *self, uint32_t folder, Str name);

// Where Python begins to look for what a module imports. From the same place the same name means
// the same thing.
typedef struct SearchStart {
    uint32_t folder; // or NO_MODULE: nothing is found
    bool is_script;
} SearchStart;

SearchStart modules_search_start(const Modules *self, uint32_t importer);

// What `import name` (the first component) means to one that looks from there.
Found modules_find(Modules *self, Arena *arena, SearchStart start, Str name);

// The folder of the package that `level` dots mean in a module; NO_MODULE beyond the top.
uint32_t modules_package(const Modules *self, uint32_t importer, uint32_t level);

// The folder that a module is the package of, where it is an __init__.py; else NO_MODULE.
uint32_t modules_folder_of_package(const Modules *self, uint32_t module);

#endif
