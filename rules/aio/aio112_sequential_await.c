// A loop that starts a coroutine and waits for it before it starts the next: where no turn needs
// anything from the one before, they could all run at the same time.

#include "facts/functions.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/uses.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO112",
    .name = "sequential-await",
    .summary = "independent coroutines are awaited one after the other",
    .why = "`await` in a loop waits for each coroutine before it starts the next: ten waits of a\n"
           "second take ten seconds. Started together, by `asyncio.gather()` or as tasks, they\n"
           "take one.",
    .bad = "import asyncio\nfrom typing import List\n\n\nasync def wait(n: int) -> int:\n"
           "    await asyncio.sleep(1)\n    return n\n\n\nasync def main() -> List[int]:\n"
           "    return [await wait(n) for n in range(10)]\n",
    .good = "import asyncio\nfrom typing import List\n\n\nasync def wait(n: int) -> int:\n"
            "    await asyncio.sleep(1)\n    return n\n\n\nasync def main() -> List[int]:\n"
            "    return await asyncio.gather(*[wait(n) for n in range(10)])\n",
    .sources = "eslint no-await-in-loop, wemake await-in-loop",
    .severity = SEVERITY_WARNING,
    .mild_in_async = true,
}};

static bool is_comprehension(const Node *node) {
    return node->kind == NODE_LIST_COMPREHENSION || node->kind == NODE_SET_COMPREHENSION ||
           node->kind == NODE_DICTIONARY_COMPREHENSION;
}

// What may stand between an `await` and its loop: anything else makes the turn more than a wait.
static bool is_transparent(const Node *node) {
    switch (node->kind) {
    case NODE_EXPRESSION_STATEMENT:
    case NODE_ASSIGNMENT:
    case NODE_CALL:
    case NODE_ARGUMENT_LIST:
    case NODE_PARENTHESIZED_EXPRESSION:
    case NODE_PAIR:
    case NODE_TUPLE:
    case NODE_EXPRESSION_LIST:
    case NODE_ATTRIBUTE:
    case NODE_SUBSCRIPT: return true;
    case NODE_BLOCK: return node_parent(node)->kind == NODE_FOR_STATEMENT;
    default: return false;
    }
}

// The `for` statement whose body, or the comprehension whose element, waits; or NULL.
static const Node *loop_around(const Node *await) {
    const Node *inner = await, *above = node_parent(await);
    while (above != NULL && is_transparent(above)) {
        inner = above;
        above = node_parent(above);
    }
    if (above == NULL || inner->field != FIELD_BODY) return NULL;
    bool is_loop = above->kind == NODE_FOR_STATEMENT || is_comprehension(above);
    return is_loop ? above : NULL;
}

// `async for` is paced by what it iterates over.
static bool is_async_loop(const Node *loop) {
    if (loop[1].kind == NODE_ASYNC) return true;
    for_each_child(clause, loop) {
        if (clause->kind == NODE_FOR_IN_CLAUSE && clause[1].kind == NODE_ASYNC) return true;
    }
    return false;
}

static bool belongs_to_inner_loop(const Node *jump, const Node *loop) {
    for (const Node *above = node_parent(jump); above != loop; above = node_parent(above))
        if (above->kind == NODE_FOR_STATEMENT || above->kind == NODE_WHILE_STATEMENT) return true;
    return false;
}

// Whether a turn may be the last one, or gives something out before the next.
static bool may_leave(const Node *loop) {
    for_each_descendant(inner, loop) {
        switch (inner->kind) {
        case NODE_RETURN_STATEMENT:
        case NODE_RAISE_STATEMENT:
        case NODE_YIELD:
        case NODE_DELETE_STATEMENT: return true;
        case NODE_BREAK_STATEMENT:
        case NODE_CONTINUE_STATEMENT:
            if (!belongs_to_inner_loop(inner, loop)) return true;
            break;
        default: break;
        }
    }
    return false;
}

static bool is_target_of(const Node *name, const Node *loop) {
    const Node *child = name;
    while (node_parent(child) != NULL && node_parent(child) != loop) {
        child = node_parent(child);
        if (child->kind == NODE_FOR_IN_CLAUSE) return node_parent(child) == loop;
    }
    return node_parent(child) == loop && child->field == FIELD_LEFT;
}

// Whether a turn changes what the variable stands for: binds it, or reads it outside the awaited
// call (calls its method, stores into it, hands it on).
static bool is_touched(const Variable *variable, const Node *loop, const Node *call) {
    uint32_t first = bindings_before(variable, loop);
    uint32_t end = bindings_before(variable, node_end(loop));
    for (uint32_t i = first; i < end; i++)
        if (!is_target_of(variable->bindings[i].name, loop)) return true;
    if (first < end) return false;
    const Node *body = node_child(loop, FIELD_BODY);
    return uses_before(variable, call) > uses_before(variable, body) ||
           uses_before(variable, node_end(body)) > uses_before(variable, node_end(call));
}

static bool depends_on_turns(File *file, const Node *call, const Node *loop) {
    for_each_descendant(inner, call) {
        if (inner->kind != NODE_IDENTIFIER) continue;
        const Variable *variable = variable_of(file, inner);
        if (variable != NULL && is_touched(variable, loop, call)) return true;
    }
    return false;
}

// asyncio's own coroutines wait for a time or for others: that is what a loop of them is for.
static bool is_asyncio(File *file, const Node *call) {
    return str_starts_with(callee_name(file, call), STR("asyncio."));
}

static bool is_given_to_gather(const Node *loop) {
    return node_parent(loop)->kind == NODE_LIST_SPLAT;
}

static bool has_other_await(const Node *await, const Node *loop) {
    for_each_descendant(inner, loop) {
        if (inner->kind == NODE_AWAIT && inner != await) return true;
    }
    return false;
}

static void visit_await(Pass *pass, const Node *await) {
    const Node *call = await->size > 1 ? node_unparenthesized(await + 1) : await;
    const Node *loop = loop_around(await);
    if (call->kind != NODE_CALL || loop == NULL || !is_in_coroutine(await)) return;
    if (has_other_await(await, loop) || is_async_loop(loop) || may_leave(loop)) return;
    if (is_asyncio(pass->file, call) || is_given_to_gather(loop)) return;
    if (depends_on_turns(pass->file, call, loop)) return;
    report(pass, &rules[0], node_span(await),
           "each turn waits for the one before: start them all and `await asyncio.gather(...)`");
}

static const NodeHook hooks[] = {{NODE_AWAIT, visit_await}};
const Check aio112_sequential_await = {.rules = LIST(rules), .on_node = LIST(hooks)};
