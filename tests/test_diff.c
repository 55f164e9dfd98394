// Against `patch`: what the diff says must turn the old text into the new one.

#include "output/diff.h"

#include "testing.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Str diff_of(Buf *buf, const char *old, const char *new) {
    buf_clear(buf);
    diff_write(buf, STR("a"), STR("b"), str_of(old), str_of(new));
    return buf_str(buf);
}

static void the_form_is_that_of_diff_u(void **state) {
    (void)state;
    Buf buf = {0};
    assert_true(str_is(diff_of(&buf, "x\n", "x\n"), ""));
    assert_true(str_is(diff_of(&buf, "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nfive\n6\n"),
                       "--- a\n+++ b\n@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+five\n 6\n"));
    assert_true(str_is(diff_of(&buf, "", "x\n"), "--- a\n+++ b\n@@ -0,0 +1 @@\n+x\n"));
    assert_true(str_is(diff_of(&buf, "x", "x\n"),
                       "--- a\n+++ b\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n"));
    buf_release(&buf);
}

static void put(const char *path, Str bytes) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    fclose(file);
}

static void random_text(Buf *buf, unsigned *seed, uint32_t lines, uint32_t words) {
    buf_clear(buf);
    for (uint32_t i = 0; i < lines; i++)
        buf_printf(buf, "line %u\n", (unsigned)rand_r(seed) % words);
    if (rand_r(seed) % 3 == 0 && buf->len > 0) buf->len--;
}

static void patch_makes_the_new_of_the_old(void **state) {
    (void)state;
    char folder[] = "/tmp/asynclint-diff-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    unsigned seed = 1;
    Buf old = {0}, new = {0}, diff = {0};
    for (int round = 0; round < 150; round++) {
        uint32_t words = 2 + (uint32_t)rand_r(&seed) % 30;
        random_text(&old, &seed, (uint32_t)rand_r(&seed) % 40, words);
        random_text(&new, &seed, (uint32_t)rand_r(&seed) % 40, words);
        buf_clear(&diff);
        diff_write(&diff, STR("t"), STR("t"), buf_str(&old), buf_str(&new));
        put("t", buf_str(&old));
        put("wanted", buf_str(&new));
        put("d", buf_str(&diff));
        if (diff.len > 0)
            assert_int_equal(system("patch -s t < d && cmp -s t wanted"), 0);
        else
            assert_int_equal(system("cmp -s t wanted"), 0);
    }
    assert_int_equal(system("rm -f t t.orig wanted d"), 0);
    assert_int_equal(chdir("/"), 0);
    rmdir(folder);
    buf_release(&old), buf_release(&new), buf_release(&diff);
}

static void very_different_texts_end(void **state) {
    (void)state;
    Buf old = {0}, new = {0}, diff = {0};
    for (int i = 0; i < 20000; i++) {
        buf_printf(&old, "old %d\n", i);
        buf_printf(&new, "new %d\n", i);
    }
    diff_write(&diff, STR("t"), STR("t"), buf_str(&old), buf_str(&new));
    assert_true(
        str_starts_with(buf_str(&diff), STR("--- t\n+++ t\n@@ -1,20000 +1,20000 @@\n-old 0\n")));
    buf_release(&old), buf_release(&new), buf_release(&diff);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_form_is_that_of_diff_u),
        cmocka_unit_test(patch_makes_the_new_of_the_old),
        cmocka_unit_test(very_different_texts_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
