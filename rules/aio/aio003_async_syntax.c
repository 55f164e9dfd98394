// What an async generator or an async comprehension may not do.

#include "facts/refusals.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO003",
    .name = "async-syntax",
    .summary = "a value returned by an async generator, or an async comprehension out of place",
    .why = "An async generator has no place for a result, and a comprehension can only wait in a\n"
           "coroutine; before 3.11 not inside another comprehension that does not wait itself.",
    .bad = "async def numbers():\n    yield 1\n    return 2\n",
    .good = "async def numbers():\n    yield 1\n    yield 2\n",
    .sources = "ruff F704",
}};

static void check_file(Pass *pass) {
    const Refusals *refusals = file_refusals(pass->file);
    for (uint32_t i = 0; i < refusals->list.len; i++) {
        const Refusal *refusal = &refusals->list.at[i];
        if (refusal->kind != REFUSED_ASYNC) continue;
        if (!refusal_applies(refusal, pass->settings->target_version)) continue;
        report(pass, &rules[0], (Span){refusal->start, refusal->end}, "%.*s",
               STR_ARG(refusal->message));
    }
}

const Check aio003_async_syntax = {.rules = LIST(rules), .on_file = check_file};
