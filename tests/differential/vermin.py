#!/usr/bin/env python3
"""Compares VER001, VER002 and VER004 for target 3.7 with vermin, feature by feature in each file.

vermin gives the lines of annotations only roughly, so a difference is (corpus, file, feature). Each
one must fall under a line of vermin.explained: sign (`+` asynclint alone, `-` vermin alone), a
pattern for the feature, and the reason; a line under which nothing falls fails as well, when all
files are read.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

import _references as references

HERE = pathlib.Path(__file__).resolve().parent
VERMIN = references.REFERENCES / 'venv' / 'py311' / 'bin' / 'vermin'
SAMPLE = 25
AT_ONCE = 500
NEWEST = 13
# vermin's words for a construct, and a piece of ours.
SYNTAX = {
    'named expressions': 'an assignment expression',
    'positional-only parameters': 'positional-only parameters',
    'pattern matching': 'a match statement',
    'except*': '`except*`',
    'multiple context expressions in a `with` statement with parentheses': 'context managers in parentheses',
    'type parameters': 'type parameters',
    'type alias statement': 'a type alias statement',
    'continue in finally block': '`continue` in a `finally` block',
    'relaxed decorators': 'a decorator that is more than a dotted name and a call',
    'self-documenting f-strings': '`=` in a replacement field',
    'union types as `X | Y`': 'union',
}


def theirs_as_feature(text):
    """vermin's description as a feature."""
    found = re.match(r"'([^']+)' (?:member|module)", text) or re.match(r"'([^']+\(.*\))'", text)
    if found:
        return 'api ' + found[1]
    found = re.search(r'generic type annotation \((.*)\[', text)
    if found:
        return 'generic ' + found[1].rpartition('.')[2]
    found = re.match(r"'([^']+)' user function decorator", text)
    if found:
        return 'api @' + found[1] if found[1] == 'functools.lru_cache' else 'api ' + found[1]
    return 'syntax ' + SYNTAX.get(text, text)


def ours_as_feature(code, message):
    """A finding of ours as a feature."""
    what = message.rpartition(' needs Python')[0]
    if code == 'VER002':
        return 'api ' + what.strip('`').replace('()', '').replace('=)', ')')
    if code == 'VER001':
        return 'syntax ' + what
    what = what.rpartition(' is evaluated')[0].strip('`')
    return 'generic ' + what[:-3].rpartition('.')[2] if what.endswith('[…]') else 'syntax union'


def ask_vermin(folder, paths):
    """Path to features, for some files."""
    run = subprocess.run([str(VERMIN), '--no-tips', '--format', 'parsable', '--eval-annotations',
                          '--no-parse-comments', '-p=1', '-t=3.7-', '--violations', *paths],
                         cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                         errors='replace', check=False)
    features = {path: set() for path in paths}
    for line in run.stdout.splitlines():
        parts = line.removeprefix(f'{folder}/').split(':', 5)
        version = re.match(r'[~!]?3\.(\d+)$', parts[4]) if len(parts) == 6 else None
        if version and parts[1] and 7 < int(version[1]) <= NEWEST and parts[0] in features:
            features[parts[0]].add(theirs_as_feature(parts[5]))
    return features


def vermin(store, folder, paths):
    """The same for all, remembered by content."""
    keys = {path: store.key((folder / path).read_bytes(), [], 'vermin 1.9.2 features') for path in paths}
    said = {path: store.get(keys[path]) for path in paths}
    missing = [path for path in paths if said[path] is None]
    for start in range(0, len(missing), AT_ONCE):
        for path, features in ask_vermin(folder, missing[start:start + AT_ONCE]).items():
            said[path] = sorted(features)
            store.put(keys[path], said[path])
        store.commit()
    return said


def asynclint(folder, paths):
    """Path to features as asynclint sees them."""
    command = [references.program(), 'check', '--isolated', '--no-force-exclude', '--no-cache',
               '--output-format', 'json', '--select', 'VER001,VER002,VER004',
               '--target-version', '3.7', '--files-from', '-']
    run = subprocess.run(command, cwd=folder, input='\n'.join(paths), stdout=subprocess.PIPE,
                         text=True, check=False)
    features = collections.defaultdict(set)
    for finding in json.loads(run.stdout):
        if finding['code'].startswith('VER'):
            path = pathlib.Path(finding['filename'])
            path = path.relative_to(folder) if path.is_absolute() else path
            features[path.as_posix()].add(ours_as_feature(finding['code'], finding['message']))
    return features


def read_reasons():
    """[sign, pattern, reason, how often it was used]."""
    reasons = []
    for line in (HERE / 'vermin.explained').read_text().splitlines():
        if line.strip() and not line.startswith('#'):
            sign, pattern, reason = re.split(r'\t+', line, maxsplit=2)
            reasons.append([sign, re.compile(pattern), reason, 0])
    return reasons


def explain(reasons, sign, feature):
    """Count the first reason that fits; False where none does."""
    for reason in reasons:
        if reason[0] == sign and reason[1].fullmatch(feature):
            reason[3] += 1
            return True
    return False


def main():
    """Every corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--sample', action='store_true', help='a part of the files')
    options = parser.parse_args()
    if not VERMIN.exists():
        references.skip('no vermin')
    reasons = read_reasons()
    store = references.Store('vermin')
    same = 0
    unexplained = collections.defaultdict(list)
    for name, folder in references.corpora().items():
        folder = folder.resolve()
        paths = [path.relative_to(folder).as_posix() for path in references.python_files(folder)]
        if options.sample:
            paths = paths[::SAMPLE]
        theirs, ours = vermin(store, folder, paths), asynclint(folder, paths)
        for path in paths:
            they, we = set(theirs[path]), ours.get(path, set())
            same += len(they & we)
            for sign, features in (('+', we - they), ('-', they - we)):
                for feature in features:
                    if not explain(reasons, sign, feature):
                        unexplained[sign, feature].append(f'{name}/{path}')
    print(f'{same} the same')
    for sign, pattern, reason, count in reasons:
        print(f'{count:6} {sign} {pattern.pattern}: {reason}')
        if count == 0 and not options.sample:
            unexplained[sign, 'stale: ' + pattern.pattern].append('vermin.explained')
    for (sign, feature), places in sorted(unexplained.items(), key=lambda item: -len(item[1])):
        print(f'UNEXPLAINED {len(places):4} {sign} {feature}: {places[0]}')
    sys.exit(1 if unexplained else 0)


if __name__ == '__main__':
    main()
