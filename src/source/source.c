#include "source/source.h"

#include "source/encoding.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

void source_of_bytes(Source *self, Arena *arena, Str path, Str bytes) {
    *self = (Source){.path = path, .raw = bytes};
    source_decode(self, arena);
}

static void set_unreadable(Source *self, int error) {
    self->problem = SOURCE_UNREADABLE;
    self->system_error = error;
    self->detail = str_of(strerror(error));
}

// Reads to the end of the file, wherever that is by then. `expected` is a guess.
static void read_all(Source *self, Arena *arena, int file, size_t expected, size_t most) {
    size_t cap = expected + 1, len = 0;
    char *bytes = arena_alloc_raw(arena, cap, 16);
    for (;;) {
        ssize_t got = read(file, bytes + len, cap - len);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            set_unreadable(self, errno);
            return;
        }
        if (got == 0) break;
        len += (size_t)got;
        if (len > most) {
            self->problem = SOURCE_TOO_LARGE;
            return;
        }
        if (len == cap) {
            size_t wanted = cap < 4096 ? 4096 : cap * 2;
            if (wanted > most + 1) wanted = most + 1;
            bytes = arena_grow(arena, bytes, cap, wanted);
            cap = wanted;
        }
    }
    self->raw = (Str){bytes, (uint32_t)len};
}

static void read_file(Source *self, Arena *arena, int file, uint64_t most_bytes, bool any_kind) {
    struct stat status;
    uint64_t most = most_bytes < UINT32_MAX - 1 ? most_bytes : UINT32_MAX - 1;
    if (fstat(file, &status) != 0) {
        set_unreadable(self, errno);
        return;
    }
    bool is_regular = S_ISREG(status.st_mode);
    self->is_executable = is_regular && (status.st_mode & 0111) != 0;
    if (S_ISDIR(status.st_mode) || (!any_kind && !is_regular))
        self->problem = SOURCE_NOT_REGULAR;
    else if (is_regular && (uint64_t)status.st_size > most)
        self->problem = SOURCE_TOO_LARGE;
    else
        read_all(self, arena, file, is_regular ? (size_t)status.st_size : 0, (size_t)most);
}

// A socket, and a FIFO or device that nobody serves, refuse to be opened.
static bool says_no_regular_file(int error) {
    return error == ENXIO || error == ENODEV || error == EOPNOTSUPP;
}

void source_read(Source *self, Arena *arena, Str path, uint64_t most_bytes, bool any_kind) {
    *self = (Source){.path = path};
    int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | (any_kind ? 0 : O_NONBLOCK), file;
    const char *name = str_c(arena, path);
    do
        file = open(name, flags);
    while (file < 0 && errno == EINTR);
    if (file < 0) {
        set_unreadable(self, errno);
        if (says_no_regular_file(errno)) self->problem = SOURCE_NOT_REGULAR;
        return;
    }
    read_file(self, arena, file, most_bytes, any_kind);
    close(file);
    if (self->problem == SOURCE_OK) source_decode(self, arena);
}
