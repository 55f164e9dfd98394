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

typedef struct Modules {
    Map files;   // path without "./" to module
    Map folders; // of all files, and those above, to their place in `folder_paths`
    VEC(Str) folder_paths;
    VEC(uint32_t) folder_init; // the module of a folder's __init__.py, or UINT32_MAX
    VEC(Str) paths;            // by module
    Map found;                 // "folder\nname" to an answer
    VEC(uint64_t) answers;
} Modules;

enum { NO_MODULE = UINT32_MAX };

typedef struct Found {
    uint32_t module; // or NO_MODULE
    uint32_t folder; // a folder that is the package, where there is no module; or NO_MODULE
} Found;

void modules_add(Modules *self, Arena *arena, uint32_t module, Str path);

// The module or folder `name` (without dots) inside `folder`.
Found modules_find_in(const Modules *self, Arena *arena, uint32_t folder, Str name);

// What `import name` (the first component) means in a module.
Found modules_find(Modules *self, Arena *arena, uint32_t importer, Str name);

// The folder of the package that `level` dots mean in a module; NO_MODULE beyond the top.
uint32_t modules_package(const Modules *self, uint32_t importer, uint32_t level);

// The folder that a module is the package of, where it is an __init__.py; else NO_MODULE.
uint32_t modules_folder_of_package(const Modules *self, uint32_t module);

#endif
