#!/usr/bin/env python3
"""Conventions, and what the settings for docstrings leave out."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ['ASYNCLINT']
SOURCE = '''\
class Tasks:
    """Tasks by name"""
    def __init__(self):
        self.all = []

    @registered
    def clear(self):
        """Clears all."""

    @made.cached
    def size(self):
        """Returns how many there are."""
'''


class Settings(unittest.TestCase):
    """What is said about SOURCE under settings."""

    def found(self, *options, path='tasks.py'):
        """Return the codes in the order of their places."""
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(SOURCE)
            command = [PROGRAM, 'check', '--isolated', '--output-format', 'json', '--select', 'D',
                       *options, path]
            result = subprocess.run(command, capture_output=True, text=True, check=False,
                                    cwd=folder)
        self.assertEqual(result.stderr, '')
        return [item['code'] for item in json.loads(result.stdout)]

    def test_none(self):
        """Without a convention, all of them."""
        self.assertEqual(self.found(), ['D100', 'D203', 'D204', 'D400', 'D415', 'D107', 'D401',
                                        'D401'])

    def test_conventions(self):
        """A convention chooses."""
        self.assertEqual(self.found('--convention', 'pep257'),
                         ['D100', 'D204', 'D400', 'D107', 'D401', 'D401'])
        self.assertEqual(self.found('--convention', 'numpy'),
                         ['D100', 'D204', 'D400', 'D401', 'D401'])
        self.assertEqual(self.found('--convention', 'google'), ['D100', 'D415', 'D107'])

    def test_decorators(self):
        """Decorators that excuse, from D401 alone or from everything."""
        for options, count in ((('--property-decorators', 'made.cached'), 1),
                               (('--ignore-decorators', 'regist'), 1),
                               (('--ignore-decorators', '^(made|reg)'), 0)):
            self.assertEqual(self.found(*options).count('D401'), count)

    def test_init(self):
        """An `__init__` that takes only `self`."""
        self.assertNotIn('D107', self.found('--ignore-self-only-init'))

    def test_match(self):
        """Names of files and of folders, both as a whole."""
        self.assertEqual(self.found('--match', 'task'), [])
        self.assertNotEqual(self.found('--match', r'task.*\.py'), [])
        self.assertEqual(self.found('--match', r'(?!task).*\.py'), [])
        self.assertEqual(self.found('--match-dir', '[^t].*', path='src/tests/tasks.py'), [])
        self.assertNotEqual(self.found('--match-dir', '[^t].*', path='src/bests/tasks.py'), [])

    def test_wrong_expression(self):
        """What is no regular expression is an error."""
        result = subprocess.run([PROGRAM, 'check', '--isolated', '--match', '(', '.'],
                                capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn('`(`', result.stderr)


if __name__ == '__main__':
    unittest.main()
