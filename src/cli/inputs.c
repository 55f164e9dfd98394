#include "cli/inputs.h"

#include "base/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

// Reads to the end, but no more than `most` bytes and one.
static bool read_all(Buf *bytes, int file, uint64_t most) {
    while (bytes->len <= most) {
        enum { PIECE = 1 << 16 };
        ssize_t got = read(file, buf_reserve(bytes, PIECE), PIECE);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) return true;
        bytes->len += (size_t)got;
    }
    return true;
}

// ---- --files-from ----

enum { MOST_LIST_BYTES = 1 << 28 };

static bool read_list(Buf *bytes, Arena *arena, Str path, Error *error) {
    bool is_stdin = str_is(path, "-");
    int file = is_stdin ? STDIN_FILENO : open(str_c(arena, path), O_RDONLY | O_CLOEXEC);
    bool done = file >= 0 && read_all(bytes, file, MOST_LIST_BYTES);
    if (!done)
        error_set(error, "--files-from: `%.*s` cannot be read: %s", STR_ARG(path), strerror(errno));
    if (file >= 0 && !is_stdin) close(file);
    return done;
}

static StrList split_list(StrList before, Arena *arena, Str text) {
    VEC(Str) paths = {0};
    for (uint32_t i = 0; i < before.count; i++)
        vec_push(arena, &paths, before.at[i]);
    char separator = str_find_byte(text, '\0') < text.len ? '\0' : '\n';
    Str path;
    while (str_split(&text, separator, &path)) {
        if (separator == '\n' && str_ends_with(path, STR("\r"))) path.len--;
        if (path.len > 0) vec_push(arena, &paths, path);
    }
    return (StrList){paths.at, paths.len};
}

bool inputs_add_listed(StrList *paths, Arena *arena, const Value *files_from, Error *error) {
    static const Str here = {"", 0};
    if (!files_from->is_set) {
        if (paths->count == 0) *paths = (StrList){&here, 1};
        return true;
    }
    Buf bytes = {0};
    bool done = read_list(&bytes, arena, files_from->text, error);
    if (done) *paths = split_list(*paths, arena, str_copy(arena, buf_str(&bytes)));
    buf_release(&bytes);
    return done;
}

// ---- stdin ----

enum { MOST_STDIN_BYTES = INT32_MAX };

static bool read_stdin(Buf *bytes, uint64_t most, Error *error) {
    if (read_all(bytes, STDIN_FILENO, most)) return true;
    return error_set(error, "stdin cannot be read: %s", strerror(errno));
}

// What stdin holds stands for a file that may be there already.
static bool is_executable(Arena *arena, Str path) {
    struct stat status;
    return stat(str_c(arena, path), &status) != 0 || (status.st_mode & 0111) != 0;
}

static bool find_stdin(Discovery *self, Arena *arena, Configs *configs, Buf *bytes, Error *error) {
    const Values *values = &configs->none->values;
    Str name = values->at[OPT_STDIN_FILENAME].text;
    Str path = name.len > 0 ? name : STR("stdin");
    if (!discover_named(self, arena, configs, path, error)) return false;
    if (!read_stdin(bytes, MOST_STDIN_BYTES, error)) return false;
    if (self->files.len == 0) return true;
    RunFile *file = &self->files.at[0];
    file->is_given = true;
    file->bytes = buf_str(bytes);
    file->is_executable = is_executable(arena, path);
    return true;
}

bool inputs_find(Discovery *self, Arena *arena, Configs *configs, StrList paths, Buf *bytes,
                 Error *error) {
    bool is_stdin = false;
    for (uint32_t i = 0; i < paths.count; i++)
        is_stdin |= str_is(paths.at[i], "-");
    if (!is_stdin) {
        unsigned jobs = inputs_jobs(&configs->none->values);
        return discover(self, arena, configs, paths, jobs, error);
    }
    if (paths.count > 1) return error_set(error, "`-` does not go with other paths");
    return find_stdin(self, arena, configs, bytes, error);
}

unsigned inputs_jobs(const Values *values) {
    uint64_t jobs = values->at[OPT_JOBS].number;
    return jobs == 0 ? pool_processors() : jobs > 256 ? 256 : (unsigned)jobs;
}
