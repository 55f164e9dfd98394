// Parameters and results without an annotation, and annotations that say nothing: what
// flake8-annotations 3.3 reports, with its options.
//
// Two of its habits are kept because suppressions rely on them: only a function's first decorator
// counts as dispatch or overload, and every later function of an overloaded name is taken for the
// implementation.

#include "facts/docstring.h"
#include "facts/functions.h"
#include "facts/signature.h"
#include "rule/layout.h"
#include "rule/style.h"
#include "rule/type_comments.h"

enum {
    ANN001,
    ANN002,
    ANN003,
    ANN101,
    ANN102,
    ANN201,
    ANN202,
    ANN203,
    ANN204,
    ANN205,
    ANN206,
    ANN401,
    ANN402,
};

#define WHY_ANNOTATE                                                                               \
    "An annotation tells the reader and the type checker what goes in and what comes out;\n"       \
    "without one, every caller has to find out by reading the body."

#define SOURCES(code) "flake8-annotations " code ", ruff " code

static const Rule rules[] = {
    [ANN001] = {.code = "ANN001",
                .name = "untyped-parameter",
                .summary = "parameter without an annotation",
                .why = WHY_ANNOTATE,
                .bad = "async def wait(seconds) -> None:\n    pass\n",
                .good = "async def wait(seconds: float) -> None:\n    pass\n",
                .sources = SOURCES("ANN001")},
    [ANN002] = {.code = "ANN002",
                .name = "untyped-args",
                .summary = "`*args` without an annotation",
                .why = WHY_ANNOTATE,
                .bad = "def total(*numbers) -> float:\n    return sum(numbers)\n",
                .good = "def total(*numbers: float) -> float:\n    return sum(numbers)\n",
                .sources = SOURCES("ANN002")},
    [ANN003] = {.code = "ANN003",
                .name = "untyped-kwargs",
                .summary = "`**kwargs` without an annotation",
                .why = WHY_ANNOTATE,
                .bad = "def count(**names) -> int:\n    return len(names)\n",
                .good = "def count(**names: str) -> int:\n    return len(names)\n",
                .sources = SOURCES("ANN003")},
    [ANN101] = {.code = "ANN101",
                .name = "untyped-self",
                .summary = "`self` without an annotation",
                .why = "Some code bases annotate `self`, so that a method can return its own type.",
                .bad = "class Tasks:\n    def clear(self) -> None:\n        pass\n",
                .good = "class Tasks:\n    def clear(self: 'Tasks') -> None:\n        pass\n",
                .sources = SOURCES("ANN101"),
                .selectable = true},
    [ANN102] = {.code = "ANN102",
                .name = "untyped-cls",
                .summary = "`cls` of a class method without an annotation",
                .why = "Some code bases annotate `cls`, so that a class method can return its own "
                       "type.",
                .bad = "class Tasks:\n    @classmethod\n    def clear(cls) -> None:\n"
                       "        pass\n",
                .good = "class Tasks:\n    @classmethod\n    def clear(cls: type) -> None:\n"
                        "        pass\n",
                .sources = SOURCES("ANN102"),
                .selectable = true},
    [ANN201] = {.code = "ANN201",
                .name = "untyped-public-return",
                .summary = "public function without a return annotation",
                .why = WHY_ANNOTATE,
                .bad = "async def wait(seconds: float):\n    print(seconds)\n",
                .good = "async def wait(seconds: float) -> None:\n    print(seconds)\n",
                .sources = SOURCES("ANN201"),
                .fix = FIX_UNSAFE},
    [ANN202] = {.code = "ANN202",
                .name = "untyped-protected-return",
                .summary = "function with a leading underscore without a return annotation",
                .why = WHY_ANNOTATE,
                .bad = "async def _wait(seconds: float):\n    print(seconds)\n",
                .good = "async def _wait(seconds: float) -> None:\n    print(seconds)\n",
                .sources = SOURCES("ANN202"),
                .fix = FIX_UNSAFE},
    [ANN203] = {.code = "ANN203",
                .name = "untyped-secret-return",
                .summary = "function with two leading underscores without a return annotation",
                .why = WHY_ANNOTATE,
                .bad = "async def __wait(seconds: float):\n    print(seconds)\n",
                .good = "async def __wait(seconds: float) -> None:\n    print(seconds)\n",
                .sources = SOURCES("ANN203"),
                .fix = FIX_UNSAFE},
    [ANN204] = {.code = "ANN204",
                .name = "untyped-special-return",
                .summary = "special method without a return annotation",
                .why = WHY_ANNOTATE,
                .bad = "class Tasks:\n    def __init__(self):\n        self.all = []\n",
                .good = "class Tasks:\n    def __init__(self) -> None:\n        self.all = []\n",
                .sources = SOURCES("ANN204"),
                .fix = FIX_UNSAFE},
    [ANN205] = {.code = "ANN205",
                .name = "untyped-static-return",
                .summary = "static method without a return annotation",
                .why = WHY_ANNOTATE,
                .bad = "class Tasks:\n    @staticmethod\n    def show():\n        print(10)\n",
                .good =
                    "class Tasks:\n    @staticmethod\n    def show() -> None:\n        print(10)\n",
                .sources = SOURCES("ANN205"),
                .fix = FIX_UNSAFE},
    [ANN206] =
        {.code = "ANN206",
         .name = "untyped-class-method-return",
         .summary = "class method without a return annotation",
         .why = WHY_ANNOTATE,
         .bad = "class Tasks:\n    @classmethod\n    def show(cls):\n        print(10)\n",
         .good = "class Tasks:\n    @classmethod\n    def show(cls) -> None:\n        print(10)\n",
         .sources = SOURCES("ANN206"),
         .fix = FIX_UNSAFE},
    [ANN401] = {.code = "ANN401",
                .name = "any-annotation",
                .summary = "annotation that is `typing.Any`",
                .why = "`Any` switches the type checker off for everything that it touches.",
                .bad = "from typing import Any\n\n\ndef size(items: Any) -> int:\n"
                       "    return len(items)\n",
                .good = "from typing import Sized\n\n\ndef size(items: Sized) -> int:\n"
                        "    return len(items)\n",
                .sources = SOURCES("ANN401"),
                .selectable = true},
    [ANN402] = {.code = "ANN402",
                .name = "type-comment",
                .summary = "type given in a comment",
                .why = "Type comments were for Python 2; `inspect` and most tools do not see them.",
                .bad = "def total(\n    a: float,\n    b: float,\n) -> float:\n"
                       "    # type: (float, float) -> float\n    return a + b\n",
                .good = "def total(a: float, b: float) -> float:\n    return a + b\n",
                .sources = "flake8-annotations ANN402",
                .selectable = true},
};

// ---- Decorators ----

static const Str default_dispatch[] = {{"singledispatch", 14}, {"singledispatchmethod", 20}};
static const Str default_overload[] = {{"overload", 8}};

static bool is_listed(StrList list, Str name) {
    for (uint32_t i = 0; i < list.count; i++)
        if (str_eq(list.at[i], name)) return true;
    return false;
}

// `name`, `module.name`, either of them called.
static bool is_decorator_listed(const File *file, const Node *decorator, StrList list) {
    const Node *expression = node_first_child(decorator);
    while (expression != NULL && expression->kind == NODE_CALL)
        expression = node_child(expression, FIELD_FUNCTION);
    if (expression != NULL && expression->kind == NODE_ATTRIBUTE)
        expression = node_child(expression, FIELD_ATTRIBUTE);
    return expression != NULL && expression->kind == NODE_IDENTIFIER &&
           is_listed(list, node_text(file, expression));
}

static bool is_first_decorator_listed(const File *file, const Definition *function, StrList list) {
    const Node *decorator = node_child_of_kind(function->outer, NODE_DECORATOR);
    return decorator != NULL && is_decorator_listed(file, decorator, list);
}

static bool is_dispatched(const Pass *pass, const Definition *function) {
    StrList list = pass->settings->dispatch_decorators;
    if (list.at == NULL) list = (StrList)LIST(default_dispatch);
    return is_first_decorator_listed(pass->file, function, list);
}

static bool is_overload(const Pass *pass, const Definition *function) {
    StrList list = pass->settings->overload_decorators;
    if (list.at == NULL) list = (StrList)LIST(default_overload);
    return is_first_decorator_listed(pass->file, function, list);
}

// ---- What is missing ----

typedef enum MethodKind { NO_METHOD, ORDINARY_METHOD, CLASS_METHOD, STATIC_METHOD } MethodKind;

static bool has_plain_decorator(const File *file, const Definition *function, const char *name) {
    if (function->outer == function->node) return false;
    for_each_child(child, function->outer) {
        const Node *expression = child->kind == NODE_DECORATOR ? node_first_child(child) : NULL;
        if (expression != NULL && expression->kind == NODE_IDENTIFIER &&
            str_is(node_text(file, expression), name))
            return true;
    }
    return false;
}

static MethodKind method_kind(const File *file, const Definition *function) {
    if (function->kind != DEFINITION_METHOD) return NO_METHOD;
    if (has_plain_decorator(file, function, "classmethod")) return CLASS_METHOD;
    if (has_plain_decorator(file, function, "staticmethod")) return STATIC_METHOD;
    return ORDINARY_METHOD;
}

static const Rule *rule_of_return(MethodKind kind, Str name) {
    if (kind == CLASS_METHOD) return &rules[ANN206];
    if (kind == STATIC_METHOD) return &rules[ANN205];
    bool starts = str_starts_with(name, STR("__"));
    if (starts && str_ends_with(name, STR("__"))) return &rules[ANN204];
    if (starts) return &rules[ANN203];
    return str_starts_with(name, STR("_")) ? &rules[ANN202] : &rules[ANN201];
}

static const Rule *rule_of_parameter(MethodKind kind, const Parameter *parameter, bool is_first) {
    if (is_first && kind == CLASS_METHOD) return &rules[ANN102];
    if (is_first && kind == ORDINARY_METHOD) return &rules[ANN101];
    if (parameter->kind == PARAMETER_KEYWORDS) return &rules[ANN003];
    return parameter->kind == PARAMETER_VARIADIC ? &rules[ANN002] : &rules[ANN001];
}

static bool is_any(const File *file, const Node *type) {
    const Node *expression = type == NULL ? NULL : node_first_child(type);
    if (expression == NULL) return false;
    if (expression->kind == NODE_ATTRIBUTE) expression = node_child(expression, FIELD_ATTRIBUTE);
    return expression != NULL && expression->kind == NODE_IDENTIFIER &&
           str_is(node_text(file, expression), "Any");
}

// Whether the function has no `return` but bare ones and `return None`.
static bool returns_only_none(const Definition *function) {
    const Node *body = node_child(function->node, FIELD_BODY);
    if (body == NULL) return true;
    for (const Node *node = body + 1; node < node_end(body); node++) {
        if (node->kind == NODE_FUNCTION_DEFINITION) {
            node = node_end(node) - 1;
            continue;
        }
        if (node->kind != NODE_RETURN_STATEMENT) continue;
        const Node *value = node_first_child(node);
        if (value != NULL && node_unparenthesized(value)->kind != NODE_NONE) return false;
    }
    return true;
}

typedef struct Inspection {
    Pass *pass;
    const Definition *function;
    Str name;
    Signature signature;
    MethodKind method;
    uint32_t annotated; // how many parameters are
} Inspection;

static bool is_untyped(const Inspection *self) {
    return self->annotated == 0 && self->signature.result == NULL;
}

static const char *stars_of(const Parameter *parameter) {
    if (parameter->kind == PARAMETER_KEYWORDS) return "**";
    return parameter->kind == PARAMETER_VARIADIC ? "*" : "";
}

static bool is_return_excused(const Inspection *self) {
    const Settings *settings = self->pass->settings;
    if (settings->suppress_none_returning && returns_only_none(self->function)) return true;
    return settings->mypy_init_return && self->function->kind == DEFINITION_METHOD &&
           str_is(self->name, "__init__") && self->annotated > 0;
}

// The rule for parameter `index`, or NULL where nothing is to be said about it.
static const Rule *missing_parameter(const Inspection *self, uint32_t index) {
    const Parameter *parameter = &self->signature.parameters.at[index];
    if (parameter->type != NULL) return NULL;
    bool is_dummy = str_is(node_text(self->pass->file, parameter->name), "_");
    if (is_dummy && self->pass->settings->suppress_dummy_args) return NULL;
    return rule_of_parameter(self->method, parameter, index == 0);
}

// ---- `-> None` ----

static bool ends_with_raise(const Node *function) {
    const Node *body = node_child(function, FIELD_BODY), *last = NULL;
    if (body == NULL) return false;
    for_each_child(statement, body) last = statement;
    return last != NULL && last->kind == NODE_RAISE_STATEMENT;
}

static bool is_abstract(const File *file, const Node *function) {
    for (const Node *at = decorator_after(function, NULL); at != NULL;
         at = decorator_after(function, at))
        if (str_ends_with(decorator_last_name(file, at), STR("abstractmethod"))) return true;
    return false;
}

// A method without a body says nothing of what its overrides return.
static bool returns_nothing(const Inspection *self) {
    const File *file = self->pass->file;
    const Node *function = self->function->node;
    if (!returns_only_none(self->function) || function_yields(function) ||
        ends_with_raise(function))
        return false;
    if (is_abstract(file, function) || function_has_type_comment(file, function)) return false;
    bool is_hook = self->method != NO_METHOD && !str_is(self->name, "__init__");
    return !is_hook || !has_empty_body(function);
}

static void annotate_none(const Inspection *self, Finding *finding) {
    if (!finding_takes_edits(finding)) return;
    const Pass *pass = self->pass;
    const Lines *lines = &pass->file->lines;
    const Node *parameters = node_child(self->function->node, FIELD_PARAMETERS);
    if (parameters == NULL || !returns_nothing(self)) return;
    Str line = line_text(lines, lines_find(lines, parameters->end - 1));
    static const Str arrow = {" -> None", 8};
    if (text_columns(lines, line) + arrow.len > pass->settings->max_line_length) return;
    finding_edit(finding, FIX_UNSAFE, (Span){parameters->end, parameters->end}, arrow);
}

static const Rule *missing_return(const Inspection *self) {
    if (self->signature.result != NULL || is_return_excused(self)) return NULL;
    return rule_of_return(self->method, self->name);
}

// ---- Reports ----

static void report_any(const Inspection *self) {
    Pass *pass = self->pass;
    for (uint32_t i = 0; i < self->signature.parameters.len; i++) {
        const Parameter *parameter = &self->signature.parameters.at[i];
        bool has_stars = *stars_of(parameter) != '\0';
        if (!is_any(pass->file, parameter->type)) continue;
        if (has_stars && pass->settings->allow_star_arg_any) continue;
        report(pass, &rules[ANN401], node_span(parameter->name),
               "`%s%.*s` of `%.*s` is annotated with `Any`", stars_of(parameter),
               STR_ARG(node_text(pass->file, parameter->name)), STR_ARG(self->name));
    }
    if (is_any(pass->file, self->signature.result))
        report(pass, &rules[ANN401], node_span(self->signature.result),
               "the return annotation of `%.*s` is `Any`", STR_ARG(self->name));
}

static void report_each(const Inspection *self) {
    Pass *pass = self->pass;
    for (uint32_t i = 0; i < self->signature.parameters.len; i++) {
        const Parameter *parameter = &self->signature.parameters.at[i];
        const Rule *rule = missing_parameter(self, i);
        if (rule != NULL)
            report(pass, rule, node_span(parameter->name),
                   "parameter `%s%.*s` of `%.*s` has no annotation", stars_of(parameter),
                   STR_ARG(node_text(pass->file, parameter->name)), STR_ARG(self->name));
    }
    const Rule *rule = missing_return(self);
    uint32_t colon = header_colon(pass->file, self->function->node);
    if (rule != NULL)
        annotate_none(self, report(pass, rule, (Span){colon, colon + 1},
                                   "`%.*s` has no return annotation", STR_ARG(self->name)));
}

// "`n`, `max_delay` and the return"
static Str list_words(Arena *arena, const Str *words, uint32_t count) {
    Str list = words[0];
    for (uint32_t i = 1; i < count; i++)
        list = str_format(arena, "%.*s%s%.*s", STR_ARG(list), i + 1 == count ? " and " : ", ",
                          STR_ARG(words[i]));
    return list;
}

static void report_together(const Inspection *self) {
    Pass *pass = self->pass;
    VEC(Str) words = {0};
    const Rule *first = NULL;
    for (uint32_t i = 0; i < self->signature.parameters.len; i++) {
        const Rule *rule = missing_parameter(self, i);
        if (rule == NULL || !pass_wants(pass, rule)) continue;
        if (first == NULL) first = rule;
        const Parameter *parameter = &self->signature.parameters.at[i];
        vec_push(pass->arena, &words,
                 str_format(pass->arena, "`%s%.*s`", stars_of(parameter),
                            STR_ARG(node_text(pass->file, parameter->name))));
    }
    const Rule *result = missing_return(self);
    if (result != NULL && pass_wants(pass, result)) {
        if (first == NULL) first = result;
        vec_push(pass->arena, &words, STR("the return"));
    }
    if (first == NULL) return;
    Str list = list_words(pass->arena, words.at, words.len);
    Finding *finding = report(pass, first, node_span(self->function->name), "`%.*s`: annotate %.*s",
                              STR_ARG(self->name), STR_ARG(list));
    if (first == result) annotate_none(self, finding);
}

static void report_type_comments(const Inspection *self) {
    Pass *pass = self->pass;
    for (uint32_t i = 0; i < self->signature.parameters.len; i++) {
        const Parameter *parameter = &self->signature.parameters.at[i];
        if (parameter->type == NULL && parameter_has_type_comment(pass->file, parameter->node))
            report(pass, &rules[ANN402], node_span(parameter->name),
                   "the type of `%.*s` stands in a comment",
                   STR_ARG(node_text(pass->file, parameter->name)));
    }
}

// Positional parameters, `*args`, keyword-only ones, `**kwargs`: what is first decides about
// `self`.
static Inspection inspect(Pass *pass, const Definition *function) {
    Inspection self = {.pass = pass,
                       .function = function,
                       .name = definition_name(pass->file, function),
                       .signature = signature_of(pass->arena, function->node),
                       .method = method_kind(pass->file, function)};
    for (uint32_t i = 0; i < self.signature.parameters.len; i++)
        self.annotated += self.signature.parameters.at[i].type != NULL;
    return self;
}

static bool is_allowed_untyped(const Inspection *self) {
    const Settings *settings = self->pass->settings;
    if (!is_untyped(self)) return false;
    if (settings->allow_untyped_defs) return true;
    return settings->allow_untyped_nested && self->function->kind == DEFINITION_NESTED_FUNCTION;
}

static bool is_ignored(const Pass *pass, const Definition *function) {
    if (!pass->settings->respect_type_ignore) return false;
    return module_is_type_ignored(pass->file) ||
           function_is_type_ignored(pass->file, function->node);
}

static void check_function(Pass *pass, const Definition *function, Str *overloaded) {
    Inspection inspection = inspect(pass, function);
    if (pass_wants(pass, &rules[ANN402]) && function_has_type_comment(pass->file, function->node))
        report(pass, &rules[ANN402], (Span){function->node->start, function->name->end},
               "the types of `%.*s` stand in a comment", STR_ARG(inspection.name));
    if (is_allowed_untyped(&inspection) || is_dispatched(pass, function)) return;
    report_any(&inspection);
    if (str_eq(*overloaded, inspection.name)) return;
    if (is_overload(pass, function)) *overloaded = inspection.name;
    if (is_ignored(pass, function)) return;
    if (pass_wants(pass, &rules[ANN402])) report_type_comments(&inspection);
    if (pass->settings->group_annotations)
        report_together(&inspection);
    else
        report_each(&inspection);
}

static void check_tree(Pass *pass) {
    const Docstrings *docstrings = file_docstrings(pass->file);
    Str overloaded = {0};
    for (uint32_t i = 0; i < docstrings->count; i++) {
        const Definition *definition = &docstrings->at[i];
        if (definition_is_function(definition) && !definition->is_broken)
            check_function(pass, definition, &overloaded);
    }
}

const Check ann001_missing_annotation = {.rules = LIST(rules), .on_tree = check_tree};
