#include "testing.h"

#include "source/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { MOST = 1 << 16 };

static Arena arena;
static char folder[] = "/tmp/asynclint-source-XXXXXX";

static int set_up(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_release(&arena);
    return chdir("/") != 0 || rmdir(folder) != 0;
}

static Source decode(const char *bytes, uint32_t len) {
    Source source;
    source_of_bytes(&source, &arena, STR("x.py"), (Str){bytes, len});
    return source;
}

#define DECODE(literal) decode((literal), sizeof(literal) - 1)

static void check_text(Source source, const char *expected) {
    assert_int_equal(source.text.len, strlen(expected));
    assert_memory_equal(source.text.at, expected, source.text.len);
}

static Source read_name(const char *name, bool any_kind) {
    Source source;
    source_read(&source, &arena, str_of(name), MOST, any_kind);
    return source;
}

static void write_file(const char *name, size_t bytes) {
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    for (size_t i = 0; i < bytes; i++)
        fputc('x', file);
    assert_int_equal(fclose(file), 0);
}

static void utf8_is_not_copied(void **state) {
    (void)state;
    const char *text = "x = '\xc3\xa9'\n";
    Source source = decode(text, (uint32_t)strlen(text));
    assert_ptr_equal(source.text.at, text);
    assert_false(source.is_converted);
    assert_int_equal(source.problem, SOURCE_OK);
    assert_true(str_is(source.encoding, "utf-8"));
    assert_int_equal(source.header_lines, 1);
}

static void a_mark_is_taken_off(void **state) {
    (void)state;
    Source source = DECODE("\xef\xbb\xbfx\n");
    assert_true(source.has_bom);
    check_text(source, "x\n");
    assert_int_equal(DECODE("\xef\xbb\xbf").header_lines, 0);
}

static void a_cookie_names_the_encoding(void **state) {
    (void)state;
    Source source = DECODE("# -*- coding: latin-1 -*-\n\xe9\n");
    check_text(source, "# -*- coding: latin-1 -*-\n\xc3\xa9\n");
    assert_true(source.is_converted);
    assert_true(str_is(source.encoding, "latin-1"));
    check_text(DECODE("\n#coding=koi8-r\n\xf0\n"), "\n#coding=koi8-r\n\xd0\x9f\n");
    check_text(DECODE("# coding: Windows.1252\n\x80"), "# coding: Windows.1252\n\xe2\x82\xac");
    assert_int_equal(DECODE("x\n# coding: nonsense\n").problem, SOURCE_OK);
    assert_int_equal(DECODE("#\n#\n# coding: nonsense\n").problem, SOURCE_OK);
    assert_int_equal(DECODE("# coding: utf8\n").problem, SOURCE_OK);
}

static void every_codec_is_there(void **state) {
    (void)state;
    static const char *const names[][2] = {
#include "source/codecs.inc"
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i][0], "csHPRoman8") == 0) continue; // nobody can ask for capitals
        Str text = str_format(&arena, "# coding: %s\n", names[i][0]);
        Source source;
        source_of_bytes(&source, &arena, STR("x.py"), text);
        if (source.problem != SOURCE_OK) fail_msg("%s: problem %d", names[i][0], source.problem);
        check_text(source, str_c(&arena, text));
    }
}

// What CPython's codecs make of bytes at the edges of their tables.
static void tables_are_those_of_python(void **state) {
    (void)state;
    check_text(DECODE("# coding: big5\n\xa4\x40"), "# coding: big5\n\xe4\xb8\x80");
    check_text(DECODE("# coding: gb18030\n\x81\x30\x81\x30"), "# coding: gb18030\n\xc2\x80");
    check_text(DECODE("# coding: shift_jis\n'\\n'"), "# coding: shift_jis\n'\\n'");
    check_text(DECODE("# coding: mac_greek\n\xe1"), "# coding: mac_greek\n\xce\xb1");
    check_text(DECODE("# coding: hz\n~{<:Ky~}"), "# coding: hz\n\xe5\xb7\xb1\xe6\x89\x80");
    assert_int_equal(DECODE("# coding: big5\n\x80").problem, SOURCE_UNDECODABLE);
    assert_int_equal(DECODE("# coding: gbk\n\x80").problem, SOURCE_UNDECODABLE);
    assert_int_equal(DECODE("# coding: euc-jp\n\xf5\xa1").problem, SOURCE_UNDECODABLE);
    assert_int_equal(DECODE("# coding: cp949\n\xc9\xa1").problem, SOURCE_UNDECODABLE);
    assert_int_equal(DECODE("# coding: cp950\n\x81\x40").problem, SOURCE_UNDECODABLE);
}

static void what_cannot_be_decoded_is_latin_1(void **state) {
    (void)state;
    Source source = DECODE("x = 1\n\xe9\n");
    assert_int_equal(source.problem, SOURCE_UNDECODABLE);
    assert_int_equal(source.bad_offset, 6);
    assert_int_equal(source.header_lines, 0);
    check_text(source, "x = 1\n\xc3\xa9\n");
    source = DECODE("\xef\xbb\xbf# coding: latin-1\n");
    assert_int_equal(source.problem, SOURCE_BOM_CONFLICT);
    assert_int_equal(source.bad_offset, 13);
    check_text(source, "# coding: latin-1\n");
    source = DECODE("# coding: nonsense\n\xff");
    assert_int_equal(source.problem, SOURCE_UNKNOWN_ENCODING);
    assert_int_equal(source.bad_offset, 10);
    assert_int_equal(DECODE("# coding: ascii\n\xc3\xa9").bad_offset, 16);
    assert_int_equal(DECODE("# coding: euc-jp\n\xa4\xa2\xa4").bad_offset, 19);
}

static void nul_bytes_stay(void **state) {
    (void)state;
    assert_int_equal(DECODE("a\0b\n").text.len, 4);
}

static void a_regular_file_is_read(void **state) {
    (void)state;
    write_file("a.py", 10000);
    Source source = read_name("a.py", false);
    assert_int_equal(source.problem, SOURCE_OK);
    assert_int_equal(source.text.len, 10000);
    assert_false(source.is_executable);
    assert_int_equal(chmod("a.py", 0755), 0);
    assert_true(read_name("a.py", false).is_executable);
    unlink("a.py");
}

static void the_limit_holds(void **state) {
    (void)state;
    write_file("exact", MOST);
    write_file("over", MOST + 1);
    assert_int_equal(read_name("exact", false).problem, SOURCE_OK);
    assert_int_equal(read_name("over", false).problem, SOURCE_TOO_LARGE);
    assert_int_equal(read_name("/dev/zero", true).problem, SOURCE_TOO_LARGE);
    assert_int_equal(truncate("over", 5ll << 30), 0);
    Source source;
    source_read(&source, &arena, STR("over"), UINT64_MAX, false);
    assert_int_equal(source.problem, SOURCE_TOO_LARGE);
    unlink("exact");
    unlink("over");
}

static SourceProblem text_problem(const char *name, const char *beginning, size_t bytes) {
    write_file(name, bytes);
    FILE *file = fopen(name, "r+b");
    assert_non_null(file);
    fputs(beginning, file);
    assert_int_equal(fclose(file), 0);
    Source source;
    source_read_text(&source, &arena, str_of(name), MOST);
    assert_int_equal(source.text.len > 0, source_was_read(&source));
    unlink(name);
    return source.problem;
}

static void what_begins_with_controls_is_no_text(void **state) {
    (void)state;
    assert_int_equal(text_problem("text", "\a\t\f\x1b[1m\r\n", 20000), SOURCE_OK);
    assert_int_equal(text_problem("text", "\xff\xfe", 20), SOURCE_UNDECODABLE);
    assert_int_equal(text_problem("binary", "\x89PNG\x1a", 20), SOURCE_NO_TEXT);
    assert_int_equal(text_problem("binary", "\x89PNG\x1a", 20000), SOURCE_NO_TEXT);
    assert_int_equal(text_problem("binary",
                                  "\x7f"
                                  "ELF",
                                  2 * MOST),
                     SOURCE_NO_TEXT);
    assert_int_equal(text_problem("large", "text", 2 * MOST), SOURCE_TOO_LARGE);
}

// A file that the system says is empty and that has bytes all the same.
static void the_size_is_only_a_guess(void **state) {
    (void)state;
    Source source = read_name("/proc/self/status", false);
    assert_int_equal(source.problem, SOURCE_OK);
    assert_true(source.text.len > 0);
}

static void a_pipe_is_read_where_it_was_named(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "x = 1\n", 6), 6);
    close(ends[1]);
    Str name = str_format(&arena, "/dev/fd/%d", ends[0]);
    check_text(read_name(name.at, true), "x = 1\n");
    close(ends[0]);
}

static void nothing_else_is_opened(void **state) {
    (void)state;
    assert_int_equal(mkfifo("fifo.py", 0600), 0);
    assert_int_equal(mkdir("folder.py", 0700), 0);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket.py"};
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    const char *const names[] = {"fifo.py", "folder.py", "socket.py", "/dev/zero", "/dev/tty"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        Source source = read_name(names[i], false);
        assert_int_equal(source.problem, SOURCE_NOT_REGULAR);
        assert_int_equal(source.text.len, 0);
    }
    assert_int_equal(read_name("folder.py", true).problem, SOURCE_NOT_REGULAR);
    close(listener);
    unlink("fifo.py");
    unlink("socket.py");
    rmdir("folder.py");
}

static void a_missing_file_says_why(void **state) {
    (void)state;
    Source source = read_name("missing.py", false);
    assert_int_equal(source.problem, SOURCE_UNREADABLE);
    assert_int_equal(source.system_error, ENOENT);
    assert_true(str_is(source.detail, strerror(ENOENT)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_not_copied),
        cmocka_unit_test(a_mark_is_taken_off),
        cmocka_unit_test(a_cookie_names_the_encoding),
        cmocka_unit_test(every_codec_is_there),
        cmocka_unit_test(tables_are_those_of_python),
        cmocka_unit_test(what_cannot_be_decoded_is_latin_1),
        cmocka_unit_test(nul_bytes_stay),
        cmocka_unit_test(a_regular_file_is_read),
        cmocka_unit_test(the_limit_holds),
        cmocka_unit_test(what_begins_with_controls_is_no_text),
        cmocka_unit_test(the_size_is_only_a_guess),
        cmocka_unit_test(a_pipe_is_read_where_it_was_named),
        cmocka_unit_test(nothing_else_is_opened),
        cmocka_unit_test(a_missing_file_says_why),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
