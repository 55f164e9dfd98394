// An exception taken out of a group and raised has lost what the group knew of it.

#include "base/vec.h"
#include "facts/handlers.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC123",
    .name = "raised-group-member",
    .summary = "a member of an exception group is raised",
    .why = "Raising it again overwrites its context and adds to its traceback: where it came from\n"
           "and what it was caused by is lost. A copy of it leaves the original alone.",
    .bad = "def run() -> None:\n    try:\n        print()\n    except ExceptionGroup as group:\n"
           "        raise group.exceptions[0]\n",
    .good = "import copy\n\n\ndef run() -> None:\n    try:\n        print()\n"
            "    except ExceptionGroup as group:\n"
            "        raise copy.copy(group.exceptions[0])\n",
    .sources = "flake8-async ASYNC123",
}};

// What a name or expression holds.
typedef enum Holds { HOLDS_OTHER, HOLDS_GROUP, HOLDS_LIST, HOLDS_MEMBER } Holds;

typedef struct Known {
    Str name;
    Holds holds;
} Known;

typedef struct Handler {
    Pass *pass;
    VEC(Known) known;
} Handler;

static Holds held_by_name(const Handler *handler, Str name) {
    for (uint32_t i = handler->known.len; i-- > 0;)
        if (str_eq(handler->known.at[i].name, name)) return handler->known.at[i].holds;
    return HOLDS_OTHER;
}

static bool is_group(Holds holds) {
    return holds == HOLDS_GROUP || holds == HOLDS_MEMBER; // a member may be a group itself
}

// From `.exceptions`, `[0]` and `.subgroup(…)` outwards: what each makes of what it is applied to.
static Holds applied(const Handler *handler, const Node *outer, Holds holds) {
    const File *file = handler->pass->file;
    if (outer->kind == NODE_SUBSCRIPT) return holds == HOLDS_LIST ? HOLDS_MEMBER : HOLDS_OTHER;
    const Node *attribute = node_child(outer, FIELD_ATTRIBUTE);
    if (outer->kind == NODE_ATTRIBUTE && attribute != NULL && is_group(holds)) {
        Str name = node_text(file, attribute);
        if (str_is(name, "exceptions")) return HOLDS_LIST;
        if (str_is(name, "subgroup") || str_is(name, "split")) return HOLDS_GROUP;
    }
    return HOLDS_OTHER;
}

// An expression is read from the name at its root outwards.
static Holds held_by(const Handler *handler, const Node *expression) {
    const Node *root = expression;
    while (root->size > 1 &&
           (root->kind == NODE_SUBSCRIPT || root->kind == NODE_ATTRIBUTE ||
            root->kind == NODE_CALL || root->kind == NODE_PARENTHESIZED_EXPRESSION))
        root++;
    if (root->kind != NODE_IDENTIFIER) return HOLDS_OTHER;
    Holds holds = held_by_name(handler, node_text(handler->pass->file, root));
    for (const Node *node = root; node != expression && holds != HOLDS_OTHER;) {
        node = node_parent(node);
        bool is_plain = node->kind == NODE_CALL || node->kind == NODE_PARENTHESIZED_EXPRESSION;
        if (!is_plain) holds = applied(handler, node, holds);
    }
    return holds;
}

static void remember(Handler *handler, const Node *name, Holds holds) {
    if (name->kind != NODE_IDENTIFIER || holds == HOLDS_OTHER) return;
    vec_push(handler->pass->arena, &handler->known,
             (Known){node_text(handler->pass->file, name), holds});
}

static void take_assignment(Handler *handler, const Node *assignment) {
    const Node *left = node_child(assignment, FIELD_LEFT);
    const Node *right = node_child(assignment, FIELD_RIGHT);
    if (left == NULL || right == NULL) return;
    Holds holds = held_by(handler, right);
    remember(handler, left, holds);
    bool is_several = left->kind == NODE_PATTERN_LIST || left->kind == NODE_TUPLE_PATTERN;
    if (!is_several || holds != HOLDS_GROUP) return;
    for_each_child(target, left) remember(handler, target, holds);
}

static void take_loop(Handler *handler, const Node *loop) {
    const Node *left = node_child(loop, FIELD_LEFT);
    const Node *right = node_child(loop, FIELD_RIGHT);
    if (left == NULL || right == NULL) return;
    if (held_by(handler, right) == HOLDS_LIST) remember(handler, left, HOLDS_MEMBER);
}

static void check_raise(Handler *handler, const Node *statement) {
    if (statement->size == 1 || statement[1].field == FIELD_CAUSE) return;
    if (held_by(handler, statement + 1) != HOLDS_MEMBER) return;
    report(handler->pass, &rules[0], node_span(statement),
           "a member of an exception group is raised: its context is lost");
}

static bool catches_groups(const File *file, const Node *clause) {
    if (except_is_star(file, clause)) return true;
    const Node *type = NULL;
    while ((type = except_type_after(clause, type)) != NULL)
        if (str_contains(node_text(file, type), STR("ExceptionGroup"))) return true;
    return false;
}

static void visit_except(Pass *pass, const Node *clause) {
    const Node *name = except_name(clause), *block = node_block(clause);
    if (name == NULL || block == NULL || !catches_groups(pass->file, clause)) return;
    Handler handler = {.pass = pass};
    remember(&handler, name, HOLDS_GROUP);
    for (const Node *node = block + 1; node < node_end(block);) {
        if (node->kind == NODE_ASSIGNMENT) take_assignment(&handler, node);
        if (node->kind == NODE_FOR_STATEMENT) take_loop(&handler, node);
        if (node->kind == NODE_RAISE_STATEMENT) check_raise(&handler, node);
        node = node->kind == NODE_EXCEPT_CLAUSE ? node_end(node) : node + 1;
    }
}

static const NodeHook hooks[] = {{NODE_EXCEPT_CLAUSE, visit_except}};
const Check async123_raised_group_member = {.rules = LIST(rules), .on_node = LIST(hooks)};
