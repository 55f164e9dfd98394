// An exception in the body of a with statement is raised at the context manager function's yield.
// What stands behind it is then skipped.

#include "base/search.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/names.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO409",
    .name = "unprotected-yield",
    .summary = "an @asynccontextmanager whose clean-up is skipped when the block fails",
    .why = "The with statement raises the exception of its block, cancellation included, at the\n"
           "yield. Clean-up behind it has to be in a finally clause or it does not run then.",
    .bad = "from contextlib import asynccontextmanager\nfrom typing import AsyncIterator\n\n\n"
           "class Pool:\n    async def close(self) -> None:\n        print(\"closed\")\n\n\n"
           "@asynccontextmanager\nasync def open_pool() -> AsyncIterator[Pool]:\n"
           "    pool = Pool()\n    yield pool\n    await pool.close()\n",
    .good = "from contextlib import asynccontextmanager\nfrom typing import AsyncIterator\n\n\n"
            "class Pool:\n    async def close(self) -> None:\n        print(\"closed\")\n\n\n"
            "@asynccontextmanager\nasync def open_pool() -> AsyncIterator[Pool]:\n"
            "    pool = Pool()\n    try:\n        yield pool\n    finally:\n"
            "        await pool.close()\n",
    .sources = "codehound CH047",
}};

static bool is_manager(File *file, const Node *function) {
    const Node *decorator = NULL;
    while ((decorator = decorator_after(function, decorator)) != NULL)
        if (str_is(qualified_name(file, decorator), "contextlib.asynccontextmanager")) return true;
    return false;
}

// Words that a name of a clean-up function begins with or ends in, between underscores.
static bool is_cleanup_word(Str word) {
    static const char *const words[] = {
        "aclose", "cancel",     "cleanup",     "close",       "delete",    "disconnect",
        "join",   "kill",       "release",     "remove",      "reset",     "restore",
        "rmtree", "shutdown",   "stop",        "teardown",    "terminate", "unlink",
        "unlock", "unregister", "unsubscribe", "wait_closed",
    };
    return STR_IS_ONE_OF(word, words);
}

static bool is_cleanup_name(Str name) {
    if (is_cleanup_word(name)) return true;
    Str rest = name, word;
    while (str_split(&rest, '_', &word))
        if (is_cleanup_word(word)) return true;
    return false;
}

static bool cleans_up(const File *file, const Node *node) {
    if (node->kind == NODE_DELETE_STATEMENT) return true;
    if (node->kind != NODE_CALL) return false;
    const Node *callee = node_child(node, FIELD_FUNCTION);
    if (callee != NULL && callee->kind == NODE_ATTRIBUTE)
        callee = node_child(callee, FIELD_ATTRIBUTE);
    return callee != NULL && is_cleanup_name(node_text(file, callee));
}

// What cleans up in the function that was looked at last, in document order.
typedef struct State {
    const Node *function;
    VEC(const Node *) cleanups;
} State;

static const State *cleanups_of(Pass *pass, const Node *function) {
    State *state = pass->state;
    if (state->function == function) return state;
    state->function = function;
    state->cleanups.len = 0;
    for (const Node *node = function + 1; node < node_end(function); node = next_of_body(node))
        if (cleans_up(pass->file, node)) vec_push(pass->arena, &state->cleanups, node);
    return state;
}

// The first one at `node` or behind it, or NULL.
static const Node *cleanup_from(const State *state, const Node *node) {
    uint32_t place = COUNT_BEFORE(i, state->cleanups.len, state->cleanups.at[i] < node);
    return place < state->cleanups.len ? state->cleanups.at[place] : NULL;
}

static bool is_handled(const Node *try_statement) {
    return node_child_of_kind(try_statement, NODE_FINALLY_CLAUSE) != NULL ||
           node_child_of_kind(try_statement, NODE_EXCEPT_CLAUSE) != NULL;
}

// The first clean-up statement that an exception at `yield` skips, or NULL.
static const Node *skipped_cleanup(Pass *pass, const Node *yield, const Node *function) {
    const State *state = cleanups_of(pass, function);
    for (const Node *inner = statement_of(yield); inner != function; inner = node_parent(inner)) {
        const Node *outer = node_parent(inner);
        bool is_tried = outer->kind == NODE_TRY_STATEMENT && inner->field == FIELD_BODY;
        if (is_tried && is_handled(outer)) return NULL;
        if (outer->kind != NODE_BLOCK) continue;
        const Node *next = cleanup_from(state, node_end(inner));
        if (next == NULL || next >= node_end(outer)) continue;
        while (node_parent(next) != outer)
            next = node_parent(next);
        return next;
    }
    return NULL;
}

static void visit_yield(Pass *pass, const Node *yield) {
    const Node *function = enclosing_function(yield);
    if (function == NULL || function->kind != NODE_FUNCTION_DEFINITION) return;
    if (!function_is_async(function) || !is_manager(pass->file, function)) return;
    const Node *cleanup = skipped_cleanup(pass, yield, function);
    if (cleanup == NULL) return;
    Position position = lines_position(&pass->file->lines, cleanup->start);
    Finding *finding = report(pass, &rules[0], node_span(yield),
                              "an exception in the block skips the clean-up behind this `yield`");
    finding_relate(finding, pass->file->source.path, position, "this clean-up");
}

static const NodeHook hooks[] = {{NODE_YIELD, visit_yield}};
const Check aio409_unprotected_yield = {
    .rules = LIST(rules), .on_node = LIST(hooks), .state_size = sizeof(State)};
