// Calling a coroutine function runs nothing: it gives a coroutine object, which has to be awaited
// or scheduled. A call whose value is dropped is one that never happens.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO101",
    .name = "coroutine-never-awaited",
    .summary = "a coroutine that is neither awaited nor scheduled",
    .why = "Calling a coroutine function runs nothing of it. It gives a coroutine object, which\n"
           "does its work when it is awaited or made a task. Dropped, it never runs, and Python\n"
           "says `coroutine 'save' was never awaited` on stderr, if anyone looks.",
    .bad = "import asyncio\n\n\nasync def save() -> None:\n    await asyncio.sleep(1)\n\n\n"
           "async def main() -> None:\n    save()\n\n\nasyncio.run(main())\n",
    .good = "import asyncio\n\n\nasync def save() -> None:\n    await asyncio.sleep(1)\n\n\n"
            "async def main() -> None:\n    await save()\n\n\nasyncio.run(main())\n",
    .fix = FIX_UNSAFE,
    .sources = "pyright reportUnusedCoroutine, mypy unused-coroutine, codehound CH007",
}};

static bool is_dropped(const Site *site) {
    return site->use == USE_DROPPED || (site->use == USE_ASSIGNED && (site->flags & SITE_UNUSED));
}

// In a coroutine, that is; elsewhere it takes more than a word.
static bool can_await(const ModuleInfo *module, const Site *site) {
    if (site->function == NO_INDEX) return false;
    return (module->summary->functions.at[site->function].flags & FUNCTION_ASYNC) != 0;
}

static void check_site(Pass *pass, const ModuleInfo *module, const Site *site) {
    if (!(site->flags & SITE_CALL) || !is_dropped(site)) return;
    if (site->flags & SITE_EXPECTS_TYPE_ERROR) return; // the call itself is to fail
    Value value = site_value(module, site);
    if (!value_is_coroutine(module->program, value)) return;
    Str name = value_display(module->program, value);
    Finding *finding = report_at(pass, &rules[0], site->place,
                                 "coroutine `%.*s()` is never awaited", STR_ARG(name));
    if (can_await(module, site)) finding_insert_at(finding, FIX_UNSAFE, site->place, STR("await "));
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++)
        check_site(pass, module, &module->summary->sites.at[i]);
}

const Check aio101_coroutine_never_awaited = {.rules = LIST(rules), .on_module = check_module};
