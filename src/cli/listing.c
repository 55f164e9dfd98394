#include "cli/listing.h"

#include "base/vec.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>

enum { STATE_NEW, STATE_RUNNING, STATE_DONE, MOST_HELPERS = 3 };

typedef struct Helper {
    Lister *lister;
    pthread_t thread;
    Arena arena, growing;
} Helper;

struct Lister {
    pthread_mutex_t mutex; // for all but the arenas
    pthread_cond_t changed;
    unsigned idle_helpers; // wait for something new
    bool caller_waits;     // for a listing that a helper makes
    Arena arena;           // of the caller's listings and the queue
    Arena growing;         // of the list that the caller makes, until its size is known
    VEC(Listing *) queue;
    uint32_t next; // before it there is nothing new in the queue
    bool is_closed;
    unsigned helpers_wanted, helper_count;
    Helper helpers[MOST_HELPERS];
};

// ---- One folder ----

typedef VEC(Listed) Entries;

bool has_python_suffix(Str name) {
    return str_ends_with(name, STR(".py")) || str_ends_with(name, STR(".pyi")) ||
           str_ends_with(name, STR(".pyw"));
}

static int compare_listed(const void *left, const void *right) {
    const Listed *a = left, *b = right;
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

// What is a file by its folder's word and no module by its name need not be asked for its status.
static bool needs_status(const Listing *listing, const struct dirent *item) {
    if (item->d_type == DT_DIR) return false;
    if (listing->wants_all_stamps) return true;
    Str name = str_of(item->d_name);
    return item->d_type != DT_REG || has_python_suffix(name) || !str_contains(name, STR("."));
}

// False where it is gone in the meantime; of a module, whoever opens it will say so.
static bool find_stamp(const Listing *listing, int folder, const struct dirent *item,
                       FileStamp *stamp) {
    *stamp = (FileStamp){.mode = item->d_type == DT_DIR ? S_IFDIR : S_IFREG};
    if (!needs_status(listing, item)) return true;
    struct stat status;
    if (!read_status(folder, item->d_name, &status)) return has_python_suffix(str_of(item->d_name));
    *stamp = file_stamp(&status);
    return true;
}

static bool is_config_name(Str name) {
    return str_is(name, "asynclint.toml") || str_is(name, "pyproject.toml") ||
           str_is(name, "setup.cfg") || str_is(name, "tox.ini");
}

static void add_entry(Listing *listing, Arena *arena, Arena *growing, Entries *entries, int folder,
                      const struct dirent *item) {
    Listed entry = {.name = str_of(item->d_name)};
    if (str_is(entry.name, ".") || str_is(entry.name, "..")) return;
    if (!find_stamp(listing, folder, item, &entry.stamp)) return;
    listing->has_gitignore |= str_is(entry.name, ".gitignore");
    listing->may_have_config |= is_config_name(entry.name);
    bool is_folder = S_ISDIR(entry.stamp.mode);
    Str inside = str_join(arena, entry.name, STR("/"));
    entry.name = str_slice(inside, 0, entry.name.len);
    entry.kind = is_folder ? LISTED_FOLDER : LISTED_FILE;
    vec_push(growing, entries, entry);
    if (is_folder)
        vec_push(growing, entries, (Listed){inside, .stamp = entry.stamp, .kind = LISTED_INSIDE});
}

static void list(Listing *listing, Arena *arena, Arena *growing) {
    DIR *folder = opendir(listing->path.len == 0 ? "." : str_c(arena, listing->path));
    if (folder == NULL) return;
    listing->can_be_read = true;
    Entries entries = {0};
    const struct dirent *item;
    while ((item = readdir(folder)) != NULL)
        add_entry(listing, arena, growing, &entries, dirfd(folder), item);
    closedir(folder);
    if (entries.len > 1) qsort(entries.at, entries.len, sizeof(Listed), compare_listed);
    Listed *kept = arena_alloc_raw(arena, entries.len * sizeof(Listed), 16);
    if (entries.len > 0) memcpy(kept, entries.at, entries.len * sizeof(Listed));
    listing->at = kept;
    listing->count = entries.len;
    arena_reset(growing);
}

// ---- Several ----

// The next folder that nobody has begun with, oldest first; NULL: none. With the mutex held.
static Listing *next_new(Lister *self) {
    for (; self->next < self->queue.len; self->next++)
        if (self->queue.at[self->next]->state == STATE_NEW) return self->queue.at[self->next];
    return NULL;
}

static void *help(void *argument) {
    Helper *helper = argument;
    Lister *self = helper->lister;
    pthread_mutex_lock(&self->mutex);
    while (!self->is_closed) {
        Listing *listing = next_new(self);
        if (listing == NULL) {
            self->idle_helpers++;
            pthread_cond_wait(&self->changed, &self->mutex);
            self->idle_helpers--;
            continue;
        }
        listing->state = STATE_RUNNING;
        pthread_mutex_unlock(&self->mutex);
        list(listing, &helper->arena, &helper->growing);
        pthread_mutex_lock(&self->mutex);
        listing->state = STATE_DONE;
        if (self->caller_waits) pthread_cond_broadcast(&self->changed);
    }
    pthread_mutex_unlock(&self->mutex);
    return NULL;
}

Lister *lister_new(Arena *arena, unsigned jobs) {
    Lister *self = arena_new(arena, Lister);
    pthread_mutex_init(&self->mutex, NULL);
    pthread_cond_init(&self->changed, NULL);
    self->helpers_wanted = jobs <= 1 ? 0 : jobs - 1 < MOST_HELPERS ? jobs - 1 : MOST_HELPERS;
    return self;
}

void lister_release(Lister *self) {
    pthread_mutex_lock(&self->mutex);
    self->is_closed = true;
    pthread_cond_broadcast(&self->changed);
    pthread_mutex_unlock(&self->mutex);
    for (unsigned i = 0; i < self->helper_count; i++) {
        pthread_join(self->helpers[i].thread, NULL);
        arena_release(&self->helpers[i].arena);
        arena_release(&self->helpers[i].growing);
    }
    arena_release(&self->arena);
    arena_release(&self->growing);
    pthread_cond_destroy(&self->changed);
    pthread_mutex_destroy(&self->mutex);
}

// A thread costs more than a few folders.
enum { WORTH_A_THREAD = 8 };

static void start_helpers(Lister *self) {
    while (self->helper_count < self->helpers_wanted) {
        Helper *helper = &self->helpers[self->helper_count];
        helper->lister = self;
        if (pthread_create(&helper->thread, NULL, help, helper) == 0)
            self->helper_count++;
        else
            self->helpers_wanted = self->helper_count;
    }
}

Listing *lister_announce(Lister *self, Str path, bool wants_all_stamps) {
    Listing *listing = arena_new(&self->arena, Listing);
    listing->path = path;
    listing->wants_all_stamps = wants_all_stamps;
    pthread_mutex_lock(&self->mutex);
    vec_push(&self->arena, &self->queue, listing);
    if (self->queue.len >= WORTH_A_THREAD) start_helpers(self);
    if (self->idle_helpers > 0) pthread_cond_broadcast(&self->changed);
    pthread_mutex_unlock(&self->mutex);
    return listing;
}

void lister_finish(Lister *self, Listing *listing) {
    pthread_mutex_lock(&self->mutex);
    self->caller_waits = true;
    while (listing->state == STATE_RUNNING) {
        Listing *other = next_new(self);
        if (other == NULL) {
            pthread_cond_wait(&self->changed, &self->mutex);
            continue;
        }
        other->state = STATE_DONE;
        pthread_mutex_unlock(&self->mutex);
        list(other, &self->arena, &self->growing);
        pthread_mutex_lock(&self->mutex);
    }
    self->caller_waits = false;
    bool is_mine = listing->state == STATE_NEW;
    listing->state = STATE_DONE;
    pthread_mutex_unlock(&self->mutex);
    if (is_mine) list(listing, &self->arena, &self->growing);
}
