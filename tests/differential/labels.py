#!/usr/bin/env python3
"""The async mistakes that were read in real submissions are found, the right code beside is not.

The labels (JSON objects with path, line and label) name mistakes; those that begin with `negative:`
are code that must stay silent. A label stands at the mistake or at the head of what has it.
What is otherwise stands with its reason in labels.explained: path, label and reason, separated by
blanks. ASYNCLINT_ORACLE names the labels' folder.
"""
import collections
import gzip
import json
import os
import pathlib
import subprocess
import sys

import _references as references

# What has to be there for a label, and how many lines further down it may stand.
CODES = {
    'sequential-await': ({'AIO112'}, 8),
    'coroutine-not-awaited': ({'AIO101', 'AIO102'}, 3),
    'gather-not-awaited': ({'AIO402', 'AIO102', 'AIO101'}, 3),
    'blocking-sleep': ({'ASYNC251'}, 3),
    'task-of-task': ({'AIO106', 'AIO111'}, 3),
    'async-without-await': ({'ASYNC124'}, 3),
}


EXPLAINED = pathlib.Path(__file__).with_name('labels.explained')


def labels_folder():
    """Where head.labels.jsonl.gz and history.labels.jsonl.gz are."""
    places = [os.environ.get('ASYNCLINT_ORACLE'), references.REFERENCES / 'submissions',
              references.PROJECT.parent / 'shared' / 'submissions']
    for place in places:
        if place and (pathlib.Path(place) / 'head.labels.jsonl.gz').exists():
            return pathlib.Path(place)
    return references.skip('no labels of submissions', 'ASYNCLINT_ORACLE names their folder')


def read_labels(path):
    """[(path, line, label)]."""
    with gzip.open(path, 'rt') as file:
        return [(item['path'], item['line'], item['label']) for item in map(json.loads, file)]


def findings(root, path):
    """{line: codes} of our findings on the file, checked with its folder."""
    folder = (root / path).parent
    result = subprocess.run(
        [references.program(), 'check', '--isolated', '--no-cache', '--no-noqa', '--select',
         'ASYNC,AIO,ASYNC124', '--output-format', 'json', '.'],
        cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode not in (0, 1):
        sys.exit(f'{path}: exit {result.returncode}: {result.stderr[:300]}')
    found = collections.defaultdict(set)
    for item in json.loads(result.stdout):
        if pathlib.Path(item['filename']).name == pathlib.Path(path).name:
            found[item['location']['row']].add(item['code'])
    return found


def is_right(found, line, label):
    """Whether what is found around the line is what the label wants."""
    if label.startswith('negative:'):
        return not found.get(line)
    codes, reach = CODES[label]
    return any(found.get(row, set()) & codes for row in range(line, line + reach + 1))


def main():
    """Look at every label; those that are no async matter are left out."""
    labels = labels_folder()
    counts, wrong = collections.Counter(), 0
    explained = {tuple(line.split(None, 2)[:2])
                 for line in EXPLAINED.read_text(encoding='utf-8').splitlines()
                 if line and not line.startswith('#')}
    stale = set(explained)
    for state in ('head', 'history'):
        root = references.REFERENCES / 'submissions' / state
        if not root.is_dir():
            references.skip(f'no submissions at {root}', './dev submissions unpacks them')
        for path, line, label in read_labels(labels / f'{state}.labels.jsonl.gz'):
            if label not in CODES and not label.startswith('negative:'):
                continue
            if not (root / path).exists():
                counts['gone'] += 1
                continue
            if is_right(findings(root, path), line, label):
                counts[label] += 1
                continue
            if (path, label) in explained:
                counts['explained'] += 1
                stale.discard((path, label))
                continue
            wrong += 1
            print('not as labelled:', state, path, line, label)
    print(', '.join(f'{count} {label}' for label, count in sorted(counts.items())))
    for line in stale:
        print('explains nothing:', *line)
    sys.exit(bool(wrong or stale or not counts))


if __name__ == '__main__':
    main()
