"""Every ASYNC and AIO finding of severity error on real code is one that somebody has read.

tests/corpora/findings.tsv has a line for each: tree, path, line, code, verdict and a reason in one
line. A finding that it lacks fails, as does a line whose finding is gone, and more than one false
alarm in twenty. cpython is whatever interpreter the references were made with: its lines may move,
so there the number of findings for each file and code is compared.
"""
import collections
import sys

import _async_trees as trees
import _references as references

LIST = references.PROJECT / 'tests' / 'corpora' / 'findings.tsv'
MOST_FALSE = 1 / 20
MOVING = {'cpython'}


def read_list():
    """The lines of the list as (tree, path, line, code) to (verdict, reason)."""
    listed = {}
    for line in LIST.read_text(encoding='utf-8').splitlines():
        if line.startswith('#') or not line:
            continue
        tree, path, row, code, verdict, reason = line.split('\t')
        if verdict not in ('true', 'false') or not reason.strip():
            sys.exit(f'{LIST.name}: {line!r} has no verdict or no reason')
        listed[tree, path, int(row), code] = verdict, reason
    return listed


def key_of(finding):
    """What is compared: in a moving tree not the line."""
    tree, path, row, code = finding
    return (tree, path, code) if tree in MOVING else (tree, path, row, code)


def main():
    """Compare the list with what is found."""
    found = []
    for tree in trees.TREES:
        for path, row, code, severity, _ in trees.findings(tree, 'ASYNC,AIO'):
            if severity == 'error':
                found.append((tree, path, row, code))
    if '--print' in sys.argv:
        for finding in sorted(found):
            print(*finding, sep='\t')
        return
    listed = read_list()
    found_keys = collections.Counter(map(key_of, found))
    listed_keys = collections.Counter(map(key_of, listed))
    new = list((found_keys - listed_keys).elements())
    stale = list((listed_keys - found_keys).elements())
    for key in new:
        print('not read:', *key)
    for key in stale:
        print('gone:    ', *key)
    verdicts = collections.Counter((tree, verdict) for (tree, *_), (verdict, _) in listed.items())
    for tree in trees.TREES:
        print(f"{tree}: {verdicts[tree, 'true']} true, {verdicts[tree, 'false']} false")
    false = sum(count for (_, verdict), count in verdicts.items() if verdict == 'false')
    print(f'{len(listed)} findings read, {false} false')
    sys.exit(bool(new or stale or false > MOST_FALSE * len(listed)))


if __name__ == '__main__':
    main()
