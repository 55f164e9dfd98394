"""Small files that put await, yield, return and comprehensions everywhere they can be put."""
import itertools

CLAUSES = ['for x in y', 'async for x in y', 'for x in await y', 'for x in y if await z',
           'for x in y for w in await v', 'for x in y async for w in v']
BRACKETS = ['[%s]', '(%s)', '{%s}', '{1: %s}', 'f(%s)']
PLACES = ['%s\n', 'def f(): return %s\n', 'async def f(): return %s\n', 'class C: a = %s\n',
          'async def f():\n class C: a = %s\n', 'async def f(): return lambda: %s\n',
          'async def f():\n def g(): return %s\n', 'async def f():\n def g(a=%s): pass\n',
          'async def f():\n for i in %s: pass\n', 'async def f():\n @d(%s)\n def g(): pass\n',
          'async def f(a=%s): pass\n', 'async def f():\n x: %s = 1\n', 'async def f():\n f"{%s}"\n']
YIELDS = ['(yield)', '(yield x)', '(yield from x)', '(await x)']
ENDS = ['return', 'return None', 'return 1', 'return (yield)', 'if x: return 1', 'def g(): return 1']
BODIES = ['yield', 'x = yield 1', 'yield from z', 'lambda: (yield)', '(x for x in (yield))',
          'def h(): yield', 'await z', 'async for q in w: yield q', 'async with a as b: yield']
STATEMENTS = ['await x', 'async for x in y: pass', 'async with x: pass', 'yield from x', 'x = yield',
              'f"{await x}"', 'return await x', 'del (await x)[0]', 'x: await y']
HOLDERS = ['%s\n', 'def f():\n %s\n', 'async def f():\n %s\n', 'class C:\n %s\n',
           'async def f():\n def g():\n  %s\n', 'async def f():\n class C:\n  %s\n',
           'def f():\n async def g():\n  %s\n']


def cases():
    """All of them, without repetition, in a fixed order."""
    made = []
    for clause, element, bracket, place in itertools.product(
            CLAUSES, ['x', 'await x'], BRACKETS, PLACES):
        made.append(place % (bracket % f'{element} {clause}'))
    for inner, middle, one, two, place in itertools.product(
            CLAUSES[:4], ['for p in q', 'async for p in q'], BRACKETS[:3], BRACKETS[:2], PLACES[:7]):
        nested = one % f'x {inner}'
        made.append(place % (two % f'{nested} {middle}'))
        made.append(place % (two % f'p for p in {nested}'))
        made.append(place % (two % f'p {middle} if {nested}'))
    for one, two, three, element, place in itertools.product(
            BRACKETS[:2], BRACKETS[:2], BRACKETS[:2], ['await x for x in y', 'x async for x in y'],
            PLACES[:7]):
        made.append(place % (three % ((two % ((one % element) + ' for p in q')) + ' for r in s')))
    for value, bracket, place in itertools.product(YIELDS, BRACKETS, PLACES):
        for inside in ('%s for x in z', 'x for x in %s', 'x for x in z if %s', 'lambda: %s for x in z'):
            made.append(place % (bracket % (inside % value)))
    for end, body, kind in itertools.product(ENDS, BODIES, ['def', 'async def']):
        made.append(f'{kind} f():\n {end}\n {body}\n')
        made.append(f'{kind} f():\n {body}\n {end}\n')
    for statement, holder in itertools.product(STATEMENTS, HOLDERS):
        made.append(holder % statement)
    return list(dict.fromkeys(made))
