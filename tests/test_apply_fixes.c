#include "base/replace_file.h"
#include "engine/apply_fixes.h"
#include "rule/registry.h"

#include "arena_fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// A check that wants every `old` to be `new`, `= ` to be `!` and `# c` to be gone.
static void on_file(Pass *pass);

static const Rule rules[] = {
    {.code = "T1", .name = "old-word", .fixes_any_text = true},
    {.code = "T2", .name = "breaking-edit", .fixes_any_text = true},
    {.code = "T3", .name = "comment", .fixes_any_text = true},
};
static const Check check = {.rules = LIST(rules), .on_file = on_file};

static void report_all(Pass *pass, uint32_t line, const Rule *rule, Str wanted, Str edit) {
    Str text = line_text(&pass->file->lines, line);
    uint32_t start = pass->file->lines.starts[line];
    for (uint32_t at = 0; at < text.len;) {
        uint32_t found = str_find(str_from(text, at), wanted) + at;
        if (found >= text.len) return;
        Span span = {start + found, start + found + wanted.len};
        finding_edit(report(pass, rule, span, "`%.*s`", STR_ARG(wanted)), FIX_SAFE, span, edit);
        at = found + wanted.len;
    }
}

static void look_at_line(Pass *pass, uint32_t line) {
    report_all(pass, line, &rules[0], STR("old"), STR("new"));
    report_all(pass, line, &rules[1], STR("= "), STR("!"));
    report_all(pass, line, &rules[2], STR("# c"), STR(""));
}

static void on_file(Pass *pass) {
    for (uint32_t line = 0; line < pass->file->lines.count; line++)
        look_at_line(pass, line);
}

static Fixed fix(const char *text, FixSafety safety) {
    uint8_t *severities = arena_array(&arena, uint8_t, registry_rule_count());
    memset(severities, SEVERITY_ERROR, check.rules.count);
    Settings settings = {.severities = severities};
    PlannedCheck planned = {.check = &check};
    Plan plan = {.settings = &settings, .checks = &planned, .check_count = 1};
    Source source;
    source_of_bytes(&source, &arena, STR("x.py"), str_of(text));
    Fixed fixed;
    apply_fixes(&fixed, &plan, &source, true, safety, &arena);
    return fixed;
}

static void edits_are_done_until_quiet(void **state) {
    (void)state;
    Fixed fixed = fix("\xef\xbb\xbfold oldold\r\nx\n", FIX_SAFE);
    assert_true(str_is(fixed.bytes, "\xef\xbb\xbfnew newnew\r\nx\n"));
    assert_int_equal(fixed.count, 3);
    assert_int_equal(fixed.result.report.findings.len, 0);
}

static void a_lost_comment_is_unsafe(void **state) {
    (void)state;
    assert_true(str_is(fix("old # c\n", FIX_SAFE).bytes, "new # c\n"));
    assert_true(str_is(fix("old # c\n", FIX_UNSAFE).bytes, "new \n"));
}

static void what_breaks_the_file_is_taken_back(void **state) {
    (void)state;
    Fixed fixed = fix("x = old\nold\n", FIX_SAFE);
    assert_true(str_is(fixed.bytes, "x = new\nnew\n"));
    assert_true(str_is(fixed.taken_back, "T2"));
}

static void nothing_to_do_leaves_the_bytes(void **state) {
    (void)state;
    Fixed fixed = fix("fine", FIX_UNSAFE);
    assert_true(str_is(fixed.bytes, "fine"));
    assert_int_equal(fixed.count, 0);
}

static char folder[] = "/tmp/asynclint-test-XXXXXX";

static Str path_of(const char *name) {
    return str_format(&arena, "%s/%s", folder, name);
}

static void put(Str path, Str bytes, mode_t mode) {
    int file = open(path.at, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes.at, bytes.len), bytes.len);
    assert_int_equal(fchmod(file, mode), 0);
    close(file);
}

static void assert_content(Str path, Str expected) {
    Source source;
    source_read(&source, &arena, path, 1 << 20, false);
    assert_true(str_eq(source.raw, expected));
}

static void a_file_is_replaced_with_its_mode_through_links(void **state) {
    (void)state;
    Error error = {0};
    Str file = path_of("a.py"), link = path_of("link.py"), hard = path_of("hard.py");
    put(file, STR("old\n"), 0754);
    assert_int_equal(symlink("a.py", link.at), 0);
    assert_true(replace_file(&arena, link, STR("old\n"), STR("new\n"), &error));
    assert_content(file, STR("new\n"));
    struct stat status;
    assert_int_equal(lstat(link.at, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(stat(file.at, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0754);

    assert_false(replace_file(&arena, file, STR("old\n"), STR("newer\n"), &error));
    assert_content(file, STR("new\n"));

    assert_int_equal(linkat(AT_FDCWD, file.at, AT_FDCWD, hard.at, 0), 0);
    assert_false(replace_file(&arena, file, STR("new\n"), STR("newer\n"), &error));
    assert_content(hard, STR("new\n"));
    unlink(hard.at), unlink(link.at), unlink(file.at);
}

static void x_bits_follow_r_bits(void **state) {
    (void)state;
    Error error = {0};
    Str file = path_of("b.py");
    put(file, STR(""), 0640);
    assert_true(make_executable(&arena, file, &error));
    struct stat status;
    assert_int_equal(stat(file.at, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0750);
    assert_false(make_executable(&arena, path_of("none"), &error));
    unlink(file.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(edits_are_done_until_quiet, tear_down),
        cmocka_unit_test_teardown(a_lost_comment_is_unsafe, tear_down),
        cmocka_unit_test_teardown(what_breaks_the_file_is_taken_back, tear_down),
        cmocka_unit_test_teardown(nothing_to_do_leaves_the_bytes, tear_down),
        cmocka_unit_test_teardown(a_file_is_replaced_with_its_mode_through_links, tear_down),
        cmocka_unit_test_teardown(x_bits_follow_r_bits, tear_down),
    };
    assert_non_null(mkdtemp(folder));
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failures;
}
