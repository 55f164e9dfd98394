"""Statements made by chance, the same ones for the same number: expressions in each other's places.

Some are no Python; what counts is that many are that nobody has written.
"""
import random

NAMES = ['a', 'b', 'cc', 'd_e'] * 8 + ['print', 'exec', 'type', 'match', 'case', '_']
LITERALS = ['1', '0x1e', '1.5', '2j', '1e5', 'None', 'True', '...', '"s"', "'s' b't'", "f'{a!r:>{b}}{c}' 'd'"]
BINARY = ['+', '-', '*', '/', '//', '%', '@', '**', '<<', '>>', '&', '|', '^']
COMPARISONS = ['<', '>', '==', '!=', '<=', '>=', 'in', 'not in', 'is', 'is not']
AUGMENTED = ['+=', '-=', '**=', '//=', '|=', '@=', '>>=']
PARAMETERS = ['', 'a', 'a, *b', '*, a=1', 'a, /, b=2, **c']


class Maker:
    """Makes one statement; `depth` says how many levels of expressions may follow."""

    def __init__(self, number):
        self.random = random.Random(number)

    def one(self, *makers):
        """What one of the makers makes; a text stands for itself."""
        maker = self.random.choice(makers)
        return maker if isinstance(maker, str) else maker()

    def often(self, make, most, between=', ', least=0):
        """Several of the same kind."""
        return between.join(make() for _ in range(self.random.randint(least, most)))

    def name(self):
        """A name, at times one that begins a statement elsewhere."""
        return self.random.choice(NAMES)

    def atom(self, depth):
        """What stands alone."""
        if depth == 0 or self.random.random() < 0.7:
            return self.name()
        less = depth - 1
        return self.one(
            lambda: self.random.choice(LITERALS),
            lambda: f'({self.expression(less)})',
            lambda: f'({self.often(lambda: self.element(less), 3)},)',
            lambda: f'[{self.often(lambda: self.element(less), 3)}]',
            lambda: f'{{{self.often(lambda: self.element(less), 3, least=1)}}}',
            lambda: f'{{{self.often(lambda: self.pair(less), 3)}}}',
            lambda: f'[{self.expression(less)}{self.clauses(less)}]',
            lambda: f'({self.expression(less)}{self.clauses(less)})',
            lambda: f'{{{self.pair(less)}{self.clauses(less)}}}',
            lambda: f'({self.name()} := {self.expression(less)})')

    def element(self, depth):
        """Of a display."""
        return self.one(lambda: self.expression(depth), lambda: self.expression(depth), lambda: '*' + self.binary(depth))

    def pair(self, depth):
        """Of a dictionary."""
        return self.one(lambda: f'{self.expression(depth)}: {self.expression(depth)}', lambda: '**' + self.primary(depth))

    def clauses(self, depth):
        """Of a comprehension."""
        return self.often(lambda: f' for {self.target(1)} in {self.boolean(depth)}'
                          + self.often(lambda: f' if {self.boolean(depth)}', 1), 2, '', 1)

    def argument(self, depth):
        """Of a call."""
        return self.one(lambda: self.expression(depth), lambda: self.expression(depth), lambda: '*' + self.expression(depth),
                        lambda: f'{self.name()}={self.expression(depth)}')

    def subscript(self, depth):
        """An index or a slice."""
        return self.one(lambda: self.expression(depth), lambda: f'{self.expression(depth)}:{self.expression(depth)}',
                        lambda: f':{self.expression(depth)}:')

    def trailer(self, depth):
        """What follows an atom."""
        return self.one(lambda: '.' + self.name(), lambda: f'({self.often(lambda: self.argument(depth), 2)})',
                        lambda: f'[{self.often(lambda: self.subscript(depth), 2, least=1)}]')

    def primary(self, depth):
        """An atom with what follows it."""
        return self.atom(depth) + self.often(lambda: self.trailer(max(depth - 1, 0)), self.random.randint(0, 1) if depth else 0, '')

    def unary(self, depth):
        """A primary, perhaps with operators before it."""
        signs = self.random.choice([''] * 12 + ['-', '+', '~', '-~', 'await ', '-await '])
        return signs + self.primary(depth)

    def chain(self, make, operators, share):
        """Operands with operators between them."""
        text = make()
        while self.random.random() < share:
            text += f' {self.random.choice(operators)} {make()}'
        return text

    def binary(self, depth):
        """Without comparisons."""
        return self.chain(lambda: self.unary(depth), BINARY, 0.3)

    def comparison(self, depth):
        """Without boolean operators but `not`."""
        before = self.random.choice(['', '', '', '', '', 'not ', 'not not '])
        return before + self.chain(lambda: self.binary(depth), COMPARISONS, 0.15)

    def boolean(self, depth):
        """Without conditions."""
        return self.chain(lambda: self.comparison(depth), ['and', 'or'], 0.15)

    def expression(self, depth):
        """Any expression."""
        kind = self.random.random()
        if kind < 0.06:
            return f'{self.boolean(depth)} if {self.boolean(depth)} else {self.expression(depth)}'
        if kind < 0.08:
            return f'lambda {self.random.choice(PARAMETERS)}: {self.expression(depth)}'
        return self.boolean(depth)

    def target(self, depth):
        """What is assigned to."""
        inner = 'a' if depth == 0 else self.target(depth - 1)
        return self.one(self.name, self.name, lambda: f'{self.primary(1)}.{self.name()}', lambda: f'{self.primary(1)}[{self.subscript(1)}]',
                        lambda: f'({inner}, *{self.name()})', lambda: f'[{inner}, {self.name()}]', lambda: f'({inner})')

    def type(self, depth):
        """An annotation."""
        if depth == 0:
            return self.name()
        inner = self.type(depth - 1)
        return self.one(self.name, lambda: f'{self.name()}[{inner}, {self.type(0)}]', lambda: f'{inner} | {self.type(depth - 1)}',
                        lambda: f'{self.name()}.{self.name()}[{inner}]', lambda: self.expression(1), lambda: f'[{inner}]', 'None', '"s"')

    def pattern(self, depth):
        """Of a case."""
        if depth == 0:
            return self.one(self.name, lambda: f'{self.name()}.{self.name()}', '-1', '1 + 2j', '"s" "t"', 'None')
        inner = self.pattern(depth - 1)
        return self.one(inner, f'({inner}, *_)', f'[{inner}]', f'{inner} | {self.pattern(0)}', f'({inner} as {self.name()})',
                        f'{{1: {inner}, **{self.name()}}}', f'{self.name()}({inner}, a={self.pattern(depth - 1)})')

    def manager(self):
        """Of a with statement."""
        return self.expression(2) + self.one('', lambda: f' as {self.target(1)}')

    def statement(self):
        """Any statement."""
        return self.one(
            lambda: self.expression(3),
            lambda: self.often(lambda: self.expression(2), 3, least=2),
            lambda: f'{self.often(lambda: self.target(2), 2, " = ", 1)} = {self.expression(3)}',
            lambda: f'{self.target(1)}, {self.target(1)} = {self.element(2)}, {self.element(2)}',
            lambda: f'{self.name()} {self.random.choice(AUGMENTED)} {self.expression(2)}',
            lambda: f'{self.primary(1)}: {self.type(3)} = {self.expression(2)}',
            lambda: f'return {self.element(2)}, {self.element(2)}',
            lambda: f'a = yield {self.expression(2)}',
            lambda: f'assert {self.expression(2)}, {self.expression(2)}',
            lambda: f'raise {self.expression(2)} from {self.expression(2)}',
            lambda: f'del {self.target(1)}, {self.target(1)}',
            lambda: f'if {self.expression(3)}: {self.expression(1)}',
            lambda: f'for {self.target(1)} in {self.element(2)}, {self.expression(1)}: pass',
            lambda: f'async with {self.often(self.manager, 2, least=1)}: pass',
            lambda: f'with ({self.often(self.manager, 2, least=1)}): pass',
            lambda: f'match {self.expression(2)}:\n        case {self.pattern(3)} if {self.expression(1)}: pass',
            lambda: f'def f(a, b: {self.type(2)} = {self.expression(1)}, *c: {self.type(1)}) -> {self.type(2)}: pass',
            lambda: f'type A[B: {self.type(1)}, *C] = {self.type(2)}')


def statement(number):
    """A file with a function of one statement."""
    return f'async def f():\n    {Maker(number).statement()}\n'.encode()
