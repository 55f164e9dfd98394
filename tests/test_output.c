#include "testing.h"

#include "base/utf8.h"
#include "output/output.h"
#include "rule/registry.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static const Rule rule = {.code = "AIO101", .name = "coroutine-never-awaited", .summary = "lost"};

static Finding finding_at(uint32_t line, uint32_t column, uint32_t width, Str message) {
    return (Finding){.rule = &rule,
                     .severity = SEVERITY_ERROR,
                     .start = {line, column},
                     .end = {line, column + width},
                     .message = message};
}

typedef struct Files {
    OutputFile *at;
    uint32_t count;
} Files;

static void each_file(void *context, Buf *out, OutputGroup group, OutputFileWriter *add,
                      void *form) {
    const Files *files = context;
    for (uint32_t i = 0; i < files->count; i++) {
        files->at[i].index = i;
        if (output_group_has(group, files->at[i].is_hand_out)) add(form, out, &files->at[i]);
    }
}

static OutputFiles all_of(Files *files) {
    OutputFiles all = {.count = files->count, .each = each_file, .context = files};
    for (uint32_t i = 0; i < files->count; i++)
        all.hand_outs += files->at[i].is_hand_out;
    return all;
}

static Str written(Buf *out, const char *form, OutputFile *files, uint32_t count) {
    OutputOptions options = {.directory = STR("/project")};
    OutputFiles all = all_of(&(Files){files, count});
    buf_clear(out);
    output_form_find(str_of(form))->write(out, &all, &options);
    buf_add_byte(out, '\0');
    out->len--;
    return buf_str(out);
}

// One file with one finding, in `form`.
static Str written_one(Buf *out, const char *form, Str path, Finding finding) {
    Finding *findings[] = {&finding};
    Report report = {.findings = {findings, 1, 1}};
    OutputFile file = {.path = path, .report = &report};
    return written(out, form, &file, 1);
}

static void forms_are_sorted(void **state) {
    (void)state;
    for (uint32_t i = 1; i < output_form_count; i++)
        assert_true(strcmp(output_forms[i - 1].name, output_forms[i].name) < 0);
    assert_null(output_form_find(STR("nothing")));
}

static void text_is_one_line_each(void **state) {
    (void)state;
    Buf out = {0};
    Str text = written_one(&out, "text", STR("a.py"), finding_at(3, 5, 2, STR("`f()` is lost")));
    assert_string_equal(text.at, "a.py:3:5: AIO101 `f()` is lost\n");
    text = written_one(&out, "text", STR("a\n\x1b[2J.py"), finding_at(1, 1, 0, STR("x\r\ny")));
    assert_string_equal(text.at, "a\\x0a\\x1b[2J.py:1:1: AIO101 x\\x0d\\x0ay\n");
    buf_release(&out);
}

static void hand_out_files_stand_at_the_end(void **state) {
    (void)state;
    Finding finding = finding_at(1, 2, 1, STR("lost"));
    Finding *findings[] = {&finding};
    Report report = {.findings = {findings, 1, 1}};
    OutputFile files[] = {{STR("0-main.py"), &report, true, 0}, {STR("1.py"), &report, false, 1}};
    Buf out = {0};
    assert_string_equal(written(&out, "text", files, 2).at,
                        "1.py:1:2: AIO101 lost\n"
                        "\n"
                        "hand-out files, which do not fail the run:\n"
                        "0-main.py:1:2: AIO101 lost\n");
    assert_non_null(strstr(written(&out, "github", files, 2).at, "::notice title="));
    buf_release(&out);
}

static void related_places_are_indented(void **state) {
    (void)state;
    Finding finding = finding_at(1, 2, 1, STR("lost"));
    Related related[] = {{STR("b.py"), {4, 1}, STR("made here")}};
    finding.related.at = related;
    finding.related.len = 1;
    Buf out = {0};
    assert_string_equal(written_one(&out, "text", STR("a.py"), finding).at,
                        "a.py:1:2: AIO101 lost\n    b.py:4:1: made here\n");
    buf_release(&out);
}

static void statistics_count_codes(void **state) {
    (void)state;
    Finding finding = finding_at(1, 2, 1, STR("lost"));
    finding.rule_number = registry_find(STR("W291"));
    finding.rule = registry_rule(finding.rule_number, NULL);
    Finding *findings[] = {&finding, &finding};
    Report report = {.findings = {findings, 2, 2}};
    OutputFile files[] = {{STR("0.py"), &report, false, 0}, {STR("1.py"), &report, false, 1}};
    OutputFiles all = all_of(&(Files){files, 2});
    Buf out = {0};
    Arena arena = {0};
    output_write_statistics(&out, &all);
    buf_printf(&out, "%c", 0);
    assert_memory_equal(out.at, "      4 W291     ", 17);
    assert_string_equal(out.at + 17, str_format(&arena, "%s\n", finding.rule->summary).at);
    buf_release(&out);
    arena_release(&arena);
}

static const char *string_at(json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

static void json_has_ruffs_shape(void **state) {
    (void)state;
    Buf out = {0};
    assert_string_equal(written(&out, "json", NULL, 0).at, "[]\n");
    Finding finding = finding_at(3, 5, 2, STR("say \"no\"\t\\ \xff"));
    Edit edit = {.span = {7, 8}, .start = {3, 5}, .end = {3, 6}, .text = STR("x")};
    finding.edits.at = &edit;
    finding.edits.len = 1;
    finding.fix_safety = FIX_UNSAFE;
    Str text = written_one(&out, "json", STR("./sub//a.py"), finding);
    json_t *all = json_loadb(text.at, text.len, 0, NULL);
    assert_non_null(all);
    json_t *one = json_array_get(all, 0);
    const char *keys[] = {"cell",     "code",     "end_location", "filename", "fix",
                          "hand_out", "location", "message",      "name",     "noqa_row",
                          "related",  "severity", "url"};
    assert_int_equal(json_object_size(one), sizeof keys / sizeof keys[0]);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_non_null(json_object_get(one, keys[i]));
    assert_string_equal(string_at(one, "code"), "AIO101");
    assert_string_equal(string_at(one, "filename"), "/project/sub/a.py");
    assert_string_equal(string_at(one, "message"), "say \"no\"\t\\ \xef\xbf\xbd");
    assert_string_equal(string_at(one, "severity"), "error");
    json_t *end = json_object_get(one, "end_location");
    assert_int_equal(json_integer_value(json_object_get(end, "row")), 3);
    assert_int_equal(json_integer_value(json_object_get(end, "column")), 7);
    assert_int_equal(json_integer_value(json_object_get(one, "noqa_row")), 3);
    json_t *fix = json_object_get(one, "fix");
    assert_string_equal(string_at(fix, "applicability"), "unsafe");
    assert_string_equal(string_at(json_array_get(json_object_get(fix, "edits"), 0), "content"),
                        "x");
    json_decref(all);
    buf_release(&out);
}

// ---- GitHub's side: how the runner reads a command ----

static uint32_t hex_value(char digit) {
    return digit <= '9' ? (uint32_t)(digit - '0') : (uint32_t)(digit - 'A' + 10);
}

static Str unescaped(Arena *arena, Str text) {
    char *to = arena_alloc(arena, text.len + 1);
    uint32_t length = 0;
    for (uint32_t i = 0; i < text.len; i++) {
        bool escape = text.at[i] == '%';
        to[length++] = escape ? (char)(hex_value(text.at[i + 1]) * 16 + hex_value(text.at[i + 2]))
                              : text.at[i];
        if (escape) i += 2;
    }
    return (Str){to, length};
}

// The value of `key` among the properties of the one command in `line`.
static Str property(Arena *arena, Str line, const char *key) {
    Str rest = str_from(line, 2);
    Str head = str_slice(rest, 0, str_find(rest, STR("::"))), part;
    head = str_from(head, str_find_byte(head, ' ') + 1);
    while (str_split(&head, ',', &part)) {
        uint32_t equals = str_find_byte(part, '=');
        if (str_is(str_slice(part, 0, equals), key))
            return unescaped(arena, str_from(part, equals + 1));
    }
    return (Str){0};
}

static Str command_message(Arena *arena, Str line) {
    Str rest = str_from(line, 2);
    return unescaped(arena, str_from(rest, str_find(rest, STR("::")) + 2));
}

// Names and messages of random bytes, rich in those that matter, come back as they were, and each
// finding stays one line.
static void github_commands_cannot_be_broken_out_of(void **state) {
    (void)state;
    static const char palette[] = "\n\r%,:;=ab25%0A\x1b\xff\xc3\xa9 ";
    srand(7);
    for (int round = 0; round < 5000; round++) {
        Arena arena = {0};
        Buf out = {0}, shown = {0};
        char bytes[24];
        uint32_t length = 1 + (uint32_t)rand() % sizeof bytes;
        for (uint32_t i = 0; i < length; i++)
            bytes[i] = palette[(size_t)rand() % (sizeof palette - 1)];
        Str name = {bytes, length};
        Str command = written_one(&out, "github", name, finding_at(2, 3, 1, name));
        assert_int_equal(str_find_byte(command, '\n'), command.len - 1);
        command.len--;
        assert_int_equal(str_find_byte(command, '\r'), command.len);
        assert_true(str_starts_with(command, STR("::error title=asynclint (AIO101),file=")));
        assert_true(str_eq(property(&arena, command, "file"), name));
        assert_true(str_is(property(&arena, command, "line"), "2"));
        assert_true(str_is(property(&arena, command, "endColumn"), "4"));
        buf_add_printable(&shown, name, false);
        assert_true(str_ends_with(command_message(&arena, command), buf_str(&shown)));
        buf_release(&shown);
        buf_release(&out);
        arena_release(&arena);
    }
}

static void github_leaves_columns_out_over_lines(void **state) {
    (void)state;
    Finding finding = finding_at(2, 3, 1, STR("lost"));
    finding.end.line = 4;
    Buf out = {0};
    assert_string_equal(
        written_one(&out, "github", STR("/project/a.py"), finding).at,
        "::error title=asynclint (AIO101),file=a.py,line=2,endLine=4::/project/a.py:2:3: "
        "AIO101 lost\n");
    buf_release(&out);
}

static void github_says_when_there_are_too_many(void **state) {
    (void)state;
    Finding finding = finding_at(2, 3, 1, STR("lost"));
    Finding *findings[11];
    for (int i = 0; i < 11; i++)
        findings[i] = &finding;
    Report report = {.findings = {findings, 10, 11}};
    OutputFile file = {.path = STR("a.py"), .report = &report};
    Buf out = {0};
    assert_false(str_starts_with(written(&out, "github", &file, 1), STR("::notice")));
    report.findings.len = 11;
    assert_true(str_starts_with(written(&out, "github", &file, 1),
                                STR("::notice title=asynclint::11 errors")));
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_sorted),
        cmocka_unit_test(text_is_one_line_each),
        cmocka_unit_test(hand_out_files_stand_at_the_end),
        cmocka_unit_test(related_places_are_indented),
        cmocka_unit_test(statistics_count_codes),
        cmocka_unit_test(json_has_ruffs_shape),
        cmocka_unit_test(github_commands_cannot_be_broken_out_of),
        cmocka_unit_test(github_leaves_columns_out_over_lines),
        cmocka_unit_test(github_says_when_there_are_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
