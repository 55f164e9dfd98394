// `await` wants a coroutine, a task or a future. Awaiting what a plain function gives is a
// TypeError when the line runs.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO103",
    .name = "await-on-non-awaitable",
    .summary = "`await` on a value that cannot be awaited",
    .why = "`await` wants a coroutine, a task or a future. What a plain function gives is none:\n"
           "the line raises TypeError when it runs. Either the `await` is too much, or a call or\n"
           "an `async for` is missing.",
    .bad = "import asyncio\n\n\nasync def stop(event: asyncio.Event) -> None:\n"
           "    await event.set()\n",
    .good = "import asyncio\n\n\nasync def stop(event: asyncio.Event) -> None:\n"
            "    event.set()\n",
    .sources = "ty invalid-await, mypy misc, pyright reportGeneralTypeIssues",
}};

static void report_function(Pass *pass, const ModuleInfo *module, const Site *site, Value value) {
    Str name = value_display(module->program, value);
    report_at(pass, &rules[0], site->place, "`await` on the function `%.*s`, which is not called",
              STR_ARG(name));
}

static void report_result(Pass *pass, const ModuleInfo *module, const Site *site, Value value) {
    if (value.kind == VALUE_ASYNC_GENERATOR) {
        Str name = value_display(module->program, value);
        report_at(pass, &rules[0], site->place,
                  "`await` on the async generator `%.*s()`, which is for `async for`",
                  STR_ARG(name));
        return;
    }
    Value made_by = site->flags & SITE_CALL ? site_callee(module, site) : value;
    Str name = value_display(module->program, made_by.kind == VALUE_UNKNOWN ? value : made_by);
    const char *call = site->flags & SITE_CALL ? "()" : "";
    report_at(pass, &rules[0], site->place, "`await` on `%.*s%s`, which cannot be awaited",
              STR_ARG(name), call);
}

static void check_site(Pass *pass, const ModuleInfo *module, const Site *site) {
    if (site->use != USE_AWAITED || (site->flags & SITE_EXPECTS_REFUSAL)) return;
    Value value = site_value(module, site);
    unsigned traits = value_traits(module->program, value);
    if (!(traits & TRAIT_KNOWN) || (traits & TRAIT_AWAIT)) return;
    if (value.kind == VALUE_FUNCTION)
        report_function(pass, module, site, value);
    else
        report_result(pass, module, site, value);
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++)
        check_site(pass, module, &module->summary->sites.at[i]);
}

const Check aio103_await_on_non_awaitable = {.rules = LIST(rules), .on_module = check_module};
