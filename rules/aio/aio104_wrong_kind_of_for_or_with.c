// `for` and `with` on what only knows `async for` and `async with`, the other way round, and both
// on a coroutine whose `await` is missing.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO104",
    .name = "wrong-kind-of-for-or-with",
    .summary = "`for`, `async for`, `with` or `async with` on a value of the other kind",
    .why = "An async generator goes with `async for`, an asynchronous context manager with\n"
           "`async with`, and the plain ones without `async`. The wrong one raises TypeError or\n"
           "AttributeError when the line runs.",
    .bad = "import asyncio\n\nlock = asyncio.Lock()\n\n\nasync def bump(state: list) -> None:\n"
           "    with lock:\n        state.append(1)\n",
    .good = "import asyncio\n\nlock = asyncio.Lock()\n\n\nasync def bump(state: list) -> None:\n"
            "    async with lock:\n        state.append(1)\n",
    .sources = "pylint E1133, pylint E1701, sonar S7515",
}};

typedef struct Form {
    UseKind use;
    unsigned needed, other; // traits
    const char *keyword, *other_keyword;
} Form;

static const Form forms[] = {
    {USE_ITERATED, TRAIT_ITERATE, TRAIT_ASYNC_ITERATE, "for", "async for"},
    {USE_ASYNC_ITERATED, TRAIT_ASYNC_ITERATE, TRAIT_ITERATE, "async for", "for"},
    {USE_ENTERED, TRAIT_ENTER, TRAIT_ASYNC_ENTER, "with", "async with"},
    {USE_ASYNC_ENTERED, TRAIT_ASYNC_ENTER, TRAIT_ENTER, "async with", "with"},
};

// `for x in lambda: 1, lambda: 2` of Python 2 is no mistake that anyone makes.
static bool is_lambda(Program *program, Value value) {
    const FunctionInfo *info = value_function(program, value);
    return info != NULL && (info->flags & FUNCTION_LAMBDA);
}

static void check_form(Pass *pass, const ModuleInfo *module, const Site *site, const Form *form) {
    Value value = site_value(module, site);
    unsigned traits = value_traits(module->program, value);
    if (!(traits & TRAIT_KNOWN) || (traits & form->needed)) return;
    if (is_lambda(module->program, value)) return;
    Str name = value_display(module->program, value);
    if (traits & TRAIT_COROUTINE)
        report_at(pass, &rules[0], site->place, "`%s` on the coroutine `%.*s()` without `await`",
                  form->keyword, STR_ARG(name));
    else if (traits & form->other)
        report_at(pass, &rules[0], site->place, "`%s` on `%.*s`, which is for `%s`", form->keyword,
                  STR_ARG(name), form->other_keyword);
    else if (value.kind == VALUE_GENERATOR || value.kind == VALUE_ASYNC_GENERATOR)
        report_at(pass, &rules[0], site->place, "`%s` on the generator `%.*s()`, which is for `%s`",
                  form->keyword, STR_ARG(name),
                  value.kind == VALUE_GENERATOR ? "for" : "async for");
    else if (value.kind == VALUE_FUNCTION)
        report_at(pass, &rules[0], site->place, "`%s` on the function `%.*s`, which is not called",
                  form->keyword, STR_ARG(name));
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++) {
        const Site *site = &module->summary->sites.at[i];
        if (site->use < USE_ITERATED || site->use > USE_ASYNC_ENTERED) continue;
        if (site->flags & SITE_EXPECTS_REFUSAL) continue;
        for (size_t j = 0; j < sizeof forms / sizeof forms[0]; j++)
            if (site->use == forms[j].use) check_form(pass, module, site, &forms[j]);
    }
}

const Check aio104_wrong_kind_of_for_or_with = {.rules = LIST(rules), .on_module = check_module};
