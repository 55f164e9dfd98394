#include "cli/pycodestyle/config.h"

#include "base/utf8.h"
#include "cli/ini.h"
#include "cli/pycodestyle/paths.h"
#include "python/strings.h"
#include "source/source.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_BYTES = 16 << 20 };

typedef struct ConfigReader {
    Arena *arena;
    const StyleOptions *given;
    Ini ini;
    Str folder; // of setup.cfg or tox.ini; relative patterns are meant from there
    Buf *out;
    Error *error;
} ConfigReader;

// The folder that the system's table of users names, where $HOME is unset.
static Str home_in_table(Arena *arena) {
    Str home = STR("~");
    FILE *table = fopen("/etc/passwd", "re");
    if (table == NULL) return home;
    const struct passwd *user;
    do
        user = fgetpwent(table);
    while (user != NULL && user->pw_uid != getuid());
    if (user != NULL) home = str_copy(arena, str_of(user->pw_dir));
    fclose(table);
    return home;
}

static Str user_file(Arena *arena) {
    const char *folder = getenv("XDG_CONFIG_HOME");
    if (folder != NULL && folder[0] != '\0')
        return path_join(arena, str_of(folder), STR("pycodestyle"));
    const char *home = getenv("HOME");
    Str folder_of_user = home == NULL ? home_in_table(arena) : str_of(home);
    return str_format(arena, "%.*s/.config/pycodestyle", STR_ARG(folder_of_user));
}

static bool is_file(Arena *arena, Str path) {
    struct stat status;
    return stat(str_c(arena, path), &status) == 0 && S_ISREG(status.st_mode);
}

static bool fail_undecodable(const ConfigReader *self, Str bytes, uint32_t at) {
    unsigned char byte = (unsigned char)bytes.at[at];
    bool is_start = byte >= 0xc2 && byte <= 0xf4;
    return error_set(self->error,
                     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x%02x in position %u: "
                     "invalid %s byte",
                     byte, at, is_start ? "continuation" : "start");
}

// `*was_read` stays as it is where there is no such file or it cannot be read.
static bool read_file(ConfigReader *self, Str path, bool *was_read) {
    Source source;
    source_read(&source, self->arena, path, MOST_BYTES, false);
    bool is_missing = source.problem == SOURCE_UNREADABLE || source.problem == SOURCE_NOT_REGULAR ||
                      source.problem == SOURCE_TOO_LARGE;
    if (is_missing) return true;
    *was_read = true;
    uint32_t invalid = utf8_find_invalid(source.raw);
    if (invalid < source.raw.len) return fail_undecodable(self, source.raw, invalid);
    return ini_read(&self->ini, path, source.raw, self->error);
}

static bool read_named_file(ConfigReader *self, Str path, const char *kind) {
    if (path.len == 0 || !is_file(self->arena, path)) return true;
    if (self->given->verbose > 0)
        buf_printf(self->out, "%s configuration: %.*s\n", kind, STR_ARG(path));
    bool was_read;
    return read_file(self, path, &was_read);
}

// By bytes, not by parts of the path: "sub/a.py" and "suby/b.py" begin with "sub".
static Str common_beginning(const StyleNames *paths) {
    Str common = paths->at[0];
    for (uint32_t i = 1; i < paths->len; i++) {
        Str path = paths->at[i];
        uint32_t same = 0;
        while (same < common.len && same < path.len && common.at[same] == path.at[same])
            same++;
        common.len = same;
    }
    return common;
}

static bool read_project_files(ConfigReader *self, const StyleNames *paths) {
    if (paths->len == 0) return true;
    Str folder = path_absolute(self->arena, common_beginning(paths));
    for (bool is_root = false; !is_root;) {
        bool was_read = false;
        if (!read_file(self, path_join(self->arena, folder, STR("setup.cfg")), &was_read) ||
            !read_file(self, path_join(self->arena, folder, STR("tox.ini")), &was_read))
            return false;
        if (was_read) {
            self->folder = folder;
            if (self->given->verbose > 0)
                buf_printf(self->out, "local configuration: in %.*s\n", STR_ARG(folder));
            return true;
        }
        uint32_t slash = str_find_last_byte(folder, '/');
        is_root = slash + 1 >= folder.len;
        folder = str_slice(folder, 0, slash == 0 ? 1 : slash);
    }
    return true;
}

static const StyleOption *find_key(Str key) {
    for (uint32_t i = 0; i < style_option_count; i++) {
        const StyleOption *entry = &style_options[i];
        if (!entry->in_files || key.len != strlen(entry->name)) continue;
        uint32_t same = 0;
        while (same < key.len && (key.at[same] == '_' ? '-' : key.at[same]) == entry->name[same])
            same++;
        if (same == key.len) return entry;
    }
    return NULL;
}

static bool fail_on_integer(ConfigReader *self, Str value) {
    Buf shown = {0};
    python_repr(&shown, value);
    error_set(self->error, "ValueError: invalid literal for int() with base 10: %.*s",
              STR_ARG(buf_str(&shown)));
    buf_release(&shown);
    return false;
}

static bool apply(ConfigReader *self, StyleOptions *options, const StyleOption *entry, Str value) {
    int64_t number;
    bool is_true;
    if (entry->kind == STYLE_COUNT || entry->kind == STYLE_INTEGER) {
        if (!python_int(value, 10, &number)) return fail_on_integer(self, value);
        style_option_set_integer(options, entry, number);
    } else if (entry->kind == STYLE_TRUE || entry->kind == STYLE_FALSE) {
        if (!ini_boolean(value, &is_true))
            return error_set(self->error, "ValueError: Not a boolean: %.*s", STR_ARG(value));
        style_option_set_integer(options, entry, is_true);
    } else {
        style_option_set_text(options, entry, value);
    }
    return true;
}

static bool apply_section(ConfigReader *self, StyleOptions *options, const IniSection *section) {
    IniOptions keys = {0};
    ini_options(&self->ini, section, self->arena, &keys);
    for (uint32_t i = 0; i < keys.len; i++) {
        Str key = keys.at[i].name, value = keys.at[i].value;
        const StyleOption *entry = find_key(key);
        if (entry == NULL) {
            buf_printf(self->out, "  unknown option '%.*s' ignored\n", STR_ARG(key));
            continue;
        }
        if (self->given->verbose > 1)
            buf_printf(self->out, "  %.*s = %.*s\n", STR_ARG(key), STR_ARG(value));
        if (!apply(self, options, entry, value)) return false;
    }
    return true;
}

// [pycodestyle], or else [pep8], or NULL.
static const IniSection *find_section(const Ini *ini, bool *is_old) {
    const IniSection *section = ini_section(ini, STR("pycodestyle"));
    *is_old = section == NULL;
    return section != NULL ? section : ini_section(ini, STR("pep8"));
}

bool style_config_read(StyleConfig *self, Arena *arena, const StyleOptions *given,
                       const StyleNames *paths, Buf *out, Buf *warnings, Error *error) {
    *self = (StyleConfig){0};
    style_options_init(&self->options);
    ConfigReader reader = {.arena = arena,
                           .given = given,
                           .ini = {.arena = arena},
                           .folder = STR("."),
                           .out = out,
                           .error = error};
    if (!read_named_file(&reader, user_file(arena), "user") ||
        !read_project_files(&reader, paths) || !read_named_file(&reader, given->config, "cli"))
        return false;
    bool is_old;
    const IniSection *section = find_section(&reader.ini, &is_old);
    if (section == NULL) return true;
    if (is_old)
        buf_add(warnings, STR("UserWarning: [pep8] section is deprecated. Use [pycodestyle].\n"));
    self->has_section = true;
    self->options.exclude_folder = reader.folder;
    return apply_section(&reader, &self->options, section);
}

// Reads it on its own first: what is not an INI file must not leave half of it behind.
static void read_if_ini(ConfigReader *self, Str name) {
    Str path = path_join(self->arena, self->folder, name);
    Error unheard = {0};
    ConfigReader alone = {.arena = self->arena, .ini = {.arena = self->arena}, .error = &unheard};
    bool was_read = false;
    if (read_file(&alone, path, &was_read) && was_read) read_file(self, path, &was_read);
}

bool style_config_of_folder(StyleConfig *self, Arena *arena, Str folder, Error *error) {
    *self = (StyleConfig){0};
    style_options_init(&self->options);
    StyleOptions quiet = self->options;
    Buf unheard = {0};
    ConfigReader reader = {.arena = arena,
                           .given = &quiet,
                           .ini = {.arena = arena},
                           .folder = folder,
                           .out = &unheard,
                           .error = error};
    read_if_ini(&reader, STR("setup.cfg"));
    read_if_ini(&reader, STR("tox.ini"));
    bool is_old;
    const IniSection *section = find_section(&reader.ini, &is_old);
    self->has_section = section != NULL;
    bool is_right = section == NULL || apply_section(&reader, &self->options, section);
    buf_release(&unheard);
    return is_right;
}
