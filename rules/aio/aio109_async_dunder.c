// Special methods that Python calls without `await`, written as coroutines; and those it awaits,
// written so that they give nothing to await.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO109",
    .name = "async-dunder",
    .summary = "a special method of the wrong kind",
    .why = "Python itself calls `__init__`, `__len__` or `__enter__` and awaits nothing: as\n"
           "coroutines they raise TypeError or, as `__eq__` and `__bool__`, are silently true.\n"
           "What `__aenter__`, `__aexit__` and `__anext__` give, it does await.",
    .bad = "class Pool:\n    async def __init__(self) -> None:\n        self.items = []\n",
    .good = "class Pool:\n    def __init__(self) -> None:\n        self.items = []\n",
    .sources = "pylint W0236",
}};

static bool is_called_plainly(Str name) {
    static const char *const names[] = {"__init__",      "__new__",
                                        "__post_init__", "__del__",
                                        "__enter__",     "__exit__",
                                        "__iter__",      "__next__",
                                        "__len__",       "__str__",
                                        "__repr__",      "__bytes__",
                                        "__format__",    "__eq__",
                                        "__ne__",        "__lt__",
                                        "__le__",        "__gt__",
                                        "__ge__",        "__hash__",
                                        "__bool__",      "__contains__",
                                        "__int__",       "__float__",
                                        "__index__",     "__setattr__",
                                        "__delattr__",   "__setitem__",
                                        "__delitem__",   "__set__",
                                        "__delete__",    "__reversed__",
                                        "__await__",     "__init_subclass__",
                                        "__set_name__"};
    return STR_IS_ONE_OF(name, names);
}

static bool is_awaited(Str name) {
    static const char *const names[] = {"__aenter__", "__aexit__", "__anext__"};
    return STR_IS_ONE_OF(name, names);
}

static Str last_word(Str name) {
    uint32_t dot = str_find_last_byte(name, '.');
    return dot == name.len ? name : str_from(name, dot + 1);
}

static bool gives_nothing_to_await(Program *program, Value method) {
    if (function_kind(program, method) != KIND_SYNC) return false;
    const FunctionInfo *info = value_function(program, method);
    if (info->flags & (FUNCTION_TRIVIAL | FUNCTION_ABSTRACT)) return false;
    unsigned traits = value_traits(program, value_of_call(program, method));
    return (traits & TRAIT_KNOWN) && !(traits & TRAIT_AWAIT);
}

static void check_method(Pass *pass, const ModuleInfo *module, uint32_t index) {
    const FunctionInfo *info = &module->summary->functions.at[index];
    if (info->class == NO_INDEX) return;
    Str name = last_word(module->summary->names.at[info->name]);
    if (!str_starts_with(name, STR("__"))) return;
    bool is_async = info->flags & FUNCTION_ASYNC, yields = info->flags & FUNCTION_YIELDS;
    Value method = {VALUE_FUNCTION, module->index, index};
    if (is_async && is_called_plainly(name))
        report_at(pass, &rules[0], info->place, "Python calls `%.*s` without `await`",
                  STR_ARG(name));
    if (is_async && !yields && str_is(name, "__aiter__"))
        report_at(pass, &rules[0], info->place,
                  "`__aiter__` gives a coroutine; it is no `async def` unless it yields");
    if (is_awaited(name) && gives_nothing_to_await(module->program, method))
        report_at(pass, &rules[0], info->place,
                  "Python awaits what `%.*s` gives, and this gives nothing to await",
                  STR_ARG(name));
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->functions.len; i++)
        check_method(pass, module, i);
}

const Check aio109_async_dunder = {.rules = LIST(rules), .on_module = check_module};
