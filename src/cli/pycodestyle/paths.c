#include "cli/pycodestyle/paths.h"

#include "python/fnmatch.h"
#include "python/strings.h"

#include <unistd.h>

Str path_join(Arena *arena, Str parent, Str name) {
    if (parent.len == 0 || (name.len > 0 && name.at[0] == '/')) return str_copy(arena, name);
    bool has_slash = parent.at[parent.len - 1] == '/';
    return str_format(arena, "%.*s%s%.*s", STR_ARG(parent), has_slash ? "" : "/", STR_ARG(name));
}

Str path_basename(Str path) {
    uint32_t slash = str_find_last_byte(path, '/');
    return slash == path.len ? path : str_from(path, slash + 1);
}

static Str working_folder(Arena *arena) {
    for (size_t size = 256;; size *= 2) {
        char *room = arena_alloc(arena, size);
        if (getcwd(room, size) != NULL) return str_of(room);
        if (size >= 1 << 20) return STR("/"); // it was deleted
    }
}

// Two leading slashes, and no other number, stay two.
static uint32_t leading_slashes(Str path) {
    bool is_double = str_starts_with(path, STR("//")) && !str_starts_with(path, STR("///"));
    return is_double ? 2 : 1;
}

Str path_absolute(Arena *arena, Str path) {
    Str rest =
        path.len > 0 && path.at[0] == '/' ? path : path_join(arena, working_folder(arena), path);
    uint32_t slashes = leading_slashes(rest);
    char *out = arena_alloc(arena, (size_t)rest.len + 2);
    memset(out, '/', slashes);
    uint32_t len = slashes;
    Str part;
    while (str_split(&rest, '/', &part)) {
        if (part.len == 0 || str_is(part, ".")) continue;
        if (str_is(part, "..")) {
            while (len > slashes && out[--len] != '/')
                continue;
            continue;
        }
        if (len > slashes) out[len++] = '/';
        memcpy(out + len, part.at, part.len);
        len += part.len;
    }
    return (Str){out, len};
}

void split_list(Arena *arena, Str list, StyleNames *parts) {
    Str part;
    while (str_split(&list, ',', &part)) {
        part = python_strip(part);
        if (part.len > 0) vec_push(arena, parts, part);
    }
}

void split_path_patterns(Arena *arena, Str list, Str parent, StyleNames *patterns) {
    if (list.len == 0) return;
    Str part;
    while (str_split(&list, ',', &part)) {
        part = python_strip(part);
        if (str_find_byte(part, '/') < part.len)
            part = path_absolute(arena, path_join(arena, parent, part));
        while (part.len > 0 && part.at[part.len - 1] == '/')
            part.len--;
        vec_push(arena, patterns, part);
    }
}

bool any_pattern_matches(const StyleNames *patterns, Str name) {
    for (uint32_t i = 0; i < patterns->len; i++)
        if (python_fnmatch(name, patterns->at[i])) return true;
    return false;
}
