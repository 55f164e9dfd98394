// asyncio's functions that take coroutines or other awaitables, given something else: the function
// instead of its call, a list instead of its elements, the result instead of the coroutine.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO106",
    .name = "wrong-kind-of-argument",
    .summary = "an asyncio function is given something else than it can run",
    .why =
        "`asyncio.run()` and `create_task()` take a coroutine object, so the function has to be\n"
        "called; `gather()` takes awaitables one by one, so a list needs a `*`; and what has\n"
        "been awaited already is a result, no coroutine. Each of these raises TypeError or "
        "ValueError.",
    .bad = "import asyncio\n\n\nasync def main() -> None:\n    await asyncio.sleep(1)\n\n\n"
           "asyncio.run(main)\n",
    .good = "import asyncio\n\n\nasync def main() -> None:\n    await asyncio.sleep(1)\n\n\n"
            "asyncio.run(main())\n",
    .sources = "pyright reportArgumentType",
}};

typedef struct Taker {
    const char *callee;
    bool wants_coroutine; // no task or future
    bool takes_many;      // every positional argument, else the first
} Taker;

static const Taker takers[] = {
    {"asyncio.run", true, false},
    {"asyncio.create_task", true, false},
    {"asyncio.Task", true, false},
    {"asyncio.AbstractEventLoop().create_task", true, false},
    {"asyncio.TaskGroup().create_task", true, false},
    {"asyncio.run_coroutine_threadsafe", true, false},
    {"asyncio.Runner().run", true, false},
    {"asyncio.ensure_future", false, false},
    {"asyncio.wait_for", false, false},
    {"asyncio.shield", false, false},
    {"asyncio.AbstractEventLoop().run_until_complete", false, false},
    {"asyncio.gather", false, true},
};

static const Taker *find_taker(const ModuleInfo *module, const Site *call) {
    if (!(call->flags & SITE_CALL)) return NULL;
    Str name = value_external_name(module->program, site_callee(module, call));
    if (!str_starts_with(name, STR("asyncio."))) return NULL;
    for (size_t i = 0; i < sizeof takers / sizeof takers[0]; i++)
        if (str_is(name, takers[i].callee)) return &takers[i];
    return NULL;
}

static Str last_word(const Taker *taker) {
    Str name = str_of(taker->callee);
    return str_from(name, str_find_last_byte(name, '.') + 1);
}

static void check_shape(Pass *pass, const Site *call, const Taker *taker) {
    Str name = last_word(taker);
    if (taker->takes_many && call->argument_count == 1 &&
        (call->shape == SHAPE_LIST || call->shape == SHAPE_GENERATOR))
        report_at(pass, &rules[0], call->place,
                  "`%.*s()` takes awaitables one by one: `%.*s(*...)`", STR_ARG(name),
                  STR_ARG(name));
    if (taker->takes_many && call->shape == SHAPE_STARRED_AWAITS)
        report_at(pass, &rules[0], call->place,
                  "`%.*s()` is given results that were awaited one after the other", STR_ARG(name));
}

// Whether it may do all the same: what an annotation calls awaitable may be a coroutine, a
// generator passed for one up to 3.11, an object may pass for a future.
static bool is_vague(Program *program, Value value) {
    if (value.kind == VALUE_INSTANCE || value.kind == VALUE_GENERATOR) return true;
    Str name = value_external_name(program, value);
    return str_starts_with(name, STR("typing.")) || str_starts_with(name, STR("collections.abc."));
}

static void check_argument(Pass *pass, const ModuleInfo *module, const Site *site) {
    if (site->use != USE_ARGUMENT || site->by == NO_INDEX || site->keyword != 0) return;
    const Taker *taker = find_taker(module, &module->summary->sites.at[site->by]);
    if (taker == NULL || (site->position > 0 && !taker->takes_many)) return;
    Value value = site_value(module, site);
    unsigned traits = value_traits(module->program, value);
    if (!(traits & TRAIT_KNOWN) || is_vague(module->program, value)) return;
    unsigned wanted = taker->wants_coroutine ? TRAIT_COROUTINE : TRAIT_AWAIT;
    if (traits & wanted) return;
    Str name = value_display(module->program, value), taking = last_word(taker);
    if (value.kind == VALUE_FUNCTION)
        report_at(pass, &rules[0], site->place,
                  "`%.*s()` is given the function `%.*s` itself, "
                  "which is not called",
                  STR_ARG(taking), STR_ARG(name));
    else if (traits & TRAIT_AWAIT)
        report_at(pass, &rules[0], site->place, "`%.*s()` wants a coroutine and is given `%.*s`",
                  STR_ARG(taking), STR_ARG(name));
    else
        report_at(pass, &rules[0], site->place, "`%.*s()` is given `%.*s`, which cannot be awaited",
                  STR_ARG(taking), STR_ARG(name));
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++) {
        const Site *site = &module->summary->sites.at[i];
        if (site->flags & SITE_EXPECTS_REFUSAL) continue;
        const Taker *taker = find_taker(module, site);
        if (taker != NULL) check_shape(pass, site, taker);
        check_argument(pass, module, site);
    }
}

const Check aio106_wrong_kind_of_argument = {.rules = LIST(rules), .on_module = check_module};
