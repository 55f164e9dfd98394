// Public modules, packages, classes, methods and functions without a docstring, told apart as
// pydocstyle does.

#include "facts/signature.h"
#include "rule/docstrings.h"

enum { D100, D101, D102, D103, D104, D105, D106, D107 };

#define WHY_DOCUMENT                                                                               \
    "Who meets the name, in `help()`, in an editor or in the documentation, reads the\n"           \
    "docstring first; without one, the code has to be read instead."

static const Rule rules[] = {
    [D100] = {.code = "D100",
              .name = "undocumented-module",
              .summary = "public module without a docstring",
              .why = WHY_DOCUMENT,
              .bad = "import asyncio\n\nDELAY = asyncio.sleep(0)\n",
              .good = "\"\"\"Wait for nothing.\"\"\"\nimport asyncio\n\nDELAY = asyncio.sleep(0)\n",
              .sources = "pydocstyle D100, flake8-docstrings D100, ruff D100, pylint C0114"},
    [D101] = {.code = "D101",
              .name = "undocumented-class",
              .summary = "public class without a docstring",
              .why = WHY_DOCUMENT,
              .bad = "\"\"\"Keep tasks.\"\"\"\n\n\nclass Tasks:\n    count = 0\n",
              .good =
                  "\"\"\"Keep tasks.\"\"\"\n\n\nclass Tasks:\n    \"\"\"Tasks by name.\"\"\"\n\n"
                  "    count = 0\n",
              .sources = "pydocstyle D101, flake8-docstrings D101, ruff D101, pylint C0115"},
    [D102] = {.code = "D102",
              .name = "undocumented-method",
              .summary = "public method without a docstring",
              .why = WHY_DOCUMENT,
              .bad = "\"\"\"Keep tasks.\"\"\"\n\n\nclass Tasks:\n    \"\"\"Tasks by name.\"\"\"\n\n"
                     "    def clear(self) -> None:\n        self.all = []\n",
              .good =
                  "\"\"\"Keep tasks.\"\"\"\n\n\nclass Tasks:\n    \"\"\"Tasks by name.\"\"\"\n\n"
                  "    def clear(self) -> None:\n        \"\"\"Forget every task.\"\"\"\n"
                  "        self.all = []\n",
              .sources = "pydocstyle D102, flake8-docstrings D102, ruff D102, pylint C0116"},
    [D103] = {.code = "D103",
              .name = "undocumented-function",
              .summary = "public function without a docstring",
              .why = WHY_DOCUMENT,
              .bad = "\"\"\"Wait.\"\"\"\n\n\nasync def wait() -> None:\n    pass\n",
              .good = "\"\"\"Wait.\"\"\"\n\n\nasync def wait() -> None:\n"
                      "    \"\"\"Return at once.\"\"\"\n",
              .sources = "pydocstyle D103, flake8-docstrings D103, ruff D103, pylint C0116"},
    [D104] = {.code = "D104",
              .name = "undocumented-package",
              .summary = "public package (`__init__.py`) without a docstring",
              .why = WHY_DOCUMENT,
              .no_example = "what makes a module a package is its file's name",
              .sources = "pydocstyle D104, flake8-docstrings D104, ruff D104, pylint C0114"},
    [D105] = {.code = "D105",
              .name = "undocumented-magic-method",
              .summary = "magic method of a public class without a docstring",
              .why = WHY_DOCUMENT,
              .bad = "\"\"\"Keep tasks.\"\"\"\n\n\nclass Tasks:\n    \"\"\"Tasks by name.\"\"\"\n\n"
                     "    def __len__(self) -> int:\n        return 0\n",
              .good =
                  "\"\"\"Keep tasks.\"\"\"\n\n\nclass Tasks:\n    \"\"\"Tasks by name.\"\"\"\n\n"
                  "    def __len__(self) -> int:\n        \"\"\"Count the tasks.\"\"\"\n"
                  "        return 0\n",
              .sources = "pydocstyle D105, flake8-docstrings D105, ruff D105"},
    [D106] = {.code = "D106",
              .name = "undocumented-nested-class",
              .summary = "public class in a public class without a docstring",
              .why = WHY_DOCUMENT,
              .bad = "\"\"\"Keep tasks.\"\"\"\n\n\nclass Tasks:\n    \"\"\"Tasks by name.\"\"\"\n\n"
                     "    class Options:\n        limit = 10\n",
              .good =
                  "\"\"\"Keep tasks.\"\"\"\n\n\nclass Tasks:\n    \"\"\"Tasks by name.\"\"\"\n\n"
                  "    class Options:\n        \"\"\"What may be set.\"\"\"\n\n"
                  "        limit = 10\n",
              .sources = "pydocstyle D106, flake8-docstrings D106, ruff D106, pylint C0115"},
    [D107] = {.code = "D107",
              .name = "undocumented-init",
              .summary = "`__init__` of a public class without a docstring",
              .why = WHY_DOCUMENT,
              .bad = "\"\"\"Keep tasks.\"\"\"\n\n\nclass Tasks:\n    \"\"\"Tasks by name.\"\"\"\n\n"
                     "    def __init__(self) -> None:\n        self.all = []\n",
              .good =
                  "\"\"\"Keep tasks.\"\"\"\n\n\nclass Tasks:\n    \"\"\"Tasks by name.\"\"\"\n\n"
                  "    def __init__(self) -> None:\n        \"\"\"Start without tasks.\"\"\"\n"
                  "        self.all = []\n",
              .sources = "pydocstyle D107, flake8-docstrings D107, ruff D107"},
};

static bool has_only_self(const Pass *pass, const Definition *method) {
    return signature_of(pass->arena, method->node).parameters.len == 1;
}

static const Rule *rule_of_method(const Pass *pass, const Definition *method) {
    const File *file = pass->file;
    Str name = definition_name(file, method);
    if (is_magic_name(name)) return &rules[D105];
    if (str_is(name, "__init__"))
        return pass->settings->ignore_self_only_init && has_only_self(pass, method) ? NULL
                                                                                    : &rules[D107];
    return definition_has_decorator(file, method, STR("overload")) ? NULL : &rules[D102];
}

// NULL where no docstring is asked for.
static const Rule *rule_of(const Pass *pass, const Definition *definition) {
    switch (definition->kind) {
    case DEFINITION_MODULE: return &rules[D100];
    case DEFINITION_PACKAGE: return &rules[D104];
    case DEFINITION_CLASS: return &rules[D101];
    case DEFINITION_NESTED_CLASS: return &rules[D106];
    case DEFINITION_METHOD: return rule_of_method(pass, definition);
    case DEFINITION_FUNCTION:
        return definition_has_decorator(pass->file, definition, STR("overload")) ? NULL
                                                                                 : &rules[D103];
    case DEFINITION_NESTED_FUNCTION: break;
    }
    return NULL;
}

static void check_definition(Pass *pass, const Definition *definition) {
    if (definition->docstring != NULL || !definition->is_public) return;
    const Rule *rule = rule_of(pass, definition);
    if (rule == NULL || !convention_has(pass->settings->convention, rule->code)) return;
    if (definition_is_module(definition)) {
        const char *what = definition->kind == DEFINITION_PACKAGE ? "package" : "module";
        report(pass, rule, (Span){0, 0}, "this %s has no docstring", what);
        return;
    }
    const char *what = definition_is_class(definition)           ? "class"
                       : definition->kind == DEFINITION_FUNCTION ? "function"
                                                                 : "method";
    report(pass, rule, node_span(definition->name), "%s `%.*s` has no docstring", what,
           STR_ARG(definition_name(pass->file, definition)));
}

static void check_tree(Pass *pass) {
    docstrings_for_each(pass, check_definition);
}

const Check d100_missing_docstring = {.rules = LIST(rules), .on_tree = check_tree};
