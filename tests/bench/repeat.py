#!/usr/bin/env python3
"""Looks for code that takes asynclint more time than its size tells.

    repeat.py PROGRAM [--lines N] [WAY …]

Each fixture is made longer in each WAY: the whole text over and over, or the statements of its functions, the arguments of its
calls and so on. Where twice as much takes far more than twice the time, that is printed, with the check or step that took most of
it. Whoever changes a rule or a fact runs this: nobody else repeats one thing ten thousand times.
"""
import argparse
import ast
import pathlib
import re
import resource
import subprocess
import tempfile
import typing

ROOT = pathlib.Path(__file__).resolve().parents[2]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS = (ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.If)

# Which nodes' lists are made longer.
WAYS: typing.Dict[str, typing.Tuple[tuple, str]] = {
    'bodies': (FUNCTIONS, 'body'),
    'blocks': (BLOCKS, 'body'),
    'classes': ((ast.ClassDef,), 'body'),
    'arguments': ((ast.Call,), 'args'),
    'elements': ((ast.List, ast.Tuple, ast.Set), 'elts'),
    'items': ((ast.With, ast.AsyncWith), 'items'),
    'handlers': ((ast.Try,), 'handlers'),
    'decorators': ((*FUNCTIONS, ast.ClassDef), 'decorator_list'),
    'names': ((ast.Import, ast.ImportFrom), 'names'),
    'values': ((ast.BoolOp,), 'values'),
    'keys': ((ast.Dict,), 'keys'),
}

LINE = 35  # bytes of a usual one
SUSPICIOUS = 2.8  # times as long for twice as much
LEAST_TIME = 0.08  # seconds: what takes less says little
LONGEST = 120  # seconds


def lengthen(node: ast.AST, way: str, times: int) -> None:
    """Repeat the lists of the outermost nodes of that kind."""
    kinds, field = WAYS[way]
    if isinstance(node, kinds):
        setattr(node, field, getattr(node, field) * times)
        if way == 'keys':
            node.values = node.values * times  # type: ignore[attr-defined]
        return
    for child in ast.iter_child_nodes(node):
        lengthen(child, way, times)


def longer(text: str, way: str, times: int) -> str:
    """The text with what `way` says so many times."""
    if way == 'text':
        return (text if text.endswith('\n') else text + '\n') * times
    tree = ast.parse(text)
    lengthen(tree, way, times)
    return ast.unparse(tree) + '\n'


def run(program: str, path: pathlib.Path) -> typing.Tuple[float, str]:
    """Seconds of processor time, and the check or step that took most of them."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        result = subprocess.run([program, 'check', '--isolated', '--exit-zero', '--no-cache', '--preset', 'all', '--jobs', '1',
                                 '--timings', str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return LONGEST, 'no end'
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if result.returncode != 0:
        return LONGEST, f'exit status {result.returncode}'
    shares = re.findall(r'([\d.]+) ms +[\d.]+ %  (.+)', result.stderr)
    most = max((share for share in shares if share[1] not in ('all', 'checks')), key=lambda share: float(share[0]))
    return after.ru_utime - before.ru_utime, most[1]


def look_at(program: str, fixture: pathlib.Path, way: str, lines: int, folder: pathlib.Path) -> typing.Optional[str]:
    """What to say of a fixture, or None."""
    try:
        text = fixture.read_text(encoding='utf-8')
        once, more = longer(text, way, 1), longer(text, way, 11)
    except (OSError, SyntaxError, ValueError):
        return None
    if len(more) == len(once):
        return None
    times = max(2, lines * LINE * 10 // (len(more) - len(once)))
    path = folder / 'module.py'
    taken = []
    most = ''
    for factor in (times, 2 * times):
        path.write_text(longer(text, way, factor), encoding='utf-8')
        seconds, most = run(program, path)
        taken.append(seconds)
    ratio = taken[1] / max(taken[0], 0.01)
    if taken[1] < LEAST_TIME or ratio < SUSPICIOUS:
        return None
    return f'{way:10}  {ratio:5.1f} times as long, {taken[1]:6.2f} s, most of it {most}: {fixture.relative_to(ROOT)}, {times} times'


def main() -> None:
    """Print what grows faster than its input."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('program')
    parser.add_argument('ways', nargs='*', metavar='WAY', help=', '.join(['text', *WAYS]))
    parser.add_argument('--lines', type=int, default=20_000, help='lines to begin with; then twice as many')
    options = parser.parse_intermixed_args()
    fixtures = sorted((ROOT / 'fixtures').rglob('*.py'))
    with tempfile.TemporaryDirectory() as folder:
        for way in options.ways or ['text', *WAYS]:
            said = [look_at(options.program, fixture, way, options.lines, pathlib.Path(folder)) for fixture in fixtures]
            print('\n'.join(line for line in said if line is not None) or f'{way:10}  nothing', flush=True)


if __name__ == '__main__':
    main()
