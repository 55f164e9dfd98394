// What .gitignore files leave out, as git itself reads them (gitignore(5), git's wildmatch).

#ifndef ASYNCLINT_CLI_GITIGNORE_H
#define ASYNCLINT_CLI_GITIGNORE_H

#include "base/str.h"

typedef struct IgnoreItem IgnoreItem;

typedef struct IgnorePattern {
    IgnoreItem *items; // what is matched one after the other
    uint32_t count;
    Str prefix, suffix; // literal bytes that every match begins and ends with
    bool is_negated;    // `!`: brings back
    bool is_for_folders;
    bool is_for_paths; // has a slash before its end: matched against the path, not the name
    char *states;      // room for two sets of `count` + 1 states
} IgnorePattern;

// The patterns of one folder's .gitignore, and those of the folders around it.
typedef struct Ignores {
    Str folder; // absolute
    const IgnorePattern *patterns;
    uint32_t count;
    const struct Ignores *outer; // NULL: there is none
} Ignores;

// Puts the patterns in `text` (a .gitignore that lies in `folder`) before those of `outer`.
const Ignores *ignores_of_text(Arena *arena, const Ignores *outer, Str folder, Str text);

// The same with the text of `folder`/.gitignore; `outer` where there is none that can be read.
const Ignores *ignores_of_folder(Arena *arena, const Ignores *outer, Str folder);

// What holds in `folder` by itself: its own .gitignore, and where a folder upward has .git, all
// that lie between the two, and .git/info/exclude. May be NULL.
const Ignores *ignores_around(Arena *arena, Str folder);

// The nearest folder from `folder` upward that holds a .git; its `at` is NULL where there is none.
Str repository_around(Arena *arena, Str folder);

// Whether `path` (absolute, in the folder of `self` or below it) is left out. A path in a folder
// that is left out is not told apart here: nobody goes there.
bool ignores_path(const Ignores *self, Str path, bool is_folder);

#endif
