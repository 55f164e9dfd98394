// A coroutine function where a plain callback is expected: whoever calls it drops the coroutine.

#include "project/slots.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO107",
    .name = "coroutine-in-sync-slot",
    .summary = "a coroutine function given as a plain callback",
    .why = "Threads, executors, signal handlers and `call_soon()` call what they are given and\n"
           "know nothing of coroutines: the call makes a coroutine object that nobody awaits, so\n"
           "its body never runs. As a `key` or a predicate the object is always true.",
    .bad = "import asyncio\nimport threading\n\n\nasync def work() -> None:\n"
           "    await asyncio.sleep(1)\n\n\nthreading.Thread(target=work).start()\n",
    .good = "import asyncio\nimport threading\n\n\nasync def work() -> None:\n"
            "    await asyncio.sleep(1)\n\n\ndef run() -> None:\n    asyncio.run(work())\n\n\n"
            "threading.Thread(target=run).start()\n",
    .sources = "typescript-eslint no-misused-promises, codehound CH093",
}};

// A coroutine function, or a lambda that gives a coroutine.
static bool makes_coroutine(Program *program, Value value) {
    if (value.kind != VALUE_FUNCTION) return false;
    FunctionKind kind = function_kind(program, value);
    if (kind == KIND_COROUTINE || kind == KIND_ASYNC_GENERATOR) return true;
    return (value_function(program, value)->flags & FUNCTION_LAMBDA) &&
           value_is_coroutine(program, value_of_call(program, value));
}

static void check_site(Pass *pass, const ModuleInfo *module, const Site *site) {
    Value value = site_value(module, site);
    if (!makes_coroutine(module->program, value)) return;
    const Slot *slot = site_slot(module, site);
    if (slot == NULL || !slot_is_plain(slot)) return;
    Str name = value_display(module->program, value);
    Str callee =
        value_display(module->program, site_callee(module, &module->summary->sites.at[site->by]));
    report_at(pass, &rules[0], site->place,
              "`%.*s()` calls the coroutine function `%.*s` and drops the coroutine",
              STR_ARG(callee), STR_ARG(name));
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++)
        check_site(pass, module, &module->summary->sites.at[i]);
}

const Check aio107_coroutine_in_sync_slot = {.rules = LIST(rules), .on_module = check_module};
