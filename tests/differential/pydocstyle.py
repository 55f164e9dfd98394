#!/usr/bin/env python3
"""Compares the D rules with pydocstyle 6.3.0, finding by finding.

The reference says once what it finds under all codes; a convention only chooses among them. What
does not compile under its interpreter, and what makes it fail, is outside the comparison.
"""
import collections

import _compare as compare

REFERENCE = compare.Reference('pydocstyle', '_pydocstyle_worker.py')
CODES = ['D1']
# Name: asynclint's options, the reference's options, and its codes where a convention chooses.
SETS = {
    'missing': (['--select', 'D1'], {}),
}


def compare_corpus(comparison, corpus, folder, paths, options):
    """All sets of options on one corpus."""
    for name, (ours, theirs) in compare.chosen(SETS, options.set).items():
        said = REFERENCE.answers(folder, paths, theirs)
        inside = [path for path in paths if said[path][2] is None]
        outside = collections.Counter(said[path][2] for path in paths if said[path][2])
        if outside:
            print(f'{corpus:16} outside:', ', '.join(f'{count} {reason}'
                                                     for reason, count in outside.items()))
        found = compare.asynclint(folder, inside, ours)
        comparison.compare(
            corpus, name, inside,
            collections.Counter((path, str(line), code) for path, line, _, code, _ in found),
            collections.Counter((path, str(line), code) for path in inside for line, code in said[path][1]
                            if code.startswith(tuple(CODES))))


compare.main(compare_corpus, 'pydocstyle.explained', __doc__)
