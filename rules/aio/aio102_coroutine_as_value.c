// A coroutine object where its result was meant: always true, equal to nothing, printed as
// `<coroutine object …>`.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO102",
    .name = "coroutine-as-value",
    .summary = "a coroutine used as if it were its result",
    .why = "Without `await`, the call gives a coroutine object. In a condition that is always\n"
           "true; compared, it equals nothing; printed, it shows `<coroutine object ...>`; in a\n"
           "sum or as an attribute's owner it raises TypeError or AttributeError.",
    .bad = "import asyncio\n\n\nasync def is_up(host: str) -> bool:\n    await asyncio.sleep(1)\n"
           "    return bool(host)\n\n\nasync def main() -> None:\n    if is_up(\"here\"):\n"
           "        print(\"up\")\n",
    .good = "import asyncio\n\n\nasync def is_up(host: str) -> bool:\n    await asyncio.sleep(1)\n"
            "    return bool(host)\n\n\nasync def main() -> None:\n    if await is_up(\"here\"):\n"
            "        print(\"up\")\n",
    .sources = "pyright reportUnnecessaryComparison, mypy truthy-bool",
}};

// What can be done with a coroutine object itself.
static bool belongs_to_coroutines(Str attribute) {
    static const char *const names[] = {"send",     "throw",        "close",    "__await__",
                                        "__name__", "__qualname__", "__class__"};
    return STR_IS_ONE_OF(attribute, names) || str_starts_with(attribute, STR("cr_"));
}

// Functions that look into their argument.
static bool looks_into_arguments(Str callee) {
    static const char *const names[] = {
        "builtins.print",
        "builtins.len",
        "builtins.int",
        "builtins.str",
        "builtins.float",
        "builtins.list",
        "builtins.tuple",
        "builtins.set",
        "builtins.dict",
        "builtins.sum",
        "builtins.any",
        "builtins.all",
        "builtins.sorted",
        "builtins.min",
        "builtins.max",
        "builtins.bool",
        "builtins.abs",
        "builtins.round",
        "builtins.range",
        "builtins.enumerate",
        "json.dumps",
        "json.dump",
        "json.loads",
        "logging.debug",
        "logging.info",
        "logging.warning",
        "logging.error",
        "logging.critical",
        "logging.getLogger().debug",
        "logging.getLogger().info",
        "logging.getLogger().warning",
        "logging.getLogger().error",
        "logging.getLogger().critical",
    };
    return STR_IS_ONE_OF(callee, names);
}

// These look into the elements of what they are given.
static bool looks_into_elements(Str callee) {
    static const char *const names[] = {"builtins.any", "builtins.all", "builtins.sum",
                                        "builtins.max", "builtins.min", "builtins.sorted"};
    return STR_IS_ONE_OF(callee, names);
}

static Str callee_name(const ModuleInfo *module, const Site *site) {
    if (site->by == NO_INDEX) return (Str){0};
    Value callee = site_callee(module, &module->summary->sites.at[site->by]);
    return value_external_name(module->program, callee);
}

// What is done to it, in words; NULL where that is nothing wrong.
static const char *misuse(const ModuleInfo *module, const Site *site) {
    switch (site->use) {
    case USE_TESTED: return "is always true";
    case USE_COMPARED: return "is compared";
    case USE_CALCULATED: return "is an operand";
    case USE_FORMATTED: return "is formatted";
    case USE_SUBSCRIPTED: return "is subscripted";
    case USE_CALLED: return "is called";
    case USE_ATTRIBUTE:
        return belongs_to_coroutines(module->summary->names.at[site->by])
                   ? NULL
                   : "is asked for an attribute";
    case USE_ARGUMENT: {
        Str callee = callee_name(module, site);
        return site->keyword == 0 && looks_into_arguments(callee) ? "is an argument" : NULL;
    }
    case USE_ELEMENT:
        return looks_into_elements(callee_name(module, site)) ? "is an element" : NULL;
    default: return NULL;
    }
}

// A plain function may give a coroutine or None: to ask which is right.
static bool may_be_none(const ModuleInfo *module, const Site *site) {
    if (site->use != USE_TESTED && site->use != USE_COMPARED) return false;
    return function_kind(module->program, site_callee(module, site)) == KIND_SYNC;
}

static void check_site(Pass *pass, const ModuleInfo *module, const Site *site) {
    if (!value_is_coroutine(module->program, site_value(module, site))) return;
    const char *what = misuse(module, site);
    if (what == NULL || (site->flags & SITE_EXPECTS_TYPE_ERROR)) return;
    if (may_be_none(module, site)) return;
    Str name = value_display(module->program, site_value(module, site));
    Str callee = site->use == USE_ARGUMENT || site->use == USE_ELEMENT ? callee_name(module, site)
                                                                       : (Str){0};
    if (callee.len > 0) {
        if (str_starts_with(callee, STR("builtins."))) callee = str_from(callee, 9);
        report_at(pass, &rules[0], site->place,
                  "the coroutine `%.*s()` %s of `%.*s()` without `await`", STR_ARG(name), what,
                  STR_ARG(callee));
        return;
    }
    report_at(pass, &rules[0], site->place, "the coroutine `%.*s()` %s, for want of `await`",
              STR_ARG(name), what);
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++)
        check_site(pass, module, &module->summary->sites.at[i]);
}

const Check aio102_coroutine_as_value = {.rules = LIST(rules), .on_module = check_module};
