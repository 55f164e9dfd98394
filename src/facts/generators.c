#include "facts/generators.h"

#include "facts/flow.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/names.h"
#include "facts/withs.h"

static bool holds_nothing(File *file, const Node *manager) {
    return manager->kind == NODE_CALL && (callee_is(file, manager, "contextlib.suppress") ||
                                          callee_is(file, manager, "contextlib.nullcontext"));
}

static bool with_holds_something(File *file, const Node *with_statement) {
    for (const Node *item = NULL; (item = with_item_after(with_statement, item)) != NULL;) {
        const Node *manager = with_item_value(item);
        if (manager != NULL && !holds_nothing(file, manager)) return true;
    }
    return false;
}

bool yield_holds_something(File *file, const Node *yield) {
    const Node *function = enclosing_function(yield);
    for (const Node *inner = yield; inner != function && node_parent(inner) != NULL;
         inner = node_parent(inner)) {
        const Node *outer = node_parent(inner);
        if (inner->field != FIELD_BODY) continue;
        if (outer->kind == NODE_WITH_STATEMENT && with_holds_something(file, outer)) return true;
        if (outer->kind == NODE_TRY_STATEMENT &&
            node_child_of_kind(outer, NODE_FINALLY_CLAUSE) != NULL)
            return true;
    }
    return false;
}

static bool is_jump(const Node *statement) {
    return statement->kind == NODE_BREAK_STATEMENT || statement->kind == NODE_RETURN_STATEMENT;
}

const Node *loop_left_early(const Node *loop) {
    const Node *block = loop->kind == NODE_FOR_STATEMENT ? node_block(loop) : NULL;
    if (block == NULL) return NULL;
    for (const Node *node = block + 1; node < node_end(block); node = next_of_body(node)) {
        bool is_own = node->kind == NODE_RETURN_STATEMENT || flow_loop_of(node) == loop;
        if (is_jump(node) && is_own) return node;
    }
    return NULL;
}
