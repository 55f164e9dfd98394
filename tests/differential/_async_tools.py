"""Another tool's findings on the trees, each of which is ours too or explained.

A list of explanations has a line for each: tree, path, line, code and reason, separated by blanks;
path is a pattern, line may be `*`. A finding that is neither ours nor explained fails, and so does
a line that explains nothing.
"""
import argparse
import collections
import fnmatch
import pathlib
import sys

import _async_trees as trees

HERE = pathlib.Path(__file__).resolve().parent
SMALL = ['httpx', 'django', 'cpython']


def arguments(description):
    """The command line of these scripts."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument('--sample', action='store_true', help='the smaller trees')
    parser.add_argument('--tree', action='append', choices=sorted(trees.TREES))
    return parser.parse_args()


def chosen_trees(chosen):
    """The trees that are asked for."""
    if chosen.tree:
        return chosen.tree
    return SMALL if chosen.sample else sorted(trees.TREES)


class Explanations:
    """The lines of a list, and which of them were of use."""

    def __init__(self, name):
        self.lines = []
        for line in (HERE / name).read_text(encoding='utf-8').splitlines():
            if line and not line.startswith('#'):
                tree, path, row, code, reason = line.split(None, 4)
                self.lines.append((tree, path, row, code, reason))
        self.used = set()

    def explain(self, tree, path, row, code):
        """The reason, or None."""
        for line in self.lines:
            if line[0] in (tree, '*') and fnmatch.fnmatch(path, line[1]) \
                    and line[2] in (str(row), '*') and line[3] == code:
                self.used.add(line)
                return line[4]
        return None

    def stale(self, asked, codes):
        """The lines that explained nothing though their trees were looked at."""
        return [line for line in self.lines
                if line not in self.used and line[0] in asked and line[3] in codes]


def compare(description, name, their_findings, our_codes, selection, reason_of=None,
            holds=None):
    """Run both on the trees and end the script with the verdict.

    `their_findings(tree)` gives (path, line, code); `our_codes` is what their code is with us, as a
    set; `reason_of(tree, path, line, code)` explains by the source what a list would be too long
    for; `holds(tree, [(code, reason or None for ours too)])` is whether what else is claimed holds.
    """
    chosen = arguments(description)
    explanations = Explanations(name)
    asked = chosen_trees(chosen)
    fails = False
    seen = set()
    for tree in asked:
        ours = collections.defaultdict(set)
        for path, row, code, _, _ in trees.findings(tree, selection):
            ours[path, row].add(code)
        counts = collections.Counter()
        results = []
        for path, row, code in sorted(set(their_findings(tree))):
            seen.add(code)
            if ours[path, row] & our_codes.get(code, {code}):
                counts['ours too'] += 1
                results.append((code, None))
                continue
            reason = reason_of and reason_of(tree, path, row, code)
            reason = reason or explanations.explain(tree, path, row, code)
            if reason:
                counts['explained'] += 1
                results.append((code, reason))
                continue
            fails = True
            print('not ours, not explained:', tree, path, row, code)
        print(f'{tree}:', ', '.join(f'{count} {what}' for what, count in counts.items())
              or 'nothing')
        if holds and not holds(tree, results):
            fails = True
    for line in explanations.stale(asked, seen):
        fails = True
        print('explains nothing:', *line)
    sys.exit(fails)
