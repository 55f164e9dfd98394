"""The command of pycodestyle, and what asynclint's own checks take from its configuration.

What the command prints is compared with pycodestyle itself by differential/pycodestyle_command.py;
here is what can be told without it.
"""
import os
import subprocess
import unittest

from _project import PROGRAM, ProjectTest

LONG = 'x = "' + 'x' * 80 + '"\n'
DOCUMENTED = '"""' + 'x ' * 35 + 'x."""\n'


class Command(ProjectTest):
    """`asynclint pycodestyle`."""

    def style(self, *arguments, **more):
        """Run it; return status, output and errors."""
        result = self.run_program('pycodestyle', *arguments, **more)
        return result.returncode, result.stdout.decode(), result.stderr.decode()

    def test_findings_and_status(self):
        """As pycodestyle prints them; 1 where there are some, 0 where not, 2 for wrong use."""
        self.write('a.py', 'x=1\n')
        self.write('b.py', 'x = 1\n')
        told = 'a.py:1:2: E225 missing whitespace around operator\n'
        self.assertEqual(self.style('a.py', 'b.py'), (1, told, ''))
        self.assertEqual(self.style('b.py'), (0, '', ''))
        usage = 'Usage: pycodestyle [options] input ...\n\npycodestyle: error: '
        self.assertEqual(self.style('--what'), (2, '', usage + 'no such option: --what\n'))
        self.assertEqual(self.style(), (2, '', usage + 'input not specified\n'))

    def test_its_own_name(self):
        """A link called pycodestyle is the command."""
        self.write('a.py', 'x=1\n')
        link = self.root / 'pycodestyle'
        link.symlink_to(PROGRAM)
        result = subprocess.run([link, '--format=%(code)s', 'a.py'], cwd=self.root,
                                capture_output=True, timeout=30, check=False)
        self.assertEqual((result.returncode, result.stdout), (1, b'E225\n'))

    def test_no_pipe_stops_a_walk(self):
        """A FIFO in a folder is reported, the other files are checked."""
        os.mkfifo(self.root / 'a.py')
        self.write('b.py', 'x=1\n')
        status, output, _ = self.style('.')
        self.assertEqual(status, 1)
        self.assertEqual([line.split()[1] for line in output.splitlines()], ['E902', 'E225'])

    def test_output_that_cannot_be_written(self):
        """Status 2, and a word about it."""
        self.write('a.py', 'x=1\n')
        with open('/dev/full', 'wb') as full:
            result = subprocess.run([PROGRAM, 'pycodestyle', 'a.py'], cwd=self.root, stdout=full,
                                    stderr=subprocess.PIPE, timeout=30, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b'asynclint: ', result.stderr)


class Settings(ProjectTest):
    """[pycodestyle] in setup.cfg and tox.ini, for `asynclint check`."""

    def test_lengths(self):
        """Without a configuration of its own, asynclint takes those."""
        self.write('a.py', LONG + DOCUMENTED)
        self.assertEqual(self.check(select='E501,W505'), ['a.py:1:80: E501'])
        self.write('setup.cfg', '[pycodestyle]\nmax-line-length = 100\nmax_doc_length = 72\n')
        self.assertEqual(self.check(select='E501,W505'), ['a.py:2:73: W505'])

    def test_own_configuration_stands_alone(self):
        """Where asynclint has a configuration, setup.cfg says nothing."""
        self.write('a.py', LONG)
        self.write('setup.cfg', '[pycodestyle]\nmax-line-length = 100\n')
        self.write('asynclint.toml', '')
        self.assertEqual(self.check(select='E501'), ['a.py:1:80: E501'])

    def test_codes(self):
        """`ignore` and `select` choose among pycodestyle's codes, and leave all others alone."""
        self.write('a.py', 'import time\n\n\nasync def poll():\n    time.sleep(1);  x=2\n')
        self.write('tox.ini', '[pep8]\nignore = E703,E702\n')
        codes = [line.split()[1] for line in self.check(select=None)]
        self.assertIn('ASYNC251', codes)
        self.assertIn('E225', codes)
        self.assertIn('E241', codes)
        self.assertNotIn('E702', codes)
        self.write('tox.ini', '[pycodestyle]\nselect = E7\n')
        codes = [line.split()[1] for line in self.check(select=None)]
        self.assertIn('ASYNC251', codes)
        self.assertIn('E702', codes)
        self.assertNotIn('E225', codes)

    def test_command_line_wins(self):
        """What the command line says is on top."""
        self.write('a.py', LONG)
        self.write('setup.cfg', '[pycodestyle]\nmax-line-length = 100\nignore = E501\n')
        found = self.check('--max-line-length=79', select='E501')
        self.assertEqual(found, ['a.py:1:80: E501'])

    def test_nearest_folder(self):
        """The nearest file upward that has the section holds; others are passed over."""
        self.write('setup.cfg', '[pycodestyle]\nmax-line-length = 100\n')
        self.write('inner/tox.ini', '[pycodestyle]\nmax-line-length = 20\n')
        self.write('inner/deep/setup.cfg', '[metadata]\nname = x\n')
        self.write('inner/deep/a.py', LONG)
        self.write('a.py', LONG)
        self.assertEqual(self.check(select='E501'), ['inner/deep/a.py:1:21: E501'])

    def test_wrong_value(self):
        """Named with the file's folder, status 2; a file that is no INI file is passed over."""
        self.write('a.py', LONG)
        self.write('setup.cfg', '[pycodestyle]\nmax-line-length = many\n')
        result = self.run_program('check', '.')
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"invalid literal for int() with base 10: 'many'", result.stderr)
        self.write('setup.cfg', 'no section\n')
        self.assertEqual(self.check(select='E501'), ['a.py:1:80: E501'])


if __name__ == '__main__':
    unittest.main()
