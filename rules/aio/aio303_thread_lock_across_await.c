// A thread's lock that is held over an `await`: the next coroutine that wants it stops the whole
// loop, and the one that has it never goes on.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO303",
    .name = "thread-lock-across-await",
    .summary = "`await` while holding a lock of `threading`",
    .why = "A lock of `threading` blocks the thread. If a coroutine waits while it holds one, the\n"
           "next coroutine that asks for it blocks the thread in which both run: nothing goes on\n"
           "any more. Use `asyncio.Lock`, or give the lock back before the `await`.",
    .bad = "import asyncio\nimport threading\n\nlock = threading.Lock()\n\n\n"
           "async def update(state: list) -> None:\n    with lock:\n"
           "        await asyncio.sleep(1)\n        state.append(1)\n",
    .good = "import asyncio\nimport threading\n\nlock = threading.Lock()\n\n\n"
            "async def update(state: list) -> None:\n    await asyncio.sleep(1)\n    with lock:\n"
            "        state.append(1)\n",
    .sources = "clippy await_holding_lock",
}};

static bool is_thread_lock(const Program *program, Value value) {
    return value_is(program, value, "threading.Lock()") ||
           value_is(program, value, "threading.RLock()") ||
           value_is(program, value, "threading.Condition()") ||
           value_is(program, value, "threading.Semaphore()");
}

static void check_region(Pass *pass, const ModuleInfo *module, const Region *region) {
    if (region->is_async || !region->awaits || region->function == NO_INDEX) return;
    if (!(module->summary->functions.at[region->function].flags & FUNCTION_ASYNC)) return;
    Value lock = value_of_name(module, region->name);
    if (!is_thread_lock(module->program, lock)) return;
    Str name = value_display(module->program, lock);
    report_at(pass, &rules[0], region->place, "a `%.*s` is held over an `await`", STR_ARG(name));
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->regions.len; i++)
        check_region(pass, module, &module->summary->regions.at[i]);
}

const Check aio303_thread_lock_across_await = {.rules = LIST(rules), .on_module = check_module};
