#include "source/source.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void decode(Source *self) {
    self->text = self->raw;
    self->encoding = STR("utf-8");
    self->has_bom = str_starts_with(self->text, STR("\xef\xbb\xbf"));
    if (self->has_bom) self->text = str_from(self->text, 3);
}

void source_of_bytes(Source *self, Arena *arena, Str path, Str bytes) {
    (void)arena;
    *self = (Source){.path = path, .raw = bytes};
    decode(self);
}

static void set_problem(Source *self, SourceProblem problem, const char *detail) {
    self->problem = problem;
    self->detail = str_of(detail);
}

void source_read(Source *self, Arena *arena, Str path, uint64_t most_bytes, bool any_kind) {
    *self = (Source){.path = path};
    int file = open(str_c(arena, path), O_RDONLY | O_CLOEXEC | (any_kind ? 0 : O_NONBLOCK));
    if (file < 0) {
        set_problem(self, SOURCE_UNREADABLE, strerror(errno));
        return;
    }
    struct stat status;
    if (fstat(file, &status) != 0) {
        set_problem(self, SOURCE_UNREADABLE, strerror(errno));
    } else if (!any_kind && !S_ISREG(status.st_mode)) {
        set_problem(self, SOURCE_NOT_REGULAR, "");
    } else if ((uint64_t)status.st_size > most_bytes) {
        set_problem(self, SOURCE_TOO_LARGE, "");
    } else {
        size_t size = (size_t)status.st_size;
        char *bytes = arena_alloc_raw(arena, size + 1, 16);
        size_t have = 0;
        ssize_t got;
        while (have < size && (got = read(file, bytes + have, size - have)) > 0)
            have += (size_t)got;
        self->raw = (Str){bytes, (uint32_t)have};
        self->is_executable = (status.st_mode & 0111) != 0;
        decode(self);
    }
    close(file);
}
