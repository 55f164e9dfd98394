// unittest.TestCase calls its tests and awaits nothing: an `async def` test passes without running.

#include "project/program.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO110",
    .name = "async-test-never-runs",
    .summary = "an `async def` test in a plain `unittest.TestCase`",
    .why =
        "`unittest.TestCase` calls the method, gets a coroutine and drops it: the test passes and\n"
        "nothing of it has run. From Python 3.8 on there is `IsolatedAsyncioTestCase`; before\n"
        "that a plain test calls `asyncio.run()`.",
    .bad = "import unittest\n\n\nclass Test(unittest.TestCase):\n"
           "    async def test_sum(self) -> None:\n        self.assertEqual(1 + 1, 3)\n",
    .good = "import asyncio\nimport unittest\n\n\nclass Test(unittest.TestCase):\n"
            "    def test_sum(self) -> None:\n        asyncio.run(self.check_sum())\n\n"
            "    async def check_sum(self) -> None:\n        self.assertEqual(1 + 1, 2)\n",
    .sources = "ruff issue 20170, cpython issue 112296",
}};

static bool is_plain_test_case(Program *program, Value class) {
    Bases bases = class_bases(program, class);
    bool is_test_case = false;
    for (uint32_t i = 0; i < bases.count; i++) {
        if (bases.at[i].kind == VALUE_CLASS) continue;
        if (!value_is(program, bases.at[i], "unittest.TestCase") &&
            !value_is(program, bases.at[i], "unittest.case.TestCase"))
            return false;
        is_test_case = true;
    }
    return is_test_case && bases.is_complete;
}

static bool is_run_by_unittest(Str name) {
    static const char *const names[] = {"setUp", "tearDown", "setUpClass", "tearDownClass",
                                        "runTest"};
    return STR_IS_ONE_OF(name, names) || str_starts_with(name, STR("test"));
}

// A method that overrides how tests are run may await them.
static bool runs_tests_itself(Program *program, Value class) {
    Value instance = {VALUE_INSTANCE, class.module, class.index};
    static const char *const names[] = {"run", "__call__", "_callTestMethod"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (instance_attribute(program, instance, str_of(names[i])).kind == VALUE_FUNCTION)
            return true;
    return false;
}

static void check_method(Pass *pass, const ModuleInfo *module, uint32_t index) {
    const FunctionInfo *info = &module->summary->functions.at[index];
    if (info->class == NO_INDEX || !(info->flags & FUNCTION_ASYNC)) return;
    Str name = module->summary->names.at[info->name];
    name = str_from(name, str_find_last_byte(name, '.') + 1);
    Value method = {VALUE_FUNCTION, module->index, index};
    Value class = {VALUE_CLASS, module->index, info->class};
    if (!is_run_by_unittest(name) || function_kind(module->program, method) != KIND_COROUTINE)
        return;
    if (!is_plain_test_case(module->program, class) || runs_tests_itself(module->program, class))
        return;
    report_at(pass, &rules[0], info->place,
              "`unittest.TestCase` does not await `%.*s`: it passes without running",
              STR_ARG(name));
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->functions.len; i++)
        check_method(pass, module, i);
}

const Check aio110_async_test_never_runs = {.rules = LIST(rules), .on_module = check_module};
