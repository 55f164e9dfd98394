#include "facts/late_writes.h"

#include "facts/functions.h"
#include "facts/scopes.h"

static bool compares_with(const File *file, const Node *comparison, const char *operator) {
    const Node *sign = node_child(comparison, FIELD_OPERATORS);
    return sign != NULL && str_is(node_text(file, sign), operator);
}

static const Node *second_operand(const Node *comparison) {
    const Node *second = NULL;
    for_each_child(child, comparison) {
        if (child->kind != NODE_OPERATOR) second = child;
    }
    return second;
}

// What the condition says is not there: x of `x is None`, `not x` and `key not in x`; or NULL.
static const Node *tested_as_missing(const File *file, const Node *condition) {
    condition = node_unparenthesized(condition);
    if (condition->kind == NODE_NOT_OPERATOR) return node_child(condition, FIELD_ARGUMENT);
    if (condition->kind != NODE_COMPARISON_OPERATOR || node_child_count(condition) != 3)
        return NULL;
    const Node *second = second_operand(condition);
    if (compares_with(file, condition, "is") && second->kind == NODE_NONE)
        return node_first_child(condition);
    return compares_with(file, condition, "not in") ? second : NULL;
}

static bool is_shared(File *file, const Node *tested) {
    if (tested->kind == NODE_ATTRIBUTE) {
        const Node *object = node_child(tested, FIELD_OBJECT);
        return object != NULL && object->kind == NODE_IDENTIFIER &&
               str_is(node_text(file, object), "self");
    }
    if (tested->kind != NODE_IDENTIFIER) return false;
    const Variable *variable = variable_of(file, tested);
    return variable != NULL && variable_scope(file, variable)->kind == SCOPE_MODULE;
}

static const Node *assignment_in(const Node *statement) {
    const Node *inner = node_first_child(statement);
    bool is_one = statement->kind == NODE_EXPRESSION_STATEMENT && inner != NULL &&
                  inner->kind == NODE_ASSIGNMENT;
    return is_one ? inner : NULL;
}

static bool writes(const File *file, const Node *assignment, Str name) {
    const Node *target = node_child(assignment, FIELD_LEFT);
    if (target != NULL && target->kind == NODE_SUBSCRIPT) target = node_child(target, FIELD_VALUE);
    return target != NULL && str_eq(node_text(file, target), name);
}

// The first assignment to `name` among the block's statements, where an `await` comes before it is
// done; or NULL.
static const Node *write_after_wait(const File *file, const Node *block, Str name) {
    bool has_waited = false;
    for_each_child(statement, block) {
        const Node *assignment = assignment_in(statement);
        if (assignment != NULL && writes(file, assignment, name))
            return has_waited || has_await(statement) ? assignment : NULL;
        has_waited |= has_await(statement);
    }
    return NULL;
}

static bool is_guarded(const Node *node) {
    const Node *function = enclosing_function(node);
    for (const Node *above = node_parent(node); above != NULL && above != function;
         above = node_parent(above))
        if (above->kind == NODE_WITH_STATEMENT && above[1].kind == NODE_ASYNC) return true;
    return false;
}

const Node *late_write(File *file, const Node *if_statement, const Node **tested) {
    const Node *condition = node_child(if_statement, FIELD_CONDITION);
    const Node *block = node_child(if_statement, FIELD_CONSEQUENCE);
    if (condition == NULL || block == NULL) return NULL;
    *tested = tested_as_missing(file, condition);
    if (*tested == NULL || !is_in_coroutine(if_statement)) return NULL;
    if (!is_shared(file, *tested) || is_guarded(if_statement)) return NULL;
    return write_after_wait(file, block, node_text(file, *tested));
}
