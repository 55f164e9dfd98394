#!/usr/bin/env python3
"""Compares the D rules with pydocstyle 6.3.0, finding by finding, under each convention and option.

What does not compile under the reference's interpreter, and what makes it fail, is outside the
comparison. `match` and `match-dir` choose files, by the reference's own expressions.
"""
import collections
import json
import pathlib
import re
import subprocess

import _compare as compare

REFERENCE = compare.Reference('pydocstyle', '_pydocstyle_worker.py')
CONVENTIONS = json.loads(subprocess.run(
    [REFERENCE.python, '-I', '-c', 'import json; from pydocstyle.violations import conventions;'
     'print(json.dumps({name: sorted(codes) for name, codes in conventions.items()}))'],
    capture_output=True, text=True, check=True).stdout)
MATCH = r'(?!test_).*\.py'
MATCH_DIR = r'[^\.t].*'
# Name: asynclint's options, the reference's options, the reference's codes (None: all).
SETS = {
    'all': ([], {}, None),
    'pep257': (['--convention', 'pep257'], {}, CONVENTIONS['pep257']),
    'numpy': (['--convention', 'numpy'], {}, CONVENTIONS['numpy']),
    'google': (['--convention', 'google'], {}, CONVENTIONS['google']),
    'ignore-decorators': (['--ignore-decorators', '(set|call)|^ov'],
                          {'ignore_decorators': '(set|call)|^ov'}, None),
    'property-decorators': (['--property-decorators', 'classmethod,pytest.fixture'],
                            {'property_decorators': 'classmethod,pytest.fixture'}, None),
    'ignore-self-only-init': (['--ignore-self-only-init'], {'ignore_self_only_init': True}, None),
    'match': (['--match', MATCH, '--match-dir', MATCH_DIR], {}, None),
}


def is_matched(path):
    """Whether the reference would go to a file under MATCH and MATCH_DIR."""
    path = pathlib.PurePath(path)
    return bool(re.match(MATCH + '$', path.name)) and all(
        re.match(MATCH_DIR + '$', part) for part in path.parts[:-1])


def compare_corpus(comparison, corpus, folder, paths, options):
    """All sets of options on one corpus."""
    for name, (ours, theirs, codes) in compare.chosen(SETS, options.set).items():
        said = REFERENCE.answers(folder, paths, theirs)
        inside = [path for path in paths if said[path][2] is None]
        outside = collections.Counter(said[path][2] for path in paths if said[path][2])
        if outside and name == 'all':
            print(f'{corpus:16} outside:', ', '.join(f'{count} {reason}'
                                                     for reason, count in outside.items()))
        found = compare.asynclint(folder, inside, ['--no-noqa', '--select', 'D', *ours])
        comparison.compare(
            corpus, name, inside,
            collections.Counter((path, str(line), code) for path, line, _, code, _ in found),
            collections.Counter((path, str(line), code) for path in inside
                                for line, code in said[path][1]
                                if (codes is None or code in codes) and
                                (name != 'match' or is_matched(path))))


compare.main(compare_corpus, 'pydocstyle.explained', __doc__)
