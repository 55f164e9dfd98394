#include "base/buf.h"
#include "engine/cache.h"

#include "testing.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static Arena arena;
static char folder_name[] = "/tmp/asynclint-cache-XXXXXX";
static const Hash128 program = {1, 2}, run = {3, 4}, content = {5, 6};
static const FileStamp stamp = {.device = 1, .inode = 2, .size = 3, .modified = 4, .changed = 5};

static Str folder(void) {
    return str_of(folder_name);
}

static Cache *open_cache(void) {
    return cache_open(&arena, folder(), STR("/project"), program);
}

static Hash128 key_of(Str path) {
    return hash128(path);
}

// An item of a file whose findings are "path", those that were added "path!", and whose facts are
// "path?".
static CacheItem item_of(Str path) {
    return (CacheItem){.key = key_of(path),
                       .content = content,
                       .stamp = stamp,
                       .path = path,
                       .own_findings = path,
                       .added_findings = str_join(&arena, path, STR("!")),
                       .facts = str_join(&arena, path, STR("?")),
                       .record = NO_RECORD};
}

static void take_item(void *context, Arena *scratch, uint32_t index, CacheItem *item) {
    (void)scratch;
    *item = ((const CacheItem *)context)[index];
}

static bool write_items(Cache *cache, CacheItem *items, uint32_t count) {
    return cache_write(cache, run, take_item, items, count);
}

static Str file_name(uint32_t number) {
    return str_format(&arena, "file%u.py", number);
}

static void fill(uint32_t count) {
    CacheItem *items = arena_array(&arena, CacheItem, count);
    for (uint32_t i = 0; i < count; i++)
        items[i] = item_of(file_name(i));
    assert_true(write_items(open_cache(), items, count));
}

static Str cache_file(void) {
    Hash128 name = hash128(STR("/project"));
    return str_format(&arena, "%s/%016llx%016llx.cache", folder_name, (unsigned long long)name.high,
                      (unsigned long long)name.low);
}

static bool finds(Cache *cache, Str path) {
    uint32_t record = cache_find(cache, key_of(path), NO_RECORD);
    Str facts;
    return record != NO_RECORD && cache_has_stamp(cache, record, &stamp) &&
           cache_content(cache, record).low == content.low &&
           str_eq(cache_own_findings(cache, record), path) &&
           cache_read_facts(cache, record, &arena, &facts) &&
           str_eq(facts, str_join(&arena, path, STR("?")));
}

static bool finds_both(void) {
    Cache *cache = open_cache();
    bool both = finds(cache, STR("file0.py")) && finds(cache, STR("file1.py")) &&
                cache_is_of_run(cache, run);
    cache_close(cache);
    return both;
}

static int tear_down(void **state) {
    (void)state;
    cache_clean(&arena, folder());
    arena_release(&arena);
    return 0;
}

static void what_was_kept_is_found(void **state) {
    (void)state;
    fill(100);
    Cache *cache = open_cache();
    for (uint32_t i = 0; i < 100; i++)
        assert_true(finds(cache, file_name(i)));
    uint32_t record = cache_find(cache, key_of(STR("file1.py")), NO_RECORD);
    assert_int_equal(cache_find(cache, key_of(STR("file2.py")), record), record + 1);
    assert_int_equal(cache_find(cache, key_of(STR("file0.py")), record), record - 1);
    assert_int_equal(cache_find(cache, key_of(STR("other.py")), record), NO_RECORD);
    assert_true(str_is(cache_added_findings(cache, record), "file1.py!"));
    FileStamp later = stamp;
    later.changed++;
    assert_false(cache_has_stamp(cache, record, &later));
    assert_true(cache_is_of_run(cache, run));
    assert_false(cache_is_of_run(cache, content));
}

static void another_build_or_project_finds_nothing(void **state) {
    (void)state;
    fill(3);
    Cache *cache = cache_open(&arena, folder(), STR("/project"), content);
    assert_false(finds(cache, STR("file1.py")));
    cache = cache_open(&arena, folder(), STR("/other"), program);
    assert_false(finds(cache, STR("file1.py")));
}

static void a_stamp_of_just_now_is_not_trusted(void **state) {
    (void)state;
    CacheItem item = item_of(STR("a.py"));
    item.stamp.changed = UINT64_MAX / 2;
    assert_true(write_items(open_cache(), &item, 1));
    Cache *cache = open_cache();
    uint32_t record = cache_find(cache, item.key, NO_RECORD);
    assert_false(cache_has_stamp(cache, record, &item.stamp));
    assert_int_equal(cache_content(cache, record).low, content.low);
}

static void without_a_stamp_nothing_is_kept(void **state) {
    (void)state;
    CacheItem items[] = {item_of(STR("a.py")), item_of(STR("b.py"))};
    items[0].stamp = (FileStamp){0};
    assert_true(write_items(open_cache(), items, 2));
    assert_false(finds(open_cache(), STR("a.py")));
    assert_true(finds(open_cache(), STR("b.py")));
}

// Old facts are copied in stretches: with one that is new in their midst, and in another order.
static void old_facts_are_kept(void **state) {
    (void)state;
    fill(5);
    Cache *cache = open_cache();
    static const uint32_t order[] = {3, 1, 2, 0, 4};
    CacheItem items[5];
    for (uint32_t i = 0; i < 5; i++) {
        items[i] = item_of(file_name(order[i]));
        items[i].record = cache_find(cache, items[i].key, NO_RECORD);
        items[i].has_old_facts = order[i] != 2;
        if (items[i].has_old_facts) items[i].facts = STR("not looked at");
    }
    assert_true(write_items(cache, items, 5));
    cache = open_cache();
    for (uint32_t i = 0; i < 5; i++)
        assert_true(finds(cache, file_name(i)));
}

static void a_file_that_others_may_write_is_passed_over(void **state) {
    (void)state;
    fill(3);
    assert_true(finds_both());
    assert_int_equal(chmod(cache_file().at, 0622), 0);
    assert_false(finds_both());
}

static Str read_file(Str path) {
    FILE *file = fopen(path.at, "rb");
    assert_non_null(file);
    char *bytes = arena_alloc(&arena, 1 << 16);
    size_t size = fread(bytes, 1, 1 << 16, file);
    fclose(file);
    return (Str){bytes, (uint32_t)size};
}

static void write_file(Str path, Str bytes) {
    FILE *file = fopen(path.at, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    fclose(file);
}

static void a_damaged_file_is_as_good_as_none(void **state) {
    (void)state;
    fill(2);
    Str path = cache_file(), whole = str_copy(&arena, read_file(path));
    char *bytes = arena_array(&arena, char, whole.len);
    for (uint32_t at = 0; at < whole.len; at++) {
        memcpy(bytes, whole.at, whole.len);
        bytes[at] ^= 0x11;
        write_file(path, (Str){bytes, whole.len});
        assert_false(finds_both());
        write_file(path, str_slice(whole, 0, at));
        assert_false(finds_both());
    }
    write_file(path, whole);
    assert_true(finds_both());
}

static void other_files_stay_while_they_exist(void **state) {
    (void)state;
    Str there = str_of(folder_name);
    CacheItem items[] = {item_of(there), item_of(STR("/nowhere/b.py"))};
    assert_true(write_items(open_cache(), items, 2));
    CacheItem other = item_of(STR("c.py"));
    assert_true(write_items(open_cache(), &other, 1));
    Cache *cache = open_cache();
    assert_true(finds(cache, there));
    assert_false(finds(cache, STR("/nowhere/b.py")));
    assert_true(finds(cache, STR("c.py")));
}

static void a_path_is_kept_once(void **state) {
    (void)state;
    CacheItem item = item_of(str_of(folder_name));
    assert_true(write_items(open_cache(), &item, 1));
    item.key = content;
    assert_true(write_items(open_cache(), &item, 1));
    assert_false(finds(open_cache(), item.path));
    assert_int_equal(cache_find(open_cache(), content, NO_RECORD), 0);
}

int main(void) {
    assert_non_null(mkdtemp(folder_name));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(what_was_kept_is_found, tear_down),
        cmocka_unit_test_teardown(another_build_or_project_finds_nothing, tear_down),
        cmocka_unit_test_teardown(a_stamp_of_just_now_is_not_trusted, tear_down),
        cmocka_unit_test_teardown(without_a_stamp_nothing_is_kept, tear_down),
        cmocka_unit_test_teardown(old_facts_are_kept, tear_down),
        cmocka_unit_test_teardown(a_file_that_others_may_write_is_passed_over, tear_down),
        cmocka_unit_test_teardown(a_damaged_file_is_as_good_as_none, tear_down),
        cmocka_unit_test_teardown(other_files_stay_while_they_exist, tear_down),
        cmocka_unit_test_teardown(a_path_is_kept_once, tear_down),
    };
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder_name);
    return failures;
}
