#include "cli/small_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 20 };

static bool read_open(Str *text, Arena *arena, int file, const char **reason) {
    struct stat status;
    *reason = "it is not a regular file";
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return false;
    *reason = "it is larger than 1 MiB";
    if (status.st_size > MOST_BYTES) return false;
    char *bytes = arena_alloc_raw(arena, (size_t)status.st_size + 1, 1);
    ssize_t got = read(file, bytes, (size_t)status.st_size);
    if (got < 0) *reason = strerror(errno);
    *text = (Str){bytes, got < 0 ? 0 : (uint32_t)got};
    return got >= 0;
}

SmallFileState small_file_read(Str *text, Arena *arena, Str path, const char **reason) {
    const char *name = str_c(arena, path);
    int file = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) {
        *reason = strerror(errno);
        // A folder that may not be entered holds nothing for us; a link to nothing is wrong.
        struct stat status;
        return lstat(name, &status) == 0 ? SMALL_FILE_WRONG : SMALL_FILE_NONE;
    }
    bool done = read_open(text, arena, file, reason);
    close(file);
    return done ? SMALL_FILE_READ : SMALL_FILE_WRONG;
}
