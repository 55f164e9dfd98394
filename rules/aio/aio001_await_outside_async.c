// await, async for and async with belong into an async def.

#include "facts/refusals.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO001",
    .name = "await-outside-async",
    .summary = "`await`, `async for` or `async with` outside an async function",
    .why = "Only a coroutine can wait for another one. Python refuses the file.",
    .bad = "import asyncio\n\n\ndef pause() -> None:\n    await asyncio.sleep(1)\n",
    .good = "import asyncio\n\n\nasync def pause() -> None:\n    await asyncio.sleep(1)\n",
    .sources = "pylint PLE1142, ruff F704",
}};

static void check_file(Pass *pass) {
    const Refusals *refusals = file_refusals(pass->file);
    for (uint32_t i = 0; i < refusals->list.len; i++) {
        const Refusal *refusal = &refusals->list.at[i];
        if (refusal->kind != REFUSED_AWAIT) continue;
        if (!refusal_applies(refusal, pass->settings->target_version)) continue;
        report(pass, &rules[0], (Span){refusal->start, refusal->end}, "%.*s",
               STR_ARG(refusal->message));
    }
}

const Check aio001_await_outside_async = {.rules = LIST(rules), .on_file = check_file};
