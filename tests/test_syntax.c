#include "python/syntax.h"
#include "testing.h"

static Arena arena;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_release(&arena);
    return 0;
}

static Tree parse(const char *text) {
    Tree tree;
    Lines lines;
    Tokens tokens;
    lines_scan(&lines, &arena, str_of(text));
    tokens_scan(&tokens, &arena, &lines, false);
    tree_parse(&tree, &arena, &lines, &tokens);
    return tree;
}

static void an_empty_file_is_a_module(void **state) {
    (void)state;
    Tree tree = parse("");
    assert_int_equal(tree.count, 1);
    assert_int_equal(tree.nodes[0].kind, NODE_MODULE);
    assert_null(node_first_child(tree.nodes));
    assert_false(tree.has_error);
}

static void navigation_is_consistent(void **state) {
    (void)state;
    Tree tree =
        parse("async def f(a, *, b=1):\n    # c\n    return [await x for x in g(f'{a}')]\n");
    assert_false(tree.has_error);
    for (uint32_t i = 0; i < tree.count; i++) {
        const Node *node = &tree.nodes[i];
        const Node *end = node + 1;
        for_each_child(child, node) {
            assert_ptr_equal(node_parent(child), node);
            assert_ptr_equal(child, end);
            end = node_end(child);
        }
        assert_ptr_equal(end, node_end(node));
    }
    const Node *function = node_first_child(tree.nodes);
    assert_int_equal(function->kind, NODE_FUNCTION_DEFINITION);
    assert_int_equal(function[1].kind, NODE_ASYNC);
    assert_non_null(node_child(function, FIELD_PARAMETERS));
    assert_null(node_child(function, FIELD_RETURN_TYPE));
}

static void errors_are_seen(void **state) {
    (void)state;
    assert_true(parse("def f(:\n").has_error);
    assert_true(parse("x = = 1\n").has_error);
}

static void assert_same_tree(const char *text) {
    Tree thin = parse(text), plain;
    Lines lines;
    lines_scan(&lines, &arena, str_of(text));
    tree_parse(&plain, &arena, &lines, NULL);
    assert_true(thin.parses == 1 || plain.has_error);
    if (thin.count != plain.count) fail_msg("%s: %u nodes for %u", text, thin.count, plain.count);
    for (uint32_t i = 0; i < plain.count; i++) {
        const Node *a = &thin.nodes[i], *b = &plain.nodes[i];
        bool same = a->start == b->start && a->end == b->end && a->up == b->up &&
                    a->size == b->size && a->kind == b->kind && a->field == b->field;
        if (!same)
            fail_msg("%s: node %u, `%s` for `%s`", text, i, node_kind_name(a->kind),
                     node_kind_name(b->kind));
    }
}

static void what_the_parser_does_not_see_is_in_the_tree(void **state) {
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
        "import a.b, c\nfrom d.e import f as g\nfrom __future__ import annotations\n",
        "match a.b(c):\n    case d.e | 'f': g.h()\n    case _: pass\n    case I(j=k.l): pass\n",
        "type(a).b = c.d\ntype X = a.b\nexec(a.b)\nprint(a.b, file=c.d)\n",
        "class A(b.c, d=e.f()):\n    'g'\n    h = i.j()\n",
        "@a.b(c)\nasync def f():\n    async with a.b() as c.d, e.f(): await g.h(i.j)\n",
        "lambda a, b=c.d(): e.f(b)\nlambda: (yield a.b)\n",
        "a = b.c(  # d\n    e,\n\n    f=g.h \\\n    ,\n)\nb. \\\n  c()\n",
        "try:\n    a.b()\nexcept (c.d, e.f) as g:\n    raise h.i('j') from k.l\n",
        "a.b.print(c.exec).type.match()\n1 .real.b(); 1.5.c(); None.d(True.e, not_.f)\n",
        "with a.b(c) as (d.e, f), g.h: x = a.b < c.d() <= e.f and g.h() or not i.j\n",
        "f(a.b for c.d in e.f() if g.h)\nf(a, b.c for_)\n",
        "def f():\n    'g'\n    a.b = c\n\n    # h\n    return d(e)\n  # i\nx = 1\ny\n",
        "class A:\n\tb = [c, d.e(), [], {}, (), (f), (g,)]\n\tpass\n\n\tdef h(): pass\nz = 1\n",
        "x = {'a': b.c, 'd': {e}, f(): [g]}\ny = f({a, b}, c[d], *e, **g)[h]['i'](j=(k, l))\n",
        "[a, b] = c\n(d) = e\na.b[c.d()] = f = g\na[b]: c[d] = e[f]\n[a][0] = b\n",
        "if a: b.c = d; e()\nelse: f.g()\nwhile h: break\nfor i in j: continue\n",
        "async def f():\n    await g(h)\n    i = await j.k()\n    return await l\n    await (m)\n",
        "for a in b:\n    c()\n    if d:\n        e\n        continue\n    f()\n    break\ng\n",
        "raise\nraise a\nraise a(b) from c\nreturn\nreturn a, b\nreturn (a, b)\na.b,\n",
        "from .a.b import c as d, e\nfrom . import (f, g as h,)\nfrom .... import i\n",
        "from a import *\nimport b.c as d, e.f\nfrom __future__ import g as h\nif i: import j.k\n",
        "from a import (  # b\n    c,\n\n    # d\n    e\n)\nimport f; import g\n",
        "from h import i; j\n",
        "def f(self, a, /, b: c, *d, e: f.g = 'h', i=None, **j): pass\ndef k(*, l=(m)): n.o\n",
        "async def f(\n    a: list[b],  # c\n    *d: e[f, ...],\n    **g: h | i,\n) -> j.k: ...\n",
        "def f() -> j.k | None: ...\n",
        "def f(a: b[c | d], e: g[h] | i = j, k: Callable[[l], m]) -> Callable[..., n[o]]: pass\n",
        "def f(a=-1, b=lambda: c): pass\ndef g() -> h[i.j]: pass\ndef k[T: l](m: T) -> 'n': pass\n",
        "a: b\nc.d: e | 'f' | None = await g\nh: i[j, k[l]] = {}\nm: n[o] | p\nq: r.s[t] = u\n",
        "a = b\n\n\n\n@c\n# d\ndef e(): f\n\\\n\ng = h\n",
        "a = f(b[c:d], e[f, g], {**h}, {i: j, k}, (l for m in n), [o for p in q], not r, -s)\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_same_tree(texts[i]);
}

static uint32_t count_kind(const Tree *tree, NodeKind kind) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < tree->count; i++)
        count += tree->nodes[i].kind == kind;
    return count;
}

static void operators_are_kept_and_other_tokens_are_not(void **state) {
    (void)state;
    static const char *const forms[] = {
        "a != b", "a % b", "a %= b", "a & b",  "a &= b",  "a * b",      "a ** b",     "a **= b",
        "a *= b", "a + b", "a += b", "a - b",  "a -= b",  "a / b",      "a // b",     "a //= b",
        "a /= b", "a < b", "a << b", "a <= b", "a <<= b", "a == b",     "a > b",      "a >= b",
        "a >> b", "a @ b", "a @= b", "a ^ b",  "a ^= b",  "a and b",    "a in b",     "a is b",
        "a or b", "a | b", "a |= b", "~a",     "-a",      "a not in b", "a is not b", "a >>= b",
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        Tree tree = parse(forms[i]);
        assert_int_equal(count_kind(&tree, NODE_OPERATOR), 1);
    }
    Tree tree = parse("from m import *\ndef f(*, a: int = (1,)) -> None: x = [y for y in a]\n");
    assert_int_equal(count_kind(&tree, NODE_OPERATOR), 0);
    assert_int_equal(count_kind(&tree, NODE_SKIPPED), 0);
    tree = parse("try: pass\nexcept* E: pass\n");
    assert_int_equal(count_kind(&tree, NODE_OPERATOR), 1);
    tree = parse("def f(): yield from x\n");
    assert_int_equal(count_kind(&tree, NODE_FROM), 1);
    tree = parse("f'{a}' 'b' rb'c\\d'\n");
    assert_int_equal(count_kind(&tree, NODE_INTERPOLATION), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_file_is_a_module, set_up, tear_down),
        cmocka_unit_test_setup_teardown(navigation_is_consistent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(errors_are_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_parser_does_not_see_is_in_the_tree, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(operators_are_kept_and_other_tokens_are_not, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
