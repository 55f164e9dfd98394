#!/usr/bin/env python3
"""The same input gives the same bytes: on any number of threads, without a cache, with a new and with a used one."""
import os
import pathlib
import shutil
import tempfile
import unittest

from _run import PROJECT, run

JOBS = (1, 2, 3, 8, 64)
CHANGED = 'aio/shared.py'  # no fixture has it


class SameOutput(unittest.TestCase):
    """Fifty runs over a tree in which every rule finds something."""

    def setUp(self):
        """Copy the fixtures, which nothing may leave out."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.tree = self.root / 'tree'
        shutil.copytree(PROJECT / 'fixtures', self.tree, symlinks=True)
        for path in self.tree.rglob('*'):
            os.utime(path, (1e9, 1e9), follow_symlinks=False)

    def output(self, jobs, *options):
        """What one run writes."""
        result = run('check', '--isolated', '--preset', 'all', '--unused-noqa', '--no-default-excludes', '--no-respect-gitignore',
                     '--jobs', jobs, *options, '.', cwd=self.tree, status=1)
        self.assertEqual(result.stderr, b'')
        return result.stdout

    def test_fifty_runs(self):
        """Each number of threads: no cache, a cold one, a warm one; a changed file, and the same without a cache."""
        expected = self.output(1, '--no-cache')
        self.assertGreater(expected.count(b'\n'), 3000)
        changed = self.tree / CHANGED
        runs = 1
        for turn in range(2):
            for jobs in JOBS:
                cache = ('--cache-dir', self.root / f'cache-{turn}-{jobs}')
                for options in (('--no-cache',), cache, cache):
                    self.assertEqual(self.output(jobs, *options), expected, f'{jobs} jobs, {options}')
                # Other files import it: what is found in them may change with it.
                changed.write_text(f'async def load() -> None:\n    """Turn {turn}."""\n', encoding='utf-8')
                self.assertEqual(self.output(jobs, *cache), self.output(3, '--no-cache'), f'{jobs} jobs, one file changed')
                changed.unlink()
                runs += 5
        self.assertGreater(runs, 50)


if __name__ == '__main__':
    unittest.main()
