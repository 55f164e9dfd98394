// `self.total += await f()` reads self.total before it waits: what other tasks add meanwhile is
// overwritten.

#include "facts/functions.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO301",
    .name = "lost-update",
    .summary = "shared state is read before an `await` and written after it",
    .why = "`x += await f()` takes the value of x first, then waits, then stores the sum. What\n"
           "other tasks add to x in the meantime is lost. Wait first, then add.",
    .bad = "import asyncio\n\n\nasync def size(url: str) -> int:\n    await asyncio.sleep(1)\n"
           "    return len(url)\n\n\nclass Stats:\n    total = 0\n\n"
           "    async def add(self, url: str) -> None:\n        self.total += await size(url)\n",
    .good = "import asyncio\n\n\nasync def size(url: str) -> int:\n    await asyncio.sleep(1)\n"
            "    return len(url)\n\n\nclass Stats:\n    total = 0\n\n"
            "    async def add(self, url: str) -> None:\n        length = await size(url)\n"
            "        self.total += length\n",
    .sources = "eslint require-atomic-updates",
}};

static const Node *root_of(const Node *target) {
    while (target->kind == NODE_ATTRIBUTE || target->kind == NODE_SUBSCRIPT) {
        bool is_attribute = target->kind == NODE_ATTRIBUTE;
        const Node *owner = node_child(target, is_attribute ? FIELD_OBJECT : FIELD_VALUE);
        if (owner == NULL) return target;
        target = node_unparenthesized(owner);
    }
    return target;
}

// Whether the function made the object itself, or holds it under a name of its own.
static bool is_own_object(File *file, const Variable *variable, const Node *function) {
    if (variable_scope(file, variable)->node != function) return false;
    for (uint32_t i = 0; i < variable->binding_count; i++)
        if (variable->bindings[i].kind == BINDING_PARAMETER) return false;
    return true;
}

// Whether other tasks may see what `target` names.
static bool is_shared(File *file, const Node *target) {
    const Node *root = root_of(target);
    if (root->kind != NODE_IDENTIFIER) return false;
    const Variable *variable = variable_of(file, root);
    if (variable == NULL) return false;
    const Node *function = enclosing_function(target);
    if (root == target) return variable_scope(file, variable)->node != function;
    return !is_own_object(file, variable, function);
}

// A lock, most likely: what else is held over a read and a write.
static bool is_guarded(const Node *node) {
    const Node *function = enclosing_function(node);
    for (const Node *above = node_parent(node); above != NULL && above != function;
         above = node_parent(above))
        if (above->kind == NODE_WITH_STATEMENT && above[1].kind == NODE_ASYNC) return true;
    return false;
}

static bool makes_container(File *file, const Node *value) {
    static const char *const containers[] = {"builtins.list", "builtins.set", "collections.deque"};
    switch (value->kind) {
    case NODE_LIST:
    case NODE_SET:
    case NODE_DICTIONARY:
    case NODE_LIST_COMPREHENSION:
    case NODE_SET_COMPREHENSION:
    case NODE_DICTIONARY_COMPREHENSION: return true;
    case NODE_CALL: return STR_IS_ONE_OF(callee_name(file, value), containers);
    default: return false;
    }
}

// `+=` on a list changes the list itself: nothing that others added is overwritten.
static bool is_container(File *file, const Node *target) {
    const Node *root = root_of(target);
    const Variable *variable = variable_of(file, root);
    if (root == target) {
        for (uint32_t i = 0; i < variable->binding_count; i++)
            if (variable->bindings[i].value != NULL &&
                makes_container(file, variable->bindings[i].value))
                return true;
        return false;
    }
    bool is_class;
    const Node *class = class_of_self(file, variable, &is_class);
    const Node *name = node_child(target, FIELD_ATTRIBUTE);
    if (class == NULL || name == NULL || node_parent(root) != target) return false;
    const Attribute *attribute = class_attribute(file, class, node_text(file, name));
    return attribute != NULL && attribute->value != NULL && makes_container(file, attribute->value);
}

// `|=`, `&=` and `^=` are mostly those of sets, which change in place as well.
static bool changes_in_place(File *file, const Node *statement, const Node *target) {
    const Node *sign = node_child(statement, FIELD_OPERATOR);
    if (sign == NULL) return false;
    Str text = node_text(file, sign);
    if (text.len > 0 && (text.at[0] == '|' || text.at[0] == '&' || text.at[0] == '^')) return true;
    return str_is(text, "+=") && is_container(file, target);
}

static void check_update(Pass *pass, const Node *statement, const Node *target, const Node *value) {
    if (!is_in_coroutine(statement) || !has_await(value) || is_guarded(statement)) return;
    if (!is_shared(pass->file, target)) return;
    Str name = node_text(pass->file, target);
    report(pass, &rules[0], node_span(statement),
           "`%.*s` is read before the `await` and written after it: updates get lost",
           STR_ARG(name));
}

static void visit_augmented(Pass *pass, const Node *statement) {
    const Node *target = node_child(statement, FIELD_LEFT);
    const Node *value = node_child(statement, FIELD_RIGHT);
    if (target == NULL || value == NULL || !is_in_coroutine(statement)) return;
    if (!is_shared(pass->file, target) || changes_in_place(pass->file, statement, target)) return;
    check_update(pass, statement, target, value);
}

// `x = x + await f()`; `x = await f() + x` waits first.
static void visit_assignment(Pass *pass, const Node *statement) {
    const Node *target = node_child(statement, FIELD_LEFT);
    const Node *sum = node_child(statement, FIELD_RIGHT);
    if (target == NULL || sum == NULL || sum->kind != NODE_BINARY_OPERATOR) return;
    const Node *left = node_child(sum, FIELD_LEFT), *right = node_child(sum, FIELD_RIGHT);
    if (left == NULL || right == NULL) return;
    if (!str_eq(node_text(pass->file, left), node_text(pass->file, target))) return;
    check_update(pass, statement, target, right);
}

static const NodeHook hooks[] = {{NODE_AUGMENTED_ASSIGNMENT, visit_augmented},
                                 {NODE_ASSIGNMENT, visit_assignment}};
const Check aio301_lost_update = {.rules = LIST(rules), .on_node = LIST(hooks)};
