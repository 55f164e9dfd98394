// The tree that the compiler's parser makes is that of the grammar.

#include "arena_fixture.h"
#include "base/buf.h"
#include "python/compiler/refusals.h"

static Tree made_of(Str text) {
    Tree tree;
    Refusals refusals;
    compiler_check(&refusals, &tree, &arena, text, NULL);
    return tree;
}

static bool nodes_are_same(const Node *a, const Node *b) {
    return a->start == b->start && a->end == b->end && a->up == b->up && a->size == b->size &&
           a->kind == b->kind && a->field == b->field;
}

static void assert_same_tree(const char *text) {
    Tree made = made_of(str_of(text)), plain;
    if (made.nodes == NULL) fail_msg("%s: not understood", text);
    tree_parse(&plain, &arena, str_of(text));
    if (made.count != plain.count) fail_msg("%s: %u nodes for %u", text, made.count, plain.count);
    for (uint32_t i = 0; i < plain.count; i++)
        if (!nodes_are_same(&made.nodes[i], &plain.nodes[i]))
            fail_msg("%s: node %u, `%s` for `%s`", text, i, node_kind_name(made.nodes[i].kind),
                     node_kind_name(plain.nodes[i].kind));
}

#define ASSERT_SAME_TREES(texts)                                                                   \
    for (size_t i = 0; i < sizeof(texts) / sizeof((texts)[0]); i++)                                \
    assert_same_tree((texts)[i])

static void expressions_are_those_of_the_grammar(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        "a.b(c, *d, e=f, **g)[h, i:j, ::k](l for m in n).o\n",
        "a = b + c * d ** -e ** f - ~g // (h or i) % j @ k << l >> m & n ^ o | p\n",
        "not a in b and c is not d or not e not in f < g >= h != i\n",
        "a if b else c if d else e or f\n(g := h), i[j := k]\n",
        "async def f(): return await a ** b, -await c.d(e), [await g async for h in i]\n",
        "x = lambda: a, lambda b, *c, d=e, **f: g if h else i\n",
        "(), (a), (a,), (a, b), [], [a], [a,], {}, {a}, {a: b, **c}, {*a, b}, (a for b in c)\n",
        "[a for b, c in d if e if f for g in h], {a: b for c in d}, {a for b in c}\n",
        "1, 0x1e, 1e5, 1.5j, 1j, ..., None, True, False, 'a', b'b' rb'\\c', 'd' f'e'\n",
        "f'{a}{b!r}{c:>{d}}{{}}{e.f(g)=}' f'''{h\n}''' 'i'\n",
        "(*a.b, c), [*d(), e], {*f.g, *h()}, i(*j.k())\n",
        "[*a.b], {*c()}, [*d.e(f, *g())[h].i], [*j + k ** l | m], [*[*n.o]], [*await p(q)]\n",
        "a = *b(), *c.d, e\n*f.g, h[i] = *j(k), l[m]\n(*n.o, p), [*q[r]] = s\n",
        "def f(): x = yield; yield a, b; yield from c; return *a, b\n",
    };
    ASSERT_SAME_TREES(texts);
}

static void statements_are_those_of_the_grammar(void **state) {
    (void)state;
    static const char *const texts[] = {
        "a = b = c, = d\n(a), [b, (c, *d)], e.f, g[h] = i\na += b,\na: b.c = d\na: b\na, b\n",
        "import a.b as c, d\nfrom .e import (f as g, h,)\nfrom ... import i\nfrom j.k import *\n",
        ("from __future__ import annotations\n"
         "from __future__ import annotations as b, division\n"),
        "if a: b; c;\nelif d:\n    e\nelif f: g\nelse: h\n",
        "while a: break\nelse: pass\nfor b, in c, d: continue\nelse:\n    e\n",
        "try: a\nexcept: b\nelse: c\nfinally: d\ntry: e\nexcept (f, g) as h: i\nexcept j.k: l\n",
        "try: a\nexcept* b as c: d\n",
        "with a, b as c, d() as (e, f): g\nwith (a, b as c): d\nwith (a): b\nwith (a).b as c: d\n",
        "with (a as b): c\nwith (a, b): c\nwith (a as b, c,): d\n",
        "async def f():\n    async with a as b: c\n    async for d in e: g\n    # h\n\n# i\n",
        "def f(a, b: c = d, /, e=f, *, g: h, **i: j) -> k.l: pass\ndef m(*n: o, p): q\n",
        "@a\n@b.c(d)\nasync def f(): pass\n@g\nclass h(i, j=k):\n    'l'\n\n    m = n\n",
        "class A: pass\nclass B(): pass\n@c\ndef d(*, e): f\n",
        ("del a, (b), c[d]\nassert a, b\nraise\nraise a from b\ndef f():\n    global a, b\n    "
         "return\n"),
        "def f():\n  def g():\n    nonlocal h\n  h = 1\n",
        "print(a, file=b)\nprint = exec\nprint.a()\ntype(a)\nmatch = a\nmatch.b(c)\ntype = case\n",
    };
    ASSERT_SAME_TREES(texts);
}

static void types_are_those_of_the_grammar(void **state) {
    (void)state;
    static const char *const texts[] = {
        "a: list[b] | c.d | e\na: b | list[c] | None\na: b.c[d[e]]\na: b[c[d], e | f] = g\n",
        "a: b[c] | d[e] | f = 1\na: (b[c])\na: 'b' | c\na: b[[c, d], e[...]]\na: b[-1, 'c', d()]\n",
        "def f(a: b[c], *d: e[f, g], **h: i) -> j[k] | None: pass\na: b if c else d\n",
        "a[b]: c[d]\nx[0] = 1\na: lambda: b[c]\n",
        "type A = b[c]\ntype D[E: (f, g), *H, **I] = list[E] | None\n",
        "class A[B: c[d]](e): pass\nasync def f[*G, H,](i: H) -> G: pass\n",
    };
    ASSERT_SAME_TREES(texts);
}

static void patterns_are_those_of_the_grammar(void **state) {
    (void)state;
    static const char *const texts[] = {
        ("match a, b:\n    # c\n    case d: pass\nmatch (e):\n    case f:\n        pass\n    # "
         "g\nh\n"),
        "match a.b(c):\n    case d.e | 'f' 'g' | None if h: pass\n    case [i, *j], *_: pass\n",
        "match *a,:\n    case (b), (c, _), (): pass\n    case {'d': e, f.g: _, -1: h, **i}: pass\n",
        ("match a:\n    case B(c, d=e.f | -1 - 2j, g=_) as h: pass\n    case -1.5 | (2 | True): "
         "pass\n"),
        ("match a:\n    case [(b, c), [d], {}] | ((b, c), d): pass\n    case b.c(): pass\n    case "
         "_: pass\n"),
    };
    ASSERT_SAME_TREES(texts);
}

static void all_kinds_together_are_those_of_the_grammar(void **state) {
    (void)state;
    static const char *const texts[] = {
        "a.b.c(d, e.f(), g=h(1, 2.5, 0x1e), i='j' \"k\",).l()()\n",
        "x = 'a' 'b'.join(c) if 'd'in e else'f'.g\n",
        "return_ = a.b\ndef f(): return'x'\n",
        "f'{a.b}' 'c'.d(e.f)\n",
        "g('a' f'{b.c(d)}', e.f())\n",
        "a.b = c.d, e.f = g()\nfor a.b in c.d(): del e.f\n",
        "def f(a: b.c, d: e.f[g.h] = i.j(), *, k: l.m | n.o = 'p') -> 'q': pass\n",
        "a.b: c.d[e.f('g')] = h.i[j.k]\n",
        "x = {a.b: c.d(), 'e': 'f', **g.h()}\ny = [*a.b(), *c.d]\nz = f(*a.b(), **c.d)\n",
        "class A(b.c, d=e.f()):\n    'g'\n    h = i.j()\n",
        "@a.b(c)\nasync def f():\n    async with a.b() as c.d, e.f(): await g.h(i.j)\n",
        "lambda a, b=c.d(): e.f(b)\nlambda: (yield a.b)\n",
        "a = b.c(  # d\n    e,\n\n    f=g.h \\\n    ,\n)\nb. \\\n  c()\n",
        "try:\n    a.b()\nexcept (c.d, e.f) as g:\n    raise h.i('j') from k.l\n",
        "a.b.print(c.exec).type.match()\n1 .real.b(); 1.5.c(); None.d(True.e, not_.f)\n",
        "with a.b(c) as (d.e, f), g.h: x = a.b < c.d() <= e.f and g.h() or not i.j\n",
        "def f():\n    'g'\n    a.b = c\n\n    # h\n    return d(e)\n  # i\nx = 1\ny\n",
        "class A:\n\tb = [c, d.e(), [], {}, (), (f), (g,)]\n\tpass\n\n\tdef h(): pass\nz = 1\n",
        "x = {'a': b.c, 'd': {e}, f(): [g]}\ny = f({a, b}, c[d], *e, **g)[h]['i'](j=(k, l))\n",
        "[a, b] = c\n(d) = e\na.b[c.d()] = f = g\na[b]: c[d] = e[f]\n[a][0] = b\n",
        "if a: b.c = d; e()\nelse: f.g()\nwhile h: break\nfor i in j: continue\n",
        "async def f():\n    await g(h)\n    i = await j.k()\n    return await l\n    await (m)\n",
        "for a in b:\n    c()\n    if d:\n        e\n        continue\n    f()\n    break\ng\n",
        "from .a.b import c as d, e\nfrom . import (f, g as h,)\nfrom .... import i\n",
        "from a import (  # b\n    c,\n\n    # d\n    e\n)\nimport f; import g\n",
        "from h import i; j\n",
        "def f(self, a, /, b: c, *d, e: f.g = 'h', i=None, **j): pass\ndef k(*, l=(m)): n.o\n",
        "async def f(\n    a: list[b],  # c\n    *d: e[f, ...],\n    **g: h | i,\n) -> j.k: ...\n",
        "def f() -> j.k | None: ...\n",
        "def f(a=-1, b=lambda: c): pass\ndef g() -> h[i.j]: pass\ndef k[T: l](m: T) -> 'n': pass\n",
        "a: b\nc.d: e | 'f' | None = await g\nh: i[j, k[l]] = {}\nm: n[o] | p\nq: r.s[t] = u\n",
        "a = b\n\n\n\n@c\n# d\ndef e(): f\n\\\n\ng = h\n",
    };
    ASSERT_SAME_TREES(texts);
}

// What the grammar sees otherwise, and what is no Python.
static void the_rest_is_left_to_the_grammar(void **state) {
    (void)state;
    static const char *const texts[] = {
        "print >>a, b\n",
        "print -a\n",
        "exec - a\n",
        "f'''{a:\n}'''\n",
        "type(a).b = c\n",
        "class A[B = c]: pass\n",
        "match a:\n    case b(c=1 as d): pass\n",
        "(a := b if c else d)\n",
        "f'{a:=b}'\n",
        "print(a, *b())\n",
        "a: b[c].d\n",
        "a: b[c:d]\n",
        "a: match[b]\n",
        "a: b[c] == d\n",
        "a: b[*c]\n",
        "with (a, b) as c: pass\n",
        "with (a,): pass\n",
        "with a if b else c as d: pass\n",
        "(*a)\n",
        "a[*b]\n",
        "a b\n",
        "f() = a\n",
        "if a:\nb\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (made_of(str_of(texts[i])).nodes != NULL) fail_msg("%s: understood", texts[i]);
}

// `part` so often, and `end`.
static Str repeated(const char *part, uint32_t times, const char *end) {
    Buf buf = {0};
    for (uint32_t i = 0; i < times; i++)
        buf_add(&buf, str_of(part));
    buf_add(&buf, str_of(end));
    Str text = str_copy(&arena, buf_str(&buf));
    buf_release(&buf);
    return text;
}

static void long_chains_take_linear_time(void **state) {
    (void)state;
    enum { LONG = 200000 };
    static const char *const deep[] = {"a + ",         "a ** ", "not ",
                                       "- ",           "a or ", "a and b or ",
                                       "a if b else ", "a = ",  "a < b and c + "};
    for (size_t i = 0; i < sizeof deep / sizeof deep[0]; i++)
        assert_null(made_of(repeated(deep[i], LONG, "a\n")).nodes);
    static const char *const flat[] = {"a < ", "a, ", "a; ", "'a' ", "a\n"};
    for (size_t i = 0; i < sizeof flat / sizeof flat[0]; i++)
        assert_true(made_of(repeated(flat[i], LONG, "'a'\n")).count > LONG);
    assert_non_null(made_of(repeated("a + ", 2900, "a\n")).nodes);
    assert_null(made_of(repeated(".a", LONG, "\n")).nodes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(expressions_are_those_of_the_grammar, tear_down),
        cmocka_unit_test_teardown(statements_are_those_of_the_grammar, tear_down),
        cmocka_unit_test_teardown(types_are_those_of_the_grammar, tear_down),
        cmocka_unit_test_teardown(patterns_are_those_of_the_grammar, tear_down),
        cmocka_unit_test_teardown(all_kinds_together_are_those_of_the_grammar, tear_down),
        cmocka_unit_test_teardown(the_rest_is_left_to_the_grammar, tear_down),
        cmocka_unit_test_teardown(long_chains_take_linear_time, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
