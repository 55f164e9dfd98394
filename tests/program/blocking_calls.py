#!/usr/bin/env python3
"""What the configuration says of blocking calls holds for the files below it."""
import json
import pathlib
import unittest

from _project import ProjectTest

CALLS = ('import {module}\n\n\ndef load():\n    return {module}.fetch()\n\n\n'
         'async def handle():\n    return load()\n')


class BlockingCalls(ProjectTest):
    """One run over two projects, each with a configuration of its own."""

    def found(self, *paths):
        """Return what AIO201 reports, as (path, line)."""
        result = self.run_program('check', '--select', 'AIO201', '--output-format', 'json', *paths)
        self.assertEqual(result.stderr, b'')
        return sorted((str(pathlib.Path(item['filename']).relative_to(self.root)),
                       item['location']['row']) for item in json.loads(result.stdout))

    def setUp(self):
        """The first project's library blocks, the second one's does not but another one."""
        super().setUp()
        self.write('one/asynclint.toml', 'blocking-calls = ["stripe.*"]\n')
        self.write('two/asynclint.toml', 'blocking-calls = ["twilio.fetch"]\n'
                                         'non-blocking-calls = ["time.sleep"]\n')
        for module in ('stripe', 'twilio'):
            self.write(f'one/{module}_one.py', CALLS.format(module=module))
            self.write(f'two/{module}_two.py', CALLS.format(module=module))

    def test_each_file_has_its_own(self):
        """Whichever path comes first, with the cache or without."""
        expected = [('one/stripe_one.py', 9), ('two/twilio_two.py', 9)]
        for paths in (['one', 'two'], ['two', 'one'], ['.'], ['.']):
            with self.subTest(paths=paths):
                self.assertEqual(self.found(*paths), expected)

    def test_the_leaf_decides(self):
        """A file's calls are judged by its own configuration, whoever leads to them."""
        self.write('two/sleepy.py', 'import time\n\n\ndef nap():\n    time.sleep(1)\n')
        self.write('two/user.py', 'import sleepy\n\n\nasync def main():\n    sleepy.nap()\n')
        self.write('one/sleepy.py', 'import time\n\n\ndef nap():\n    time.sleep(1)\n')
        self.write('one/user.py', 'import sleepy\n\n\nasync def main():\n    sleepy.nap()\n')
        self.assertEqual([path for path in self.found('.') if 'user' in path[0]],
                         [('one/user.py', 5)])

    def test_a_comment_at_the_call(self):
        """A noqa comment that names the rule holds for all who come that way, and is of use."""
        nap = 'import time\n\n\ndef nap():\n    time.sleep(1){}\n\n\ndef twice():\n    nap(){}\n'
        user = ('from naps import nap, twice\n\n\nasync def main():\n    nap()\n\n\n'
                'async def other():\n    twice()\n')
        self.write('asynclint.toml', '')
        self.write('a.py', user)
        for leaf, call, expected in [
                ('', '', [('a.py', 5), ('a.py', 9)]), ('  # noqa: AIO201', '', []),
                ('', '  # noqa: AIO2', [('a.py', 5)]), ('  # noqa', '', [('a.py', 5), ('a.py', 9)])]:
            with self.subTest(leaf=leaf, call=call):
                self.write('naps.py', nap.format(leaf, call))
                self.assertEqual(self.found('a.py', 'naps.py'), expected)
        self.write('naps.py', nap.format('  # noqa: AIO201', ''))
        result = self.run_program('check', '--select', 'AIO201,NOQA001', '--unused-noqa',
                                  'a.py', 'naps.py')
        self.assertEqual(result.stdout, b'')


if __name__ == '__main__':
    unittest.main()
