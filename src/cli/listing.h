// What lies in folders: names and stamps, read ahead on other threads while the caller looks at
// what is there already. The system's answers take most of the time of a run that finds all in its
// cache.

#ifndef ASYNCLINT_CLI_LISTING_H
#define ASYNCLINT_CLI_LISTING_H

#include "base/arena.h"
#include "engine/cache.h"

typedef enum ListedKind {
    LISTED_FILE,   // anything but a folder
    LISTED_FOLDER, // a folder as an entry of the one that holds it
    LISTED_INSIDE, // its inside, under a name with a slash at its end
} ListedKind;

typedef struct Listed {
    Str name;
    FileStamp stamp; // of what a link leads to, if to a regular file; else of itself. Only `mode`
                     // where nobody wants to know more
    uint8_t kind;    // ListedKind
} Listed;

typedef struct Listing {
    Str path; // with a slash at the end; empty for the current folder
    bool wants_all_stamps;
    bool can_be_read;
    bool has_gitignore, may_have_config; // a file of such a name is in it
    const Listed *at;                    // by name, so that a walk meets paths in byte order
    uint32_t count;
    uint8_t state; // for listing.c
} Listing;

typedef struct Lister Lister;

// `jobs` threads at most, of which the caller's is one. In `arena`; the caller releases.
Lister *lister_new(Arena *arena, unsigned jobs);
void lister_release(Lister *self);

// Says that the folder will be asked for. Nothing but regular files with a name like a module, or
// without a dot, have stamps unless `wants_all_stamps`.
Listing *lister_announce(Lister *self, Str path, bool wants_all_stamps);

// Makes the listing, or makes others until another thread is done with it. What it holds lives
// until lister_release().
void lister_finish(Lister *self, Listing *listing);

bool has_python_suffix(Str name);

#endif
