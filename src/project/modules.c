#include "project/modules.h"

#include "project/known.h"

static Str folder_of(Str path) {
    uint32_t slash = str_find_last_byte(path, '/');
    return slash == path.len ? STR("") : str_slice(path, 0, slash);
}

static Str name_of(Str path) {
    uint32_t slash = str_find_last_byte(path, '/');
    return slash == path.len ? path : str_from(path, slash + 1);
}

static bool is_init(Str path) {
    return str_is(name_of(path), "__init__.py") || str_is(name_of(path), "__init__.pyi");
}

static Str without_dot_slash(Str path) {
    while (str_starts_with(path, STR("./")))
        path = str_from(path, 2);
    return path;
}

// What begins at "/" is no part of the folder "" where relative paths begin.
static bool is_part_of(Str path, Str folder) {
    return folder.len > 0 || path.at[0] != '/';
}

static uint32_t add_folder(Modules *self, Arena *arena, Str path) {
    map_put(arena, &self->paths, path, self->folders.len);
    vec_push(arena, &self->folders, (Folder){path, NO_MODULE, NO_MODULE, {0}, {0}, {{0}}});
    return self->folders.len - 1;
}

// The folder's number; new for it and for those above it.
static uint32_t claim_folder(Modules *self, Arena *arena, Str path) {
    uint32_t own = map_get(&self->paths, path);
    if (own != MAP_NONE) return own;
    uint32_t inner = own = add_folder(self, arena, path);
    while (path.len > 0) {
        Str around = folder_of(path);
        uint32_t outer = map_get(&self->paths, around);
        bool is_known = outer != MAP_NONE;
        if (!is_known) outer = add_folder(self, arena, around);
        self->folders.at[inner].outer = outer;
        if (is_part_of(path, around))
            map_put(arena, &self->folders.at[outer].folders, name_of(path), inner);
        if (is_known) break;
        path = around;
        inner = outer;
    }
    return own;
}

void modules_add(Modules *self, Arena *arena, Str path) {
    path = without_dot_slash(path);
    uint32_t module = self->places.len, index = claim_folder(self, arena, folder_of(path));
    vec_push(arena, &self->places, (ModulePlace){path, index, is_init(path)});
    Folder *folder = &self->folders.at[index];
    Str name = name_of(path);
    if (is_init(path)) folder->init = module;
    if (str_ends_with(name, STR(".py")) && is_part_of(path, folder->path))
        map_put(arena, &folder->files, str_slice(name, 0, name.len - 3), module);
}

Found modules_find_in(const Modules *self, uint32_t folder, Str name) {
    const Folder *around = &self->folders.at[folder];
    uint32_t inner = map_get(&around->folders, name);
    if (inner != MAP_NONE && self->folders.at[inner].init != NO_MODULE)
        return (Found){self->folders.at[inner].init, inner};
    uint32_t module = map_get(&around->files, name);
    if (module != MAP_NONE) return (Found){module, NO_MODULE};
    return (Found){NO_MODULE, inner};
}

static bool is_found(Found found) {
    return found.module != NO_MODULE || found.folder != NO_MODULE;
}

SearchStart modules_search_start(const Modules *self, uint32_t importer) {
    uint32_t own = self->places.at[importer].folder, folder = own;
    while (folder != NO_MODULE && self->folders.at[folder].init != NO_MODULE)
        folder = self->folders.at[folder].outer;
    return (SearchStart){folder, folder == own};
}

static Found search(const Modules *self, uint32_t folder, Str name, bool is_script) {
    Found namespace = {NO_MODULE, NO_MODULE};
    Found found = modules_find_in(self, folder, name);
    if (found.module != NO_MODULE && is_script) return found;
    if (is_standard_module(name)) return namespace;
    for (; folder != NO_MODULE; folder = self->folders.at[folder].outer) {
        found = modules_find_in(self, folder, name);
        if (found.module != NO_MODULE) return found;
        if (!is_found(namespace)) namespace = found;
        Found source = modules_find_in(self, folder, STR("src"));
        if (source.folder == NO_MODULE) continue;
        found = modules_find_in(self, source.folder, name);
        if (found.module != NO_MODULE) return found;
        if (!is_found(namespace)) namespace = found;
    }
    return namespace;
}

Found modules_find(Modules *self, Arena *arena, SearchStart start, Str name) {
    if (start.folder == NO_MODULE) return (Found){NO_MODULE, NO_MODULE};
    Map *found_before = &self->folders.at[start.folder].found[start.is_script];
    uint32_t answer = map_get(found_before, name);
    if (answer == MAP_NONE) {
        Found found = search(self, start.folder, name, start.is_script);
        answer = self->answers.len;
        vec_push(arena, &self->answers, (uint64_t)found.module << 32 | found.folder);
        map_put(arena, found_before, name, answer);
    }
    uint64_t packed = self->answers.at[answer];
    return (Found){(uint32_t)(packed >> 32), (uint32_t)packed};
}

uint32_t modules_package(const Modules *self, uint32_t importer, uint32_t level) {
    uint32_t folder = self->places.at[importer].folder;
    for (; level > 1 && folder != NO_MODULE; level--)
        folder = self->folders.at[folder].outer;
    return folder;
}

uint32_t modules_folder_of_package(const Modules *self, uint32_t module) {
    const ModulePlace *place = &self->places.at[module];
    return place->is_init ? place->folder : NO_MODULE;
}
