#include "facts/versions.h"

typedef struct Api {
    const char *path;
    uint16_t added, removed;
} Api;

typedef struct Deprecation {
    const char *path;
    uint16_t since;
    const char *instead;
} Deprecation;

#define API(path, added, removed) {path, added, removed},
static const Api in_asyncio[] = {
#include "facts/versions/asyncio.def"
};
static const Api in_builtins[] = {
#include "facts/versions/builtins.def"
};
static const Api in_concurrency[] = {
#include "facts/versions/concurrency.def"
};
static const Api in_data[] = {
#include "facts/versions/data.def"
};
static const Api in_files[] = {
#include "facts/versions/files.def"
};
static const Api in_language[] = {
#include "facts/versions/language.def"
};
static const Api in_network[] = {
#include "facts/versions/network.def"
};
static const Api in_typing[] = {
#include "facts/versions/typing.def"
};
static const Api unseen[] = {
#include "facts/versions/unseen.def"
};
#undef API

#define DEPRECATED(path, since, instead) {path, since, instead},
static const Deprecation deprecations[] = {
#include "facts/versions/deprecated.def"
};
#undef DEPRECATED

#define AREA(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }
static const struct {
    const Api *at;
    uint32_t count;
} areas[] = {AREA(in_asyncio), AREA(in_builtins), AREA(in_concurrency),
             AREA(in_data),    AREA(in_files),    AREA(in_language),
             AREA(in_network), AREA(in_typing),   AREA(unseen)};

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

// `path` as the tables write it: an instance's attribute is its class's. False where it is no path
// that they could hold.
static bool canonical_path(Str path, char out[LONGEST_PATH + 1]) {
    if (path.len > LONGEST_PATH) return false;
    uint32_t length = 0, from = 0;
    for (uint32_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        Str call = str_of(results[i].call);
        if (!str_starts_with(path, call) || path.len == call.len) continue;
        length = (uint32_t)strlen(results[i].instance);
        if (length + path.len - call.len > LONGEST_PATH) return false;
        memcpy(out, results[i].instance, length);
        from = call.len;
    }
    for (uint32_t i = from; i < path.len; i++) {
        bool is_call = path.at[i] == '(' && i + 1 < path.len && path.at[i + 1] == ')';
        if (is_call && i + 2 == path.len) return false;
        if (is_call)
            i++;
        else
            out[length++] = path.at[i];
    }
    out[length] = '\0';
    return true;
}

static const Api *find_in(const Api *area, uint32_t count, const char *path) {
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        int order = strcmp(path, area[middle].path);
        if (order == 0) return &area[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool api_find(Str path, ApiSpan *span) {
    char canonical[LONGEST_PATH + 1];
    *span = (ApiSpan){.instead = ""};
    if (path.len == 0 || !canonical_path(path, canonical)) return false;
    bool found = false;
    for (uint32_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
        const Api *api = find_in(areas[i].at, areas[i].count, canonical);
        if (api == NULL) continue;
        span->added = api->added;
        span->removed = api->removed;
        found = true;
    }
    for (uint32_t i = 0; i < sizeof deprecations / sizeof deprecations[0]; i++) {
        if (strcmp(deprecations[i].path, canonical) != 0) continue;
        span->deprecated = deprecations[i].since;
        span->instead = deprecations[i].instead;
        found = true;
    }
    return found;
}

// ---- Guards ----

// A condition's names that ask for a version or for what is there.
static bool asks_for_version(const File *file, const Node *condition) {
    for (const Node *node = condition; node < node_end(condition); node++) {
        if (node->kind != NODE_IDENTIFIER) continue;
        Str name = node_text(file, node);
        if (str_is(name, "version_info") || str_is(name, "hexversion") || str_is(name, "hasattr") ||
            str_is(name, "TYPE_CHECKING") || str_is(name, "find_spec") ||
            str_is(name, "python_version") || str_is(name, "python_version_tuple"))
            return true;
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

// Whether an `if` before `statement` in its block leaves by version.
static bool is_behind_leaving(const File *file, const Node *statement, const Node *block) {
    for_each_child(before, block) {
        if (before >= statement) return false;
        if (before->kind != NODE_IF_STATEMENT) continue;
        const Node *condition = node_child(before, FIELD_CONDITION);
        const Node *body = node_child(before, FIELD_CONSEQUENCE);
        if (condition == NULL || body == NULL || !leaves(body)) continue;
        if (asks_for_version(file, condition)) return true;
    }
    return false;
}

// A wide net, bare or for Exception, is meant for a missing module where it is thrown around an
// import, and for something else elsewhere.
static bool is_net_name(Str name, bool is_import) {
    static const char *const narrow[] = {"ImportError", "ModuleNotFoundError", "AttributeError",
                                         "NameError", "TypeError"};
    for (uint32_t i = 0; i < sizeof narrow / sizeof narrow[0]; i++)
        if (str_is(name, narrow[i])) return true;
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

bool is_version_guarded(const File *file, const Node *node) {
    bool is_import = node_ancestor(node, NODE_IMPORT_STATEMENT) != NULL ||
                     node_ancestor(node, NODE_IMPORT_FROM_STATEMENT) != NULL;
    const Node *below = node;
    for (const Node *above = node_parent(node); above != NULL;
         below = above, above = node_parent(above)) {
        const Node *condition = NULL;
        switch (above->kind) {
        case NODE_IF_STATEMENT:
        case NODE_ELIF_CLAUSE:
        case NODE_WHILE_STATEMENT: condition = node_child(above, FIELD_CONDITION); break;
        case NODE_CONDITIONAL_EXPRESSION:
        case NODE_BOOLEAN_OPERATOR: condition = above; break;
        case NODE_TRY_STATEMENT:
            if (catches_failure(file, above, is_import)) return true;
            break;
        case NODE_DECORATED_DEFINITION:
            if (is_skipped_by_decorator(file, above)) return true;
            break;
        case NODE_BLOCK:
        case NODE_MODULE:
            if (is_behind_leaving(file, below, above)) return true;
            break;
        default: break;
        }
        if (condition != NULL && asks_for_version(file, condition)) return true;
    }
    return false;
}
