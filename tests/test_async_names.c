#include "arena_fixture.h"

#include "facts/async_names.h"
#include "rule/registry.h"

static bool asks(const char *text) {
    File file = {.arena = &arena};
    lines_scan(&file.lines, &arena, str_of(text));
    tokens_scan(&file.tokens, &arena, &file.lines, true);
    return has_async_names(&file);
}

static void names_are_found_wherever_they_stand(void **state) {
    (void)state;
    assert_true(asks("async def f(): pass\n"));
    assert_true(asks("from asyncio import sleep as s\n"));
    assert_true(asks("try:\n    x\nexcept b.BaseException: pass\n"));
    assert_true(asks("import importlib\nimportlib.import_module('as' + 'yncio')\n"));
    assert_true(asks("import trio_util as t\n"));
}

static void texts_and_parts_of_names_are_none(void **state) {
    (void)state;
    assert_false(asks("x = 'async'  # await\n"));
    assert_false(asks("my_async = fasyncio.my_trio(mcp_)\n"));
    assert_false(asks("def f():\n    try:\n        g()\n    except:\n        raise\n"));
}

static void what_breaks_a_rule_has_them(void **state) {
    (void)state;
    uint32_t asked = 0;
    for (uint32_t i = 0; i < registry_count; i++) {
        const Check *check = registry[i].check;
        for (uint32_t j = 0; j < check->rules.count; j++) {
            const Rule *rule = &check->rules.at[j];
            if (strncmp(rule->code, "ASYNC", 5) != 0 || rule->bad == NULL) continue;
            // `except*` alone
            if (strcmp(rule->code, "ASYNC400") == 0) continue;
            if (!asks(rule->bad)) fail_msg("%s: its `bad` has no names", rule->code);
            asked++;
        }
    }
    assert_true(asked > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_wherever_they_stand),
        cmocka_unit_test(texts_and_parts_of_names_are_none),
        cmocka_unit_test(what_breaks_a_rule_has_them),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
