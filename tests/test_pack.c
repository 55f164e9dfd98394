#include "base/pack.h"
#include "engine/pack_report.h"
#include "rule/registry.h"

#include "testing.h"

static void numbers_and_strings_come_back(void **state) {
    (void)state;
    static const uint64_t numbers[] = {0, 1, 127, 128, 300, UINT32_MAX, UINT64_MAX};
    Buf buf = {0};
    for (size_t i = 0; i < 7; i++)
        pack_number(&buf, numbers[i]);
    pack_str(&buf, STR("abc"));
    pack_str(&buf, STR(""));
    Unpacker from = {.rest = buf_str(&buf)};
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(unpack_number(&from), numbers[i]);
    assert_true(str_is(unpack_str(&from), "abc"));
    assert_true(str_is(unpack_str(&from), ""));
    assert_false(from.is_damaged);
    assert_int_equal(unpack_number(&from), 0);
    assert_true(from.is_damaged);
    buf_release(&buf);
}

static void lengths_are_checked(void **state) {
    (void)state;
    Unpacker from = {.rest = STR("\x05"
                                 "abc")};
    assert_int_equal(unpack_str(&from).len, 0);
    assert_true(from.is_damaged);
    from = (Unpacker){.rest = STR("\x07")};
    assert_int_equal(unpack_below(&from, 7), 0);
    assert_true(from.is_damaged);
    from = (Unpacker){.rest = STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")};
    unpack_number(&from);
    assert_true(from.is_damaged);
}

static Report sample(Arena *arena) {
    Report report = {.arena = arena};
    for (uint32_t i = 0; i < 3; i++) {
        Finding *finding = arena_new(arena, Finding);
        *finding = (Finding){.rule = registry_rule(i, NULL),
                             .rule_number = i,
                             .severity = SEVERITY_WARNING,
                             .span = {i, i + 10},
                             .start = {1, i + 1},
                             .end = {2, 300},
                             .noqa_line = 2,
                             .order = i,
                             .message = i < 2 ? STR("a message") : STR("another"),
                             .report = &report,
                             .fix_safety = FIX_UNSAFE};
        vec_push(arena, &finding->to_make_executable, STR("run.py"));
        vec_push(arena, &finding->related, (Related){STR("x.py"), {3, 4}, STR("here")});
        vec_push(arena, &finding->edits, (Edit){.span = {1, 2}, .text = STR("new")});
        vec_push(arena, &report.findings, finding);
    }
    return report;
}

static void findings_come_back(void **state) {
    (void)state;
    Arena arena = {0};
    Buf first = {0}, second = {0};
    Report report = sample(&arena), back = {.arena = &arena};
    report_pack(&first, &report);
    assert_true(report_unpack(&back, buf_str(&first)));
    assert_int_equal(packed_worst(buf_str(&first)), SEVERITY_WARNING);
    assert_int_equal(packed_worst((Str){0}), SEVERITY_OFF);
    const Finding *finding = back.findings.at[1];
    assert_ptr_equal(finding->rule, report.findings.at[1]->rule);
    assert_int_equal(finding->span.end, 11);
    assert_int_equal(finding->end.column, 300);
    assert_true(str_is(finding->message, "a message"));
    assert_true(str_is(back.findings.at[2]->message, "another"));
    assert_true(str_is(finding->related.at[0].path, "x.py"));
    assert_true(str_is(finding->edits.at[0].text, "new"));
    assert_true(str_is(finding->to_make_executable.at[0], "run.py"));
    report_pack(&second, &back);
    assert_true(str_eq(buf_str(&first), buf_str(&second)));
    buf_release(&first), buf_release(&second);
    arena_release(&arena);
}

static void damage_does_no_harm(void **state) {
    (void)state;
    Arena arena = {0};
    Buf whole = {0};
    Report report = sample(&arena);
    report_pack(&whole, &report);
    for (uint32_t cut = 1; cut < whole.len; cut++) {
        Report back = {.arena = &arena};
        assert_false(report_unpack(&back, str_slice(buf_str(&whole), 0, cut)));
    }
    for (uint32_t at = 0; at < whole.len; at++) {
        for (int bit = 0; bit < 8; bit++) {
            whole.at[at] ^= (char)(1 << bit);
            Report back = {.arena = &arena};
            report_unpack(&back, buf_str(&whole)); // any answer will do, but no harm
            whole.at[at] ^= (char)(1 << bit);
        }
    }
    buf_release(&whole);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_strings_come_back),
        cmocka_unit_test(lengths_are_checked),
        cmocka_unit_test(findings_come_back),
        cmocka_unit_test(damage_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
