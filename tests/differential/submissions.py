#!/usr/bin/env python3
"""Compares asynclint with the verdicts on real submissions of the async project.

The verdicts (oracle files, one JSON object for each file and requirement) say what the requirements'
own means say: bytes, mode bits, `ast` docstrings and annotations. Compared are the task files of the
last states and of earlier revisions, and all text files for their final line end. Differences stand
with their reason in submissions.explained. ASYNCLINT_ORACLE names the oracle files' folder.
"""
import collections
import gzip
import json
import os
import pathlib
import re
import sys

import _compare as compare
import _references as references

CODES = 'REQ001,REQ002,REQ003,REQ004,REQ008,REQ010,D1,ANN001,ANN002,ANN003,ANN2,W292'
TASK_KINDS = ('task',)


def oracle_folder():
    """Where head.oracle.jsonl.gz and history.oracle.jsonl.gz are."""
    places = [os.environ.get('ASYNCLINT_ORACLE'), references.REFERENCES / 'submissions',
              references.PROJECT.parent / 'shared' / 'submissions']
    for place in places:
        if place and (pathlib.Path(place) / 'head.oracle.jsonl.gz').exists():
            return pathlib.Path(place)
    return references.skip('no verdicts on submissions', 'ASYNCLINT_ORACLE names their folder')


def read_oracle(path):
    """{path: {requirement: (verdict, details)}}, and each path's kind."""
    verdicts = collections.defaultdict(dict)
    kinds = {}
    with gzip.open(path, 'rt') as file:
        for line in file:
            item = json.loads(line)
            verdicts[item['path']][item['requirement']] = (item['verdict'], item['details'])
            kinds[item['path']] = item['kind']
    return verdicts, kinds


def names(details):
    """The names in details such as "12:5 wait_n"."""
    return [detail.split()[1] for detail in details]


def expected(verdicts, kind):
    """What the verdicts on one file or folder say is wrong: a Counter of (requirement, what)."""
    wrong = collections.Counter()

    def failed(requirement):
        verdict, details = verdicts.get(requirement, ('n/a', []))
        return details if verdict == 'fail' else []

    if kind in ('folder',) + TASK_KINDS:
        for requirement in ('readme', 'shebang', 'exec_bit'):
            wrong[requirement, ''] += bool(failed(requirement))
    wrong['final_newline', ''] += bool(failed('final_newline'))
    if kind in TASK_KINDS:
        wrong['documentation', 'module'] += bool(failed('doc_module'))
        for requirement in ('doc_class', 'doc_function', 'doc_method', 'doc_nested'):
            wrong.update(('documentation', name) for name in names(failed(requirement)))
        for requirement in ('ann_params', 'ann_return', 'ann_nested'):
            for detail in failed(requirement):
                place, function, what = detail.split()
                wrong['annotation', function if what == '->' else f'{place} {what}'] += 1
    return +wrong


def executable_findings(path, message, listed):
    """The task files that a finding of REQ004 is about: one, or all of a folder."""
    if not message.startswith('none of'):
        return [path]
    return [other for other in listed if os.path.dirname(other) == path]


def docstring_owner(root, path, row):
    """The name of what the docstring that starts at a line belongs to."""
    text = (root / path).read_text(encoding='utf-8', errors='replace').splitlines()
    for line in reversed(text[:row]):
        match = re.match(r'\s*(?:async\s+)?(?:def|class)\s+(\w+)', line)
        if match:
            return match[1]
    return 'module'


def what_is_said(root, finding, listed):
    """(path, requirement, what) of a finding; several for a folder."""
    path, row, column, code, message = finding
    name = re.search(r'`([^`]+)`', message)
    if code == 'REQ001':
        return [(path, 'readme', '')]
    if code == 'REQ002':
        return [(path, 'shebang', '')]
    if code in ('REQ003', 'W292'):
        return [(path, 'final_newline', '')]
    if code == 'REQ004':
        return [(other, 'exec_bit', '') for other in executable_findings(path, message, listed)]
    if code == 'REQ008':
        if not message.endswith('is empty'):
            return []
        return [(path, 'documentation', docstring_owner(root, path, row))]
    if code.startswith('D') or code == 'REQ010':
        return [(path, 'documentation', name[1] if name else 'module')]
    if code.startswith('ANN2'):
        return [(path, 'annotation', name[1])]
    return [(path, 'annotation', f'{row}:{column} {name[1]}')]


def compare_state(state, explained, oracle, sample):
    """Compare one state: the last ones, or the earlier revisions."""
    root = (references.REFERENCES / 'submissions' / state).resolve()
    if not root.is_dir():
        references.skip(f'no submissions at {root}', './dev submissions unpacks them')
    verdicts, kinds = read_oracle(oracle / f'{state}.oracle.jsonl.gz')
    folders = sorted({os.path.dirname(path) for path, kind in kinds.items() if kind == 'task'})
    if sample:
        folders = folders[::4]
    present = [path for path, kind in kinds.items() if (root / path).exists() and
               (os.path.dirname(path) in folders or path in folders)]
    missing = sum(1 for path, kind in kinds.items() if not (root / path).exists())
    said = collections.defaultdict(collections.Counter)
    for finding in compare.asynclint(root, folders, ['--no-respect-gitignore', '--select', CODES]):
        for path, requirement, what in what_is_said(root, finding, present):
            said[path][requirement, what] += 1
    figures = collections.defaultdict(lambda: [0, 0, 0, 0])
    unexplained = []
    for path in present:
        wanted = expected(verdicts[path], kinds[path])
        relevant = {requirement for requirement, _ in wanted} | requirements_of(kinds[path],
                                                                                verdicts[path])
        found = collections.Counter({key: count for key, count in said[path].items()
                                     if key[0] in relevant})
        for sign, left in (('+', found - wanted), ('-', wanted - found)):
            for (requirement, what), count in left.items():
                known = explained.explains(state, path, what.split()[0] if what else '*',
                                           requirement, sign)
                figures[requirement][2 if known else 3] += count
                if not known:
                    unexplained.append((state, path, what or '*', requirement, sign))
        for requirement in relevant:
            figures[requirement][0] += 1
            figures[requirement][1] += any(key[0] == requirement for key in wanted)
    print(f'{state}: {len(present)} of {len(present) + missing} files and folders are there')
    for requirement, (files, failing, known, left) in sorted(figures.items()):
        print(f'  {requirement:14} verdicts {files:5}  failing {failing:4}  '
              f'explained {known:3}  unexplained {left:3}')
    return unexplained, {(state, path) for path in present}


def requirements_of(kind, verdicts):
    """The requirements on which there is a verdict for a file of that kind."""
    def decided(*requirements):
        return any(verdicts.get(requirement, ('n/a',))[0] != 'n/a' for requirement in requirements)

    result = set()
    if kind == 'folder' and decided('readme'):
        result.add('readme')
    if decided('final_newline'):
        result.add('final_newline')
    if kind in TASK_KINDS:
        result |= {'shebang', 'exec_bit'}
        if decided('doc_module'):
            result.add('documentation')
        if verdicts.get('syntax_host', ('fail',))[0] == 'pass':
            result.add('annotation')
    return result


def main():
    """Both states; exit status 1 where something is not explained."""
    options = compare.arguments(__doc__)
    explained = compare.Explained('submissions.explained')
    oracle = oracle_folder()
    seen = set()
    left = []
    for state in ('head', 'history'):
        unexplained, there = compare_state(state, explained, oracle, options.sample)
        left += unexplained
        seen |= there
    for item in left[:options.show]:
        print('unexplained:', *item)
    stale = explained.stale(seen)
    for line in stale:
        print('stale:', line)
    sys.exit(1 if left or stale else 0)


main()
