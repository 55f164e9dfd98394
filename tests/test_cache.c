#include "base/buf.h"
#include "engine/cache.h"

#include "testing.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static Arena arena;
static char folder_name[] = "/tmp/asynclint-cache-XXXXXX";
static const Hash128 program = {1, 2}, configuration = {3, 4}, content = {5, 6};
static const FileStamp stamp = {.device = 1, .inode = 2, .size = 3, .modified = 4, .changed = 5};

static Str folder(void) {
    return str_of(folder_name);
}

static Cache *open_cache(void) {
    return cache_open(&arena, folder(), STR("/project"), program);
}

static void fill(uint32_t count) {
    Cache *cache = open_cache();
    for (uint32_t i = 0; i < count; i++)
        cache_keep(cache, i == 0 ? CACHE_FIRST : CACHE_LATER, str_format(&arena, "file%u.py", i),
                   configuration, &stamp, content, str_format(&arena, "findings of %u", i), false);
    assert_true(cache_write(cache));
}

static Str cache_file(void) {
    Hash128 name = hash128(STR("/project"));
    return str_format(&arena, "%s/%016llx%016llx.cache", folder_name, (unsigned long long)name.high,
                      (unsigned long long)name.low);
}

static bool finds(Cache *cache, const char *path, const char *kept) {
    CacheHit hit;
    cache_load(cache);
    return cache_find(cache, str_of(path), configuration, &stamp, &hit) &&
           hit.content.low == content.low && str_is(cache_kept(cache, hit), kept);
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
        assert_true(finds(cache, str_format(&arena, "file%u.py", i).at,
                          str_format(&arena, "findings of %u", i).at));
    CacheHit hit;
    assert_false(cache_find(cache, STR("other.py"), configuration, &stamp, &hit));
    assert_false(cache_find(cache, STR("file1.py"), content, &stamp, &hit));
    FileStamp later = stamp;
    later.changed++;
    assert_false(cache_find(cache, STR("file1.py"), configuration, &later, &hit));
    assert_true(cache_find_content(cache, STR("file1.py"), configuration, content, &hit));
    assert_true(str_is(cache_kept(cache, hit), "findings of 1"));
}

static void another_build_or_project_finds_nothing(void **state) {
    (void)state;
    fill(3);
    Cache *cache = cache_open(&arena, folder(), STR("/project"), content);
    assert_false(finds(cache, "file1.py", "findings of 1"));
    cache = cache_open(&arena, folder(), STR("/other"), program);
    assert_false(finds(cache, "file1.py", "findings of 1"));
}

static void a_stamp_of_just_now_is_not_trusted(void **state) {
    (void)state;
    FileStamp fresh = stamp;
    fresh.changed = UINT64_MAX / 2;
    Cache *cache = open_cache();
    cache_keep(cache, CACHE_LATER, STR("a.py"), configuration, &fresh, content, STR("x"), false);
    assert_true(cache_write(cache));
    cache = open_cache();
    assert_true(cache_load(cache));
    CacheHit hit;
    assert_false(cache_find(cache, STR("a.py"), configuration, &fresh, &hit));
    assert_true(cache_find_content(cache, STR("a.py"), configuration, content, &hit));
    assert_true(str_is(cache_kept(cache, hit), "x"));
}

static void a_file_that_others_may_write_is_passed_over(void **state) {
    (void)state;
    fill(3);
    assert_true(finds(open_cache(), "file1.py", "findings of 1"));
    assert_int_equal(chmod(cache_file().at, 0622), 0);
    assert_false(finds(open_cache(), "file1.py", "findings of 1"));
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
        assert_false(finds(open_cache(), "file1.py", "findings of 1"));
        write_file(path, str_slice(whole, 0, at));
        assert_false(finds(open_cache(), "file1.py", "findings of 1"));
    }
    write_file(path, whole);
    assert_true(finds(open_cache(), "file1.py", "findings of 1"));
}

static void what_has_not_changed_is_not_written_again(void **state) {
    (void)state;
    fill(2);
    Str path = cache_file();
    assert_int_equal(chmod(path.at, 0400), 0);
    struct stat before, after;
    assert_int_equal(stat(path.at, &before), 0);
    Cache *cache = open_cache();
    cache_keep(cache, CACHE_LATER, STR("file0.py"), configuration, &stamp, content,
               STR("findings of 0"), true);
    cache_keep(cache, CACHE_LATER, STR("file1.py"), configuration, &stamp, content,
               STR("findings of 1"), true);
    assert_true(cache_write(cache));
    assert_int_equal(stat(path.at, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
}

static void other_files_stay_while_they_exist(void **state) {
    (void)state;
    Cache *cache = open_cache();
    Str there = str_of(folder_name);
    cache_keep(cache, CACHE_FIRST, there, configuration, &stamp, content, STR("a"), false);
    cache_keep(cache, CACHE_LATER, STR("/nowhere/b.py"), configuration, &stamp, content, STR("b"),
               false);
    assert_true(cache_write(cache));
    cache = open_cache();
    cache_keep(cache, CACHE_LATER, STR("c.py"), configuration, &stamp, content, STR("c"), false);
    assert_true(cache_write(cache));
    cache = open_cache();
    assert_true(finds(cache, there.at, "a"));
    assert_false(finds(cache, "/nowhere/b.py", "b"));
    assert_true(finds(cache, "c.py", "c"));
}

int main(void) {
    assert_non_null(mkdtemp(folder_name));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(what_was_kept_is_found, tear_down),
        cmocka_unit_test_teardown(another_build_or_project_finds_nothing, tear_down),
        cmocka_unit_test_teardown(a_stamp_of_just_now_is_not_trusted, tear_down),
        cmocka_unit_test_teardown(a_file_that_others_may_write_is_passed_over, tear_down),
        cmocka_unit_test_teardown(a_damaged_file_is_as_good_as_none, tear_down),
        cmocka_unit_test_teardown(what_has_not_changed_is_not_written_again, tear_down),
        cmocka_unit_test_teardown(other_files_stay_while_they_exist, tear_down),
    };
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder_name);
    return failures;
}
