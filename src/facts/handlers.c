#include "facts/handlers.h"

#include "facts/async_names.h"
#include "facts/names.h"

const Node *node_block(const Node *clause) {
    const Node *body = node_child(clause, FIELD_BODY);
    if (body == NULL) body = node_child(clause, FIELD_CONSEQUENCE);
    return body != NULL ? body : node_child_of_kind(clause, NODE_BLOCK);
}

// An expression that stands for others: the flat tree has these before what they hold.
static bool is_wrapping(const Node *node) {
    return node->kind == NODE_AS_PATTERN || node->kind == NODE_TUPLE ||
           node->kind == NODE_PARENTHESIZED_EXPRESSION || node->kind == NODE_LIST_SPLAT;
}

const Node *except_type_after(const Node *except_clause, const Node *previous) {
    const Node *node = previous == NULL ? except_clause + 1 : node_end(previous);
    for (; node < node_end(except_clause); node += is_wrapping(node) ? 1 : node->size) {
        if (node->kind == NODE_BLOCK) return NULL;
        if (node->kind == NODE_AS_PATTERN_TARGET || is_wrapping(node)) continue;
        return node;
    }
    return NULL;
}

bool except_is_bare(const Node *except_clause) {
    return except_clause->size > 1 && except_clause[1].kind == NODE_BLOCK;
}

bool except_is_star(const File *file, const Node *except_clause) {
    Str text = node_text(file, except_clause), keyword = STR("except");
    Str rest = str_trim(str_from(text, keyword.len));
    return rest.len > 0 && rest.at[0] == '*';
}

const Node *except_name(const Node *except_clause) {
    const Node *pattern = node_child_of_kind(except_clause, NODE_AS_PATTERN);
    if (pattern == NULL) return NULL;
    const Node *target = node_child_of_kind(pattern, NODE_AS_PATTERN_TARGET);
    return target == NULL ? NULL : node_first_child(target);
}

const Node *except_names(File *file, const Node *except_clause, const char *dotted) {
    const Node *type = NULL;
    while ((type = except_type_after(except_clause, type)) != NULL)
        if (str_is(qualified_name(file, type), dotted)) return type;
    return NULL;
}

static bool is_cancelled_error(Str dotted, bool with_futures) {
    if (str_is(dotted, "anyio.get_cancelled_exc_class()")) return true;
    if (str_is(dotted, "asyncio.CancelledError")) return true;
    if (str_is(dotted, "asyncio.exceptions.CancelledError")) return true;
    return with_futures && str_is(dotted, "concurrent.futures.CancelledError");
}

const Node *except_cancellation(File *file, const Node *except_clause, bool with_futures,
                                bool *is_named) {
    *is_named = false;
    if (except_is_bare(except_clause)) return except_clause;
    if (!has_async_names(file)) return NULL;
    const Node *type = NULL;
    while ((type = except_type_after(except_clause, type)) != NULL) {
        Str dotted = qualified_name(file, type);
        *is_named = is_cancelled_error(dotted, with_futures);
        if (*is_named || str_is(dotted, "builtins.BaseException")) return type;
    }
    return NULL;
}

bool try_catches_all(File *file, const Node *try_statement) {
    for_each_child(clause, try_statement) {
        if (clause->kind != NODE_EXCEPT_CLAUSE) continue;
        if (except_is_bare(clause)) return true;
        if (except_names(file, clause, "builtins.BaseException") != NULL) return true;
    }
    return false;
}
