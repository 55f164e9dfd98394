#!/usr/bin/env python3
"""Writes Python code that looks like a project's: for training the optimiser and for growth curves.

    generate.py FOLDER --files N --lines N [--seed N]   N modules of about that many lines each
    generate.py FILE --nesting N                        one file with N nested brackets and blocks

The same arguments give the same bytes.
"""

import argparse
import pathlib
import random

WORDS = ('account order user session request response cache queue worker task batch item entry token value result '
         'config state event handler client server stream buffer record index').split()
MODULES = ('asyncio', 'logging', 'json', 'os', 'time', 'functools', 'collections', 'contextlib', 'typing')

LEAST_MODULE = 40  # lines: of fewer, there are no classes


class Writer:
    """Builds one module line by line."""

    def __init__(self, rng: random.Random) -> None:
        """Start with an empty module."""
        self.rng = rng
        self.lines: list[str] = []

    def word(self) -> str:
        """A name, sometimes of two words."""
        first = self.rng.choice(WORDS)
        return first if self.rng.random() < 0.6 else f'{first}_{self.rng.choice(WORDS)}'

    def expression(self, depth: int = 0) -> str:
        """An expression of the kinds that real code has most of."""
        kind = self.rng.randrange(14 if depth < 3 else 6)
        inner = self.expression
        if kind < 2:
            return self.word()
        if kind == 2:
            return str(self.rng.randrange(5000))
        if kind == 3:
            return repr(' '.join(self.rng.choice(WORDS) for _ in range(self.rng.randrange(1, 5))))
        if kind == 4:
            return f'self.{self.word()}'
        if kind == 5:
            return self.rng.choice(['None', 'True', 'False', '[]', '{}'])
        if kind == 6:
            arguments = [inner(depth + 1) for _ in range(self.rng.randrange(4))]
            if self.rng.random() < 0.3:
                arguments.append(f'{self.word()}={inner(depth + 1)}')
            return f'{self.word()}({", ".join(arguments)})'
        if kind == 7:
            return f'self.{self.word()}.{self.word()}({inner(depth + 1)})'
        if kind == 8:
            return f'{inner(depth + 1)} {self.rng.choice(["+", "-", "*", "==", "<", "and", "or", "in"])} {inner(depth + 1)}'
        if kind == 9:
            return f'[{inner(depth + 1)} for {self.word()} in {self.word()} if {inner(depth + 1)}]'
        if kind == 10:
            return '{' + ', '.join(f'{self.word()!r}: {inner(depth + 1)}' for _ in range(self.rng.randrange(1, 5))) + '}'
        if kind == 11:
            return f'{self.word()}[{inner(depth + 1)}]'
        if kind == 12:
            return f"f'{self.word()} {{{self.word()}}} of {{{self.word()}!r}}'"
        return f'({inner(depth + 1)}, {inner(depth + 1)})'

    def add(self, level: int, text: str) -> None:
        """One line at an indentation level."""
        self.lines.append('    ' * level + text)

    def statement(self, level: int, is_async: bool) -> None:
        """A statement, compound ones with their bodies."""
        kind = self.rng.randrange(16 if level < 5 else 7)
        wait = 'await ' if is_async and self.rng.random() < 0.4 else ''
        if kind < 3:
            self.add(level, f'{self.word()} = {wait}{self.expression(1)}')
        elif kind == 3:
            self.add(level, f'self.{self.word()} = {self.expression(1)}')
        elif kind == 4:
            self.add(level, f'{wait}self.{self.word()}({self.expression(1)}, {self.expression(1)})')
        elif kind == 5:
            self.add(level, f'# {" ".join(self.rng.choice(WORDS) for _ in range(7))}')
            self.add(level, f'return {self.expression()}')
        elif kind == 6:
            self.add(level, f'raise ValueError({self.word()!r})')
        elif kind < 10:
            self.add(level, f'if {self.expression(1)}:')
            self.block(level + 1, is_async)
            if self.rng.random() < 0.3:
                self.add(level, 'else:')
                self.block(level + 1, is_async)
        elif kind < 12:
            self.add(level, f'{"async " if is_async and self.rng.random() < 0.3 else ""}for {self.word()} in {self.expression(1)}:')
            self.block(level + 1, is_async)
        elif kind == 12:
            self.add(level, 'try:')
            self.block(level + 1, is_async)
            self.add(level, f'except ({self.rng.choice(["KeyError", "OSError"])}, ValueError) as error:')
            self.block(level + 1, is_async)
        elif kind == 13:
            self.add(level, f'{"async " if is_async else ""}with self.{self.word()}({self.expression(1)}) as {self.word()}:')
            self.block(level + 1, is_async)
        else:
            self.add(level, f'assert {self.word()} is not None, {self.word()!r}')

    def block(self, level: int, is_async: bool) -> None:
        """A few statements."""
        for _ in range(self.rng.randrange(1, 5)):
            self.statement(level, is_async)

    def function(self, level: int) -> None:
        """A function or coroutine with annotations and a docstring."""
        is_async = self.rng.random() < 0.4
        own = ['self'] if level else []
        parameters = own + [f'{self.word()}_{i}: {self.rng.choice(["int", "str", "Optional[float]", "List[str]"])}' +
                            (' = None' if i > 2 else '') for i in range(self.rng.randrange(5))]
        if level and self.rng.random() < 0.15:
            self.add(level, '@property')
            parameters = own
        self.add(level, f'{"async " if is_async else ""}def {self.word()}_{self.rng.randrange(1000)}({", ".join(parameters)}) -> None:')
        self.add(level + 1, f'"""{self.rng.choice(WORDS).capitalize()} the {self.word()} of each {self.word()}."""')
        self.block(level + 1, is_async)
        self.block(level + 1, is_async)

    def small_module(self, lines: int) -> str:
        """The text of a module of a few short functions."""
        self.add(0, '#!/usr/bin/env python3')
        self.add(0, f'"""A module about the {self.word()} and its {self.word()}."""')
        while len(self.lines) < lines:
            self.add(0, '')
            self.add(0, '')
            self.add(0, f'def {self.word()}_{len(self.lines)}({self.word()}: int) -> int:')
            self.add(1, f'"""Count each {self.word()}."""')
            self.add(1, f'return {self.word()}({self.expression(2)})')
        return '\n'.join(self.lines) + '\n'

    def module(self, lines: int) -> str:
        """The text of one module of about that many lines."""
        self.add(0, '#!/usr/bin/env python3')
        self.add(0, f'"""A module about the {self.word()} and its {self.word()}."""')
        for name in self.rng.sample(MODULES, 5):
            self.add(0, f'import {name}')
        while len(self.lines) < lines:
            self.add(0, '')
            self.add(0, '')
            if self.rng.random() < 0.5:
                self.function(0)
                continue
            self.add(0, f'class {self.word().title().replace("_", "")}:')
            self.add(1, f'"""Holds one {self.word()}."""')
            for _ in range(self.rng.randrange(2, 7)):
                self.add(0, '')
                self.function(1)
        return '\n'.join(self.lines) + '\n'


def nested(depth: int) -> str:
    """Brackets and blocks as deep as CPython allows, over and over, `depth` levels in all."""
    blocks = []
    while depth > 0:
        levels = min(depth, 90)
        blocks += ['    ' * i + 'if x:' for i in range(levels)]
        blocks.append('    ' * levels + 'x = ' + '(' * levels + '1' + ')' * levels)
        depth -= levels
    return '\n'.join(blocks) + '\n'


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('target', type=pathlib.Path)
    parser.add_argument('--files', type=int, default=1)
    parser.add_argument('--lines', type=int, default=400)
    parser.add_argument('--nesting', type=int)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    if options.nesting is not None:
        options.target.write_text(nested(options.nesting), encoding='utf-8')
        return
    rng = random.Random(options.seed)
    for number in range(options.files):
        folder = options.target / f'part{number // 200}'
        folder.mkdir(parents=True, exist_ok=True)
        writer = Writer(rng)
        text = writer.module(options.lines) if options.lines >= LEAST_MODULE else writer.small_module(options.lines)
        (folder / f'module{number}.py').write_text(text, encoding='utf-8')


if __name__ == '__main__':
    main()
