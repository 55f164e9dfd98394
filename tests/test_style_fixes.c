// What the fixes of all of E and W make of a text together: places where they meet, and where they
// have to leave something alone.

#include "checking.h"

#include <stdio.h>

typedef struct Case {
    const char *name, *before, *after; // `after` NULL: as before
    FixSafety safety;                  // FIX_SAFE where left out
} Case;

static const Case cases[] = {
    // Several on one line
    {"all on one line", "x=foo( a,b )  ;y = {1:2 , 'a' :[ 1 ]} #z\n",
     "x = foo(a, b)\ny = {1: 2, 'a': [1]}  # z\n"},
    {"blanks that two codes want gone", "f(a  =1,\tb =  2)\n", "f(a=1, b=2)\n"},
    {"a keyword between blanks", "x = a  in  b\tand c\n", "x = a in b and c\n"},
    {"statements in a suite", "if x : a();b() ; c = 1;\nelse :d()\n",
     "if x:\n    a()\n    b()\n    c = 1\nelse:\n    d()\n"},
    {"suites of suites", "try: a; b\nexcept E: pass\nfinally: c; d;\n",
     "try:\n    a\n    b\nexcept E:\n    pass\nfinally:\n    c\n    d\n"},
    {"a class on one line", "x = 1\nclass C: y: int=1; z = {1:2}\n",
     "x = 1\n\n\nclass C:\n    y: int = 1\n    z = {1: 2}\n"},
    {"a semicolon before a comment", "x = 1;  # why\ny = 2 ;z = 3 # or not\n",
     "x = 1  # why\ny = 2\nz = 3  # or not\n"},
    {"imports", "import os, sys as system,  re # all\n",
     "import os\nimport sys as system\nimport re  # all\n"},
    {"negations", "x = not a.b in c and not d is e\n", "x = a.b not in c and d is not e\n"},

    // Line ends, marks, feeds, tabs
    {"CR LF", "x = 1\r\ndef f():\r\n    return[1,2]\r\nif x: y = 1\r\n",
     "x = 1\r\n\r\n\r\ndef f():\r\n    return[1, 2]\r\n\r\n\r\nif x:\r\n    y = 1\r\n"},
    {"CR alone", "x=1\rif x: y = 1\r", "x = 1\rif x:\r    y = 1\r"},
    {"a byte order mark", "\xef\xbb\xbfx=1\n", "\xef\xbb\xbfx = 1\n"},
    {"no line end at the end", "x = 1\nif x: y=2", "x = 1\nif x:\n    y = 2\n"},
    {"a form feed among blank lines", "x = 1\n\n\n\f\n\n\ny = 2\n", "x = 1\n\n\f\ny = 2\n"},
    {"a form feed before a statement", "\fif x: y = 1\n", "\fif x:\n    y = 1\n"},
    {"a file that indents with tabs", "if x:\n\tif y: z=1\n", "if x:\n\tif y:\n\t\tz = 1\n"},
    {"a file that will indent with tabs", "if x: y = 1\nif z:\n\ta = 1\n",
     "if x:\n\ty = 1\nif z:\n\ta = 1\n"},
    {"a backslash at the end", "x = 1\\", NULL},

    // Blank lines
    {"a decorator and a comment", "x = 1\n# of f\n@a\n\n# still\n\ndef f():\n    return\n",
     "x = 1\n\n\n# of f\n@a\n# still\ndef f():\n    return\n"},
    {"comments that are set apart", "x = 1\n\n# here\n\n# there\nclass C:\n    pass\n",
     "x = 1\n\n# here\n\n\n# there\nclass C:\n    pass\n"},
    {"an async method behind a comment",
     "class C:\n    x = 1\n    # of f\n    async def f(self):\n        pass\n",
     "class C:\n    x = 1\n\n    # of f\n    async def f(self):\n        pass\n"},
    {"a nested function", "def f():\n    x = 1\n    def g():\n        return x\n    return g\n",
     "def f():\n    x = 1\n\n    def g():\n        return x\n    return g\n"},
    {"too many inside", "class C:\n    x = 1\n\n\n\n    y = 2\n",
     "class C:\n    x = 1\n\n    y = 2\n"},
    {"a shebang and a cookie stay first",
     "#!/usr/bin/env python3\n# coding: utf-8\nx = 1\n"
     "def f():\n    pass\n",
     "#!/usr/bin/env python3\n# coding: utf-8\nx = 1\n\n\ndef f():\n    pass\n"},
    {"a license before a class", "# a\n# b\n# c\nclass C:\n    pass\n",
     "# a\n# b\n# c\n\n\nclass C:\n    pass\n"},
    {"blank lines would spoil what is exempt", "x = 1\n\n\n\ndef f(): pass\ndef g(): pass\ny = 1\n",
     "x = 1\n\n\ndef f(): pass\ndef g(): pass\ny = 1\n"},

    // Comments
    {"comments", "#a\n#:b\n##c\n#!d\n######\n#### e ####\nx = 1 #f\n",
     "# a\n#: b\n# c\n#!d\n######\n#### e ####\nx = 1  # f\n"},
    {"comments that tools would begin to read", "import os  #noqa\nx = 1  #type: int\n", NULL},

    // What lines up
    {"arguments below the first one", "x=foo(a,\n      b,\n      [c,\n       d])\n",
     "x = foo(a,\n        b,\n        [c,\n         d])\n"},
    {"arguments that hang", "x=foo(\n    a,b,\n    c)\n", "x = foo(\n    a, b,\n    c)\n"},
    {"a body that goes on", "if x: y = foo(a,\n              b)\nif z: foo(\n    c)\n",
     "if x:\n    y = foo(a,\n            b)\nif z:\n    foo(\n        c)\n"},
    {"strings over several lines stay", "x=foo('''a\n  b ,c''',\n      d)\n",
     "x = foo('''a\n  b ,c''',\n        d)\n"},
    {"an r before what is lined up with", "x = foo('\\d',\n        '\\n')\n",
     "x = foo(r'\\d',\n        '\\n')\n"},

    // What is left alone
    {"a line that would get too long",
     "x = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',1\n", NULL},
    {"one that has room for one blank of two",
     "x = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',1,2\n",
     "x = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 1,2\n"},
    {"a colon that is half an operator", "if (y := 1):\n    print(y :=2)\n", NULL},
    {"a slash among parameters", "def f(a, /, b):\n    return a\n", NULL},
    {"an f-string with its own quotes inside", "x = f\"{a[\"b=c\"]}\"\n", NULL},
    {"a statement that looks like a call", "match (x):\n    case (1, 2):\n        pass\n", NULL},
    {"a chain", "x = not a in b in c\ny = a is not b in c\n", NULL},
    {"equality", "x = a == None\ny = b != True\n", NULL},
    {"what a comment takes back", "x=1  # noqa\n", NULL},
    {"a file that is no Python", "x=( 1\ndef\n", NULL},
    {"its blanks at the end", "x=( 1 \ndef\n", "x=( 1\ndef\n"},
    {"escapes with a meaning", "x = u'\\d' '\\d\\n' '''\\d\n\\w'''\n",
     "x = u'\\\\d' '\\\\d\\n' r'''\\d\n\\w'''\n"},
    // Unsafe ones
    {"blocks of two columns",
     "class C:\n  def f(self):\n    if x:\n      g(a,\n        b)\n    # why\n  y = '''\n  z'''\n",
     "class C:\n    def f(self):\n        if x:\n            g(a,\n              b)\n        # "
     "why\n"
     "    y = '''\n  z'''\n",
     FIX_UNSAFE},
    {"a file of tabs", "if x:\n\tif y:\n\t\tz = (1,\n\t\t\t2)\n\tw = '''\n\tv'''\n",
     "if x:\n    if y:\n        z = (1,\n             2)\n    w = '''\n\tv'''\n", FIX_UNSAFE},
    {"rows that follow their bracket", "x = f(\n  a, g(b,\n    c),\n  [\n    d])\n",
     "x = f(\n    a, g(b,\n         c),\n    [\n        d])\n", FIX_UNSAFE},
    {"a condition like its block", "if (a and\n    b):\n    c\n", "if (a and\n        b):\n    c\n",
     FIX_UNSAFE},
    {"lambdas with names",
     "f = lambda x, *y, z=lambda: 0: (x,\n                                y)\ng = lambda: f  # "
     "why\n",
     "def f(x, *y, z=lambda: 0):\n    return (x,\n            y)\n\n\ndef g():\n    return f  # "
     "why\n",
     FIX_UNSAFE},
    {"a lambda before a semicolon", "class C:\n    f = lambda self: 0; x = 1\n",
     "class C:\n    def f(self):\n        return 0\n    x = 1\n", FIX_UNSAFE},
    {"singletons and bare excepts", "try:\n    x = a==None!=b\nexcept :\n    y = False==c\n",
     "try:\n    x = a is None is not b\nexcept Exception:\n    y = False is c\n", FIX_UNSAFE},
    {"a comment that hangs", "def f():\n    x = 1\n      # why\n    return x\n",
     "def f():\n    x = 1\n    # why\n    return x\n", FIX_UNSAFE},

    {"blanks in a string", "x = ''' \na  \n'''\n", NULL},
};

// E and W as the preset has them, and the syntax errors that fixes are measured by.
static Str fix(Arena *arena, const char *text, FixSafety safety) {
    uint8_t *severities = arena_array(arena, uint8_t, registry_rule_count());
    registry_apply_preset(severities, PRESET_REQUIREMENTS);
    for (uint32_t i = 0, entry; i < registry_rule_count(); i++) {
        const char *code = registry_rule(i, &entry)->code;
        bool is_style = strcmp(registry[entry].family, "pycodestyle") == 0;
        if (!is_style && strncmp(code, "E9", 2) != 0) severities[i] = SEVERITY_OFF;
    }
    choose_rules(severities, STR("E121,E123,E126,E226,E241,E242"), true);
    Settings settings = default_settings(severities);
    Plan plan;
    plan_make(&plan, arena, &settings);
    Source source;
    source_of_bytes(&source, arena, STR("example.py"), str_of(text));
    Fixed fixed;
    apply_fixes(&fixed, &plan, &source, true, safety, arena);
    return fixed.bytes;
}

// What --fix leaves alone, JSON does not call fixable: the edits would be in other bytes.
static void other_encodings_offer_nothing(void **state) {
    (void)state;
    Arena arena = {0};
    uint8_t *severities = arena_array(&arena, uint8_t, registry_rule_count());
    choose_rules(severities, STR("E225,W291"), true);
    Settings settings = default_settings(severities);
    const Report *report =
        check_text(&arena, &settings, STR("example.py"), STR("# coding: latin-1\nx=1  # \xe9 \n"));
    assert_int_equal(report->findings.len, 2);
    for (uint32_t i = 0; i < report->findings.len; i++)
        assert_int_equal(report->findings.at[i]->edits.len, 0);
    arena_release(&arena);
}

static void case_holds(void **state) {
    const Case *one = *state;
    Arena arena = {0};
    const char *wanted = one->after != NULL ? one->after : one->before;
    FixSafety safety = one->safety != FIX_NONE ? one->safety : FIX_SAFE;
    Str made = fix(&arena, one->before, safety);
    bool holds = str_is(made, wanted);
    if (!holds) print_error("wanted:\n%s\nmade:\n%.*s\n", wanted, STR_ARG(made));
    bool is_quiet = str_eq(fix(&arena, str_c(&arena, made), safety), made);
    arena_release(&arena);
    assert_true(holds);
    assert_true(is_quiet);
}

int main(void) {
    enum { COUNT = sizeof cases / sizeof cases[0] };
    struct CMUnitTest tests[COUNT + 1] = {[COUNT] =
                                              cmocka_unit_test(other_encodings_offer_nothing)};
    for (uint32_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){.name = cases[i].name,
                                       .test_func = case_holds,
                                       .initial_state = (void *)(uintptr_t)&cases[i]};
    return _cmocka_run_group_tests("style fixes", tests, COUNT + 1, NULL, NULL);
}
