// A pattern becomes a row of items, and matching keeps the set of items that may come next: the
// time is the product of both lengths, whatever the pattern.

#include "cli/gitignore.h"

#include "base/glob.h"
#include "base/vec.h"

#include <ctype.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum ItemKind {
    ITEM_BYTE,
    ITEM_ANY,         // `?`: one byte that is no slash
    ITEM_SET,         // `[…]`: one byte of it that is no slash
    ITEM_NAME_STAR,   // `*`: bytes that are no slash
    ITEM_PATH_STAR,   // `**` at the end: any bytes
    ITEM_FOLDERS,     // `**/`: nothing, or what the item behind it takes
    ITEM_FOLDERS_END, // any bytes and a slash
    ITEM_NOTHING,     // a broken pattern: never matches
} ItemKind;

struct IgnoreItem {
    uint8_t kind; // ItemKind
    char byte;
    Str set; // what stands between the brackets
};

typedef VEC(IgnoreItem) Items;

// ---- Reading a pattern ----

// The end of a set that begins behind its "[", or 0 where it has none.
static uint32_t find_set_end(Str pattern, uint32_t at) {
    uint32_t i = at;
    if (i < pattern.len && (pattern.at[i] == '!' || pattern.at[i] == '^')) i++;
    for (bool is_first = true; i < pattern.len; is_first = false) {
        if (pattern.at[i] == ']' && !is_first) return i;
        if (pattern.at[i] == '\\') {
            i += 2;
        } else if (str_starts_with(str_from(pattern, i), STR("[:"))) {
            uint32_t end = i + str_find_byte(str_from(pattern, i), ']');
            i = end > i + 2 && end < pattern.len && pattern.at[end - 1] == ':' ? end + 1 : i + 1;
        } else {
            i++;
        }
    }
    return 0;
}

static uint32_t add_set(Arena *arena, Items *items, Str pattern, uint32_t at) {
    uint32_t end = find_set_end(pattern, at + 1);
    if (end == 0) {
        vec_push(arena, items, (IgnoreItem){.kind = ITEM_NOTHING});
        return pattern.len;
    }
    vec_push(arena, items, (IgnoreItem){.kind = ITEM_SET, .set = str_slice(pattern, at + 1, end)});
    return end + 1;
}

static uint32_t add_stars(Arena *arena, Items *items, Str pattern, uint32_t at) {
    uint32_t end = at;
    while (end < pattern.len && pattern.at[end] == '*')
        end++;
    bool is_part = end - at >= 2 && (at == 0 || pattern.at[at - 1] == '/');
    if (is_part && end == pattern.len) {
        vec_push(arena, items, (IgnoreItem){.kind = ITEM_PATH_STAR});
    } else if (is_part && pattern.at[end] == '/') {
        vec_push(arena, items, (IgnoreItem){.kind = ITEM_FOLDERS});
        vec_push(arena, items, (IgnoreItem){.kind = ITEM_FOLDERS_END});
        end++;
    } else {
        vec_push(arena, items, (IgnoreItem){.kind = ITEM_NAME_STAR});
    }
    return end;
}

static uint32_t add_escaped(Arena *arena, Items *items, Str pattern, uint32_t at) {
    IgnoreItem item = {.kind = ITEM_NOTHING};
    if (at + 1 < pattern.len) item = (IgnoreItem){.kind = ITEM_BYTE, .byte = pattern.at[at + 1]};
    vec_push(arena, items, item);
    return at + 2;
}

static void read_items(IgnorePattern *self, Arena *arena, Str pattern) {
    Items items = {0};
    for (uint32_t at = 0; at < pattern.len;) {
        switch (pattern.at[at]) {
        case '*': at = add_stars(arena, &items, pattern, at); break;
        case '[': at = add_set(arena, &items, pattern, at); break;
        case '\\': at = add_escaped(arena, &items, pattern, at); break;
        case '?':
            vec_push(arena, &items, (IgnoreItem){.kind = ITEM_ANY});
            at++;
            break;
        default: vec_push(arena, &items, (IgnoreItem){.kind = ITEM_BYTE, .byte = pattern.at[at++]});
        }
    }
    self->items = items.at;
    self->count = items.len;
    self->states = arena_alloc(arena, ((size_t)items.len + 1) * 2);
}

static bool is_special(char c) {
    return c == '*' || c == '?' || c == '[' || c == '\\';
}

static void find_literal_ends(IgnorePattern *self, Str pattern) {
    uint32_t start = 0, end = pattern.len;
    while (start < pattern.len && !is_special(pattern.at[start]))
        start++;
    // A bracket may close a set, and what is escaped is not what stands there.
    while (end > 0 && !is_special(pattern.at[end - 1]) && pattern.at[end - 1] != ']' &&
           pattern.at[end - 1] != '/' && !(end > 1 && pattern.at[end - 2] == '\\'))
        end--;
    self->prefix = str_slice(pattern, 0, start);
    self->suffix = str_from(pattern, end);
}

// Blanks at the end do not count unless escaped.
static Str cut_blanks(Str line) {
    uint32_t end = 0;
    for (uint32_t i = 0; i < line.len; i++) {
        bool is_escape = line.at[i] == '\\';
        if (is_escape) i++;
        if (is_escape || line.at[i] != ' ') end = i + 1;
    }
    return str_slice(line, 0, end);
}

static bool read_pattern(IgnorePattern *self, Arena *arena, Str line) {
    *self = (IgnorePattern){0};
    if (str_ends_with(line, STR("\r"))) line.len--;
    if (line.len == 0 || line.at[0] == '#') return false;
    line = cut_blanks(line);
    self->is_negated = str_starts_with(line, STR("!"));
    if (self->is_negated) line = str_from(line, 1);
    self->is_for_folders = str_ends_with(line, STR("/"));
    if (self->is_for_folders) line.len--;
    if (line.len == 0) return false;
    self->is_for_paths = str_contains(line, STR("/"));
    if (line.at[0] == '/') line = str_from(line, 1);
    find_literal_ends(self, line);
    read_items(self, arena, line);
    return true;
}

// ---- Matching ----

static bool is_in_class(Str name, unsigned char c) {
    static const struct {
        const char *name;
        int (*test)(int c);
    } classes[] = {
        {"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl},
        {"digit", isdigit}, {"graph", isgraph}, {"lower", islower}, {"print", isprint},
        {"punct", ispunct}, {"space", isspace}, {"upper", isupper}, {"xdigit", isxdigit},
    };
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (str_is(name, classes[i].name)) return c < 0x80 && classes[i].test(c) != 0;
    return false;
}

// The byte at `*at` of a set, an escape resolved; moves on.
static unsigned char set_byte(Str set, uint32_t *at) {
    if (set.at[*at] == '\\' && *at + 1 < set.len) ++*at;
    return (unsigned char)set.at[(*at)++];
}

static bool is_in_set(Str set, unsigned char c) {
    bool is_negated = set.len > 0 && (set.at[0] == '!' || set.at[0] == '^');
    bool found = false;
    for (uint32_t i = is_negated; i < set.len;) {
        if (str_starts_with(str_from(set, i), STR("[:"))) {
            uint32_t end = i + 2 + str_find(str_from(set, i + 2), STR(":]"));
            if (end < set.len) {
                found |= is_in_class(str_slice(set, i + 2, end), c);
                i = end + 2;
                continue;
            }
        }
        unsigned char low = set_byte(set, &i), high = low;
        if (i + 1 < set.len && set.at[i] == '-') {
            i++;
            high = set_byte(set, &i);
        }
        found |= low <= c && c <= high;
    }
    return found != is_negated;
}

// Marks the state and those that are reached from it without a byte.
static void enter(const IgnorePattern *self, char *states, uint32_t state) {
    for (; state < self->count; state++) {
        uint8_t kind = (uint8_t)self->items[state].kind;
        states[state] = 1;
        if (kind == ITEM_FOLDERS) {
            states[++state] = 1;
            continue;
        }
        if (kind != ITEM_NAME_STAR && kind != ITEM_PATH_STAR) return;
    }
    states[state] = 1;
}

static bool step(const IgnorePattern *self, const char *states, char *next, char byte) {
    memset(next, 0, self->count + 1);
    bool any = false;
    for (uint32_t i = 0; i < self->count; i++) {
        if (!states[i]) continue;
        const IgnoreItem *item = &self->items[i];
        uint32_t target = UINT32_MAX;
        switch ((ItemKind)item->kind) {
        case ITEM_BYTE: target = byte == item->byte ? i + 1 : UINT32_MAX; break;
        case ITEM_ANY: target = byte != '/' ? i + 1 : UINT32_MAX; break;
        case ITEM_SET:
            target = byte != '/' && is_in_set(item->set, (unsigned char)byte) ? i + 1 : UINT32_MAX;
            break;
        case ITEM_NAME_STAR: target = byte != '/' ? i : UINT32_MAX; break;
        case ITEM_PATH_STAR: target = i; break;
        case ITEM_FOLDERS_END:
            next[i] = 1;
            any = true;
            target = byte == '/' ? i + 1 : UINT32_MAX;
            break;
        case ITEM_FOLDERS:
        case ITEM_NOTHING: break;
        }
        if (target == UINT32_MAX) continue;
        enter(self, next, target);
        any = true;
    }
    return any;
}

static bool pattern_matches(const IgnorePattern *self, Str text) {
    if (!str_starts_with(text, self->prefix) || !str_ends_with(text, self->suffix)) return false;
    char *states = self->states, *next = states + self->count + 1;
    memset(states, 0, self->count + 1);
    enter(self, states, 0);
    for (uint32_t i = 0; i < text.len; i++) {
        if (!step(self, states, next, text.at[i])) return false;
        char *before = states;
        states = next, next = before;
    }
    return states[self->count] != 0;
}

bool ignores_path(const Ignores *self, Str path, bool is_folder) {
    Str name = path_name(path);
    for (; self != NULL; self = self->outer) {
        Str relative = str_from(path, self->folder.len + 1);
        for (uint32_t i = self->count; i-- > 0;) {
            const IgnorePattern *pattern = &self->patterns[i];
            if (pattern->is_for_folders && !is_folder) continue;
            if (pattern_matches(pattern, pattern->is_for_paths ? relative : name))
                return !pattern->is_negated;
        }
    }
    return false;
}

// ---- Files ----

const Ignores *ignores_of_text(Arena *arena, const Ignores *outer, Str folder, Str text) {
    VEC(IgnorePattern) patterns = {0};
    if (str_starts_with(text, STR("\xef\xbb\xbf"))) text = str_from(text, 3);
    Str line;
    while (str_split(&text, '\n', &line)) {
        IgnorePattern pattern;
        if (read_pattern(&pattern, arena, line)) vec_push(arena, &patterns, pattern);
    }
    Ignores *self = arena_new(arena, Ignores);
    *self = (Ignores){folder, patterns.at, patterns.len, outer};
    return self;
}

enum { MOST_BYTES = 1 << 20 }; // of one .gitignore

// `at` NULL where it cannot be read. Links are not followed: git does not either.
static Str read_small_file(Arena *arena, Str folder, const char *name) {
    const char *path = str_format(arena, "%.*s/%s", STR_ARG(folder), name).at;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (file < 0) return (Str){0};
    struct stat status;
    Str text = {0};
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= MOST_BYTES) {
        char *bytes = arena_alloc_raw(arena, (size_t)status.st_size + 1, 1);
        ssize_t got = read(file, bytes, (size_t)status.st_size);
        if (got >= 0) text = (Str){bytes, (uint32_t)got};
    }
    close(file);
    return text;
}

static const Ignores *add_file(Arena *arena, const Ignores *outer, Str folder, const char *name) {
    Str text = read_small_file(arena, folder, name);
    return text.at == NULL ? outer : ignores_of_text(arena, outer, folder, text);
}

const Ignores *ignores_of_folder(Arena *arena, const Ignores *outer, Str folder) {
    return add_file(arena, outer, folder, ".gitignore");
}

static bool has_git(Arena *arena, Str folder) {
    struct stat status;
    return lstat(str_format(arena, "%.*s/.git", STR_ARG(folder)).at, &status) == 0;
}

Str repository_around(Arena *arena, Str folder) {
    while (!has_git(arena, folder)) {
        if (folder.len == 0) return (Str){0};
        folder = str_slice(folder, 0, str_find_last_byte(folder, '/'));
    }
    return folder;
}

const Ignores *ignores_around(Arena *arena, Str folder) {
    Str root = repository_around(arena, folder);
    if (root.at == NULL) return ignores_of_folder(arena, NULL, folder);
    const Ignores *self = add_file(arena, NULL, root, ".git/info/exclude");
    for (uint32_t end = root.len;; end++) {
        if (end < folder.len && folder.at[end] != '/') continue;
        self = ignores_of_folder(arena, self, str_slice(folder, 0, end));
        if (end >= folder.len) return self;
    }
}
