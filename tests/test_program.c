// Modules, values and calls over files that stand in the test.

#include "project/contexts.h"
#include "project/locks.h"

#include "arena_fixture.h"
#include "base/buf.h"
#include "facts/names.h"

enum { MOST_FILES = 8 };

static const Summary *summaries[MOST_FILES];
static uint32_t file_count;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena);
    file_count = 0;
    return 0;
}

static void add_file(const char *path, const char *text) {
    File file = {.arena = &arena, .is_python = true, .source.path = str_of(path)};
    lines_scan(&file.lines, &arena, str_of(text));
    tree_parse(&file.tree, &arena, file.lines.text);
    assert_false(file.tree.has_error);
    assert_true(file_count < MOST_FILES);
    summaries[file_count++] = summary_make(&file, &arena);
}

static Program *program(void) {
    return program_make((Crew){&arena, 1}, summaries, file_count);
}

// What the last call gives that stands alone in the file that was added last.
static Value last_value(Program *self) {
    const ModuleInfo *module = program_module(self, program_module_count(self) - 1);
    for (uint32_t i = module->summary->sites.len; i-- > 0;) {
        const Site *site = &module->summary->sites.at[i];
        if ((site->flags & SITE_CALL) && site->use == USE_DROPPED) return site_value(module, site);
    }
    fail_msg("no call");
    return (Value){0};
}

// Asserts that `text` at `path`, beside the files added before, ends in a call that makes a
// coroutine of the function `name`.
static void assert_coroutine(const char *path, const char *text, const char *name) {
    uint32_t before = file_count;
    add_file(path, text);
    Program *self = program();
    Value value = last_value(self);
    Str shown = value_display(self, value);
    if (value.kind != VALUE_COROUTINE || !str_is(shown, name))
        fail_msg("%s\n%s\nends in %d `%.*s`", path, text, value.kind, STR_ARG(shown));
    file_count = before;
}

static void assert_kind(const char *text, ValueKind kind) {
    uint32_t before = file_count;
    add_file("main.py", text);
    Value value = last_value(program());
    if (value.kind != kind) fail_msg("%s\nends in %d, not %d", text, value.kind, kind);
    file_count = before;
}

static const char work[] = "async def work(): pass\n";

static void modules_are_found_beside_the_script(void **state) {
    (void)state;
    add_file("app/0-work.py", work);
    add_file("app/other.py", work);
    assert_coroutine("app/main.py", "import other\nother.work()\n", "work");
    assert_coroutine("app/main.py", "from other import work as w\nw()\n", "work");
    assert_coroutine("app/main.py", "__import__('0-work').work()\n", "work");
    assert_coroutine("app/main.py",
                     "import importlib\nm = importlib.import_module('0-work')\nm.work()\n", "work");
    assert_coroutine("./app/main.py", "def f():\n    from other import work\n    work()\n", "work");
    assert_coroutine("app/main.py", "from other import *\nwork()\n", "work");
    assert_coroutine("app/main.py",
                     "try:\n    from other import work\nexcept ImportError:\n    work = None\n"
                     "work()\n",
                     "work");
}

static void modules_are_found_in_packages(void **state) {
    (void)state;
    add_file("src/shop/__init__.py", "from .db import work as shown\n");
    add_file("src/shop/db.py", work);
    add_file("src/shop/sub/__init__.py", "");
    assert_coroutine("src/shop/a.py", "from .db import work\nwork()\n", "work");
    assert_coroutine("src/shop/a.py", "from . import db\ndb.work()\n", "work");
    assert_coroutine("src/shop/sub/a.py", "from ..db import work\nwork()\n", "work");
    assert_coroutine("src/shop/sub/a.py", "import shop.db\nshop.db.work()\n", "work");
    assert_coroutine("src/shop/sub/a.py", "from shop import shown\nshown()\n", "work");
    assert_coroutine("tests/test_a.py", "import shop\nshop.shown()\n", "work");
    assert_kind("from ....shop import work\nwork()\n", VALUE_UNKNOWN);
    assert_kind("from src.nothing import work\nwork()\n", VALUE_UNKNOWN);
}

static void folders_without_init_are_packages(void **state) {
    (void)state;
    add_file("lib/one/db.py", work);
    assert_coroutine("lib/main.py", "import one.db\none.db.work()\n", "work");
    assert_coroutine("lib/two/main.py", "from one import db\ndb.work()\n", "work");
    assert_coroutine("main.py", "from lib.one.db import work\nwork()\n", "work");
}

static void the_standard_library_is_not_shadowed_from_afar(void **state) {
    (void)state;
    add_file("time.py", "async def sleep(): pass\n");
    assert_coroutine("main.py", "import time\ntime.sleep()\n", "sleep");
    add_file("pkg/__init__.py", "");
    add_file("pkg/sub/__init__.py", "");
    add_file("pkg/sub/a.py", "import time\ntime.sleep()\n");
    assert_int_equal(last_value(program()).kind, VALUE_EXTERNAL);
}

static void kinds_come_from_definitions_and_decorators(void **state) {
    (void)state;
    assert_kind("async def f(): pass\nf()\n", VALUE_COROUTINE);
    assert_kind("async def f(): yield\nf()\n", VALUE_ASYNC_GENERATOR);
    assert_kind("def f(): yield\nf()\n", VALUE_GENERATOR);
    assert_kind("from contextlib import asynccontextmanager as m\n@m\nasync def f(): yield\nf()\n",
                VALUE_ASYNC_MANAGER);
    assert_kind("import contextlib\n@contextlib.contextmanager\ndef f(): yield\nf()\n",
                VALUE_MANAGER);
    assert_kind("class C: pass\nC()\n", VALUE_INSTANCE);
    assert_kind("from x import d\n@d\nasync def f(): pass\nf()\n", VALUE_UNKNOWN);
    assert_kind("def d(g): return g\n@d\nasync def f(): pass\nf()\n", VALUE_COROUTINE);
    assert_kind("def d(g):\n    async def w(): pass\n    return w\n@d\ndef f(): return 1\nf()\n",
                VALUE_COROUTINE);
    assert_kind(
        "def d(n):\n    def e(g): return g\n    return e\n@d(1)\nasync def f(): pass\nf()\n",
        VALUE_COROUTINE);
    assert_kind("def d(g):\n    def w(): return g()\n    return w\n@d\nasync def f(): pass\nf()\n",
                VALUE_UNKNOWN);
    assert_kind("async def f(): pass\ndef g(): return f()\ng()\n", VALUE_COROUTINE);
    assert_kind("async def f(): pass\ng = f\ng()\n", VALUE_COROUTINE);
    assert_kind("async def f(): pass\ndef f(): pass\nf()\n", VALUE_UNKNOWN);
    assert_kind("f = f\nf()\n", VALUE_UNKNOWN);
}

static void methods_come_from_the_class_and_its_bases(void **state) {
    (void)state;
    const char *classes = "class A:\n    async def f(self): pass\nclass B(A):\n    pass\n";
    add_file("base.py", classes);
    assert_kind("from base import B\nB().f()\n", VALUE_COROUTINE);
    assert_kind("from base import B\ndef g(b: B):\n    b.f()\n", VALUE_COROUTINE);
    assert_kind("import base\ndef g(b: 'base.B'):\n    b.f()\n", VALUE_COROUTINE);
    assert_kind("from base import B\nclass C(B):\n    def g(self):\n        self.f()\n",
                VALUE_COROUTINE);
    assert_kind("from base import B\nclass C:\n    def __init__(self, b: B):\n        self.b = b\n"
                "    def g(self):\n        self.b.f()\n",
                VALUE_COROUTINE);
    assert_kind("from base import B\nclass C(B):\n    def f(self):\n        super().f()\n",
                VALUE_COROUTINE);
    assert_kind("from base import B\nclass C(B):\n    @property\n    def p(self): return B()\n"
                "    def g(self):\n        self.p.f()\n",
                VALUE_COROUTINE);
    assert_kind("from x import Y\nclass C(Y):\n    def g(self):\n        self.f()\n",
                VALUE_EXTERNAL);
    assert_kind("from x import Y\nfrom base import A\nclass C(Y, A):\n    def g(self):\n"
                "        self.f()\n",
                VALUE_UNKNOWN);
}

static void the_graph_finds_the_shortest_way(void **state) {
    (void)state;
    add_file("db.py", "import time\ndef query(): time.sleep(1)\ndef long(): middle()\n"
                      "def middle(): query()\n");
    add_file("app.py", "import db\ndef both():\n    db.long()\n    db.query()\n    both()\n"
                       "def fine(): pass\n");
    Program *self = program();
    const Graph *graph = program_graph(self);
    Value both = {VALUE_FUNCTION, 1, 0}, fine = {VALUE_FUNCTION, 1, 1};
    uint32_t number = graph_number(graph, both);
    assert_true(graph_reaches(graph, REACH_BLOCKING, number));
    assert_false(graph_reaches(graph, REACH_LOOP, number));
    assert_false(graph_reaches(graph, REACH_BLOCKING, graph_number(graph, fine)));
    assert_int_equal(graph_calls(graph, number).count, 3);
    Str way = graph_way(graph, &arena, REACH_BLOCKING, STR("main"), number);
    assert_true(str_is(way, "main → both → query → time.sleep"));
    Leaf leaf = graph_leaf(graph, REACH_BLOCKING, number);
    assert_true(str_is(place_display(&arena, leaf.module->summary, leaf.site->place), "db.py:2"));
}

static bool is_that(const void *patterns, Str name) {
    return patterns != NULL && str_is(name, patterns);
}

static void the_user_knows_of_blocking_calls(void **state) {
    (void)state;
    add_file("db.py", "import time\ndef query(pool):\n    pool.fetch()\n"
                      "def nap(): time.sleep(1)\ndef load(): query(1)\n");
    Program *self = program();
    program_set_patterns(self, 0, (CallPatterns){is_that, {"$0.fetch", "time.sleep"}});
    const Graph *graph = program_graph(self);
    Value query = {VALUE_FUNCTION, 0, 0}, nap = {VALUE_FUNCTION, 0, 1};
    assert_true(graph_reaches(graph, REACH_BLOCKING, graph_number(graph, query)));
    assert_false(graph_reaches(graph, REACH_BLOCKING, graph_number(graph, nap)));
}

static uint32_t number_of(const Graph *graph, const char *name) {
    for (uint32_t i = 0; i < graph_function_count(graph); i++) {
        const ModuleInfo *module = graph_module(graph, i);
        if (str_is(module->summary->names.at[graph_function_info(graph, i)->name], name)) return i;
    }
    fail_msg("no function %s", name);
    return 0;
}

// Asserts that the first edge from `from` (NULL: the last module) to `to` is of that kind.
static void assert_edge(const char *text, const char *from, const char *to, EdgeKind kind) {
    uint32_t before = file_count;
    add_file("main.py", text);
    const Graph *graph = program_graph(program());
    uint32_t number = from == NULL ? graph_count(graph) - 1 : number_of(graph, from);
    Edges edges = graph_calls(graph, number);
    uint32_t target = number_of(graph, to), found = EDGE_KIND_COUNT;
    for (uint32_t i = edges.count; i-- > 0;)
        if (edges.at[i].to == target) found = edges.at[i].kind;
    if (found != kind) fail_msg("%s\nhas an edge of kind %u, not %d", text, found, kind);
    file_count = before;
}

static void edges_say_what_becomes_of_a_function(void **state) {
    (void)state;
    const char *used[] = {"await f()",
                          "a = f()\n    await a",
                          "asyncio.create_task(f())",
                          "await asyncio.gather(*[f() for _ in range(2)])",
                          "asyncio.wait([f(), f()])",
                          "asyncio.run(f())",
                          "print(f())",
                          "return [f()]"};
    EdgeKind kinds[] = {EDGE_AWAITED,   EDGE_MADE,      EDGE_SCHEDULED, EDGE_SCHEDULED,
                        EDGE_SCHEDULED, EDGE_SCHEDULED, EDGE_MADE,      EDGE_MADE};
    for (size_t i = 0; i < sizeof used / sizeof used[0]; i++) {
        Str text = str_format(
            &arena, "import asyncio\nasync def f(): pass\nasync def g():\n    %s\n", used[i]);
        assert_edge(text.at, "g", "f", kinds[i]);
    }
    assert_edge("def f(): pass\nf()\n", NULL, "f", EDGE_CALLED);
    assert_edge("def f(): yield\nfor _ in f(): pass\n", NULL, "f", EDGE_CALLED);
    assert_edge("async def f(): yield\nasync def g():\n    async for _ in f(): pass\n", "g", "f",
                EDGE_AWAITED);
    assert_edge("import threading\ndef f(): pass\nthreading.Thread(target=f).start()\n", NULL, "f",
                EDGE_THREAD);
    assert_edge("import asyncio\ndef f(): pass\nasync def g():\n"
                "    asyncio.get_event_loop().call_later(1, f)\n",
                "g", "f", EDGE_CALLBACK);
    assert_edge("import asyncio\nasync def f(r, w): pass\nasync def g():\n"
                "    await asyncio.start_server(f)\n",
                "g", "f", EDGE_CALLBACK);
    assert_edge("def f(x): pass\nsorted([], key=f)\n", NULL, "f", EDGE_CALLED);
    assert_edge("def f(): pass\ndef g(h):\n    h(f)\n", "g", "f", EDGE_GIVEN);
}

static void contexts_spread_along_calls(void **state) {
    (void)state;
    add_file("lib.py", "def both(): low()\ndef low(): pass\ndef alone(): pass\n"
                       "def first(): second()\ndef second():\n    first()\n    third()\n"
                       "def third(): pass\n");
    add_file("app.py", "import lib, threading\nasync def main():\n    lib.both()\n"
                       "threading.Thread(target=lib.both).start()\n"
                       "threading.Thread(target=lib.first).start()\nlib.alone()\n");
    Program *self = program();
    const Graph *graph = program_graph(self);
    const Contexts *contexts = program_contexts(self);
    uint32_t low = number_of(graph, "low"), third = number_of(graph, "third"),
             alone = number_of(graph, "alone");
    assert_true(runs_in(contexts, CONTEXT_LOOP, low));
    assert_true(runs_in(contexts, CONTEXT_THREAD, low));
    assert_false(runs_in(contexts, CONTEXT_IMPORT, low));
    assert_false(runs_in(contexts, CONTEXT_LOOP, third));
    assert_true(runs_in(contexts, CONTEXT_THREAD, third));
    assert_true(runs_in(contexts, CONTEXT_IMPORT, alone));
    assert_false(runs_in(contexts, CONTEXT_THREAD, alone));
    Str way = context_way(contexts, &arena, CONTEXT_THREAD, third);
    assert_true(str_is(way, "first → second → third"));
    const Edge *origin = context_origin(contexts, CONTEXT_THREAD, third);
    assert_int_equal(edge_site(graph, origin)->place.line, 5);
    assert_int_equal(edge_site(graph, context_origin(contexts, CONTEXT_IMPORT, alone))->place.line,
                     6);
}

// Whether `f` may run in several tasks at the same time, on one object, as `text` starts it.
static void assert_tasks(const char *text, bool is_in_tasks, bool is_shared) {
    uint32_t before = file_count;
    Str whole = str_format(&arena,
                           "import asyncio\nclass C:\n    async def f(self): pass\n"
                           "    async def all(self):\n        await self.f()\n        %s\n"
                           "ONE = C()\nasync def w(): await ONE.f()\n",
                           text);
    add_file("main.py", whole.at);
    Program *self = program();
    const Contexts *contexts = program_contexts(self);
    uint32_t number = number_of(program_graph(self), "C.f");
    if (runs_in(contexts, CONTEXT_TASKS, number) != is_in_tasks ||
        runs_in(contexts, CONTEXT_SHARED, number) != is_shared)
        fail_msg("%s", text);
    file_count = before;
}

static void tasks_at_the_same_time(void **state) {
    (void)state;
    assert_tasks("await asyncio.gather(*[self.f() for _ in 'ab'])", true, true);
    assert_tasks("await asyncio.gather(self.f(), self.f())", true, true);
    assert_tasks("ts = [asyncio.create_task(self.f()) for _ in 'ab']", true, true);
    assert_tasks("c = C(); await asyncio.gather(*[c.f() for _ in 'ab'])", true, true);
    assert_tasks("c = C(); await asyncio.gather(c.f(), c.f())", true, true);
    assert_tasks("a = C(); b = C(); await asyncio.gather(a.f(), b.f())", true, false);
    assert_tasks("await asyncio.gather(*[C().f() for _ in 'ab'])", true, false);
    assert_tasks("await asyncio.gather(*[self.all() for _ in 'ab'])", true, true);
    assert_tasks("await asyncio.gather(*[w() for _ in 'ab'])", true, true);
    assert_tasks("await asyncio.start_server(self.f)", true, true);
    assert_tasks("await asyncio.gather(self.f())", false, false);
    assert_tasks("await asyncio.create_task(self.f()); await asyncio.create_task(self.f())", false,
                 false);
    assert_tasks("[await asyncio.wait_for(self.f(), 1) for _ in 'ab']", false, false);
    assert_tasks("[await asyncio.gather(self.f()) for _ in 'ab']", false, false);
    assert_tasks("await w()", false, false);
}

static void locks_are_found_however_far_away(void **state) {
    (void)state;
    Buf text = {0};
    buf_add(&text, STR("import asyncio\nclass C:\n    def __init__(self):\n"
                       "        self.lock = asyncio.Lock()\n"));
    for (int i = 0; i < 200; i++)
        buf_printf(&text, "    async def m%d(self):\n        await self.m%d()\n", i, i + 1);
    buf_add(&text, STR("    async def m200(self):\n        await self.m0()\n"
                       "        async with self.lock: pass\n"
                       "    async def other(self):\n        await C().m0()\n"));
    add_file("c.py", str_c(&arena, buf_str(&text)));
    buf_release(&text);
    Program *self = program();
    const ModuleInfo *module = program_module(self, 0);
    Identity lock = region_lock(module, &module->summary->regions.at[0]);
    assert_true(lock.is_known && lock.is_attribute);
    Locks *locks = program_locks(self);
    const Graph *graph = program_graph(self);
    assert_non_null(lock_taking(locks, lock, number_of(graph, "C.m0")).region);
    assert_non_null(lock_taking(locks, lock, number_of(graph, "C.m200")).region);
    assert_null(lock_taking(locks, lock, number_of(graph, "C.other")).region);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(modules_are_found_beside_the_script),
        TEST(modules_are_found_in_packages),
        TEST(folders_without_init_are_packages),
        TEST(the_standard_library_is_not_shadowed_from_afar),
        TEST(kinds_come_from_definitions_and_decorators),
        TEST(methods_come_from_the_class_and_its_bases),
        TEST(the_graph_finds_the_shortest_way),
        TEST(the_user_knows_of_blocking_calls),
        TEST(edges_say_what_becomes_of_a_function),
        TEST(contexts_spread_along_calls),
        TEST(tasks_at_the_same_time),
        TEST(locks_are_found_however_far_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
