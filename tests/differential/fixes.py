"""Safe fixes, on real files and mutated ones: what they leave behind.

    fixes.py [--sample] [--real N] [--mutated N] [--select CODES]

For each file: a second run changes nothing; CPython reads the same program (ast.dump) where it
could read the old one; no finding of a fixed code is left that a fix was for; no new code appears.
"""
import argparse
import ast
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import _mutate as mutate
import _references as references

SEED = 20


def dump(data):
    """The program as CPython reads it, or None."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            return ast.dump(ast.parse(data))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def spread(files, count):
    """That many of the files, evenly taken."""
    return files[::max(1, len(files) // count)][:count] if count else []


def write_sample(folder, real, mutated):
    """Number to bytes of the sample, written as files of a folder."""
    files = [path for tree in references.corpora().values()
             for path in references.python_files(tree)]
    sample = [path.read_bytes() for path in spread(files, real)]
    sample += [mutate.mutated(files, number, SEED) for number in range(mutated)]
    for number, data in enumerate(sample):
        (folder / f'f{number}.py').write_bytes(data)
    return sample


def run(folder, *options):
    """What asynclint prints of the folder."""
    return subprocess.run([references.program(), 'check', '--isolated', '--no-cache',
                           '--exit-zero', *options, folder],
                          capture_output=True, text=True, check=False).stdout


def codes(folder, select):
    """For each file the set of codes found, and of those with a safe fix."""
    found, fixable = collections.defaultdict(set), collections.defaultdict(set)
    for item in json.loads(run(folder, '--output-format', 'json', '--select', select)):
        name = pathlib.Path(item['filename']).name
        found[name].add(item['code'])
        if item['fix'] and item['fix']['applicability'] == 'safe':
            fixable[name].add(item['code'])
    return found, fixable


def main():
    """Fix a sample and look at it."""
    parser = argparse.ArgumentParser()
    parser.add_argument('--real', type=int, default=3000)
    parser.add_argument('--mutated', type=int, default=3000)
    parser.add_argument('--select', default='E,W')
    parser.add_argument('--sample', action='store_true', help='150 of each')
    options = parser.parse_args()
    if options.sample:
        options.real = options.mutated = 150
    complaints = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        old = write_sample(folder, options.real, options.mutated)
        before, _ = codes(folder, options.select)
        run(folder, '--fix', '--select', options.select)
        after, left = codes(folder, options.select)
        once = [(folder / f'f{number}.py').read_bytes() for number in range(len(old))]
        run(folder, '--fix', '--select', options.select)
        for number, (data, fixed) in enumerate(zip(old, once)):
            file = f'f{number}.py'
            if (folder / file).read_bytes() != fixed:
                complaints.append(f'{file}: a second run changes it again')
            was = dump(data)
            if data != fixed and was is not None and dump(fixed) != was:
                complaints.append(f'{file}: another program')
            if left[file] and was is not None:  # a fix that adds errors is taken back
                complaints.append(f'{file}: fixable findings are left: {sorted(left[file])}')
            if after[file] - before[file]:
                complaints.append(f'{file}: new codes: {sorted(after[file] - before[file])}')
        changed = sum(data != fixed for data, fixed in zip(old, once))
    print('\n'.join(complaints[:40]))
    print(f'{len(old)} files, {changed} changed by fixes, {len(complaints)} complaints')
    sys.exit(bool(complaints))


if __name__ == '__main__':
    main()
