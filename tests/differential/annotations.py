#!/usr/bin/env python3
"""Compares the ANN rules with flake8-annotations 3.3.0, position by position, under each option."""
import collections

import _compare as compare

REFERENCE = compare.Reference('annotations', '_annotations_worker.py')
# Name: asynclint's options and the reference's.
SETS = {
    'default': ([], {}),
    'suppress-none-returning': (['--suppress-none-returning'], {'suppress_none_returning': True}),
    'suppress-dummy-args': (['--suppress-dummy-args'], {'suppress_dummy_args': True}),
    'allow-untyped-defs': (['--allow-untyped-defs'], {'allow_untyped_defs': True}),
    'allow-untyped-nested': (['--allow-untyped-nested'], {'allow_untyped_nested': True}),
    'mypy-init-return': (['--mypy-init-return'], {'mypy_init_return': True}),
    'allow-star-arg-any': (['--allow-star-arg-any'], {'allow_star_arg_any': True}),
    'respect-type-ignore': (['--respect-type-ignore'], {'respect_type_ignore': True}),
    'dispatch-decorators': (['--dispatch-decorators', 'callback,property,wraps'],
                            {'dispatch_decorators': ['callback', 'property', 'wraps']}),
    'overload-decorators': (['--overload-decorators', 'property,setter'],
                            {'overload_decorators': ['property', 'setter']}),
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
        found = compare.asynclint(folder, inside, ['--no-noqa', '--select', 'ANN', *ours])
        comparison.compare(
            corpus, name, inside,
            collections.Counter((path, f'{line}:{column}', code) for path, line, column, code, _ in found),
            collections.Counter((path, f'{line}:{column}', code) for path in inside
                            for line, column, code in said[path][1]))


compare.main(compare_corpus, 'annotations.explained', __doc__)
