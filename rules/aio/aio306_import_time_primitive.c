// Locks, events and queues made while a module is imported belong, up to Python 3.9, to an event
// loop that asyncio.run() does not use.

#include "base/search.h"
#include "project/graph.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO306",
    .name = "import-time-primitive",
    .summary = "an asyncio lock, event or queue made while a module is imported",
    .why =
        "Up to Python 3.9 these objects take the current event loop when they are made, and\n"
        "`asyncio.run()` makes another one. The first task that really has to wait for it gets\n"
        "RuntimeError: attached to a different loop. From 3.10 on the second `asyncio.run()` of\n"
        "a program does. Make them in a coroutine.",
    .bad = "import asyncio\n\nLOCK = asyncio.Lock()\n\n\nasync def use() -> None:\n"
           "    async with LOCK:\n        await asyncio.sleep(1)\n\n\n"
           "async def main() -> None:\n    await asyncio.gather(use(), use())\n\n\n"
           "asyncio.run(main())\n",
    .good = "import asyncio\n\n\nasync def use(lock: asyncio.Lock) -> None:\n"
            "    async with lock:\n        await asyncio.sleep(1)\n\n\n"
            "async def main() -> None:\n    lock = asyncio.Lock()\n"
            "    await asyncio.gather(use(lock), use(lock))\n\n\nasyncio.run(main())\n",
    .sources = "asyncio documentation",
}};

static bool is_primitive(const Program *program, Value value) {
    static const char *const names[] = {"asyncio.Lock()",      "asyncio.Event()",
                                        "asyncio.Condition()", "asyncio.Semaphore()",
                                        "asyncio.Queue()",     "asyncio.Future()"};
    return STR_IS_ONE_OF(value_external_name(program, value), names);
}

// The primitive that a class's __init__ makes, where the class is instantiated.
static const Site *primitive_in(Program *program, Value class, const ModuleInfo **owner) {
    Value instance = {VALUE_INSTANCE, class.module, class.index};
    Value init = instance_attribute(program, instance, STR("__init__"));
    if (init.kind != VALUE_FUNCTION) return NULL;
    *owner = program_module(program, init.module);
    const Summary *summary = (*owner)->summary;
    const FunctionInfo *info = value_function(program, init);
    uint32_t first =
        COUNT_BEFORE(i, summary->sites.len, summary->sites.at[i].place.start < info->place.start);
    for (uint32_t i = first; i < summary->sites.len; i++) {
        const Site *site = &summary->sites.at[i];
        if (site->place.start >= info->end) break;
        bool is_made_there = (site->flags & SITE_CALL) && site->function == init.index;
        if (is_made_there && is_primitive(program, site_value(*owner, site))) return site;
    }
    return NULL;
}

static void check_site(Pass *pass, const ModuleInfo *module, const Site *site) {
    Program *program = module->program;
    Value value = site_value(module, site), callee = site_callee(module, site);
    if (is_primitive(program, value)) {
        Str name = value_display(program, value);
        report_at(pass, &rules[0], site->place,
                  "this `%.*s` is made at import, for another loop than `asyncio.run()` uses",
                  STR_ARG(name));
        return;
    }
    const ModuleInfo *owner;
    const Site *inner = callee.kind == VALUE_CLASS ? primitive_in(program, callee, &owner) : NULL;
    if (inner == NULL) return;
    Str class = value_display(program, callee);
    Str name = value_display(program, site_value(owner, inner));
    Str where = place_display(pass->arena, owner->summary, inner->place);
    report_at(pass, &rules[0], site->place,
              "`%.*s` makes a `%.*s` at import, for another loop than `asyncio.run()` uses, %.*s",
              STR_ARG(class), STR_ARG(name), STR_ARG(where));
}

// From 3.10 on a primitive belongs to the loop that first waits for it: only a second one is wrong.
// The module that makes it has to show two, for elsewhere they may be different programs.
static bool is_for_another_loop(Pass *pass, const ModuleInfo *module) {
    if (pass->settings->target_version < PYTHON(3, 10))
        return graph_loops_made(program_graph(module->program)) > 0;
    return loops_made_by(module) > 1;
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    if (!is_for_another_loop(pass, module)) return;
    for (uint32_t i = 0; i < module->summary->sites.len; i++) {
        const Site *site = &module->summary->sites.at[i];
        if ((site->flags & SITE_CALL) && (site->flags & SITE_AT_IMPORT))
            check_site(pass, module, site);
    }
}

const Check aio306_import_time_primitive = {.rules = LIST(rules), .on_module = check_module};
