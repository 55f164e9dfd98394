// The tables of the standard library's versions: their order, which the search needs, and paths.

#include "facts/versions.h"
#include "testing.h"

typedef struct Row {
    const char *path;
    int added, removed;
} Row;

#define API(path, added, removed) {path, added, removed},
static const Row in_asyncio[] = {
#include "facts/versions/asyncio.def"
};
static const Row in_builtins[] = {
#include "facts/versions/builtins.def"
};
static const Row in_concurrency[] = {
#include "facts/versions/concurrency.def"
};
static const Row in_data[] = {
#include "facts/versions/data.def"
};
static const Row in_files[] = {
#include "facts/versions/files.def"
};
static const Row in_language[] = {
#include "facts/versions/language.def"
};
static const Row in_network[] = {
#include "facts/versions/network.def"
};
static const Row in_typing[] = {
#include "facts/versions/typing.def"
};
static const Row unseen[] = {
#include "facts/versions/unseen.def"
};
#undef API

static void check_table(const Row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(rows[i - 1].path, rows[i].path) >= 0)
            fail_msg("%s stands before %s", rows[i - 1].path, rows[i].path);
        if (rows[i].added == 0 && rows[i].removed == 0) fail_msg("%s says nothing", rows[i].path);
        if (rows[i].removed != 0 && rows[i].removed <= rows[i].added)
            fail_msg("%s goes before it comes", rows[i].path);
    }
}

#define CHECK(table) check_table(table, sizeof(table) / sizeof((table)[0]))

static void tables_are_sorted_and_say_something(void **state) {
    (void)state;
    CHECK(in_asyncio);
    CHECK(in_builtins);
    CHECK(in_concurrency);
    CHECK(in_data);
    CHECK(in_files);
    CHECK(in_language);
    CHECK(in_network);
    CHECK(in_typing);
    CHECK(unseen);
}

static void assert_span(const char *path, int added, int removed) {
    ApiSpan span;
    if (!api_find(str_of(path), &span)) fail_msg("%s is not found", path);
    assert_int_equal(span.added, added);
    assert_int_equal(span.removed, removed);
}

// From the asyncio documentation's "new in", "removed in" notes.
static void asyncio_is_as_documented(void **state) {
    (void)state;
    assert_span("asyncio.to_thread", 309, 0);
    assert_span("asyncio.TaskGroup", 311, 0);
    assert_span("asyncio.timeout", 311, 0);
    assert_span("asyncio.Runner", 311, 0);
    assert_span("asyncio.create_task(name)", 308, 0);
    assert_span("asyncio.create_task(context)", 311, 0);
    assert_span("asyncio.run(loop_factory)", 312, 0);
    assert_span("asyncio.sleep(loop)", 0, 310);
    assert_span("asyncio.Lock(loop)", 0, 310);
    assert_span("asyncio.coroutine", 0, 311);
    assert_span("asyncio.Task.all_tasks", 0, 309);
    assert_span("asyncio.Queue[]", 309, 0);
    assert_span("asyncio.Queue().shutdown", 313, 0);
    assert_span("asyncio.get_running_loop().shutdown_default_executor", 309, 0);
    assert_span("builtins.aiter", 310, 0);
    assert_span("distutils", 0, 312);
}

static void what_did_not_change_is_not_found(void **state) {
    (void)state;
    ApiSpan span;
    assert_false(api_find(STR("asyncio.gather"), &span));
    assert_false(api_find(STR("asyncio.run(debug)"), &span));
    assert_false(api_find(STR("asyncio.TaskGroup()"), &span));
    assert_false(api_find(STR(""), &span));
    char text[500];
    memset(text, 'a', sizeof text);
    assert_false(api_find((Str){text, sizeof text}, &span));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_sorted_and_say_something),
        cmocka_unit_test(asyncio_is_as_documented),
        cmocka_unit_test(what_did_not_change_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
