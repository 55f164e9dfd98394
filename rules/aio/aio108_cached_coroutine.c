// Decorators that do not fit a coroutine function: caches that keep the coroutine object, and
// context managers of the other kind.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO108",
    .name = "cached-coroutine",
    .summary = "a decorator that does not fit a coroutine function",
    .why =
        "`lru_cache` keeps what the call gives, and that is the coroutine object, which can be\n"
        "awaited once: the second `await` raises RuntimeError. `contextmanager` cannot drive an\n"
        "`async def`, and `asynccontextmanager` needs one that yields.",
    .bad = "import asyncio\nimport functools\n\n\n@functools.lru_cache(maxsize=None)\n"
           "async def config(name: str) -> str:\n    await asyncio.sleep(1)\n    return name\n",
    .good = "import asyncio\n\ncache: dict = {}\n\n\nasync def config(name: str) -> str:\n"
            "    if name not in cache:\n        cache[name] = asyncio.ensure_future(load(name))\n"
            "    return await cache[name]\n\n\nasync def load(name: str) -> str:\n"
            "    await asyncio.sleep(1)\n    return name\n",
    .sources = "codehound CH030",
}};

static bool is_cache(Str decorator) {
    return str_is(decorator, "functools.lru_cache") || str_is(decorator, "functools.lru_cache()") ||
           str_is(decorator, "functools.cache") || str_is(decorator, "functools.cached_property");
}

// What is wrong with that decorator on an `async def`, or NULL.
static const char *misfit(Str decorator, bool yields) {
    if (is_cache(decorator) && !yields) return "keeps a coroutine that can be awaited only once";
    if (str_is(decorator, "contextlib.contextmanager"))
        return "is for plain generators; there is `asynccontextmanager`";
    if (str_is(decorator, "contextlib.asynccontextmanager") && !yields)
        return "is for async generators, and this function has no `yield`";
    return NULL;
}

static void check_function(Pass *pass, const ModuleInfo *module, const FunctionInfo *function) {
    if (!(function->flags & FUNCTION_ASYNC) || function->decorator_count == 0) return;
    uint32_t innermost = function->first_decorator + function->decorator_count - 1;
    Value decorator = value_of_name(module, module->summary->decorators.at[innermost]);
    Str name = value_external_name(module->program, decorator);
    const char *what = misfit(name, function->flags & FUNCTION_YIELDS);
    if (what == NULL) return;
    Str shown = value_display(module->program, decorator);
    report_at(pass, &rules[0], function->place, "`%.*s` %s", STR_ARG(shown), what);
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->functions.len; i++)
        check_function(pass, module, &module->summary->functions.at[i]);
}

const Check aio108_cached_coroutine = {.rules = LIST(rules), .on_module = check_module};
