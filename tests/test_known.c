#include "project/known.h"

#include "testing.h"

static const char *const names[] = {
#define VALUE(name, traits, same_as) name,
#include "project/known_values.def"
#undef VALUE
};

static void values_are_sorted(void **state) {
    (void)state;
    for (size_t i = 1; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i - 1], names[i]) >= 0) fail_msg("%s", names[i]);
}

static void what_a_value_is_followed_by_is_final(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const KnownValue *value = known_value(str_of(names[i]));
        assert_non_null(value);
        const KnownValue *next =
            value->same_as[0] == '\0' ? NULL : known_value(str_of(value->same_as));
        if (next != NULL && next->same_as[0] != '\0') fail_msg("%s", names[i]);
    }
}

static void unknown_names_are_unknown(void **state) {
    (void)state;
    assert_null(known_value(STR("asyncio.nothing()")));
    assert_null(known_value(STR("")));
    assert_true(is_standard_module(STR("asyncio")));
    assert_false(is_standard_module(STR("async")));
    assert_false(is_standard_module(STR("zzz")));
    assert_false(is_standard_module(STR("httpx")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_sorted),
        cmocka_unit_test(what_a_value_is_followed_by_is_final),
        cmocka_unit_test(unknown_names_are_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
