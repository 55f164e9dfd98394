// pytest.raises(ExceptionGroup) accepts any group, whatever is in it.

#include "facts/async_names.h"
#include "facts/functions.h"
#include "facts/names.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC401",
    .name = "raises-group",
    .summary = "pytest.raises() with an exception group",
    .why = "The test passes for a group of anything. pytest.RaisesGroup says which exceptions\n"
           "have to be in it.",
    .bad = "import pytest\n\n\ndef test() -> None:\n    with pytest.raises(ExceptionGroup):\n"
           "        print()\n",
    .good = "import pytest\n\n\ndef test() -> None:\n    with pytest.RaisesGroup(ValueError):\n"
            "        print()\n",
    .sources = "flake8-async ASYNC401",
}};

static bool is_group(File *file, const Node *expression) {
    Str dotted = qualified_name(file, expression);
    static const char *const modules[] = {"builtins.", "exceptiongroup.", ""};
    for (size_t i = 0; dotted.len > 0 && i < sizeof modules / sizeof modules[0]; i++) {
        Str module = str_of(modules[i]);
        if (!str_starts_with(dotted, module)) continue;
        Str name = str_from(dotted, module.len);
        if (str_is(name, "ExceptionGroup") || str_is(name, "BaseExceptionGroup")) return true;
    }
    return false;
}

static bool expects_group(File *file, const Node *expected) {
    expected = node_unparenthesized(expected);
    if (expected->kind != NODE_TUPLE) return is_group(file, expected);
    for_each_descendant(element, expected) if (is_group(file, element)) return true;
    return false;
}

static void visit_call(Pass *pass, const Node *call) {
    if (!has_async_names(pass->file)) return;
    if (!callee_is(pass->file, call, "pytest.raises")) return;
    const Node *expected = call_argument(pass->file, call, 0, "expected_exception");
    if (expected == NULL || !expects_group(pass->file, expected)) return;
    report(pass, &rules[0], node_span(call),
           "any exception group passes: `pytest.RaisesGroup` says what is in it");
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check async401_raises_group = {.rules = LIST(rules), .on_node = LIST(hooks)};
