// ExceptionGroup.split() and subgroup() make their parts by derive(). Without it a subclass loses
// its type.

#include "facts/async_names.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/names.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC126",
    .name = "group-without-derive",
    .summary = "a subclass of ExceptionGroup without derive()",
    .why = "`except*` and task groups split exception groups. The parts are made by derive(), and\n"
           "the inherited one makes plain ExceptionGroups.",
    .bad = "class Failures(ExceptionGroup):\n    \"\"\"Several.\"\"\"\n",
    .good = "from typing import Sequence\n\n\nclass Failures(ExceptionGroup):\n"
            "    def derive(self, excs: Sequence[Exception]) -> \"Failures\":\n"
            "        return Failures(self.message, excs)\n",
    .sources = "flake8-async ASYNC126",
}};

static Str last_name(File *file, const Node *base) {
    if (base->kind == NODE_SUBSCRIPT) base = node_child(base, FIELD_VALUE);
    Str dotted = qualified_name(file, base);
    if (dotted.len == 0) dotted = node_text(file, base);
    uint32_t dot = str_find_last_byte(dotted, '.');
    return dot < dotted.len ? str_from(dotted, dot + 1) : dotted;
}

static bool is_group(File *file, const Node *class) {
    const Node *bases = node_child(class, FIELD_SUPERCLASSES);
    if (bases == NULL || !has_async_names(file)) return false;
    for_each_child(base, bases) {
        if (base->kind == NODE_KEYWORD_ARGUMENT) continue;
        Str name = last_name(file, base);
        if (str_is(name, "ExceptionGroup") || str_is(name, "BaseExceptionGroup")) return true;
    }
    return false;
}

static bool has_method(const File *file, const Node *class, const char *name) {
    const Node *block = node_block(class);
    for_each_child(statement, block) {
        const Node *definition = statement;
        if (statement->kind == NODE_DECORATED_DEFINITION)
            definition = node_child(statement, FIELD_DEFINITION);
        bool is_function = definition != NULL && definition->kind == NODE_FUNCTION_DEFINITION;
        if (is_function && str_is(own_name(file, definition), name)) return true;
    }
    return false;
}

static void visit_class(Pass *pass, const Node *class) {
    if (node_block(class) == NULL || !is_group(pass->file, class)) return;
    if (has_method(pass->file, class, "derive")) return;
    Str name = own_name(pass->file, class);
    report(pass, &rules[0], node_span(class),
           "`%.*s` has no `derive()`: its parts will be plain exception groups", STR_ARG(name));
}

static const NodeHook hooks[] = {{NODE_CLASS_DEFINITION, visit_class}};
const Check async126_group_without_derive = {.rules = LIST(rules), .on_node = LIST(hooks)};
