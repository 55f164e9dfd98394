// A coroutine cannot delegate to a generator.

#include "facts/refusals.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO002",
    .name = "yield-from-in-async",
    .summary = "`yield from` in an async function",
    .why = "Python refuses it: loop with `async for` and yield each value, or await the coroutine.",
    .bad = "async def numbers():\n    yield from range(3)\n",
    .good = "async def numbers():\n    for number in range(3):\n        yield number\n",
    .sources = "pylint PLE1700, ruff PLE1700",
}};

static void check_file(Pass *pass) {
    const Refusals *refusals = file_refusals(pass->file);
    for (uint32_t i = 0; i < refusals->list.len; i++) {
        const Refusal *refusal = &refusals->list.at[i];
        if (refusal->kind != REFUSED_YIELD_FROM) continue;
        if (!refusal_applies(refusal, pass->settings->target_version)) continue;
        report(pass, &rules[0], (Span){refusal->start, refusal->end}, "%.*s",
               STR_ARG(refusal->message));
    }
}

const Check aio002_yield_from_in_async = {.rules = LIST(rules), .on_file = check_file};
