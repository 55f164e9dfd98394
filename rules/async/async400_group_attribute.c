// Behind `except*` stands a group of exceptions, not the exception.

#include "facts/functions.h"
#include "facts/handlers.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC400",
    .name = "group-attribute",
    .summary = "an attribute of a single exception, asked of the group that except* binds",
    .why = "`except* OSError as e` binds an ExceptionGroup, even where one exception was raised:\n"
           "`e.errno` is an AttributeError. The exceptions are in `e.exceptions`.",
    .bad = "def run() -> None:\n    try:\n        print()\n    except* OSError as e:\n"
           "        print(e.errno)\n",
    .good = "def run() -> None:\n    try:\n        print()\n    except* OSError as e:\n"
            "        print([error for error in e.exceptions])\n",
    .sources = "flake8-async ASYNC400",
}};

static bool is_group_attribute(Str name) {
    static const char *const names[] = {"message",  "exceptions",     "subgroup",
                                        "split",    "derive",         "args",
                                        "add_note", "with_traceback", "_is_protocol"};
    return STR_IS_ONE_OF(name, names) || is_dunder(name);
}

// Whether the target of an assignment or with item gives `name` another value.
static bool rebinds(const File *file, const Node *target, Str name) {
    if (target == NULL) return false;
    for (const Node *node = target; node < node_end(target); node++)
        if (node->kind == NODE_IDENTIFIER && str_eq(node_text(file, node), name)) return true;
    return false;
}

static bool is_of(const File *file, const Node *attribute, Str name) {
    const Node *object = node_child(attribute, FIELD_OBJECT);
    return object != NULL && object->kind == NODE_IDENTIFIER &&
           str_eq(node_text(file, object), name);
}

static void visit_except(Pass *pass, const Node *clause) {
    const Node *bound = except_name(clause), *block = node_block(clause);
    if (bound == NULL || block == NULL || !except_is_star(pass->file, clause)) return;
    Str name = node_text(pass->file, bound);
    for (const Node *node = block + 1; node < node_end(block); node = next_of_body(node)) {
        if (node->kind == NODE_ASSIGNMENT &&
            rebinds(pass->file, node_child(node, FIELD_LEFT), name))
            return;
        if (node->kind == NODE_AS_PATTERN_TARGET && rebinds(pass->file, node, name)) {
            if (node_ancestor(node, NODE_WITH_CLAUSE) != NULL) return;
        }
        if (node->kind != NODE_ATTRIBUTE || !is_of(pass->file, node, name)) continue;
        Str attribute = node_text(pass->file, node_child(node, FIELD_ATTRIBUTE));
        if (is_group_attribute(attribute)) continue;
        report(pass, &rules[0], node_span(node), "`%.*s` is an exception group: it has no `%.*s`",
               STR_ARG(name), STR_ARG(attribute));
    }
}

static const NodeHook hooks[] = {{NODE_EXCEPT_CLAUSE, visit_except}};
const Check async400_group_attribute = {.rules = LIST(rules), .on_node = LIST(hooks)};
