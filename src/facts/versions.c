#include "facts/versions.h"

#include "base/hash.h"

#include <pthread.h>

// Arrays in the place of pointers, here and in other long tables: the loader would have to write an
// address into each row at every start.
typedef struct Api {
    char path[96];
    uint16_t added, removed;
} Api;

typedef struct Deprecation {
    const char *path;
    uint16_t since;
    const char *instead;
} Deprecation;

#define API(path, added, removed) {path, added, removed},
static const Api apis[] = {
#include "facts/versions/asyncio.def"
#include "facts/versions/builtins.def"
#include "facts/versions/concurrency.def"
#include "facts/versions/data.def"
#include "facts/versions/files.def"
#include "facts/versions/language.def"
#include "facts/versions/network.def"
#include "facts/versions/typing.def"
#include "facts/versions/unseen.def"
};
#undef API

#define DEPRECATED(path, since, instead) {path, since, instead},
static const Deprecation deprecations[] = {
#include "facts/versions/deprecated.def"
};
#undef DEPRECATED

enum {
    API_COUNT = sizeof apis / sizeof apis[0],
    DEPRECATION_COUNT = sizeof deprecations / sizeof deprecations[0],
    ENTRY_COUNT = API_COUNT + DEPRECATION_COUNT,
    SLOT_COUNT = 8192,
};

_Static_assert(ENTRY_COUNT < SLOT_COUNT / 2, "slots are free where a search is to end");

typedef struct Slot {
    uint16_t entry; // from 1 on, `apis` and then `deprecations`; 0: free
    uint16_t print; // more of the path's hash: most paths that are asked for are none of these
} Slot;

// By the paths' hashes. Entries of the same path follow each other in their order.
static Slot slots[SLOT_COUNT];
static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

static Str entry_path(uint32_t entry) {
    return str_of(entry < API_COUNT ? apis[entry].path : deprecations[entry - API_COUNT].path);
}

static uint32_t next_slot(uint32_t slot) {
    return (slot + 1) % SLOT_COUNT;
}

static void fill_slots(void) {
    for (uint32_t i = 0; i < ENTRY_COUNT; i++) {
        uint64_t hash = hash64(entry_path(i));
        uint32_t slot = hash % SLOT_COUNT;
        while (slots[slot].entry != 0)
            slot = next_slot(slot);
        slots[slot] = (Slot){(uint16_t)(i + 1), (uint16_t)(hash >> 48)};
    }
}

// Calls whose results are instances of another class.
static const struct {
    const char *call, *instance;
} results[] = {
    {"asyncio.get_event_loop()", "asyncio.BaseEventLoop"},
    {"asyncio.get_running_loop()", "asyncio.BaseEventLoop"},
    {"asyncio.new_event_loop()", "asyncio.BaseEventLoop"},
    {"asyncio.create_task()", "asyncio.Task"},
    {"asyncio.current_task()", "asyncio.Task"},
    {"asyncio.ensure_future()", "asyncio.Task"},
    {"builtins.open()", "io.TextIOWrapper"},
};

enum { LONGEST_PATH = 127 };

// `path` as the tables write it, in `room` where it is not so already: an instance's attribute is
// its class's. Empty where it is no path that they could hold.
static Str canonical_path(Str path, char room[LONGEST_PATH]) {
    if (path.len > LONGEST_PATH) return (Str){0};
    if (str_find_byte(path, '(') == path.len) return path;
    uint32_t length = 0, from = 0;
    for (uint32_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        Str call = str_of(results[i].call);
        if (!str_starts_with(path, call) || path.len == call.len) continue;
        length = (uint32_t)strlen(results[i].instance);
        if (length + path.len - call.len > LONGEST_PATH) return (Str){0};
        memcpy(room, results[i].instance, length);
        from = call.len;
    }
    for (uint32_t i = from; i < path.len; i++) {
        bool is_call = path.at[i] == '(' && i + 1 < path.len && path.at[i + 1] == ')';
        if (is_call && i + 2 == path.len) return (Str){0};
        if (is_call)
            i++;
        else
            room[length++] = path.at[i];
    }
    return (Str){room, length};
}

static void add_entry(ApiSpan *span, uint32_t entry) {
    if (entry < API_COUNT) {
        span->added = apis[entry].added;
        span->removed = apis[entry].removed;
    } else {
        span->deprecated = deprecations[entry - API_COUNT].since;
        span->instead = deprecations[entry - API_COUNT].instead;
    }
}

bool api_find(Str path, ApiSpan *span) {
    char room[LONGEST_PATH];
    *span = (ApiSpan){.instead = ""};
    path = canonical_path(path, room);
    if (path.len == 0) return false;
    pthread_once(&slots_once, fill_slots);
    uint64_t hash = hash64(path);
    bool found = false;
    for (uint32_t slot = hash % SLOT_COUNT; slots[slot].entry != 0; slot = next_slot(slot)) {
        uint32_t entry = slots[slot].entry - 1u;
        if (slots[slot].print != hash >> 48 || !str_eq(entry_path(entry), path)) continue;
        add_entry(span, entry);
        found = true;
    }
    return found;
}

// ---- Guards ----

// A condition's names that ask for a version or for what is there.
static bool asks_for_version(const File *file, const Node *condition) {
    static const char *const askers[] = {"version_info",        "hexversion", "hasattr",
                                         "TYPE_CHECKING",       "find_spec",  "python_version",
                                         "python_version_tuple"};
    for (const Node *node = condition; node < node_end(condition); node++) {
        if (node->kind != NODE_IDENTIFIER) continue;
        Str name = node_text(file, node);
        if (STR_IS_ONE_OF(name, askers)) return true;
        // PY38, PY_311, IS_PY3, py37_or_later …
        uint32_t at = str_find(name, STR("PY"));
        if (at == name.len) at = str_find(name, STR("py"));
        uint32_t digit = at + 2 < name.len && name.at[at + 2] == '_' ? at + 3 : at + 2;
        if (digit < name.len && name.at[digit] >= '2' && name.at[digit] <= '4') return true;
    }
    return false;
}

static bool leaves(const Node *block) {
    for_each_child(statement, block) {
        switch (statement->kind) {
        case NODE_RETURN_STATEMENT:
        case NODE_RAISE_STATEMENT:
        case NODE_CONTINUE_STATEMENT:
        case NODE_BREAK_STATEMENT: return true;
        default: break;
        }
    }
    return false;
}

static bool leaves_by_version(const File *file, const Node *node) {
    if (node->kind != NODE_IF_STATEMENT) return false;
    const Node *condition = node_child(node, FIELD_CONDITION);
    const Node *body = node_child(node, FIELD_CONSEQUENCE);
    return condition != NULL && body != NULL && leaves(body) && asks_for_version(file, condition);
}

// By node. An answer is two bits, KNOWN and YES, for what is inside and no import, and two more for
// an import.
struct VersionGuards {
    // Of each block, how many nodes behind it the first `if` in it stands that leaves by version; 0
    // where none does. NULL where none in the file does.
    uint32_t *first_exit;
    uint8_t *answers;
};

enum { KNOWN = 1, YES = 2, ANSWER_BITS = 2 };

static VersionGuards *guards_of(File *file) {
    if (file->guards != NULL) return file->guards;
    VersionGuards *guards = arena_new(file->arena, VersionGuards);
    const Tree *tree = &file->tree;
    guards->answers = arena_array(file->arena, uint8_t, tree->count);
    for (const Node *node = tree->nodes + 1; node < tree->nodes + tree->count; node++) {
        if (!leaves_by_version(file, node)) continue;
        if (guards->first_exit == NULL)
            guards->first_exit = arena_array(file->arena, uint32_t, tree->count);
        uint32_t *first = &guards->first_exit[node - node->up - tree->nodes];
        if (*first == 0) *first = node->up;
    }
    return file->guards = guards;
}

// Whether an `if` before `statement` in its block leaves by version.
static bool is_behind_leaving(File *file, const Node *statement, const Node *block) {
    const VersionGuards *guards = guards_of(file);
    if (guards->first_exit == NULL) return false;
    uint32_t first = guards->first_exit[block - file->tree.nodes];
    return first != 0 && block + first < statement;
}

// A wide net, bare or for Exception, is meant for a missing module where it is thrown around an
// import, and for something else elsewhere.
static bool is_net_name(Str name, bool is_import) {
    static const char *const narrow[] = {"ImportError", "ModuleNotFoundError", "AttributeError",
                                         "NameError", "TypeError"};
    if (STR_IS_ONE_OF(name, narrow)) return true;
    return is_import && (str_is(name, "Exception") || str_is(name, "BaseException"));
}

static bool catches_failure(const File *file, const Node *try_statement, bool is_import) {
    for_each_child(clause, try_statement) {
        if (clause->kind != NODE_EXCEPT_CLAUSE) continue;
        const Node *first = node_first_child(clause);
        if (first == NULL || first->kind == NODE_BLOCK) {
            if (is_import) return true;
            continue;
        }
        for (const Node *node = first; node < node_end(first); node++)
            if (node->kind == NODE_IDENTIFIER && is_net_name(node_text(file, node), is_import))
                return true;
    }
    return false;
}

static bool is_skipped_by_decorator(const File *file, const Node *definition) {
    for_each_child(child, definition) {
        if (child->kind == NODE_DECORATOR && asks_for_version(file, child)) return true;
    }
    return false;
}

static bool find_guard(const File *file, const Node *node, bool is_import) {
    switch (node->kind) {
    case NODE_IF_STATEMENT:
    case NODE_ELIF_CLAUSE:
    case NODE_WHILE_STATEMENT: {
        const Node *condition = node_child(node, FIELD_CONDITION);
        return condition != NULL && asks_for_version(file, condition);
    }
    case NODE_CONDITIONAL_EXPRESSION:
    case NODE_BOOLEAN_OPERATOR: return asks_for_version(file, node);
    case NODE_TRY_STATEMENT: return catches_failure(file, node, is_import);
    case NODE_DECORATED_DEFINITION: return is_skipped_by_decorator(file, node);
    default: return false;
    }
}

// Whether `node` guards all that is inside it. Asked once for each: it may hold thousands of
// candidates, and as many handlers or decorators.
static bool guards_all(File *file, const Node *node, bool is_import) {
    uint8_t *answers = &guards_of(file)->answers[node - file->tree.nodes];
    unsigned shift = is_import ? ANSWER_BITS : 0;
    if (!(*answers >> shift & KNOWN)) {
        unsigned answer = KNOWN | (find_guard(file, node, is_import) ? YES : 0);
        *answers |= (uint8_t)(answer << shift);
    }
    return (*answers >> shift & YES) != 0;
}

bool is_version_guarded(File *file, const Node *node) {
    bool is_import = node_ancestor(node, NODE_IMPORT_STATEMENT) != NULL ||
                     node_ancestor(node, NODE_IMPORT_FROM_STATEMENT) != NULL;
    const Node *below = node;
    for (const Node *above = node_parent(node); above != NULL;
         below = above, above = node_parent(above)) {
        bool is_block = above->kind == NODE_BLOCK || above->kind == NODE_MODULE;
        bool is_guarded =
            is_block ? is_behind_leaving(file, below, above) : guards_all(file, above, is_import);
        if (is_guarded) return true;
    }
    return false;
}
