// time.sleep() in a coroutine stops every other task.

#include "facts/functions.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "rule/layout.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "ASYNC251",
    .name = "blocking-sleep",
    .summary = "time.sleep() inside a coroutine",
    .why = "The event loop runs one thing at a time. While time.sleep() waits, no other task\n"
           "runs; asyncio.sleep() gives the loop back.",
    .bad = "import time\n\n\nasync def poll() -> None:\n    time.sleep(1)\n",
    .good = "import asyncio\nimport time\n\n\nasync def poll() -> None:\n"
            "    await asyncio.sleep(1)\n",
    .fix = FIX_UNSAFE,
    .sources = "flake8-async ASYNC251, ruff ASYNC251, sonar S7488",
}};

// ---- The fix ----

// Whether some scope has an `asyncio` of its own, which a call there would mean.
static bool is_asyncio_hidden(File *file) {
    for (uint32_t i = 0; i < file->tree.count; i++) {
        const Node *node = &file->tree.nodes[i];
        if (node->kind != NODE_IDENTIFIER || !str_is(node_text(file, node), "asyncio")) continue;
        const Variable *variable = variable_of(file, node);
        if (variable != NULL && variable_scope(file, variable)->kind != SCOPE_MODULE) return true;
    }
    return false;
}

// Whether the module's own `asyncio` is that module, once and for all.
static bool is_asyncio_imported(const File *file, const Variable *variable) {
    const Binding *binding = only_binding(variable);
    if (binding == NULL || binding->kind != BINDING_IMPORT || variable->is_shared) return false;
    Str imported = node_text(file, binding->value);
    bool is_it = str_is(imported, "asyncio") || str_starts_with(imported, STR("asyncio."));
    return is_it && node_parent(statement_of(binding->value))->kind == NODE_MODULE;
}

static bool stays_first(const Node *statement) {
    if (statement->kind == NODE_FUTURE_IMPORT_STATEMENT) return true;
    const Node *expression = node_first_child(statement);
    return statement->kind == NODE_EXPRESSION_STATEMENT && expression != NULL &&
           (expression->kind == NODE_STRING || expression->kind == NODE_CONCATENATED_STRING);
}

// The first statement that an import may stand before; NULL where there is none on a line of its
// own.
static const Node *statement_behind_imports(const File *file) {
    const Node *module = file->tree.nodes;
    for_each_child(statement, module) {
        if (stays_first(statement)) continue;
        uint32_t line = lines_find(&file->lines, statement->start);
        return file->lines.starts[line] == statement->start ? statement : NULL;
    }
    return NULL;
}

static bool is_import(const Node *statement) {
    return statement->kind == NODE_IMPORT_STATEMENT ||
           statement->kind == NODE_IMPORT_FROM_STATEMENT;
}

static bool is_definition(const Node *statement) {
    return statement->kind == NODE_FUNCTION_DEFINITION ||
           statement->kind == NODE_CLASS_DEFINITION || statement->kind == NODE_DECORATED_DEFINITION;
}

static void add_import(Pass *pass, Finding *finding, const Node *before) {
    Str newline = line_end_like(&pass->file->lines, 0);
    Str text = str_join(pass->arena, STR("import asyncio"), newline);
    if (!is_import(before)) text = str_join(pass->arena, text, newline);
    if (is_definition(before)) text = str_join(pass->arena, text, newline);
    finding_edit(finding, FIX_UNSAFE, (Span){before->start, before->start}, text);
}

// `time.sleep(1)` as a statement of the coroutine itself.
static bool can_await(File *file, const Node *call) {
    const Node *arguments = node_child(call, FIELD_ARGUMENTS);
    if (node_parent(call)->kind != NODE_EXPRESSION_STATEMENT) return false;
    if (scope_of(file, call)->kind != SCOPE_FUNCTION) return false;
    if (arguments == NULL || node_child_count(arguments) != 1) return false;
    const Node *delay = node_first_child(arguments);
    return delay->kind != NODE_LIST_SPLAT && delay->kind != NODE_DICTIONARY_SPLAT &&
           delay->kind != NODE_KEYWORD_ARGUMENT;
}

static void await_sleep(Pass *pass, Finding *finding, const Node *call) {
    File *file = pass->file;
    if (!finding_takes_edits(finding) || !can_await(file, call) || is_asyncio_hidden(file)) return;
    const Variable *asyncio = module_variable(file, STR("asyncio"));
    bool is_bound = asyncio != NULL && asyncio->binding_count > 0;
    const Node *behind = statement_behind_imports(file);
    if (is_bound ? !is_asyncio_imported(file, asyncio) : has_star_import(file) || behind == NULL)
        return;
    if (!is_bound) add_import(pass, finding, behind);
    const Node *function = node_child(call, FIELD_FUNCTION);
    finding_edit(finding, FIX_UNSAFE, node_span(function), STR("await asyncio.sleep"));
}

static void visit_call(Pass *pass, const Node *call) {
    if (!is_in_coroutine(call)) return;
    if (!callee_is(pass->file, call, "time.sleep")) return;
    await_sleep(pass,
                report(pass, &rules[0], node_span(call), "`time.sleep()` stops the event loop"),
                call);
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check async251_blocking_sleep = {.rules = LIST(rules), .on_node = LIST(hooks)};
