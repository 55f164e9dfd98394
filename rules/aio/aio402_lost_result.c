// Results and exceptions that are computed and then thrown away.

#include "facts/functions.h"
#include "facts/instances.h"
#include "facts/loops.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/withs.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO402",
    .name = "lost-result",
    .summary = "the outcome of concurrent work is thrown away",
    .why = "gather() that is not awaited, a future of run_coroutine_threadsafe(), of an executor\n"
           "or of run_in_executor() that is dropped, and asyncio.wait() whose `done` nobody looks\n"
           "at: the work runs, and an exception in it is never raised anywhere.",
    .bad = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
           "async def main() -> None:\n    asyncio.gather(work(), work())\n",
    .good = "import asyncio\n\n\nasync def work() -> None:\n    await asyncio.sleep(1)\n\n\n"
            "async def main() -> None:\n    await asyncio.gather(work(), work())\n",
    .sources = "codehound CH013",
}};

typedef enum Loss {
    LOSS_NONE,
    LOSS_NOT_AWAITED, // gather()
    LOSS_FUTURE,      // run_coroutine_threadsafe(), run_in_executor(), Executor.submit()
    LOSS_RETURNED,    // await gather(…, return_exceptions=True)
    LOSS_DONE,        // await wait(…)
} Loss;

static bool is_executor(File *file, const Node *receiver) {
    Str class = receiver->kind == NODE_IDENTIFIER ? instance_class(file, receiver) : (Str){0};
    return str_is(class, "concurrent.futures.ThreadPoolExecutor") ||
           str_is(class, "concurrent.futures.ProcessPoolExecutor");
}

static bool submits(File *file, const Node *call) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    if (callee->kind != NODE_ATTRIBUTE) return false;
    const Node *method = node_child(callee, FIELD_ATTRIBUTE);
    const Node *receiver = node_child(callee, FIELD_OBJECT);
    return method != NULL && receiver != NULL && str_is(node_text(file, method), "submit") &&
           is_executor(file, receiver);
}

static bool returns_exceptions(const File *file, const Node *call) {
    const Node *arguments = node_child(call, FIELD_ARGUMENTS);
    for_each_child(argument, arguments) {
        if (argument->kind != NODE_KEYWORD_ARGUMENT) continue;
        const Node *name = node_child(argument, FIELD_NAME);
        const Node *value = node_child(argument, FIELD_VALUE);
        if (name == NULL || value == NULL) continue;
        if (str_is(node_text(file, name), "return_exceptions")) return value->kind == NODE_TRUE;
    }
    return false;
}

static bool is_dropped(File *file, const Node *expression) {
    return fate_of(file, expression) != FATE_KEPT;
}

// The await around `call`, or NULL.
static const Node *await_of(const Node *call) {
    const Node *outer = node_parent(call);
    while (outer->kind == NODE_PARENTHESIZED_EXPRESSION)
        outer = node_parent(outer);
    return outer->kind == NODE_AWAIT ? outer : NULL;
}

// Whether what wait() is given is looked at afterwards: a name that is read again.
static bool is_looked_at_later(File *file, const Node *call) {
    const Node *argument = call_argument(file, call, 0, "fs");
    if (argument == NULL) return true;
    for (const Node *inner = argument; inner < node_end(argument); inner++) {
        if (inner->kind != NODE_IDENTIFIER || inner->field == FIELD_ATTRIBUTE) continue;
        if (inner->field == FIELD_FUNCTION) continue;
        const Variable *variable = variable_of(file, inner);
        if (variable == NULL || variable->use_count > 1) return true;
        if (variable_scope(file, variable)->kind != SCOPE_FUNCTION) return true;
    }
    return false;
}

static Loss loss_of(File *file, const Node *call) {
    Str callee = callee_name(file, call);
    const Node *await = await_of(call);
    if (str_is(callee, "asyncio.gather")) {
        if (await == NULL) return is_dropped(file, call) ? LOSS_NOT_AWAITED : LOSS_NONE;
        bool is_lost = returns_exceptions(file, call) && is_dropped(file, await);
        return is_lost ? LOSS_RETURNED : LOSS_NONE;
    }
    if (str_is(callee, "asyncio.wait")) {
        bool is_lost = await != NULL && is_dropped(file, await) && !is_looked_at_later(file, call);
        return is_lost ? LOSS_DONE : LOSS_NONE;
    }
    bool makes_future = str_is(callee, "asyncio.run_coroutine_threadsafe") ||
                        calls_loop_method(file, call, "run_in_executor") || submits(file, call);
    return makes_future && await == NULL && is_dropped(file, call) ? LOSS_FUTURE : LOSS_NONE;
}

static void visit_call(Pass *pass, const Node *call) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    if (callee == NULL || is_expected_to_fail(pass->file, call)) return;
    Str text = node_text(pass->file, callee);
    Finding *finding;
    switch (loss_of(pass->file, call)) {
    case LOSS_NONE: return;
    case LOSS_NOT_AWAITED:
        report(pass, &rules[0], node_span(call), "`%.*s()` is not awaited: its results are lost",
               STR_ARG(text));
        return;
    case LOSS_FUTURE:
        report(pass, &rules[0], node_span(call),
               "the future of `%.*s()` is dropped: nobody will see an exception", STR_ARG(text));
        return;
    case LOSS_RETURNED:
        finding = report(pass, &rules[0], node_span(call),
                         "`return_exceptions=True`, and nobody looks at what is returned");
        finding_soften(finding, SEVERITY_INFO);
        return;
    case LOSS_DONE:
        finding = report(pass, &rules[0], node_span(call),
                         "nobody looks at the tasks that `%.*s()` waited for", STR_ARG(text));
        finding_soften(finding, SEVERITY_INFO);
        return;
    }
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check aio402_lost_result = {.rules = LIST(rules), .on_node = LIST(hooks)};
