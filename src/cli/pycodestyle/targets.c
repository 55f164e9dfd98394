#include "cli/pycodestyle/targets.h"

#include "cli/pycodestyle/paths.h"

#include <dirent.h>
#include <sys/stat.h>

typedef struct Finder {
    Arena *arena;
    StyleTargets *targets;
    const StyleNames *filename, *exclude;
    StyleNames folders; // still to be looked into, the next one last
} Finder;

typedef enum EntryKind { ENTRY_FILE, ENTRY_FOLDER, ENTRY_FOLDER_LINK } EntryKind;

static bool is_excluded(Finder *self, Str path) {
    if (self->exclude->len == 0) return false;
    return any_pattern_matches(self->exclude, path_basename(path)) ||
           any_pattern_matches(self->exclude, path_absolute(self->arena, path));
}

static bool is_folder(Arena *arena, Str path) {
    struct stat status;
    return stat(str_c(arena, path), &status) == 0 && S_ISDIR(status.st_mode);
}

static EntryKind kind_of(Arena *arena, const struct dirent *entry, Str path) {
    if (entry->d_type == DT_DIR) return ENTRY_FOLDER;
    if (entry->d_type == DT_REG) return ENTRY_FILE;
    if (!is_folder(arena, path)) return ENTRY_FILE;
    struct stat status;
    bool is_link = lstat(str_c(arena, path), &status) == 0 && S_ISLNK(status.st_mode);
    return is_link ? ENTRY_FOLDER_LINK : ENTRY_FOLDER;
}

static int compare_names(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

static void sort(StyleNames *names) {
    if (names->len > 1) qsort(names->at, names->len, sizeof(Str), compare_names);
}

static void add_files(Finder *self, const StyleNames *files) {
    for (uint32_t i = 0; i < files->len; i++) {
        Str path = files->at[i];
        if (self->filename->len > 0 && !any_pattern_matches(self->filename, path_basename(path)))
            continue;
        if (is_excluded(self, path)) continue;
        vec_push(self->arena, self->targets, (StyleTarget){.path = path});
    }
}

static void look_into(Finder *self, Str folder) {
    DIR *open_folder = opendir(str_c(self->arena, folder));
    if (open_folder == NULL) return;
    vec_push(self->arena, self->targets, (StyleTarget){.path = folder, .is_folder = true});
    StyleNames files = {0}, folders = {0};
    for (const struct dirent *entry; (entry = readdir(open_folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        Str path = path_join(self->arena, folder, str_of(entry->d_name));
        EntryKind kind = kind_of(self->arena, entry, path);
        if (kind == ENTRY_FILE)
            vec_push(self->arena, &files, path);
        else if (kind == ENTRY_FOLDER && !is_excluded(self, path))
            vec_push(self->arena, &folders, path);
    }
    closedir(open_folder);
    sort(&files);
    add_files(self, &files);
    sort(&folders);
    for (uint32_t i = folders.len; i > 0; i--)
        vec_push(self->arena, &self->folders, folders.at[i - 1]);
}

void style_targets_find(StyleTargets *self, Arena *arena, const StyleNames *paths,
                        const StyleNames *filename, const StyleNames *exclude) {
    Finder finder = {.arena = arena, .targets = self, .filename = filename, .exclude = exclude};
    for (uint32_t i = 0; i < paths->len; i++) {
        Str path = paths->at[i];
        if (!is_folder(arena, path)) {
            if (!is_excluded(&finder, path))
                vec_push(arena, self, (StyleTarget){.path = path, .is_named = true});
            continue;
        }
        while (path.len > 0 && path.at[path.len - 1] == '/')
            path.len--;
        if (is_excluded(&finder, path)) continue;
        vec_push(arena, &finder.folders, path);
        while (finder.folders.len > 0)
            look_into(&finder, finder.folders.at[--finder.folders.len]);
    }
}
