// The compiler's view of hostile texts: each ends, and with one word about what is wrong.

#include "base/buf.h"
#include "python/compiler/refusals.h"
#include "testing.h"

static void add_times(Buf *buf, const char *text, int times) {
    for (int i = 0; i < times; i++)
        buf_add(buf, str_of(text));
}

// The number of refusals that hold for `version`, and the kind of the first one.
static uint32_t count(Str text, int version, RefusalKind *first) {
    Arena arena = {0};
    Refusals refusals;
    compiler_check(&refusals, NULL, &arena, text, NULL);
    uint32_t found = 0;
    for (uint32_t i = 0; i < refusals.list.len; i++) {
        const Refusal *refusal = &refusals.list.at[i];
        assert_true(refusal->start <= refusal->end && refusal->end <= text.len);
        assert_true(refusal->message.len > 0);
        if (refusal->from > version || version >= refusal->before) continue;
        if (found++ == 0) *first = refusal->kind;
    }
    arena_release(&arena);
    return found;
}

static void assert_refused(const char *piece, int times, const char *end, RefusalKind kind) {
    Buf buf = {0};
    add_times(&buf, piece, times);
    buf_add(&buf, str_of(end));
    RefusalKind first = REFUSED_OLD;
    assert_int_not_equal(count(buf_str(&buf), 313, &first), 0);
    assert_int_equal(first, kind);
    buf_release(&buf);
}

static void assert_fine(const char *begin, const char *piece, int times, const char *end) {
    Buf buf = {0};
    buf_add(&buf, str_of(begin));
    add_times(&buf, piece, times);
    buf_add(&buf, str_of(end));
    RefusalKind first;
    assert_int_equal(count(buf_str(&buf), 307, &first), 0);
    buf_release(&buf);
}

static void nesting_has_the_compilers_limits(void **state) {
    (void)state;
    assert_refused("(", 1000000, "", REFUSED_DEPTH);
    assert_refused("f(", 201, "", REFUSED_DEPTH);
    assert_refused("lambda: ", 100000, "1\n", REFUSED_DEPTH);
    assert_refused("lambda x=", 100000, "1\n", REFUSED_DEPTH);
    assert_refused("f'{", 100000, "", REFUSED_DEPTH);
    Buf buf = {0};
    for (int i = 0; i < 600; i++) {
        add_times(&buf, " ", i);
        buf_add(&buf, STR("if 1:\n"));
    }
    RefusalKind first = REFUSED_OLD;
    assert_int_equal(count(buf_str(&buf), 307, &first), 1);
    assert_int_equal(first, REFUSED_DEPTH);
    buf_release(&buf);
}

static void long_is_not_deep(void **state) {
    (void)state;
    assert_fine("", "- ", 100000, "1\n");
    assert_fine("", "not ", 100000, "1\n");
    assert_fine("x", ".a(b)", 100000, "\n");
    assert_fine("", "x = ", 100000, "1\n");
    assert_fine("if a: pass\n", "elif b: pass\n", 100000, "");
    assert_fine("", "a if b else ", 100000, "c\n");
    assert_fine("[x ", "for x in y ", 10000, "]\n");
    assert_fine("", "x;", 100000, "\n");
}

static void every_text_ends(void **state) {
    (void)state;
    assert_refused("\\", 100000, "", REFUSED_SYNTAX);
    assert_refused("await ", 100000, "", REFUSED_SYNTAX);
    assert_refused("match ", 10000, "", REFUSED_SYNTAX);
    assert_refused("match (\n", 100000, "", REFUSED_DEPTH);
    assert_refused("@a\n", 100000, "", REFUSED_SYNTAX);
    assert_refused("\"\"\"", 99999, "x", REFUSED_SYNTAX);
    RefusalKind first = REFUSED_OLD;
    assert_int_equal(count((Str){"x = 1\0", 6}, 307, &first), 1);
    assert_int_equal(first, REFUSED_SYNTAX);
    assert_int_equal(count(STR(""), 307, &first), 0);
    assert_int_equal(count(STR("x"), 307, &first), 0);
}

static void versions_differ(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int version; // the first that takes it
    } cases[] = {
        {"(x := 1)\n", 308},
        {"def f(a, /): pass\n", 308},
        {"f'{x=}'\n", 308},
        {"@a[0]\ndef f(): pass\n", 309},
        {"with (a as b): pass\n", 309},
        {"match x:\n case 1: pass\n", 310},
        {"def f():\n\\\n    pass\n", 310},
        {"def f():\n  # c\n\\\n\\\n  pass\n", 310},
        {"try: pass\nexcept* E: pass\n", 311},
        {"x[*a]\n", 311},
        {"async def f(): return [[x async for x in y] for z in w]\n", 311},
        {"def f[T](): pass\n", 312},
        {"f'{'a'}'\n", 312},
        {"type X[T = int] = T\n", 313},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        RefusalKind first;
        assert_int_not_equal(count(str_of(cases[i].text), cases[i].version - 1, &first), 0);
        assert_int_equal(count(str_of(cases[i].text), cases[i].version, &first), 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nesting_has_the_compilers_limits),
        cmocka_unit_test(long_is_not_deep),
        cmocka_unit_test(every_text_ends),
        cmocka_unit_test(versions_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
