#include "facts/blocking.h"
#include "testing.h"

static void check_sorted(const Blocking *entries, uint32_t count) {
    assert_true(count > 10);
    for (uint32_t i = 1; i < count; i++)
        if (strcmp(entries[i - 1].name, entries[i].name) >= 0)
            fail_msg("%s must not stand before %s", entries[i - 1].name, entries[i].name);
}

static void lists_are_sorted_and_unique(void **state) {
    (void)state;
    uint32_t count;
    const Blocking *entries = blocking_calls(&count);
    check_sorted(entries, count);
    entries = blocking_classes(&count);
    check_sorted(entries, count);
}

static void every_call_is_found(void **state) {
    (void)state;
    uint32_t count;
    const Blocking *entries = blocking_calls(&count);
    for (uint32_t i = 0; i < count; i++)
        assert_ptr_equal(blocking_call(str_of(entries[i].name)), &entries[i]);
    assert_null(blocking_call(STR("time.sleeper")));
    assert_null(blocking_call((Str){0}));
}

static void methods_are_whole_words(void **state) {
    (void)state;
    assert_non_null(blocking_method(STR("queue.Queue"), STR("get")));
    assert_null(blocking_method(STR("queue.Queue"), STR("ge")));
    assert_null(blocking_method(STR("queue.Queue"), STR("get_nowait")));
    assert_non_null(blocking_method(STR("io.TextIOWrapper"), STR("anything")));
    assert_null(blocking_method(STR("asyncio.Queue"), STR("get")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_sorted_and_unique),
        cmocka_unit_test(every_call_is_found),
        cmocka_unit_test(methods_are_whole_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
