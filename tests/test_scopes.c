#include "arena_fixture.h"
#include "facts/functions.h"
#include "facts/names.h"

static File file;

static void read_file(const char *text) {
    file = (File){.arena = &arena, .is_python = true};
    lines_scan(&file.lines, &arena, str_of(text));
    tree_parse(&file.tree, &arena, file.lines.text);
    assert_false(file.tree.has_error);
}

// The node that begins with the `nth` (from 0) occurrence of `text` and covers just that.
static const Node *find_node(const char *text, uint32_t nth) {
    for (uint32_t i = 0; i < file.tree.count; i++) {
        const Node *node = &file.tree.nodes[i];
        bool is_wrapper = node->kind == NODE_TYPE || node->kind == NODE_EXPRESSION_STATEMENT ||
                          node->kind == NODE_DOTTED_NAME || node->kind == NODE_BLOCK;
        if (str_is(node_text(&file, node), text) && !is_wrapper && nth-- == 0) return node;
    }
    fail_msg("no %s", text);
    return NULL;
}

static void assert_name(const char *text, const char *expression, uint32_t nth, const char *name) {
    read_file(text);
    Str found = qualified_name(&file, find_node(expression, nth));
    if (!str_is(found, name))
        fail_msg("`%s` in\n%s\nis \"%.*s\", not \"%s\"", expression, text, STR_ARG(found), name);
}

static void names_go_through_imports(void **state) {
    (void)state;
    assert_name("import time\ntime.sleep(1)\n", "time.sleep", 0, "time.sleep");
    assert_name("import time as t\nt.sleep(1)\n", "t.sleep", 0, "time.sleep");
    assert_name("from time import sleep\nsleep(1)\n", "sleep", 1, "time.sleep");
    assert_name("from time import sleep as s\ns(1)\n", "s", 1, "time.sleep");
    assert_name("import os.path\nos.path.join\n", "os.path.join", 0, "os.path.join");
    assert_name("import a.b as x\nx.c\n", "x.c", 0, "a.b.c");
    assert_name("import a.b, a.c\na.c.f\n", "a.c.f", 0, "a.c.f");
    assert_name("from . import db\ndb.q\n", "db.q", 0, ".db.q");
    assert_name("from ..m import db\ndb.q\n", "db.q", 0, "..m.db.q");
    assert_name("def f():\n    import time\n    time.sleep(1)\n", "time.sleep", 0, "time.sleep");
    assert_name("def f():\n    import time\ntime.sleep(1)\n", "time.sleep", 0, "time.sleep");
    assert_name("try:\n    import x\nexcept ImportError:\n    x = None\nx.f\n", "x.f", 0, "x.f");
    assert_name("try:\n    import y as x\nexcept ImportError:\n    import x\nx.f\n", "x.f", 0, "");
}

static void names_go_through_values(void **state) {
    (void)state;
    assert_name("import time\ns = time.sleep\ns(1)\n", "s", 1, "time.sleep");
    assert_name("import time\nt = time\nt.sleep(1)\n", "t.sleep", 0, "time.sleep");
    assert_name("w = __import__('0-basic').wait\nw()\n", "w", 1, "0-basic.wait");
    assert_name("w = __import__('a.b').b.f\nw()\n", "w", 1, "a.b.f");
    assert_name("from importlib import import_module as im\nm = im(\"0-x\")\nm.f()\n", "m.f", 0,
                "0-x.f");
    assert_name("import asyncio\nasyncio.get_event_loop().run_in_executor\n",
                "asyncio.get_event_loop().run_in_executor", 0,
                "asyncio.get_event_loop().run_in_executor");
    assert_name("import asyncio\nloop = asyncio.get_event_loop()\nloop.close\n", "loop.close", 0,
                "asyncio.get_event_loop().close");
    assert_name("x = x\nx.y\n", "x.y", 0, "");
    assert_name("a = b\nb = a\na.y\n", "a.y", 0, "");
}

static void builtins_are_known_unless_shadowed(void **state) {
    (void)state;
    assert_name("input()\n", "input", 0, "builtins.input");
    assert_name("ArithmeticError\n", "ArithmeticError", 0, "builtins.ArithmeticError");
    assert_name("zip\n", "zip", 0, "builtins.zip");
    assert_name("def input(): pass\ninput()\n", "input", 1, "");
    assert_name("from m import *\ninput()\n", "input", 0, "");
    assert_name("def f(input):\n    input()\n", "input", 1, "");
    assert_name("nothing()\n", "nothing", 0, "nothing");
}

static void shadowing_loses_the_name(void **state) {
    (void)state;
    assert_name("import time\ndef f(time):\n    time.sleep(1)\n", "time.sleep", 0, "");
    assert_name("import time\ntime = 3\ntime.sleep(1)\n", "time.sleep", 0, "");
    assert_name("import time\ndef f():\n    global time\n    time = 3\ntime.sleep(1)\n",
                "time.sleep", 0, "");
    assert_name("import time\nclass C:\n    time = 3\n    def f(self):\n        time.sleep(1)\n",
                "time.sleep", 0, "time.sleep");
    assert_name("import time\nclass C:\n    time = 3\n    time.sleep(1)\n", "time.sleep", 0, "");
    assert_name("import time\n[time.sleep for time in x]\n", "time.sleep", 0, "");
    assert_name("import time\n[y for y in time.sleep]\n", "time.sleep", 0, "time.sleep");
    assert_name("import time\n[time for time in time.sleep]\n", "time.sleep", 0, "time.sleep");
    assert_name("import time\ndef f(x=time.sleep, time=1): pass\n", "time.sleep", 0, "time.sleep");
    assert_name("import time\ndef f(time) -> time.sleep: pass\n", "time.sleep", 0, "time.sleep");
    assert_name("import time\nlambda time: time.sleep\n", "time.sleep", 0, "");
    assert_name("import time\nlambda x=time.sleep: 1\n", "time.sleep", 0, "time.sleep");
}

static void typed_receivers_are_instances(void **state) {
    (void)state;
    assert_name("import asyncio\ndef f(q: asyncio.Queue):\n    q.get\n", "q.get", 0,
                "asyncio.Queue().get");
    assert_name("import asyncio\ndef f(q: 'asyncio.Queue | None' = None):\n    q.get\n", "q.get", 0,
                "asyncio.Queue().get");
    assert_name("from typing import Optional\nfrom asyncio import Queue\n"
                "def f(q: Optional[Queue[int]]):\n    q.get\n",
                "q.get", 0, "asyncio.Queue().get");
    assert_name("import asyncio\nclass C:\n    def __init__(self):\n"
                "        self.lock = asyncio.Lock()\n    def f(self):\n        self.lock.x\n",
                "self.lock.x", 0, "asyncio.Lock().x");
    assert_name("import asyncio\nclass C:\n    lock: asyncio.Lock\n    def f(self):\n"
                "        self.lock.x\n",
                "self.lock.x", 0, "asyncio.Lock().x");
    assert_name(
        "import asyncio\nclass C:\n    def __init__(self, lock):\n"
        "        self.lock = asyncio.Lock()\n        self.lock = lock\n        self.lock.x\n",
        "self.lock.x", 0, "");
    assert_name("from m import f\nasync def g():\n    async with f() as x:\n        x.y\n", "x.y",
                0, "m.f().__aenter__()!.y");
    assert_name("from functools import partial\nfrom m import f\np = partial(f, 1)\np()\n", "p()",
                0, "m.f()");
}

static void assert_value(const char *text, const char *expression, uint32_t nth, const char *name) {
    read_file(text);
    Str found = value_name(&file, find_node(expression, nth));
    if (!str_is(found, name))
        fail_msg("`%s` in\n%s\nis \"%.*s\", not \"%s\"", expression, text, STR_ARG(found), name);
}

static void own_values_have_names_for_others(void **state) {
    (void)state;
    assert_value("def load(): pass\nload()\n", "load()", 0, ":load()");
    assert_value("import asyncio\nLOCK = asyncio.Lock()\nLOCK\n", "LOCK", 1, ":LOCK");
    assert_value("import asyncio\ndef f():\n    lock = asyncio.Lock()\n    lock\n", "lock", 1,
                 "asyncio.Lock()");
    assert_value("class C:\n    def f(self):\n        self.pool.get()\n", "self.pool.get()", 0,
                 ":C().pool.get()");
    assert_value("class C:\n    @classmethod\n    def f(cls):\n        cls.g\n", "cls.g", 0,
                 ":C.g");
    assert_value("class C:\n    @staticmethod\n    def f(a):\n        a.g\n", "a.g", 0, "$0.g");
    assert_value("def f():\n    def g(): pass\n    g()\n", "g()", 0, ":f.<locals>.g()");
    assert_value("async def f(a, *, b=1):\n    await b()\n", "await b()", 0, "$1()!");
    assert_value("def f(a):\n    def g():\n        a()\n", "a()", 0, "");
    assert_value("from .db import *\nquery()\n", "query()", 0, ":query()");
    assert_value("f = lambda: 1\ndef g(): f\n", "lambda: 1", 0, ":<lambda>@4");
}

typedef struct Bound {
    const char *text;
    BindingKind kind;
} Bound;

// `x` is bound in each, at its first occurrence.
static void every_binding_form_binds(void **state) {
    (void)state;
    const Bound forms[] = {
        {"x = 1\n", BINDING_ASSIGNMENT},
        {"y = x = 1\n", BINDING_ASSIGNMENT},
        {"x: int = 1\n", BINDING_ASSIGNMENT},
        {"x: int\n", BINDING_ANNOTATION},
        {"(x) = 1\n", BINDING_UNPACKING},
        {"x, y = 1\n", BINDING_UNPACKING},
        {"[y, (*x, z)] = 1\n", BINDING_UNPACKING},
        {"x += 1\n", BINDING_AUGMENTED},
        {"(x := 1)\n", BINDING_WALRUS},
        {"def x(): pass\n", BINDING_FUNCTION},
        {"class x: pass\n", BINDING_CLASS},
        {"import x\n", BINDING_IMPORT},
        {"import x.y\n", BINDING_IMPORT},
        {"import y as x\n", BINDING_IMPORT},
        {"from y import x\n", BINDING_FROM_IMPORT},
        {"from y import z as x\n", BINDING_FROM_IMPORT},
        {"for x in y: pass\n", BINDING_FOR},
        {"for y, (x, z) in y: pass\n", BINDING_FOR},
        {"with y as x: pass\n", BINDING_WITH},
        {"with y as (z, x): pass\n", BINDING_WITH},
        {"with (y as x, z): pass\n", BINDING_WITH},
        {"try: pass\nexcept E as x: pass\n", BINDING_EXCEPT},
        {"try: pass\nexcept* E as x: pass\n", BINDING_EXCEPT},
        {"del x\n", BINDING_DELETE},
        {"del y, x\n", BINDING_DELETE},
        {"match y:\n    case x: pass\n", BINDING_MATCH},
        {"match y:\n    case [*x]: pass\n", BINDING_MATCH},
        {"match y:\n    case {1: z, **x}: pass\n", BINDING_MATCH},
        {"match y:\n    case P(a=x): pass\n", BINDING_MATCH},
        {"match y:\n    case 1 | 2 as x: pass\n", BINDING_MATCH},
        {"def f(x): pass\n", BINDING_PARAMETER},
        {"def f(x=1): pass\n", BINDING_PARAMETER},
        {"def f(x: int): pass\n", BINDING_PARAMETER},
        {"def f(x: int = 1): pass\n", BINDING_PARAMETER},
        {"def f(*x): pass\n", BINDING_PARAMETER},
        {"def f(**x): pass\n", BINDING_PARAMETER},
        {"def f(*x: int): pass\n", BINDING_PARAMETER},
        {"lambda x: 1\n", BINDING_PARAMETER},
        {"lambda *x, y=1: 1\n", BINDING_PARAMETER},
        {"def f[x](): pass\n", BINDING_TYPE_PARAMETER},
        {"class f[x: int]: pass\n", BINDING_TYPE_PARAMETER},
        {"type x = int\n", BINDING_TYPE_ALIAS},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        read_file(forms[i].text);
        const Node *name = NULL;
        for (uint32_t j = 0; j < file.tree.count && name == NULL; j++) {
            const Node *node = &file.tree.nodes[j];
            if (node->kind == NODE_IDENTIFIER && str_is(node_text(&file, node), "x")) name = node;
        }
        assert_non_null(name);
        const Variable *variable = variable_of(&file, name);
        if (variable == NULL || variable->binding_count != 1) fail_msg("%s", forms[i].text);
        if (variable->bindings[0].kind != forms[i].kind)
            fail_msg("%s is bound as %d", forms[i].text, variable->bindings[0].kind);
    }
}

static void names_that_are_no_names(void **state) {
    (void)state;
    const char *texts[] = {"y.x\n",
                           "f(x=1)\n",
                           "from x import y\n",
                           "import y.x\n",
                           "from .x import y\n",
                           "match y:\n    case P(x=1): pass\n",
                           "from y import x as z\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        read_file(texts[i]);
        for (uint32_t j = 0; j < file.tree.count; j++) {
            const Node *node = &file.tree.nodes[j];
            if (node->kind == NODE_IDENTIFIER && str_is(node_text(&file, node), "x"))
                assert_null(variable_of(&file, node));
        }
    }
}

static uint32_t uses_of(const char *name) {
    return variable_of(&file, find_node(name, 0))->use_count;
}

static void uses_find_their_variable(void **state) {
    (void)state;
    read_file("x = 1\ndef f():\n    return x\nclass C:\n    y = x\nprint(x, f'{x}')\n");
    assert_int_equal(uses_of("x"), 4);
    read_file("x = 1\ndef f():\n    x = 2\n    return x\n");
    assert_int_equal(uses_of("x"), 0);
    read_file(
        "def f():\n    def g():\n        nonlocal x\n        x = 2\n        return x\n    x = 1\n"
        "    return x\n");
    const Variable *variable = variable_of(&file, find_node("x", 3));
    assert_int_equal(variable->use_count, 2);
    assert_int_equal(variable->binding_count, 2);
    assert_true(variable->is_shared);
    read_file("[(x := y) for y in z]\nx\n");
    assert_int_equal(uses_of("x"), 1);
    read_file("match y:\n    case Color.RED: pass\nColor = 1\n");
    assert_int_equal(variable_of(&file, find_node("Color", 0))->use_count, 1);
}

static void values_are_followed(void **state) {
    (void)state;
    read_file("def f():\n    c = (d := g())\n    return c\n");
    assert_int_equal(value_of(&file, find_node("c", 1))->kind, NODE_CALL);
    read_file("def f():\n    c = g()\n    d = c\n    return d\n");
    assert_int_equal(value_of(&file, find_node("d", 1))->kind, NODE_CALL);
    read_file("def f(c):\n    c = g()\n    return c\n");
    assert_int_equal(value_of(&file, find_node("c", 2))->kind, NODE_IDENTIFIER);
}

static void code_runs_where_python_runs_it(void **state) {
    (void)state;
    read_file("async def f(a=one()):\n    two()\n    g = lambda b=three(): four()\n"
              "    [five() for x in six()]\n    class C(seven()):\n        eight()\n"
              "    @nine()\n    def h() -> ten(): pass\n");
    const char *in_coroutine[] = {"two()",   "three()", "five()", "six()",
                                  "seven()", "eight()", "nine()", "ten()"};
    const char *elsewhere[] = {"one()", "four()"};
    for (size_t i = 0; i < sizeof in_coroutine / sizeof in_coroutine[0]; i++)
        assert_true(is_in_coroutine(find_node(in_coroutine[i], 0)));
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++)
        assert_false(is_in_coroutine(find_node(elsewhere[i], 0)));
}

#define TEST(function) cmocka_unit_test_teardown(function, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(names_go_through_imports),           TEST(names_go_through_values),
        TEST(builtins_are_known_unless_shadowed), TEST(shadowing_loses_the_name),
        TEST(every_binding_form_binds),           TEST(names_that_are_no_names),
        TEST(uses_find_their_variable),           TEST(values_are_followed),
        TEST(code_runs_where_python_runs_it),     TEST(typed_receivers_are_instances),
        TEST(own_values_have_names_for_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
