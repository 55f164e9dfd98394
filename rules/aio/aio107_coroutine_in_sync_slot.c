// A coroutine function where a plain callback is expected: whoever calls it drops the coroutine.

#include "project/program.h"
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

enum { NO_POSITION = UINT16_MAX };

typedef struct Slot {
    const char *callee;
    uint16_t position;
    const char *keyword; // or NULL
} Slot;

static const Slot slots[] = {
    {"threading.Thread", 1, "target"},
    {"threading.Timer", 1, "function"},
    {"multiprocessing.Process", 1, "target"},
    {"asyncio.AbstractEventLoop().call_soon", 0, "callback"},
    {"asyncio.AbstractEventLoop().call_soon_threadsafe", 0, "callback"},
    {"asyncio.AbstractEventLoop().call_later", 1, "callback"},
    {"asyncio.AbstractEventLoop().call_at", 1, "callback"},
    {"asyncio.AbstractEventLoop().add_signal_handler", 1, "callback"},
    {"asyncio.AbstractEventLoop().add_reader", 1, "callback"},
    {"asyncio.AbstractEventLoop().add_writer", 1, "callback"},
    {"asyncio.AbstractEventLoop().run_in_executor", 1, "func"},
    {"asyncio.AbstractEventLoop().set_exception_handler", 0, "handler"},
    {"asyncio.Task().add_done_callback", 0, "fn"},
    {"asyncio.Future().add_done_callback", 0, "fn"},
    {"concurrent.futures.Future().add_done_callback", 0, "fn"},
    {"asyncio.to_thread", 0, "func"},
    {"concurrent.futures.Executor().submit", 0, "fn"},
    {"concurrent.futures.Executor().map", 0, "fn"},
    {"atexit.register", 0, "func"},
    {"signal.signal", 1, "handler"},
    {"weakref.finalize", 1, "func"},
    {"weakref.ref", 1, "callback"},
    {"builtins.filter", 0, NULL},
    {"builtins.sorted", NO_POSITION, "key"},
    {"builtins.min", NO_POSITION, "key"},
    {"builtins.max", NO_POSITION, "key"},
    {"functools.reduce", 0, NULL},
    {"functools.cmp_to_key", 0, NULL},
    {"contextlib.ExitStack().callback", 0, NULL},
    {"contextlib.AsyncExitStack().callback", 0, NULL},
};

static bool fits(const ModuleInfo *module, const Site *site, const Slot *slot) {
    if (site->keyword == 0) return site->position == slot->position;
    return slot->keyword != NULL && str_is(module->summary->names.at[site->keyword], slot->keyword);
}

static const Slot *find_slot(const ModuleInfo *module, const Site *site) {
    if (site->use != USE_ARGUMENT || site->by == NO_INDEX) return NULL;
    const Site *call = &module->summary->sites.at[site->by];
    Str name = value_external_name(module->program, site_callee(module, call));
    for (size_t i = 0; name.len > 0 && i < sizeof slots / sizeof slots[0]; i++)
        if (str_is(name, slots[i].callee) && fits(module, site, &slots[i])) return &slots[i];
    return NULL;
}

// A coroutine function, or a lambda that gives a coroutine.
static bool makes_coroutine(Program *program, Value value) {
    const FunctionInfo *info = value_function(program, value);
    if (info == NULL || value.kind != VALUE_FUNCTION) return false;
    FunctionKind kind = function_kind(program, value);
    if (kind == KIND_COROUTINE || kind == KIND_ASYNC_GENERATOR) return true;
    return (info->flags & FUNCTION_LAMBDA) &&
           value_is_coroutine(program, value_of_call(program, value));
}

static void check_site(Pass *pass, const ModuleInfo *module, const Site *site) {
    const Slot *slot = find_slot(module, site);
    if (slot == NULL) return;
    Value value = site_value(module, site);
    if (!makes_coroutine(module->program, value)) return;
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
