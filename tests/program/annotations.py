#!/usr/bin/env python3
"""One finding for each function, naming all that it lacks, and the options behind it."""
import json
import os
import subprocess
import unittest

PROGRAM = os.environ['ASYNCLINT']
SOURCE = '''\
async def wait_n(n, max_delay):
    return [n, max_delay]


def one(*args, key: int = 0) -> int:
    return key


def two(*args, **kwargs) -> None:
    pass


def nothing():
    pass


def typed(n: int) -> int:
    def inner(_):
        pass
    return n
'''


class Grouped(unittest.TestCase):
    """What is said about SOURCE."""

    def found(self, *options):
        """Return [(row, column, code, message)]."""
        command = [PROGRAM, 'check', '--isolated', '--select', 'ANN', '--output-format', 'json',
                   *options, '--stdin-filename', 'waiting.py', '-']
        result = subprocess.run(command, input=SOURCE, capture_output=True, text=True, check=False)
        self.assertEqual((result.returncode, result.stderr), (1, ''))
        return [(item['location']['row'], item['location']['column'], item['code'],
                 item['message']) for item in json.loads(result.stdout)]

    def test_each(self):
        """Without the option, one finding for each place."""
        self.assertEqual([finding[:3] for finding in self.found()], [
            (1, 18, 'ANN001'), (1, 21, 'ANN001'), (1, 31, 'ANN201'), (5, 10, 'ANN002'),
            (9, 10, 'ANN002'), (9, 18, 'ANN003'), (13, 14, 'ANN201'), (18, 15, 'ANN001'),
            (18, 17, 'ANN201')])

    def test_grouped(self):
        """With it, one for each function, at its name, with the first code."""
        self.assertEqual(self.found('--group-annotations'), [
            (1, 11, 'ANN001', '`wait_n`: annotate `n`, `max_delay` and the return'),
            (5, 5, 'ANN002', '`one`: annotate `*args`'),
            (9, 5, 'ANN002', '`two`: annotate `*args` and `**kwargs`'),
            (13, 5, 'ANN201', '`nothing`: annotate the return'),
            (18, 9, 'ANN001', '`inner`: annotate `_` and the return')])

    def test_grouped_with_other_options(self):
        """What the other options excuse is not named, and what is not selected neither."""
        self.assertEqual(
            [finding[3] for finding in self.found(
                '--group-annotations', '--suppress-none-returning', '--suppress-dummy-args',
                '--ignore', 'ANN002')],
            ['`wait_n`: annotate `n`, `max_delay` and the return', '`two`: annotate `**kwargs`'])
        self.assertEqual(
            [finding[3] for finding in self.found('--group-annotations', '--allow-untyped-nested')],
            [finding[3] for finding in self.found('--group-annotations')][:-1])


if __name__ == '__main__':
    unittest.main()
