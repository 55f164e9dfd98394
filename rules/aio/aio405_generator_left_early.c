// An async generator that is left in the middle keeps what it holds until it is collected.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO405",
    .name = "generator-left-early",
    .summary = "`async for` is left early over a generator that has to clean up",
    .why =
        "break, return and raise leave the generator suspended at its yield. Its finally clause\n"
        "and its with statements end when the garbage collector finds it, perhaps on another\n"
        "task. contextlib.aclosing() or an explicit aclose() ends them at once.",
    .bad = "import asyncio\nfrom typing import AsyncIterator\n\n\n"
           "async def rows() -> AsyncIterator[int]:\n    try:\n        yield 1\n        yield 2\n"
           "    finally:\n        await asyncio.sleep(0)\n        print(\"closed\")\n\n\n"
           "async def first() -> int:\n    async for row in rows():\n        return row\n"
           "    return 0\n",
    .good = "import asyncio\nfrom typing import AsyncIterator\n\n\n"
            "async def rows() -> AsyncIterator[int]:\n    try:\n        yield 1\n        yield 2\n"
            "    finally:\n        await asyncio.sleep(0)\n        print(\"closed\")\n\n\n"
            "async def first() -> int:\n    found = 0\n    async for row in rows():\n"
            "        found = found or row\n    return found\n",
    .sources = "asynclint",
}};

static void check_site(Pass *pass, const ModuleInfo *module, const Site *site) {
    Program *program = module->program;
    if (!(site->flags & SITE_LEFT_EARLY)) return;
    Value value = site_value(module, site), function = site_callee(module, site);
    if (value.kind != VALUE_ASYNC_GENERATOR || function_is_overridden(program, function)) return;
    const FunctionInfo *info = value_function(program, value);
    if (!(info->flags & FUNCTION_HOLDS)) return;
    Str name = value_display(program, value);
    Finding *finding = report_at(pass, &rules[0], site->place,
                                 "left early, `%.*s` cleans up when it is collected: close it by "
                                 "`contextlib.aclosing()`",
                                 STR_ARG(name));
    const Summary *home = program_module(program, value.module)->summary;
    finding_relate(finding, home->path, (Position){info->place.line, info->place.column},
                   "`%.*s` has something to clean up", STR_ARG(name));
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++)
        check_site(pass, module, &module->summary->sites.at[i]);
}

const Check aio405_generator_left_early = {.rules = LIST(rules), .on_module = check_module};
