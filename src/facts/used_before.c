#include "facts/used_before.h"

#include "facts/functions.h"
#include "facts/names.h"
#include "facts/uses.h"

// `f(name)` of asyncio's functions that run or schedule a coroutine.
static bool is_given_to_asyncio(File *file, const Node *call) {
    static const char *const names[] = {"asyncio.run",
                                        "asyncio.create_task",
                                        "asyncio.ensure_future",
                                        "asyncio.wait_for",
                                        "asyncio.gather",
                                        "asyncio.shield",
                                        "asyncio.Task",
                                        "asyncio.get_event_loop().run_until_complete",
                                        "asyncio.get_event_loop().create_task",
                                        "asyncio.run_coroutine_threadsafe"};
    return STR_IS_ONE_OF(callee_name(file, call), names);
}

static bool uses_up(File *file, const Node *name) {
    Use use = use_of(file, name);
    if (use.kind == USE_AWAITED) return true;
    return use.kind == USE_ARGUMENT && is_given_to_asyncio(file, use.by);
}

// Whether the statement runs whenever a later one of its block does. A value in a condition, a
// `try` or a loop may not be reached; only plain statements count.
static bool is_certain(const Node *name) {
    for (const Node *above = node_parent(name); above != NULL; above = node_parent(above)) {
        switch (above->kind) {
        case NODE_EXPRESSION_STATEMENT:
        case NODE_RETURN_STATEMENT: return true;
        case NODE_BOOLEAN_OPERATOR:
        case NODE_CONDITIONAL_EXPRESSION:
        case NODE_LAMBDA:
        case NODE_IF_STATEMENT:
        case NODE_WHILE_STATEMENT:
        case NODE_LIST_COMPREHENSION:
        case NODE_GENERATOR_EXPRESSION: return false;
        default: break;
        }
    }
    return false;
}

static bool comes_certainly_before(const Node *first, const Node *second) {
    const Node *statement = statement_of(first);
    const Node *block = node_parent(statement);
    return block != NULL && is_certain(first) && statement->end <= second->start &&
           node_is_inside(second, block) && enclosing_function(first) == enclosing_function(second);
}

static bool leaves(const Node *statement) {
    return statement->kind == NODE_RETURN_STATEMENT || statement->kind == NODE_BREAK_STATEMENT ||
           statement->kind == NODE_RAISE_STATEMENT;
}

// Whether its block goes on to its end without leaving, from `first` on.
static bool reaches_end(const Node *first) {
    for (const Node *statement = first; statement != NULL; statement = node_next_sibling(statement))
        if (leaves(statement)) return false;
    return true;
}

static bool some_handler_goes_on(const Node *try) {
    for_each_child(clause, try) {
        if (clause->kind != NODE_EXCEPT_CLAUSE) continue;
        const Node *block = node_child_of_kind(clause, NODE_BLOCK);
        if (block != NULL && reaches_end(node_first_child(block))) return true;
    }
    return false;
}

static bool has_else(const Node *try) {
    return node_child_of_kind(try, NODE_ELSE_CLAUSE) != NULL ||
           node_child_of_kind(try, NODE_FINALLY_CLAUSE) != NULL;
}

// Whether a turn of `loop` that uses the value up at `name` can be followed by another one. Where a
// branch is on the way, it cannot be told.
static bool turns_again(const Node *name, const Node *loop) {
    const Node *body = node_child(loop, FIELD_BODY);
    const Node *inner = statement_of(name);
    bool goes_on = true;
    for (;;) {
        const Node *block = node_parent(inner);
        goes_on = goes_on && reaches_end(inner);
        if (block == body) return goes_on;
        const Node *owner = node_parent(block);
        if (owner->kind != NODE_TRY_STATEMENT || block->field != FIELD_BODY) return false;
        if (has_else(owner)) return false;
        if (some_handler_goes_on(owner)) goes_on = true;
        inner = owner;
    }
}

static bool is_used_up_by_loop(const Node *name, const Node *binding) {
    for (const Node *inner = name, *above = node_parent(name); above != NULL;
         inner = above, above = node_parent(above)) {
        if (above->kind == NODE_FUNCTION_DEFINITION || above->kind == NODE_LAMBDA) return false;
        bool is_loop = above->kind == NODE_FOR_STATEMENT || above->kind == NODE_WHILE_STATEMENT;
        if (!is_loop || inner->field != FIELD_BODY) continue;
        return !node_is_inside(binding, above) && turns_again(name, above);
    }
    return false;
}

bool is_used_before(File *file, const Node *name) {
    const Variable *variable = variable_of(file, name);
    const Node *value = variable == NULL ? NULL : plain_value(variable);
    if (value == NULL || value->kind != NODE_CALL || variable->binding_count != 1) return false;
    const Node *binding = variable->bindings[0].name;
    if (enclosing_function(binding) != enclosing_function(name) || !uses_up(file, name))
        return false;
    if (is_used_up_by_loop(name, binding)) return true;
    // Of many uses the first ones tell as much as all: the rest would be told of one by one anyway.
    enum { MOST_LOOKED_AT = 16 };
    for (uint32_t i = 0; i < variable->use_count && i < MOST_LOOKED_AT; i++) {
        const Node *earlier = variable->uses[i];
        if (earlier >= name) return false;
        if (uses_up(file, earlier) && comes_certainly_before(earlier, name)) return true;
    }
    return false;
}
