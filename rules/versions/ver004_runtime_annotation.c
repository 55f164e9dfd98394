// Types that are worked out while the program runs, and that the target version cannot work out:
// `list[int]` before 3.9, `int | None` before 3.10. Where annotations are kept as text (strings,
// the
// __future__ import) or never looked at (variables of a function), anything goes.

#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/versions.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "VER004",
    .name = "run-time-annotation",
    .summary = "a type that the target version cannot evaluate",
    .why =
        "Annotations are evaluated when the `def` runs: `list[int]` fails before Python 3.9 and\n"
        "`int | None` before 3.10, with a TypeError at import. `from __future__ import\n"
        "annotations` keeps them as text; `typing.List` and `typing.Optional` always work.",
    .bad = "def mean(numbers: list[float]) -> float:\n    return sum(numbers)\n",
    .good = "from typing import List\n\n\ndef mean(numbers: List[float]) -> float:\n"
            "    return sum(numbers)\n",
    .sources = "vermin, ruff FA102",
}};

static bool has_future_annotations(Pass *pass) {
    bool *states = pass->state; // looked up, found
    if (states[0]) return states[1];
    states[0] = true;
    const Tree *tree = &pass->file->tree;
    for_each_child(statement, &tree->nodes[0]) {
        if (statement->kind != NODE_FUTURE_IMPORT_STATEMENT) continue;
        for_each_descendant(name, statement) {
            if (name->kind != NODE_IDENTIFIER) continue;
            states[1] |= str_is(node_text(pass->file, name), "annotations");
        }
    }
    return states[1];
}

// The annotation that `node` is in, or NULL.
static const Node *annotation_around(const Node *node) {
    const Node *found = NULL;
    for (const Node *above = node; above != NULL; above = node_parent(above)) {
        if (above->kind == NODE_TYPE) found = above;
        if (above->kind == NODE_BLOCK || above->kind == NODE_LAMBDA) break;
    }
    return found;
}

static bool is_evaluated(Pass *pass, const Node *node, const Node *annotation) {
    if (node_ancestor(node, NODE_TYPE_ALIAS_STATEMENT) != NULL) return false;
    if (annotation == NULL) return true;
    const Node *holder = node_parent(annotation);
    if (holder == NULL || holder->kind == NODE_TYPE_PARAMETER) return false;
    if (has_future_annotations(pass)) return false;
    if (holder->kind != NODE_ASSIGNMENT) return true;
    const Scope *scope = scope_of(pass->file, holder);
    return scope == NULL || (scope->kind != SCOPE_FUNCTION && scope->kind != SCOPE_LAMBDA);
}

static void check_subscription(Pass *pass, const Node *node) {
    const Node *base = node_first_child(node);
    if (base == NULL || (base->kind != NODE_IDENTIFIER && base->kind != NODE_ATTRIBUTE)) return;
    Str path = qualified_name(pass->file, base);
    if (path.len == 0 || str_find_byte(path, '(') < path.len) return; // an instance
    ApiSpan span;
    if (!api_find(str_join(pass->arena, path, STR("[]")), &span)) return;
    if (span.added <= pass->settings->target_version) return;
    if (!is_evaluated(pass, node, annotation_around(node))) return;
    if (is_version_guarded(pass->file, node)) return;
    report(pass, &rules[0], node_span(node), "`%.*s[…]` is evaluated here and needs Python %d.%d",
           STR_ARG(node_text(pass->file, base)), span.added / 100, span.added % 100);
}

static bool is_union(const File *file, const Node *node) {
    if (node->kind == NODE_UNION_TYPE) return true;
    if (node->kind != NODE_BINARY_OPERATOR) return false;
    const Node *sign = node_child(node, FIELD_OPERATOR);
    return sign != NULL && str_is(node_text(file, sign), "|");
}

static void check_union(Pass *pass, const Node *node) {
    if (pass->settings->target_version >= PYTHON(3, 10) || !is_union(pass->file, node)) return;
    const Node *parent = node_parent(node);
    if (parent != NULL && is_union(pass->file, parent)) return;
    const Node *annotation = annotation_around(node);
    if (annotation == NULL || !is_evaluated(pass, node, annotation)) return;
    for_each_child(operand, node) {
        if (operand->kind == NODE_STRING) return;
    }
    if (is_version_guarded(pass->file, node)) return;
    report(pass, &rules[0], node_span(node), "`%.*s` is evaluated here and needs Python 3.10",
           STR_ARG(node_text(pass->file, node)));
}

static const NodeHook hooks[] = {{NODE_BINARY_OPERATOR, check_union},
                                 {NODE_UNION_TYPE, check_union},
                                 {NODE_GENERIC_TYPE, check_subscription},
                                 {NODE_SUBSCRIPT, check_subscription}};
const Check ver004_runtime_annotation = {
    .rules = LIST(rules), .on_node = LIST(hooks), .state_size = 2 * sizeof(bool)};
