// CancelledError has to leave the coroutine it arrived in. A handler that catches it must raise it
// again on every path.

#include "facts/async_names.h"
#include "facts/flow.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/names.h"
#include "rule/rule.h"

enum { ASYNC103, ASYNC104 };

static const Rule rules[] = {
    [ASYNC103] =
        {
            .code = "ASYNC103",
            .name = "cancellation-not-raised",
            .summary = "a handler that catches cancellation has a way out that does not raise it",
            .why = "A task is cancelled by an exception, CancelledError, raised at its await. A\n"
                   "handler that keeps it makes the cancellation, a timeout or the end of a task\n"
                   "group fail without a word. Awaiting a task after cancelling it is the one\n"
                   "place where it may be dropped.",
            .bad = "import asyncio\n\n\nasync def poll() -> None:\n    try:\n"
                   "        await asyncio.sleep(1)\n    except BaseException:\n"
                   "        print(\"failed\")\n",
            .good = "import asyncio\n\n\nasync def poll() -> None:\n    try:\n"
                    "        await asyncio.sleep(1)\n    except BaseException:\n"
                    "        print(\"failed\")\n        raise\n",
            .sources = "flake8-async ASYNC103, sonar S7497",
        },
    [ASYNC104] =
        {
            .code = "ASYNC104",
            .name = "cancellation-left-by",
            .summary = "a handler that catches cancellation is left by something else",
            .why = "return, break, continue, yield and raising another exception all end the\n"
                   "handler without CancelledError: the task goes on, or ends as if nobody had\n"
                   "cancelled it.",
            .bad = "import asyncio\n\n\nasync def poll() -> None:\n    try:\n"
                   "        await asyncio.sleep(1)\n    except BaseException as error:\n"
                   "        raise ValueError() from error\n",
            .good = "import asyncio\n\n\nasync def poll() -> None:\n    try:\n"
                    "        await asyncio.sleep(1)\n    except Exception as error:\n"
                    "        raise ValueError() from error\n",
            .sources = "flake8-async ASYNC104, sonar S7497",
        },
};

typedef struct Handler {
    Pass *pass;
    const Node *clause;
    Str name;     // behind `as`
    bool is_weak; // no cancellation of this task can arrive here, as far as the file shows, or it
                  // is handed on
} Handler;

// ---- Which handlers ----

static const Node *caught_by(Pass *pass, const Node *clause, bool *is_named) {
    bool with_futures = pass->settings->target_version < PYTHON(3, 8);
    return except_cancellation(pass->file, clause, with_futures, is_named);
}

// Only the first handler of a try statement that catches cancellation ever gets it.
static bool is_first_to_catch(Pass *pass, const Node *clause) {
    bool is_named;
    for_each_child(earlier, node_parent(clause)) {
        if (earlier == clause) return true;
        if (earlier->kind == NODE_EXCEPT_CLAUSE && caught_by(pass, earlier, &is_named) != NULL)
            return false;
    }
    return true;
}

static bool is_critical(Pass *pass, const Node *clause) {
    bool is_named;
    return caught_by(pass, clause, &is_named) != NULL && is_first_to_catch(pass, clause);
}

// ---- Cancel, then await ----

// `x.cancel`, called or handed to call_later(): whether it cancels `awaited`. With a loop's
// variable for x, `tasks` of `for x in tasks` as well.
static bool cancels(Pass *pass, const Node *attribute, Str awaited) {
    const Node *method = node_child(attribute, FIELD_ATTRIBUTE);
    const Node *receiver = node_child(attribute, FIELD_OBJECT);
    if (method == NULL || receiver == NULL) return false;
    if (!str_is(node_text(pass->file, method), "cancel")) return false;
    if (str_eq(node_text(pass->file, receiver), awaited)) return true;
    const Node *loop = node_ancestor(attribute, NODE_FOR_STATEMENT);
    const Node *iterated = loop == NULL ? NULL : node_child(loop, FIELD_RIGHT);
    return iterated != NULL && str_contains(node_text(pass->file, iterated), awaited);
}

static bool was_cancelled(Pass *pass, const Node *from, const Node *to, Str awaited) {
    for (const Node *node = from; node < to; node++)
        if (node->kind == NODE_ATTRIBUTE && cancels(pass, node, awaited)) return true;
    return false;
}

// Whether `awaited` is cancelled by the same function before `part` awaits it, or, where it is an
// attribute of self, anywhere in the class.
static bool is_cancelled(Pass *pass, const Node *function, const Node *part) {
    Str awaited = node_text(pass->file, part);
    if (was_cancelled(pass, function, part, awaited)) return true;
    if (part->kind != NODE_ATTRIBUTE || !str_starts_with(awaited, STR("self."))) return false;
    const Node *class = node_ancestor(function, NODE_CLASS_DEFINITION);
    return class != NULL && was_cancelled(pass, class, node_end(class), awaited);
}

// Whether the try body awaits something that has been cancelled.
static bool awaits_what_it_cancelled(Pass *pass, const Node *body) {
    const Node *function = enclosing_function(body);
    if (function == NULL) return false;
    for (const Node *await = body + 1; await < node_end(body); await = next_of_body(await)) {
        if (await->kind != NODE_AWAIT) continue;
        for_each_descendant(part, await) {
            bool is_name = part->kind == NODE_IDENTIFIER || part->kind == NODE_ATTRIBUTE;
            if (is_name && is_cancelled(pass, function, part)) return true;
        }
    }
    return false;
}

// Whether the handler asks whose cancellation it is: `if task.cancelling(): raise`, or takes it
// back by `uncancel()`.
static bool asks_who_is_cancelled(Pass *pass, const Node *block) {
    for_each_descendant(node, block) {
        if (node->kind != NODE_IDENTIFIER || node->field != FIELD_ATTRIBUTE) continue;
        Str name = node_text(pass->file, node);
        if (str_is(name, "cancelling") || str_is(name, "uncancel")) return true;
    }
    return false;
}

// Whether the try body cancels its own task to see what happens.
static bool cancels_itself(Pass *pass, const Node *body) {
    if (!has_async_names(pass->file)) return false;
    for_each_descendant(node, body) {
        if (node->kind != NODE_CALL) continue;
        if (callee_is(pass->file, node, "asyncio.current_task().cancel")) return true;
    }
    return false;
}

// Whether the handler keeps the exception for somebody else: `future.set_exception(error)`,
// `errors.append(error)`, `self.error = error`.
static bool hands_on(const File *file, const Node *block, Str name) {
    for_each_descendant(node, block) {
        if (node->kind != NODE_IDENTIFIER || !str_eq(node_text(file, node), name)) continue;
        const Node *outer = node_parent(node);
        if (outer->kind == NODE_ASSIGNMENT && node->field == FIELD_RIGHT) return true;
        if (outer->kind != NODE_ARGUMENT_LIST) continue;
        const Node *callee = node_child(node_parent(outer), FIELD_FUNCTION);
        const Node *method = callee == NULL ? NULL : node_child(callee, FIELD_ATTRIBUTE);
        if (method == NULL) continue;
        Str text = node_text(file, method);
        if (str_is(text, "append") || str_is(text, "set_exception")) return true;
    }
    return false;
}

// ---- Leaving a handler ----

static void report_104(const Handler *handler, const Node *node, const char *what) {
    Finding *finding = report(handler->pass, &rules[ASYNC104], node_span(node),
                              "%s: cancellation ends here, it must be raised again", what);
    if (handler->is_weak) finding_soften(finding, SEVERITY_INFO);
}

static bool raises_again(const Handler *handler, const Node *statement) {
    if (statement->size == 1) return true;
    const Node *raised = statement + 1;
    bool is_name = raised->kind == NODE_IDENTIFIER && raised->field != FIELD_CAUSE;
    return is_name && str_eq(node_text(handler->pass->file, raised), handler->name);
}

static bool leaves_handler(const Handler *handler, const Node *statement) {
    const Node *loop = flow_loop_of(statement);
    return loop == NULL || !node_is_inside(loop, handler->clause);
}

// Statements in a handler inside this one that catches cancellation itself are that one's.
static bool belongs_to(const Handler *handler, const Node *statement) {
    const Node *clause = node_ancestor(statement, NODE_EXCEPT_CLAUSE);
    while (clause != handler->clause && clause != NULL) {
        if (is_critical(handler->pass, clause)) return false;
        clause = node_ancestor(clause, NODE_EXCEPT_CLAUSE);
    }
    return true;
}

static bool visit_statement(const Node *statement, void *context) {
    const Handler *handler = context;
    if (!belongs_to(handler, statement)) return true;
    for (const Node *inner = statement + 1; inner < node_end(statement);
         inner = next_of_header(inner))
        if (inner->kind == NODE_YIELD) report_104(handler, inner, "`yield`");
    switch (statement->kind) {
    case NODE_RETURN_STATEMENT: report_104(handler, statement, "`return`"); break;
    case NODE_BREAK_STATEMENT:
        if (leaves_handler(handler, statement)) report_104(handler, statement, "`break`");
        break;
    case NODE_CONTINUE_STATEMENT:
        if (leaves_handler(handler, statement)) report_104(handler, statement, "`continue`");
        break;
    case NODE_RAISE_STATEMENT:
        if (!raises_again(handler, statement)) report_104(handler, statement, "another exception");
        break;
    default: break;
    }
    return true;
}

static const char *caught_words(const Node *caught, bool is_named) {
    if (is_named) return "`except CancelledError`";
    return caught->kind == NODE_EXCEPT_CLAUSE ? "a bare `except`" : "`except BaseException`";
}

static void visit_except(Pass *pass, const Node *clause) {
    bool is_named;
    const Node *caught = caught_by(pass, clause, &is_named);
    if (caught == NULL || !is_first_to_catch(pass, clause)) return;
    const Node *body = node_block(node_parent(clause)), *block = node_block(clause);
    if (body == NULL || block == NULL) return;
    if (awaits_what_it_cancelled(pass, body) || cancels_itself(pass, body)) return;
    if (asks_who_is_cancelled(pass, block)) return;
    const Node *name = except_name(clause);
    Handler handler = {.pass = pass,
                       .clause = clause,
                       .name = name == NULL ? (Str){0} : node_text(pass->file, name),
                       .is_weak = !is_in_coroutine(clause) || !may_suspend(body)};
    if (name != NULL && hands_on(pass->file, block, handler.name)) handler.is_weak = true;
    unsigned exits = flow_follow(pass->file, block, visit_statement, &handler);
    if (!(exits & (FLOW_END | FLOW_RETURN))) return;
    Finding *finding = report(pass, &rules[ASYNC103], node_span(caught),
                              "%s has a way out that does not raise: cancellation is lost",
                              caught_words(caught, is_named));
    if (handler.is_weak) finding_soften(finding, SEVERITY_INFO);
}

static const NodeHook hooks[] = {{NODE_EXCEPT_CLAUSE, visit_except}};
const Check async103_cancellation_not_raised = {.rules = LIST(rules), .on_node = LIST(hooks)};
