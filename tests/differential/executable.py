#!/usr/bin/env python3
"""Compares the EXE rules with flake8-executable 2.1 on files as they are and on spoiled ones."""
import collections
import pathlib
import random
import tempfile

import _compare as compare

REFERENCE = compare.Reference('executable', '_executable_worker.py')
SPOILED = 400
BEGINNINGS = ['#!/usr/bin/env python3', '#!/usr/bin/python', '#! /bin/sh', '#!', ' #!python', '\t#!x',
              '# a comment', '#', '', '   ', '\f#!python', 'x = 1', '"""doc"""', '#!/usr/bin/env Python']


def spoil(folder):
    """Write files that begin in many ways, executable or not."""
    choose = random.Random(6)
    for number in range(SPOILED):
        lines = [choose.choice(BEGINNINGS) for _ in range(choose.randint(1, 5))]
        path = folder / f'{number}.py'
        path.write_text('\n'.join(lines) + choose.choice(['', '\n']) or '\n')
        path.chmod(choose.choice([0o644, 0o755, 0o654]))


def compare_files(comparison, name, folder, paths):
    """One set of files."""
    said = REFERENCE.work(folder, paths, {}) if name == 'spoiled' else \
        list(REFERENCE.answers(folder, paths, {}).values())
    inside = [path for path, _, problem in said if problem is None]
    found = compare.asynclint(folder, inside, ['--no-noqa', '--select', 'EXE'])
    comparison.compare(
        name, 'default', inside,
        collections.Counter((path, f'{line}:{column}', code)
                            for path, line, column, code, _ in found),
        collections.Counter((path, f'{line}:{column}', code) for path, findings, _ in said
                            for line, column, code in findings))


def compare_corpus(comparison, corpus, folder, paths, _):
    """A corpus; before the first one, spoiled files."""
    if not comparison.seen:
        with tempfile.TemporaryDirectory() as room:
            room = pathlib.Path(room).resolve()
            spoil(room)
            compare_files(comparison, 'spoiled', room, sorted(path.name for path in room.iterdir()))
    compare_files(comparison, corpus, folder, paths)


compare.main(compare_corpus, 'executable.explained', __doc__)
