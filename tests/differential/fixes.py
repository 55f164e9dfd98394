"""Fixes, on real files and mutated ones: what they leave behind.

    fixes.py [--sample] [--real N] [--mutated N] [--select CODES] [--unsafe] [--keep FOLDER]

For each file: a second run changes nothing; CPython reads the same program (ast.dump) where it could
read the old one; a code whose findings all had a fix is gone according to pycodestyle 2.5.0, and no
other code has come according to it; no finding is left that a fix is offered for.

What is another tree and the same program: docstrings with other blanks around their lines, `import
a, b` and the two imports (E401), `not x in y` and `x not in y`, `not x is y` and `x is not y` (E713,
E714). `==` and `is` (E711, E712) are not the same: these fixes are unsafe. With --unsafe, the program
may be another one, but it must stay one. In what was none, blanks at line ends and the first line
alone are mended, and what comes to light by that is not looked at. Of two rules that want the opposite one is left out.
"""
import argparse
import ast
import collections
import inspect
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import _mutate as mutate
import _references as references

SEED = 20
OPPOSITES = 'D203,D213'
LONGEST = 79
SAFE, ANY = ('safe',), ('safe', 'unsafe')
NEGATED = {ast.In: ast.NotIn, ast.Is: ast.IsNot}
STYLE = """
import pycodestyle, sys
class Report(pycodestyle.BaseReport):
    def error(self, line_number, offset, text, check):
        found.add('%s:%d' % (text[:4], line_number))
guide = pycodestyle.StyleGuide(reporter=Report, select=sys.argv[1].split(','), max_line_length=79)
for path in sys.stdin.read().split():
    found = set()
    try:
        guide.input_file(path)
    except Exception:
        found = {'crash:0'}
    print(path, *sorted(found))
"""


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


class Meaning(ast.NodeTransformer):
    """Trees that mean the same become the same tree."""

    def generic_visit(self, node):
        """Docstrings are what help() shows of them."""
        super().generic_visit(node)
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            text = inspect.cleandoc(node.body[0].value.value)
            node.body[0].value.value = '\n'.join(map(str.rstrip, text.strip().splitlines()))
        return node

    def visit_UnaryOp(self, node):  # pylint: disable=invalid-name
        """`not x in y` is `x not in y`."""
        self.generic_visit(node)
        inner = node.operand
        if not isinstance(node.op, ast.Not) or not isinstance(inner, ast.Compare):
            return node
        if len(inner.ops) != 1 or type(inner.ops[0]) not in NEGATED:
            return node
        inner.ops = [NEGATED[type(inner.ops[0])]()]
        return inner

    def visit_Import(self, node):  # pylint: disable=invalid-name
        """`import a, b` is `import a` and `import b`."""
        return [ast.Import(names=[name]) for name in node.names]


def dump(data):
    """The program as CPython reads it, or None."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            return ast.dump(Meaning().visit(ast.parse(data)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def spread(files, count):
    """That many of the files, evenly taken."""
    return files[::max(1, len(files) // count)][:count] if count else []


def write_sample(folder, real, mutated):
    """Number to bytes of the sample, written as files of a folder."""
    files = [path for tree in references.corpora().values()
             for path in references.python_files(tree)]
    sample = [path.read_bytes() for path in spread(files, real)]
    sample += [mutate.mutated(files, number, SEED) for number in range(mutated)]
    for number, data in enumerate(sample):
        (folder / f'f{number}.py').write_bytes(data)
    return sample


def run(folder, *options):
    """What asynclint prints of the folder."""
    return subprocess.run([references.program(), 'check', '--isolated', '--no-cache',
                           '--exit-zero', '--ignore', OPPOSITES, *options, folder],
                          capture_output=True, text=True, check=False).stdout


def codes(folder, select, offered):
    """For each file the set of codes with a fix, and of those with a finding that has none."""
    fixable, others = collections.defaultdict(set), collections.defaultdict(set)
    for item in json.loads(run(folder, '--output-format', 'json', '--select', select)):
        name = pathlib.Path(item['filename']).name
        has_fix = item['fix'] and item['fix']['applicability'] in offered
        (fixable if has_fix else others)[name].add(item['code'])
    return fixable, others


def style(folder, count, select):
    """For each file the lines of each code that pycodestyle finds in it."""
    paths = '\n'.join(str(folder / f'f{number}.py') for number in range(count))
    said = subprocess.run([references.pycodestyle_python(), '-I', '-W', 'ignore', '-c', STYLE, select],
                          input=paths, capture_output=True, text=True, check=True).stdout
    found = {}
    for line in said.splitlines():
        path, *names = line.split()
        lines = found[pathlib.Path(path).name] = collections.defaultdict(list)
        for name in names:
            code, line = name.split(':')
            lines[code].append(int(line))
    return found


def is_style(code):
    """Whether it is one of pycodestyle's."""
    return code[0] in 'EW' and not code.startswith('EXE')


def may_stay(data, line):
    """Whether the line is left as it is: two more characters would make it too long, or a comment
    takes its findings back."""
    rows = data.decode('utf-8', 'replace').splitlines()
    return line <= len(rows) and (len(rows[line - 1]) + 2 > LONGEST or 'noqa' in rows[line - 1].lower())


def was_unseen(data, fixed, lines):
    """Whether they are all the last line, at which pycodestyle does not look without its line end."""
    last = {fixed.count(b'\n'), len(fixed.splitlines())}
    return not data.endswith((b'\n', b'\r')) and set(lines) <= last


class Trial:
    """A folder of files before and after their fixes."""

    def __init__(self, folder, options):
        self.folder = folder
        self.options = options
        self.offered = ANY if options.unsafe else SAFE
        self.flags = ['--fix', '--select', options.select]
        if options.unsafe:
            self.flags.append('--unsafe-fixes')
        self.old = write_sample(folder, options.real, options.mutated)
        self.complaints = []

    def read(self):
        """The files' bytes as they are now."""
        return [(self.folder / f'f{number}.py').read_bytes() for number in range(len(self.old))]

    def fix(self):
        """Fix twice and look at each file."""
        count, select = len(self.old), self.options.select
        style_before = style(self.folder, count, select)
        fixable, others = codes(self.folder, select, self.offered)
        run(self.folder, *self.flags)
        left, left_others = codes(self.folder, select, self.offered)
        style_after = style(self.folder, count, select)
        once = self.read()
        run(self.folder, *self.flags)
        for number, (data, fixed, twice) in enumerate(zip(self.old, once, self.read())):
            name = f'f{number}.py'
            was = dump(data)
            self.complain(name, 'a second run changes it again', fixed != twice)
            if data != fixed and was is not None:
                now = dump(fixed)
                self.complain(name, 'another program',
                              now is None if self.options.unsafe else now != was)
            gone = fixable[name] - others[name]
            if was is None:
                continue
            self.complain(name, 'fixable findings are left', left[name])
            self.complain(name, 'not gone', {
                f'{code}:{line}' for code in gone for line in style_after[name].get(code, [])
                if not may_stay(fixed, line)})
            self.complain(name, 'new codes', {
                code for code in (left[name] | left_others[name]) - fixable[name] - others[name]
                if not is_style(code)})
            self.complain(name, 'new codes', {
                code for code, lines in style_after[name].items()
                if code not in style_before[name] and not was_unseen(data, fixed, lines)})
        return sum(data != fixed for data, fixed in zip(self.old, once))

    def complain(self, name, what, is_wrong):
        """Note it where it is wrong; a set says what."""
        if is_wrong:
            detail = f': {sorted(is_wrong)}' if isinstance(is_wrong, set) else ''
            self.complaints.append(f'{name}: {what}{detail}')


def keep(trial, folder):
    """Leave what was complained of for reading, as it was and as it became."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in {line.split(':')[0] for line in trial.complaints}:
        (folder / f'{name}.old').write_bytes(trial.old[int(name[1:-3])])
        (folder / name).write_bytes((trial.folder / name).read_bytes())


def main():
    """Fix a sample and look at it."""
    parser = argparse.ArgumentParser()
    parser.add_argument('--real', type=int, default=3000)
    parser.add_argument('--mutated', type=int, default=3000)
    parser.add_argument('--select', default='E,W')
    parser.add_argument('--unsafe', action='store_true')
    parser.add_argument('--keep', type=pathlib.Path, help='where to leave the files complained of')
    parser.add_argument('--sample', action='store_true', help='150 of each')
    options = parser.parse_args()
    if options.sample:
        options.real = options.mutated = 150
    with tempfile.TemporaryDirectory() as name:
        trial = Trial(pathlib.Path(name), options)
        changed = trial.fix()
        if options.keep:
            keep(trial, options.keep)
    print('\n'.join(trial.complaints[:40]))
    print(f'{len(trial.old)} files, {changed} changed by fixes, {len(trial.complaints)} complaints')
    sys.exit(bool(trial.complaints))


if __name__ == '__main__':
    main()
