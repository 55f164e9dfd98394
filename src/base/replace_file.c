#include "base/replace_file.h"

#include "base/write_all.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define REPLACEMENT_PREFIX ".asynclint-unfinished-"

static bool set_system_error(Error *error, const char *what) {
    return error_set(error, "%s: %s", what, strerror(errno));
}

static bool check_content(Arena *arena, int file, Str expected, Error *error) {
    char *bytes = arena_alloc_raw(arena, (size_t)expected.len + 1, 1);
    size_t have = 0;
    while (have <= expected.len) {
        ssize_t got = pread(file, bytes + have, (size_t)expected.len + 1 - have, (off_t)have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return set_system_error(error, "cannot be read");
        if (got == 0) break;
        have += (size_t)got;
    }
    bool is_same = have == expected.len && memcmp(bytes, expected.at, expected.len) == 0;
    return is_same || error_set(error, "has changed since it was read");
}

static void copy_attributes(Arena *arena, int from, int to) {
    ssize_t size = flistxattr(from, NULL, 0);
    if (size <= 0) return;
    char *names = arena_alloc(arena, (size_t)size + 1);
    size = flistxattr(from, names, (size_t)size);
    for (ssize_t at = 0; at < size; at += (ssize_t)strlen(names + at) + 1) {
        ssize_t length = fgetxattr(from, names + at, NULL, 0);
        if (length < 0) continue;
        char *value = arena_alloc(arena, (size_t)length + 1);
        length = fgetxattr(from, names + at, value, (size_t)length);
        if (length >= 0) (void)fsetxattr(to, names + at, value, (size_t)length, 0);
    }
}

typedef struct Replacement {
    Arena *arena;
    const char *path; // no symbolic link
    Str folder;       // of `path`, with the slash
    const char *temporary;
    Str old, new;
    struct stat status;
} Replacement;

static bool check_old(Replacement *self, int file, Error *error) {
    if (fstat(file, &self->status) != 0) return set_system_error(error, "cannot be looked at");
    if (!S_ISREG(self->status.st_mode)) return error_set(error, "is not a regular file");
    if (self->status.st_nlink > 1)
        return error_set(error, "has several hard links, which a rewrite would part");
    if (faccessat(AT_FDCWD, self->path, W_OK, AT_EACCESS) != 0)
        return set_system_error(error, "is not to be written");
    return check_content(self->arena, file, self->old, error);
}

static bool keep_owner(const Replacement *self, int file) {
    struct stat made;
    if (fstat(file, &made) != 0) return false;
    bool is_same = made.st_uid == self->status.st_uid && made.st_gid == self->status.st_gid;
    return is_same || fchown(file, self->status.st_uid, self->status.st_gid) == 0;
}

static bool fill_temporary(const Replacement *self, int file, int old_file, Error *error) {
    if (!write_all(file, self->new.at, self->new.len))
        return set_system_error(error, "cannot be written");
    if (!keep_owner(self, file)) return set_system_error(error, "the owner cannot be kept");
    copy_attributes(self->arena, old_file, file);
    if (fchmod(file, self->status.st_mode & 07777) != 0)
        return set_system_error(error, "the mode cannot be kept");
    if (fsync(file) != 0) return set_system_error(error, "cannot be synced");
    return true;
}

// Who writes the file without a lock may do so at any time; what is left of that chance is the
// moment between this and the rename.
static bool check_again(const Replacement *self, int old_file, Error *error) {
    struct stat now;
    if (stat(self->path, &now) != 0) return set_system_error(error, "cannot be looked at");
    bool is_same = now.st_dev == self->status.st_dev && now.st_ino == self->status.st_ino &&
                   now.st_size == self->status.st_size &&
                   now.st_mtim.tv_sec == self->status.st_mtim.tv_sec &&
                   now.st_mtim.tv_nsec == self->status.st_mtim.tv_nsec;
    if (!is_same) return error_set(error, "has changed since it was read");
    return check_content(self->arena, old_file, self->old, error);
}

enum { MOST_LEFTOVERS = 1000 };

// A name that a killed run has left is passed over.
static int open_temporary(Replacement *self) {
    for (unsigned number = 0; number < MOST_LEFTOVERS; number++) {
        self->temporary = str_format(self->arena, "%.*s" REPLACEMENT_PREFIX "%d-%u",
                                     STR_ARG(self->folder), (int)getpid(), number)
                              .at;
        int file = open(self->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file >= 0 || errno != EEXIST) return file;
    }
    return -1;
}

static bool put_in_place(Replacement *self, int old_file, Error *error) {
    int file = open_temporary(self);
    if (file < 0) return set_system_error(error, "its folder cannot be written");
    bool done = fill_temporary(self, file, old_file, error);
    if (close(file) != 0 && done) done = set_system_error(error, "cannot be written");
    if (done) done = check_again(self, old_file, error);
    if (done && rename(self->temporary, self->path) != 0)
        done = set_system_error(error, "cannot be replaced");
    if (!done) unlink(self->temporary);
    return done;
}

static void sync_folder(const Replacement *self) {
    int file = open(str_c(self->arena, self->folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return;
    (void)fsync(file);
    close(file);
}

static bool replace_unsignalled(Replacement *self, Error *error) {
    int old_file = open(self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (old_file < 0) return set_system_error(error, "cannot be read");
    bool done = check_old(self, old_file, error) && put_in_place(self, old_file, error);
    close(old_file);
    if (done) sync_folder(self);
    return done;
}

bool replace_file(Arena *arena, Str path, Str old, Str new, Error *error) {
    char resolved[PATH_MAX];
    if (realpath(str_c(arena, path), resolved) == NULL)
        return set_system_error(error, "cannot be found");
    Str folder = str_slice(str_of(resolved), 0, str_find_last_byte(str_of(resolved), '/') + 1);
    Replacement self = {.arena = arena, .path = resolved, .folder = folder, .old = old, .new = new};
    sigset_t ending, before;
    sigfillset(&ending);
    pthread_sigmask(SIG_BLOCK, &ending, &before);
    bool done = replace_unsignalled(&self, error);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return done;
}

bool is_unfinished_replacement(Str name) {
    return str_starts_with(name, STR(REPLACEMENT_PREFIX));
}

bool make_executable(Arena *arena, Str path, Error *error) {
    int file = open(str_c(arena, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) return set_system_error(error, "cannot be read");
    struct stat status;
    bool done = fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
                fchmod(file, (status.st_mode & 07777) | (status.st_mode & 0444) >> 2) == 0;
    if (!done) set_system_error(error, "the mode cannot be changed");
    close(file);
    return done;
}
