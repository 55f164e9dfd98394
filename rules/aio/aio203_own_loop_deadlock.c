// run_coroutine_threadsafe() hands a coroutine to a loop in another thread. Waiting for its result
// in a coroutine stops the very loop that would have to run it.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO203",
    .name = "own-loop-deadlock",
    .summary = "a coroutine blocks on the future of `run_coroutine_threadsafe()`",
    .why = "`run_coroutine_threadsafe()` is for other threads. In a coroutine, `.result()` blocks\n"
           "the loop that has to run the work: it never comes. Await the coroutine, or wrap the\n"
           "future by `asyncio.wrap_future()`.",
    .bad = "import asyncio\n\n\nasync def job() -> int:\n    await asyncio.sleep(1)\n    return 1\n"
           "\n\nasync def main() -> int:\n    loop = asyncio.get_event_loop()\n"
           "    future = asyncio.run_coroutine_threadsafe(job(), loop)\n"
           "    return future.result()\n",
    .good =
        "import asyncio\n\n\nasync def job() -> int:\n    await asyncio.sleep(1)\n    return 1\n"
        "\n\nasync def main() -> int:\n    return await job()\n",
    .sources = "asyncio documentation",
}};

static bool waits_for_other_loop(const Program *program, Value callee) {
    return value_is(program, callee, "asyncio.run_coroutine_threadsafe().result") ||
           value_is(program, callee, "asyncio.run_coroutine_threadsafe().exception");
}

static void check_site(Pass *pass, const ModuleInfo *module, const Site *site) {
    if (!(site->flags & SITE_CALL) || site->function == NO_INDEX) return;
    if (!(module->summary->functions.at[site->function].flags & FUNCTION_ASYNC)) return;
    if (!waits_for_other_loop(module->program, site_callee(module, site))) return;
    report_at(pass, &rules[0], site->place,
              "this waits for `run_coroutine_threadsafe()` on the loop that has to run it");
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++)
        check_site(pass, module, &module->summary->sites.at[i]);
}

const Check aio203_own_loop_deadlock = {.rules = LIST(rules), .on_module = check_module};
