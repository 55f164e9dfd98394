// A call that the configuration says blocks.

#include "facts/functions.h"
#include "facts/names.h"
#include "rule/decorators.h"

static const Rule rules[] = {{
    .code = "ASYNC200",
    .name = "configured-blocking-call",
    .summary = "a call that `blocking-calls` names, inside a coroutine",
    .why = "What a project's own functions and the libraries it uses wait for, only its people\n"
           "know: `blocking-calls` lists them, with what to use instead.",
    .no_example = "it finds what the configuration names",
    .sources = "flake8-async ASYNC200",
}};

static uint32_t matching(Pass *pass, const Node *callee) {
    const StrList *patterns = &pass->settings->blocking_calls;
    uint32_t place = matching_pattern(patterns, node_text(pass->file, callee));
    if (place != UINT32_MAX) return place;
    return matching_pattern(patterns, qualified_name(pass->file, callee));
}

static void visit_call(Pass *pass, const Node *call) {
    if (pass->settings->blocking_calls.count == 0 || !is_in_coroutine(call)) return;
    if (is_awaited(call)) return;
    const Node *callee = node_child(call, FIELD_FUNCTION);
    uint32_t place = callee == NULL ? UINT32_MAX : matching(pass, callee);
    if (place == UINT32_MAX) return;
    Str pattern = pass->settings->blocking_calls.at[place], advice = pattern_advice(pattern);
    if (advice.len == 0) {
        report(pass, &rules[0], node_span(call), "`blocking-calls` names this: `%.*s`",
               STR_ARG(pattern));
        return;
    }
    report(pass, &rules[0], node_span(call), "`blocking-calls` names this; there is `%.*s`",
           STR_ARG(advice));
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check async200_configured_call = {.rules = LIST(rules), .on_node = LIST(hooks)};
