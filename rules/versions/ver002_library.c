// Names of the standard library that the target version does not have yet, that a later version
// has no more, or that are on their way out.

#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/versions.h"
#include "rule/rule.h"

enum { VER002, VER003, VER005 };

static const Rule rules[] = {
    [VER002] = {.code = "VER002",
                .name = "newer-api",
                .summary = "standard library that the target version does not have yet",
                .why = "The import, the call or the argument fails on the oldest Python that the\n"
                       "project supports.",
                .bad = "import asyncio\n\n\nasync def read() -> str:\n"
                       "    return await asyncio.to_thread(input)\n",
                .good = "import asyncio\n\n\nasync def read() -> str:\n"
                        "    loop = asyncio.get_running_loop()\n"
                        "    return await loop.run_in_executor(None, input)\n",
                .sources = "vermin"},
    [VER003] = {.code = "VER003",
                .name = "removed-api",
                .summary = "standard library that a later version has no more",
                .why = "The code fails as soon as a newer Python runs it.",
                .bad = "import asyncio\n\n\nasync def pause(loop) -> None:\n"
                       "    await asyncio.sleep(1, loop=loop)\n",
                .good = "import asyncio\n\n\nasync def pause() -> None:\n"
                        "    await asyncio.sleep(1)\n",
                .sources = "pylint W4906, vermin",
                .severity = SEVERITY_WARNING},
    [VER005] = {.code = "VER005",
                .name = "deprecated-api",
                .summary = "standard library that is on its way out",
                .why = "It still works, but warns or will be removed.",
                .bad = "import threading\n\nprint(threading.currentThread())\n",
                .good = "import threading\n\nprint(threading.current_thread())\n",
                .sources = "pylint W4901, pylint W4902",
                .severity = SEVERITY_INFO}};

// A path as it is written: the tables' notation of parameters and decorators is theirs alone.
static Str shown(Pass *pass, Str path) {
    if (str_ends_with(path, STR("@")))
        return str_format(pass->arena, "@%.*s", STR_ARG(str_slice(path, 0, path.len - 1)));
    if (str_starts_with(path, STR("builtins."))) path = str_from(path, 9);
    uint32_t bracket = str_find_byte(path, '(');
    bool is_parameter = bracket + 2 < path.len && path.at[path.len - 1] == ')';
    if (!is_parameter) return path;
    uint32_t last = str_find_last_byte(path, '(');
    return str_format(pass->arena, "%.*s(%.*s=)", STR_ARG(str_slice(path, 0, last)),
                      STR_ARG(str_slice(path, last + 1, path.len - 1)));
}

static void check_path(Pass *pass, const Node *node, Str path) {
    ApiSpan span;
    if (!api_find(path, &span)) return;
    int target = pass->settings->target_version;
    bool is_newer = span.added > target;
    bool is_deprecated = span.deprecated > 0 && span.removed == 0;
    if (!is_newer && span.removed == 0 && !is_deprecated) return;
    if (is_version_guarded(pass->file, node)) return;
    Str name = shown(pass, path);
    if (is_newer)
        report(pass, &rules[VER002], node_span(node), "`%.*s` needs Python %d.%d", STR_ARG(name),
               span.added / 100, span.added % 100);
    else if (span.removed > 0)
        report(pass, &rules[VER003], node_span(node), "`%.*s` is gone in Python %d.%d",
               STR_ARG(name), span.removed / 100, span.removed % 100);
    else
        report(pass, &rules[VER005], node_span(node), "`%.*s` is deprecated since Python %d.%d%s%s",
               STR_ARG(name), span.deprecated / 100, span.deprecated % 100,
               span.instead[0] != '\0' ? ": use " : "", span.instead);
}

// ---- Imports ----

// The module or the package above it that is news; whether there is one.
static bool check_module(Pass *pass, const Node *name) {
    Str path = node_text(pass->file, name);
    for (uint32_t end = 0; end < path.len; end++) {
        if (end + 1 < path.len && path.at[end + 1] != '.') continue;
        Str part = str_slice(path, 0, end + 1);
        ApiSpan span;
        if (!api_find(part, &span)) continue;
        check_path(pass, name, part);
        return true;
    }
    return false;
}

static void check_import(Pass *pass, const Node *statement) {
    for_each_descendant(name, statement) {
        if (name->kind == NODE_DOTTED_NAME && name->field != FIELD_ALIAS) check_module(pass, name);
    }
}

static void check_import_from(Pass *pass, const Node *statement) {
    const Node *module = node_child(statement, FIELD_MODULE_NAME);
    if (module == NULL || module->kind != NODE_DOTTED_NAME) return;
    if (check_module(pass, module)) return;
    Str path = node_text(pass->file, module);
    for_each_descendant(name, statement) {
        if (name->kind != NODE_DOTTED_NAME || name == module || name->field == FIELD_ALIAS)
            continue;
        Str text = node_text(pass->file, name);
        check_path(pass, name, str_join3(pass->arena, path, STR("."), text));
    }
}

// ---- Uses ----

// A name bound by an import was looked at there.
static void check_identifier(Pass *pass, const Node *name) {
    const Node *parent = node_parent(name);
    if (parent == NULL || name->field == FIELD_ATTRIBUTE || parent->kind == NODE_DOTTED_NAME)
        return;
    if (name->field == FIELD_NAME && parent->kind == NODE_KEYWORD_ARGUMENT) return;
    if (variable_of(pass->file, name) != NULL) return;
    Str path = qualified_name(pass->file, name);
    if (str_starts_with(path, STR("builtins."))) check_path(pass, name, path);
}

static void check_attribute(Pass *pass, const Node *attribute) {
    check_path(pass, attribute, qualified_name(pass->file, attribute));
}

static void check_call(Pass *pass, const Node *call) {
    const Node *arguments = node_child(call, FIELD_ARGUMENTS);
    const Node *function = node_child(call, FIELD_FUNCTION);
    if (arguments == NULL || function == NULL) return;
    Str path = {0};
    for_each_child(argument, arguments) {
        if (argument->kind != NODE_KEYWORD_ARGUMENT) continue;
        const Node *name = node_child(argument, FIELD_NAME);
        if (path.len == 0) path = qualified_name(pass->file, function);
        if (path.len == 0 || name == NULL) return;
        Str called = str_join3(pass->arena, path, STR("("), node_text(pass->file, name));
        check_path(pass, name, str_join(pass->arena, called, STR(")")));
    }
}

// `@lru_cache` where only `@lru_cache()` was known.
static void check_decorator(Pass *pass, const Node *decorator) {
    const Node *name = node_first_child(decorator);
    if (name == NULL || (name->kind != NODE_IDENTIFIER && name->kind != NODE_ATTRIBUTE)) return;
    Str path = qualified_name(pass->file, name);
    if (path.len > 0) check_path(pass, name, str_join(pass->arena, path, STR("@")));
}

static const NodeHook hooks[] = {{NODE_IMPORT_STATEMENT, check_import},
                                 {NODE_IMPORT_FROM_STATEMENT, check_import_from},
                                 {NODE_IDENTIFIER, check_identifier},
                                 {NODE_ATTRIBUTE, check_attribute},
                                 {NODE_CALL, check_call},
                                 {NODE_DECORATOR, check_decorator}};
const Check ver002_library = {.rules = LIST(rules), .on_node = LIST(hooks)};
