// A coroutine object runs once. Awaiting it again, in the next turn of a retry loop for instance,
// raises RuntimeError.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO105",
    .name = "coroutine-reused",
    .summary = "a coroutine object is awaited or scheduled twice",
    .why = "A coroutine object runs once; awaiting it again raises RuntimeError: cannot reuse\n"
           "already awaited coroutine. A retry has to call the function again in each turn. What\n"
           "several shall wait for has to be a task.",
    .bad =
        "import asyncio\n\n\nasync def fetch() -> int:\n    await asyncio.sleep(1)\n    return 1\n"
        "\n\nasync def main() -> int:\n    coroutine = fetch()\n    first = await coroutine\n"
        "    second = await coroutine\n    return first + second\n",
    .good =
        "import asyncio\n\n\nasync def fetch() -> int:\n    await asyncio.sleep(1)\n    return 1\n"
        "\n\nasync def main() -> int:\n    first = await fetch()\n    second = await fetch()\n"
        "    return first + second\n",
    .sources = "pylint issue 1496",
}};

static void check_site(Pass *pass, const ModuleInfo *module, const Site *site) {
    if (!(site->flags & SITE_USED_UP) || (site->flags & SITE_EXPECTS_REFUSAL)) return;
    Value value = site_value(module, site);
    if (!value_is_coroutine(module->program, value)) return;
    Str name = value_display(module->program, value);
    report_at(pass, &rules[0], site->place, "this coroutine of `%.*s()` has been used up already",
              STR_ARG(name));
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++)
        check_site(pass, module, &module->summary->sites.at[i]);
}

const Check aio105_coroutine_reused = {.rules = LIST(rules), .on_module = check_module};
