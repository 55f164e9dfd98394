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

// The folder's number; new for it and for those above it.
static uint32_t claim_folder(Modules *self, Arena *arena, Str path) {
    uint32_t index = map_get(&self->folders, path), own = index;
    for (; index == MAP_NONE; index = map_get(&self->folders, path)) {
        map_put(arena, &self->folders, path, self->folder_paths.len);
        if (own == MAP_NONE) own = self->folder_paths.len;
        vec_push(arena, &self->folder_paths, path);
        vec_push(arena, &self->folder_init, NO_MODULE);
        if (path.len == 0) break;
        path = folder_of(path);
    }
    return own;
}

void modules_add(Modules *self, Arena *arena, uint32_t module, Str path) {
    path = without_dot_slash(path);
    while (self->paths.len <= module)
        vec_push(arena, &self->paths, (Str){0});
    self->paths.at[module] = path;
    map_put(arena, &self->files, path, module);
    uint32_t folder = claim_folder(self, arena, folder_of(path));
    if (is_init(path)) self->folder_init.at[folder] = module;
}

static uint32_t folder_named(const Modules *self, Str path) {
    uint32_t folder = map_get(&self->folders, path);
    return folder == MAP_NONE ? NO_MODULE : folder;
}

static Found find_path(const Modules *self, Arena *arena, Str path) {
    uint32_t inner = folder_named(self, path);
    if (inner != NO_MODULE && self->folder_init.at[inner] != NO_MODULE)
        return (Found){self->folder_init.at[inner], inner};
    uint32_t module = map_get(&self->files, str_join(arena, path, STR(".py")));
    if (module != MAP_NONE) return (Found){module, NO_MODULE};
    return (Found){NO_MODULE, inner};
}

Found modules_find_in(const Modules *self, Arena *arena, uint32_t folder, Str name) {
    ArenaMark mark = arena_mark(arena);
    Str base = self->folder_paths.at[folder];
    Str path = str_join3(arena, base, base.len == 0 ? STR("") : STR("/"), name);
    Found found = find_path(self, arena, path);
    arena_return(arena, mark);
    return found;
}

static bool is_found(Found found) {
    return found.module != NO_MODULE || found.folder != NO_MODULE;
}

static uint32_t folder_of_module(const Modules *self, uint32_t module) {
    return folder_named(self, folder_of(self->paths.at[module]));
}

static uint32_t folder_above(const Modules *self, uint32_t folder) {
    Str path = self->folder_paths.at[folder];
    return path.len == 0 ? NO_MODULE : folder_named(self, folder_of(path));
}

// Where Python begins to look for what the module imports.
static uint32_t first_folder(const Modules *self, uint32_t importer) {
    uint32_t folder = folder_of_module(self, importer);
    while (folder != NO_MODULE && self->folder_init.at[folder] != NO_MODULE)
        folder = folder_above(self, folder);
    return folder;
}

static Found search(const Modules *self, Arena *arena, uint32_t folder, Str name, bool is_script) {
    Found namespace = {NO_MODULE, NO_MODULE};
    Found found = modules_find_in(self, arena, folder, name);
    if (found.module != NO_MODULE && is_script) return found;
    if (is_standard_module(name)) return namespace;
    for (; folder != NO_MODULE; folder = folder_above(self, folder)) {
        found = modules_find_in(self, arena, folder, name);
        if (found.module != NO_MODULE) return found;
        if (!is_found(namespace)) namespace = found;
        Found source = modules_find_in(self, arena, folder, STR("src"));
        if (source.folder == NO_MODULE) continue;
        found = modules_find_in(self, arena, source.folder, name);
        if (found.module != NO_MODULE) return found;
        if (!is_found(namespace)) namespace = found;
    }
    return namespace;
}

Found modules_find(Modules *self, Arena *arena, uint32_t importer, Str name) {
    uint32_t folder = first_folder(self, importer);
    if (folder == NO_MODULE) return (Found){NO_MODULE, NO_MODULE};
    bool is_script = folder == folder_of_module(self, importer);
    Str key = str_join3(arena, (Str){(const char *)&folder, sizeof folder},
                        is_script ? STR("/") : STR(":"), name);
    uint32_t answer = map_get_or_put(arena, &self->found, key, self->answers.len);
    if (answer == self->answers.len) {
        Found found = search(self, arena, folder, name, is_script);
        vec_push(arena, &self->answers, (uint64_t)found.module << 32 | found.folder);
    }
    uint64_t packed = self->answers.at[answer];
    return (Found){(uint32_t)(packed >> 32), (uint32_t)packed};
}

uint32_t modules_package(const Modules *self, uint32_t importer, uint32_t level) {
    uint32_t folder = folder_of_module(self, importer);
    for (; level > 1 && folder != NO_MODULE; level--)
        folder = folder_above(self, folder);
    return folder;
}

uint32_t modules_folder_of_package(const Modules *self, uint32_t module) {
    return is_init(self->paths.at[module]) ? folder_of_module(self, module) : NO_MODULE;
}
