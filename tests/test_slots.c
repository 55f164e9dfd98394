#include "project/slots.h"

#include "testing.h"

static const char *const names[] = {
#define SLOT(callee, kind, position, keyword) callee,
#include "project/slots.def"
#undef SLOT
};

static void slots_are_sorted(void **state) {
    (void)state;
    for (size_t i = 1; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i - 1], names[i]) >= 0) fail_msg("%s", names[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slots_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
