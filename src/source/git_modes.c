#include "source/git_modes.h"

#include "source/source.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/vfs.h>

enum { MOST_CONFIG_BYTES = 1 << 20, MOST_INDEX_BYTES = 256 << 20 };

typedef struct Repository {
    Arena *arena;
    Str top;    // the work tree's folder, absolute
    Str git;    // what holds the index
    Str common; // what holds the configuration
    uint32_t id_length;
    bool trusts_modes;
} Repository;

static Str read_file(Arena *arena, Str path, uint64_t most_bytes) {
    Source source;
    source_read(&source, arena, path, most_bytes, false);
    return source.raw;
}

static Str below(Arena *arena, Str folder, const char *name) {
    return str_format(arena, "%.*s/%s", STR_ARG(folder), name);
}

// ---- Where the repository is ----

static bool is_folder(Arena *arena, Str path) {
    struct stat status;
    return stat(str_c(arena, path), &status) == 0 && S_ISDIR(status.st_mode);
}

static Str relative_to(Arena *arena, Str folder, Str path) {
    path = str_trim(path);
    return path.len > 0 && path.at[0] == '/'
               ? path
               : str_format(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(path));
}

// `.git` is a folder, or in a linked work tree or a submodule a file that names one.
static bool find_git_folder(Repository *self, Str top) {
    Str git = below(self->arena, top, ".git");
    self->top = top;
    if (!is_folder(self->arena, git)) {
        Str link = read_file(self->arena, git, MOST_CONFIG_BYTES);
        if (!str_starts_with(link, STR("gitdir:"))) return false;
        git = relative_to(self->arena, top, str_from(link, 7));
    }
    self->git = self->common = git;
    Str common = read_file(self->arena, below(self->arena, git, "commondir"), MOST_CONFIG_BYTES);
    if (common.len > 0) self->common = relative_to(self->arena, git, common);
    return true;
}

static bool find_repository(Repository *self, Str absolute) {
    for (Str folder = absolute; folder.len > 0;) {
        if (find_git_folder(self, folder)) return true;
        uint32_t slash = str_find_last_byte(folder, '/');
        folder = str_slice(folder, 0, slash < folder.len ? slash : 0);
    }
    return false;
}

// ---- Whether file modes mean anything ----

static bool is_same_name(Str a, const char *b) {
    size_t length = strlen(b);
    if (a.len != length) return false;
    for (uint32_t i = 0; i < a.len; i++)
        if ((a.at[i] | 0x20) != (b[i] | 0x20)) return false;
    return true;
}

static bool is_false(Str value) {
    return is_same_name(value, "false") || is_same_name(value, "no") ||
           is_same_name(value, "off") || str_is(value, "0");
}

static void read_setting(Repository *self, Str section, Str line) {
    Str rest = line, name;
    str_split(&rest, '=', &name);
    name = str_trim(name);
    Str value = str_trim(rest);
    if (is_same_name(section, "core") && is_same_name(name, "filemode"))
        self->trusts_modes = !is_false(value);
    if (is_same_name(section, "extensions") && is_same_name(name, "objectformat"))
        self->id_length = is_same_name(value, "sha256") ? 32 : 20;
}

static void read_config(Repository *self) {
    Str rest =
        read_file(self->arena, below(self->arena, self->common, "config"), MOST_CONFIG_BYTES);
    Str section = {0}, line;
    while (rest.len > 0 && str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (str_starts_with(line, STR("[")))
            section = str_slice(line, 1, str_find_byte(line, ']'));
        else if (line.len > 0)
            read_setting(self, section, line);
    }
}

// FAT, NTFS and network folders of Windows show the same mode for every file.
static bool is_windows_file_system(Arena *arena, Str folder) {
    static const uint32_t types[] = {0x4d44,     0x2011bab0, 0x5346544e, 0x7366746e,
                                     0xff534d42, 0xfe534d42, 0x517b};
    struct statfs status;
    if (statfs(str_c(arena, folder), &status) != 0) return false;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if ((uint32_t)status.f_type == types[i]) return true;
    return false;
}

// ---- The index ----

enum {
    HEADER_BYTES = 12,
    MODE_OFFSET = 24,
    ID_OFFSET = 40,
    FLAG_EXTENDED = 0x4000,
    EXECUTABLE_BITS = 0111,
};

typedef struct IndexReader {
    GitModes *modes;
    Arena *arena;
    Str index;
    Str prefix; // of the paths that are wanted, with its slash
    Str name;   // of the entry before
    uint32_t at, version, id_length;
} IndexReader;

static uint32_t read_big_endian(Str bytes, uint32_t at, uint32_t length) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < length; i++)
        number = number << 8 | (uint8_t)bytes.at[at + i];
    return number;
}

// How many bytes of the name before are dropped, in version 4.
static bool read_dropped(IndexReader *self, uint32_t *dropped) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < 5; i++) {
        if (self->at >= self->index.len) return false;
        uint8_t byte = (uint8_t)self->index.at[self->at++];
        number = number << 7 | (byte & 0x7f);
        *dropped = number;
        if ((byte & 0x80) == 0) return true;
        number++;
    }
    return false;
}

static bool read_name(IndexReader *self, uint32_t entry) {
    uint32_t dropped = 0;
    if (self->version == 4 && !read_dropped(self, &dropped)) return false;
    Str rest = str_from(self->index, self->at);
    uint32_t length = str_find_byte(rest, '\0');
    if (length == rest.len || dropped > self->name.len) return false;
    Str name = str_slice(rest, 0, length);
    self->at += length + 1;
    if (self->version == 4) {
        self->name =
            str_join(self->arena, str_slice(self->name, 0, self->name.len - dropped), name);
        return true;
    }
    self->name = name;
    self->at = entry + (self->at - 1 - entry + 8) / 8 * 8;
    return true;
}

static bool read_entry(IndexReader *self) {
    uint32_t entry = self->at, flags_at = entry + ID_OFFSET + self->id_length;
    if (flags_at + 4 > self->index.len) return false;
    uint32_t mode = read_big_endian(self->index, entry + MODE_OFFSET, 4);
    uint32_t flags = read_big_endian(self->index, flags_at, 2);
    self->at = flags_at + (flags & FLAG_EXTENDED ? 4 : 2);
    if (!read_name(self, entry)) return false;
    if (str_starts_with(self->name, self->prefix))
        map_put(self->arena, &self->modes->modes,
                str_copy(self->arena, str_from(self->name, self->prefix.len)),
                (mode & EXECUTABLE_BITS) != 0);
    return true;
}

static bool read_index(IndexReader *self) {
    if (self->index.len < HEADER_BYTES || !str_starts_with(self->index, STR("DIRC"))) return false;
    self->version = read_big_endian(self->index, 4, 4);
    if (self->version < 2 || self->version > 4) return false;
    uint32_t count = read_big_endian(self->index, 8, 4);
    self->at = HEADER_BYTES;
    for (uint32_t i = 0; i < count; i++)
        if (!read_entry(self)) return false;
    return true;
}

void git_modes_read(GitModes *self, Arena *arena, Str folder) {
    *self = (GitModes){0};
    char absolute[PATH_MAX];
    if (realpath(folder.len == 0 ? "." : str_c(arena, folder), absolute) == NULL) return;
    Str path = str_copy(arena, str_of(absolute));
    Repository repository = {.arena = arena, .id_length = 20, .trusts_modes = true};
    if (!find_repository(&repository, path)) return;
    read_config(&repository);
    if (repository.trusts_modes && !is_windows_file_system(arena, path)) return;
    Str prefix = str_from(path, repository.top.len);
    if (prefix.len > 0) prefix = str_format(arena, "%.*s/", STR_ARG(str_from(prefix, 1)));
    IndexReader reader = {
        .modes = self,
        .arena = arena,
        .index = read_file(arena, below(arena, repository.git, "index"), MOST_INDEX_BYTES),
        .prefix = prefix,
        .id_length = repository.id_length,
    };
    self->decides = read_index(&reader);
}

bool git_modes_is_executable(const GitModes *self, Str path, bool file_system_says) {
    uint32_t mode = self->decides ? map_get(&self->modes, path) : MAP_NONE;
    return mode == MAP_NONE ? file_system_says : mode != 0;
}
