#!/usr/bin/env python3
"""Fixes of docstrings on real files, mutated ones, and real ones whose docstrings are spoiled.

    fix_docstrings.py [--sample] [--real N] [--mutated N] [--spoiled N] [--set NAME]
                      [--keep FOLDER]

For each file and set of rules: a second run changes nothing; after safe fixes CPython reads the
same program, docstrings by inspect.cleandoc(); after unsafe ones it reads one where it could
before; a code whose findings all had a fix is gone according to pydocstyle, and no other code has
come according to it; no finding is left that a fix is offered for.
"""
import argparse
import ast
import collections
import inspect
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import warnings

import _compare as compare
import _mutate as mutate
import _references as references

SEED = 21
REFERENCE = compare.Reference('pydocstyle', '_pydocstyle_worker.py')
# Rules that want the opposite of each other are not in one set.
SETS = {
    'new': ['--select', 'D', '--ignore', 'D203,D213'],
    'old': ['--select', 'D', '--ignore', 'D211,D212'],
    'numpy': ['--select', 'D', '--convention', 'numpy'],
    'google': ['--select', 'D', '--convention', 'google'],
}
SAFE, ANY = ('safe',), ('safe', 'unsafe')


def program(data):
    """What CPython reads, docstrings cleaned; None where it refuses."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    for node, string in docstrings(tree):
        string.value = inspect.cleandoc(string.value)
        node.body[0].value = string
    return ast.dump(tree)


def docstrings(tree):
    """Each node that has one, and the constant."""
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        first = node.body[0] if node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and \
                isinstance(first.value.value, str):
            yield node, first.value


# ---- Spoiling ----

def spoil_text(text, chance):
    """The literal with an accident of layout."""
    lines = text.split('\n')
    quotes = re.match(r'[a-zA-Z]*("""|\'\'\')', text)
    number = chance.randrange(len(lines))
    indent = re.match(r'[ \t]*', lines[number])[0]
    kind = chance.randrange(9)
    if kind == 0 and quotes:
        start = quotes.end()
        return text[:start] + chance.choice(['\n', '\n    ', ' ', '\t']) + text[start:]
    if kind == 1 and quotes:
        return text[:-3] + chance.choice(['\n', '\n    ', ' ', '  ']) + text[-3:]
    if kind == 2 and quotes and '"""' in text:
        return text.replace('"""', "'''")
    if kind == 3 and quotes and len(lines) > 1:
        return text[:-3].rstrip() + text[-3:]
    if kind == 4 and number > 0:
        other = chance.choice(['', ' ', '    ', '\t', indent + '  '])
        lines[number] = other + lines[number].lstrip()
    if kind == 5:
        lines[1:] = [chance.choice(['  ', '    ', '\t']) + line for line in lines[1:]]
    if kind == 6:
        lines[1:] = [line[2:] if line.startswith('  ') else line for line in lines[1:]]
    if kind == 7:
        lines.insert(number + 1, chance.choice(['', '    ']))
    if kind == 8:
        lines.insert(number + 1, indent + chance.choice(
            ['Returns', 'returns:', 'Args:', 'Parameters', '-----', 'Raises:', 'see also']))
    return '\n'.join(lines)


def spoil(data, chance):
    """The file with some of its docstrings spoiled; as it is where it cannot be read."""
    try:
        text = data.decode()
        found = [string for _, string in docstrings(ast.parse(text))]
    except (SyntaxError, ValueError, RecursionError):
        return data
    rows = text.split('\n')
    for string in sorted(found, key=lambda string: string.lineno, reverse=True):
        if chance.random() < 0.5 or string.lineno > len(rows):
            continue
        first, last = string.lineno - 1, string.end_lineno - 1
        head = rows[first].encode()[:string.col_offset].decode()
        tail = rows[last].encode()[string.end_col_offset:].decode()
        literal = ast.get_source_segment(text, string)
        for _ in range(chance.randint(1, 3)):
            literal = spoil_text(literal, chance)
        around = [[''] * chance.choice([0, 0, 0, 1, 2]) for _ in range(2)]
        rows[first:last + 1] = [*(around[0] if not head.strip() else []),
                                *(head + literal + tail).split('\n'), *around[1]]
    made = '\n'.join(rows)
    newline = chance.choice(['\n', '\n', '\r\n'])
    return (chance.choice(['', '', '\ufeff']) + made.replace('\n', newline)).encode()


def spread(files, count):
    """That many of the files, evenly taken."""
    return files[::max(1, len(files) // count)][:count] if count else []


def make_sample(options):
    """The bytes of all files."""
    files = [path for tree in references.corpora().values()
             for path in references.python_files(tree)]
    chance = random.Random(SEED)
    sample = [path.read_bytes() for path in spread(files, options.real)]
    sample += [mutate.mutated(files, number, SEED) for number in range(options.mutated)]
    sample += [spoil(path.read_bytes(), chance) for path in spread(files, options.spoiled)]
    return sample


# ---- The programs ----

def run(folder, *options):
    """What asynclint prints of the folder."""
    done = subprocess.run([references.program(), 'check', '--isolated', '--no-cache', '--no-noqa',
                           '--exit-zero', *options, folder],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0 or 'would have broken' in done.stderr:
        raise SystemExit(f'{options}: {done.returncode}: {done.stderr}')
    return done.stdout


def codes(folder, options, offered):
    """For each file how many findings of each code have a fix, and how many have none."""
    fixable, others = ({name: collections.Counter() for name in os.listdir(folder)}
                       for _ in range(2))
    for item in json.loads(run(folder, '--output-format', 'json', *options)):
        name = pathlib.Path(item['filename']).name
        has_fix = item['fix'] and item['fix']['applicability'] in offered
        (fixable if has_fix else others)[name][item['code']] += 1
    return fixable, others


def reference(folder, names):
    """How many findings of each code pydocstyle has; None for a file that it does not read."""
    said = REFERENCE.answers(folder, names, {})
    return {name: None if said[name][2] else collections.Counter(code for _, code in said[name][1])
            for name in names}


class Trial:
    """A folder of files, fixed by one set of rules."""

    def __init__(self, folder, sample, chosen, is_unsafe):
        self.folder, self.sample, self.options = folder, sample, SETS[chosen]
        self.title = f'{chosen}{" unsafe" if is_unsafe else ""}'
        self.is_unsafe = is_unsafe
        self.offered = ANY if is_unsafe else SAFE
        self.names = [f'f{number}.py' for number in range(len(sample))]
        self.complaints = []
        for name, data in zip(self.names, sample):
            (folder / name).write_bytes(data)

    def read(self):
        """The files' bytes as they are now."""
        return [(self.folder / name).read_bytes() for name in self.names]

    def fix(self):
        """Fix twice, and look at each file; the number of changed ones."""
        flags = ['--fix', *self.options, *(['--unsafe-fixes'] if self.is_unsafe else [])]
        before = reference(self.folder, self.names)
        fixable, others = codes(self.folder, self.options, self.offered)
        run(self.folder, *flags)
        once = self.read()
        left, left_others = codes(self.folder, self.options, self.offered)
        after = reference(self.folder, self.names)
        run(self.folder, *flags)
        for name, old, new, again in zip(self.names, self.sample, once, self.read()):
            self.complain(name, 'a second run changes it again', new != again)
            was, now = program(old), program(new) if old != new else None
            self.complain(name, 'another program', old != new and was is not None and
                          (now is None if self.is_unsafe else now != was))
            self.complain(name, 'fixable findings are left', set(left[name]))
            if before[name] is None or after[name] is None:
                self.complain(name, 'pydocstyle reads it no more', before[name] is not None)
                continue
            # What a fix brings to light may have none.
            gone = set(fixable[name]) - set(others[name]) - set(left_others[name])
            self.complain(name, 'not gone', {
                code for code in gone
                if after[name][code] > before[name][code] - fixable[name][code]})
            self.complain(name, 'new codes', self.new_codes(
                set(after[name]) - set(before[name]), set(left[name] + left_others[name])))
        return sum(old != new for old, new in zip(self.sample, once))

    def new_codes(self, new, wanted):
        """Those of the set of rules; an unsafe fix shows sections that were none before."""
        hidden = {'D214', 'D215', 'D412', 'D414', 'D416', 'D417'} if self.is_unsafe else set()
        return new & wanted - hidden

    def complain(self, name, what, is_wrong):
        """Note it where it is wrong; a set says what."""
        if is_wrong:
            detail = f': {sorted(is_wrong)}' if isinstance(is_wrong, set) else ''
            self.complaints.append(f'{self.title}: {name}: {what}{detail}')


def main():
    """Every set, safe and unsafe."""
    parser = argparse.ArgumentParser()
    parser.add_argument('--real', type=int, default=3000)
    parser.add_argument('--mutated', type=int, default=1500)
    parser.add_argument('--spoiled', type=int, default=1500)
    parser.add_argument('--set', choices=sorted(SETS), action='append')
    parser.add_argument('--keep', type=pathlib.Path, help='where to leave the last folder')
    parser.add_argument('--sample', action='store_true', help='80 of each')
    options = parser.parse_args()
    if options.sample:
        options.real = options.mutated = options.spoiled = 80
    sample, wrong = make_sample(options), 0
    for chosen in options.set or SETS:
        for is_unsafe in False, True:
            with tempfile.TemporaryDirectory() as name:
                trial = Trial(pathlib.Path(name), sample, chosen, is_unsafe)
                changed = trial.fix()
                if options.keep:
                    for line in trial.complaints:
                        kept = line.split(': ')[1]
                        (options.keep / f'{trial.title}-{kept}'.replace(' ', '-')).write_bytes(
                            sample[trial.names.index(kept)])
            print('\n'.join(trial.complaints[:20]))
            print(f'{trial.title}: {len(sample)} files, {changed} changed by fixes, '
                  f'{len(trial.complaints)} complaints')
            wrong += len(trial.complaints)
    sys.exit(wrong > 0)


if __name__ == '__main__':
    main()
