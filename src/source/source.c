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

enum { TEXT_PREFIX = 8192 }; // bytes that tell what is no text

// As file(1) has it: a text has no control characters but bell to carriage return, and escape.
static bool is_text(Str bytes) {
    const unsigned char *at = (const unsigned char *)bytes.at;
    const uint32_t count = bytes.len < TEXT_PREFIX ? bytes.len : TEXT_PREFIX;
    unsigned char any = 0; // without a branch, so that many bytes are looked at at once
    for (uint32_t i = 0; i < count; i++)
        any |=
            ((at[i] < ' ') & ((at[i] < '\a') | (at[i] > '\r')) & (at[i] != 0x1b)) | (at[i] == 0x7f);
    return any == 0;
}

static bool begins_as_text(int file) {
    char prefix[TEXT_PREFIX];
    ssize_t got = pread(file, prefix, sizeof prefix, 0);
    return got <= 0 || is_text((Str){prefix, (uint32_t)got});
}

// Reads to the end of the file, wherever that is by then. `expected` is a guess: where it is right,
// the first read says so by giving less than was asked for.
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
        len += (size_t)got;
        if (got == 0 || (len == expected && len > 0)) break;
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

typedef enum Wanted { WANTED_REGULAR, WANTED_ANY_KIND, WANTED_TEXT } Wanted;

static void read_regular(Source *self, Arena *arena, int file, uint64_t size, uint64_t most,
                         Wanted wanted) {
    // What is no text may be large: a look at its beginning is enough.
    bool is_small = size <= TEXT_PREFIX && size <= most;
    if (wanted == WANTED_TEXT && !is_small && !begins_as_text(file))
        self->problem = SOURCE_NO_TEXT;
    else if (size > most)
        self->problem = SOURCE_TOO_LARGE;
    else
        read_all(self, arena, file, (size_t)size, (size_t)most);
    if (wanted == WANTED_TEXT && is_small && !is_text(self->raw)) self->problem = SOURCE_NO_TEXT;
}

static void read_file(Source *self, Arena *arena, int file, uint64_t most_bytes, Wanted wanted) {
    struct stat status;
    uint64_t most = most_bytes < UINT32_MAX - 1 ? most_bytes : UINT32_MAX - 1;
    if (fstat(file, &status) != 0) {
        set_unreadable(self, errno);
        return;
    }
    bool is_regular = S_ISREG(status.st_mode);
    self->is_executable = is_regular && (status.st_mode & 0111) != 0;
    if (is_regular)
        read_regular(self, arena, file, (uint64_t)status.st_size, most, wanted);
    else if (S_ISDIR(status.st_mode) || wanted != WANTED_ANY_KIND)
        self->problem = SOURCE_NOT_REGULAR;
    else
        read_all(self, arena, file, 0, (size_t)most);
}

// A socket, and a FIFO or device that nobody serves, refuse to be opened.
static bool says_no_regular_file(int error) {
    return error == ENXIO || error == ENODEV || error == EOPNOTSUPP;
}

static void read_path(Source *self, Arena *arena, Str path, uint64_t most_bytes, Wanted wanted) {
    *self = (Source){.path = path};
    int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY, file;
    if (wanted != WANTED_ANY_KIND) flags |= O_NONBLOCK;
    const char *name = str_c(arena, path);
    do
        file = open(name, flags);
    while (file < 0 && errno == EINTR);
    if (file < 0) {
        set_unreadable(self, errno);
        if (says_no_regular_file(errno)) self->problem = SOURCE_NOT_REGULAR;
        return;
    }
    read_file(self, arena, file, most_bytes, wanted);
    close(file);
    if (self->problem == SOURCE_OK) source_decode(self, arena);
}

void source_read(Source *self, Arena *arena, Str path, uint64_t most_bytes, bool any_kind) {
    read_path(self, arena, path, most_bytes, any_kind ? WANTED_ANY_KIND : WANTED_REGULAR);
}

void source_read_text(Source *self, Arena *arena, Str path, uint64_t most_bytes) {
    read_path(self, arena, path, most_bytes, WANTED_TEXT);
}
