#!/usr/bin/env python3
"""Configuration files: which one holds, what they set, what is wrong with them."""
import os
import unittest

from _project import SLEEP, ProjectTest, time_used


class Holding(ProjectTest):
    """The nearest configuration upward of each file holds."""

    def codes(self, *arguments, **more):
        """Return {path: codes}."""
        result = self.run_program('check', *arguments, **more)
        self.assertEqual(result.stderr, b'')
        found = {}
        for line in os.fsdecode(result.stdout).splitlines():
            if ':' in line:
                found.setdefault(line.split(':')[0], set()).add(line.split()[1])
        return found

    def test_the_nearest_file(self):
        """Each file has its own folder's configuration, or that of a folder around it."""
        self.write('asynclint.toml', 'select = ["ASYNC251"]\n')
        self.write('a.py')
        self.write('x/y/b.py')
        self.write('x/z/pyproject.toml', '[tool.asynclint]\nselect = ["D100"]\n')
        self.write('x/z/c.py')
        self.write('x/z/w/pyproject.toml', '[tool.other]\nselect = 1\n')
        self.write('x/z/w/d.py')
        self.assertEqual(self.codes(), {'a.py': {'ASYNC251'}, 'x/y/b.py': {'ASYNC251'},
                                        'x/z/c.py': {'D100'}, 'x/z/w/d.py': {'D100'}})
        self.assertEqual(self.codes('x/z/c.py'), {'x/z/c.py': {'D100'}})
        self.assertEqual(self.codes('c.py', cwd=self.root / 'x/z'), {'c.py': {'D100'}})
        self.assertEqual(self.codes('x/z/c.py', '--select', 'D103'), {'x/z/c.py': {'D103'}})

    def test_asynclint_toml_goes_before_pyproject(self):
        """Where both are in one folder."""
        self.write('a.py')
        self.write('asynclint.toml', 'select = ["D100"]\n')
        self.write('pyproject.toml', '[tool.asynclint]\nselect = ["ASYNC251"]\n')
        self.assertEqual(self.codes(), {'a.py': {'D100'}})

    def test_stdin(self):
        """The name of what comes in says where to look."""
        self.write('x/asynclint.toml', 'select = ["D100"]\n')
        self.assertEqual(self.codes('-', '--stdin-filename', 'x/new.py', input=SLEEP.encode()),
                         {'x/new.py': {'D100'}})

    def test_isolated_and_given(self):
        """--isolated reads none, --config one for all."""
        self.write('a.py')
        self.write('asynclint.toml', 'select = ["D100"]\n')
        self.write('other/mine.toml', 'select = ["ASYNC251"]\n')
        self.assertIn('ASYNC251', self.codes('--isolated')['a.py'])
        self.assertEqual(self.codes('--config', 'other/mine.toml'), {'a.py': {'ASYNC251'}})
        self.assertIn('there is no file', self.fails('--config', 'gone.toml'))
        self.assertIn('do not go together', self.fails('--config', 'a.toml', '--isolated'))

    def test_patterns_are_relative_to_the_file(self):
        """Wherever the program is started."""
        self.write('asynclint.toml',
                   'select = ["D100", "ASYNC251"]\nexclude = ["gen/x"]\n'
                   '[per-file-ignores]\n"tests/*" = ["D"]\n"b.py" = ["ASYNC251"]\n')
        for name in ('gen/x/a.py', 'tests/a.py', 'b.py', 'deep/b.py'):
            self.write(name)
        expected = {'tests/a.py': {'ASYNC251'}, 'b.py': {'D100'}, 'deep/b.py': {'D100'}}
        self.assertEqual(self.codes(), expected)
        self.assertEqual(self.codes(str(self.root), cwd='/'),
                         {f'{self.root}/{name}': codes for name, codes in expected.items()})
        self.assertEqual(self.codes('.', cwd=self.root / 'tests'), {'./a.py': {'ASYNC251'}})

    def test_target_version(self):
        """From requires-python, unless something says it outright."""
        walrus = 'if (x := 1):\n    pass\n'
        self.write('a.py', walrus)
        rule = ('--select', 'VER001')
        self.assertEqual(self.codes(*rule), {'a.py': {'VER001'}})
        self.write('pyproject.toml', '[project]\nrequires-python = ">=3.8, <4"\n')
        self.assertEqual(self.codes(*rule), {})
        self.assertEqual(self.codes(*rule, '--target-version', '3.7'), {'a.py': {'VER001'}})
        self.write('asynclint.toml', 'target-version = "3.6"\n')
        self.assertEqual(self.codes(*rule), {'a.py': {'VER001'}})
        self.write('asynclint.toml', '')
        self.assertEqual(self.codes(*rule), {})
        self.write('sub/b.py', walrus)
        self.write('sub/pyproject.toml', '[project]\nrequires-python = "~=3.7.2"\n')
        self.assertEqual(self.codes(*rule), {'sub/b.py': {'VER001'}})

    def test_severity_fail_on_and_preset(self):
        """They are options of the file, too."""
        self.write('a.py')
        self.write('asynclint.toml', 'select = ["ASYNC251"]\nfail-on = "error"\n'
                   '[severity]\nASYNC = "warning"\n')
        self.assertEqual(self.run_program().returncode, 0)
        self.assertEqual(self.run_program('--fail-on', 'warning').returncode, 1)
        self.write('asynclint.toml', 'preset = "async"\n')
        self.assertNotIn('D100', self.codes()['a.py'])

    def test_projects(self):
        """`projects` names the folders that want a README."""
        self.write('asynclint.toml', 'select = ["REQ001"]\nprojects = ["0x*"]\n')
        for name in ('0x01/a.py', '0x02/a.py', 'other/a.py'):
            self.write(name, '')
        self.write('0x02/README.md', 'Words.\n')
        self.assertEqual(self.codes(), {'0x01': {'REQ001'}})
        self.assertEqual(self.codes('0x01', 'other'), {'0x01': {'REQ001'}})


class StyleFiles(ProjectTest):
    """setup.cfg and tox.ini speak for E and W where nothing else does."""

    def setUp(self):
        """Have a line of 90 columns, with W291 and E225 on the next."""
        super().setUp()
        rules = self.run_program('rule', 'E501')
        if rules.returncode != 0:
            self.skipTest('there are no E and W rules yet')
        self.write('a.py', 'x = "%s"\nx=1 \n' % ('a' * 84))

    def codes(self, *arguments):
        """Return the E and W codes that are found."""
        found = self.findings('a.py', *arguments)
        return sorted(item['code'] for item in found if item['code'][0] in 'EW')

    def test_values(self):
        """tox.ini over setup.cfg, our own file over both, the command line over all."""
        self.assertEqual(self.codes(), ['E225', 'E501', 'W291'])
        self.write('setup.cfg', '[pycodestyle]\nmax-line-length = 100\n')
        self.assertEqual(self.codes(), ['E225', 'W291'])
        self.write('tox.ini', '[pycodestyle]\nmax_line_length = 85\n')
        self.assertEqual(self.codes(), ['E225', 'E501', 'W291'])
        self.write('asynclint.toml', 'max-line-length = 95\n')
        self.assertEqual(self.codes(), ['E225', 'W291'])
        self.assertEqual(self.codes('--max-line-length', '80'), ['E225', 'E501', 'W291'])
        self.assertEqual(self.codes('--isolated'), ['E225', 'E501', 'W291'])

    def test_select_and_ignore(self):
        """Codes of other families are left alone."""
        self.write('setup.cfg', '[pycodestyle]\nignore = W2,N802,E225\n')
        self.assertEqual(self.codes(), ['E501'])
        self.write('setup.cfg', '[pycodestyle]\nselect = W2,D\n')
        self.assertEqual(self.codes(), ['W291'])
        self.assertEqual(self.codes('--select', 'E5'), ['E501'])

    def test_wrong(self):
        """A wrong value is named; what is no INI file is nobody's business."""
        self.write('setup.cfg', '[pycodestyle]\nmax-line-length = x\n')
        self.assertIn('[pycodestyle] in `', self.fails())
        self.write('setup.cfg', 'no section\n')
        self.assertEqual(self.codes(), ['E225', 'E501', 'W291'])
        (self.root / 'setup.cfg').unlink()
        (self.root / 'setup.cfg').mkdir()
        self.assertEqual(self.codes(), ['E225', 'E501', 'W291'])


class Wrong(ProjectTest):
    """Errors name the file and the line."""

    def wrong(self, text, name='asynclint.toml'):
        """Return what is said about a configuration."""
        self.write('a.py')
        self.write(name, text)
        return self.fails()

    def test_keys_types_and_codes(self):
        """Each with its line."""
        self.assertEqual(self.wrong('\nselct = ["E"]\n'),
                         'asynclint.toml:2: there is no key `selct`; the nearest is `select`')
        self.assertEqual(self.wrong('select = "E"'),
                         'asynclint.toml:1: select wants an array of strings, not a string')
        self.assertEqual(self.wrong('select = [\n"E9",\n1]'),
                         'asynclint.toml:1: select wants an array of strings, not an integer')
        self.assertIn('asynclint.toml:1: ignore: there is no rule `QQQ1`', self.wrong('ignore = ["QQQ1"]'))
        self.assertEqual(self.wrong('max-line-length = "x"'),
                         'asynclint.toml:1: max-line-length wants an integer, not a string')
        self.assertEqual(self.wrong('max-line-length = -1'),
                         'asynclint.toml:1: max-line-length is less than zero')
        self.assertIn('asynclint.toml:1: preset: `alll` is none of', self.wrong('preset = "alll"'))
        self.assertIn('is not a Python version', self.wrong('target-version = "2.7"'))
        self.assertIn('asynclint.toml:2: x', self.wrong('[per-file-ignores]\nx = "E"'))
        self.assertIn('asynclint.toml:2: E9: `bad` is none of', self.wrong('[severity]\nE9 = "bad"'))
        self.assertIn('there is no key `jobs`', self.wrong('jobs = 3'))

    def test_what_is_no_toml(self):
        """The first line that cannot be read."""
        self.assertEqual(self.wrong('select = ["E"]\n]\n'), 'asynclint.toml:2: this is not TOML')
        self.assertEqual(self.wrong('preset = "all"\npreset = "async"\n'),
                         'asynclint.toml:2: `preset` is there already, from line 1')
        self.assertIn('asynclint.toml:1: a byte that is not UTF-8', self.wrong(b'# \xff\n'))

    def test_pyproject(self):
        """Only our part of it is our business, but it must be TOML."""
        self.assertEqual(self.wrong('[tool.asynclint]\nnope = 1\n', 'pyproject.toml'),
                         'pyproject.toml:2: there is no key `nope`')
        self.assertIn('wants a table', self.wrong('[tool]\nasynclint = 1\n', 'pyproject.toml'))
        self.write('pyproject.toml', '[project]\nrequires-python = 3\n[tool]\nruff = 1\n')
        self.assertEqual(self.run_program('--select', 'ASYNC251').returncode, 1)

    def test_no_file(self):
        """A FIFO, a folder, a device, a link to nothing: named, at once, nothing of it shown."""
        self.write('a.py')
        path = self.root / 'asynclint.toml'
        start = time_used()
        os.mkfifo(path)
        self.assertIn('asynclint.toml cannot be read: it is not a regular file', self.fails())
        path.unlink()
        path.mkdir()
        self.assertIn('it is not a regular file', self.fails())
        path.rmdir()
        path.symlink_to('/dev/zero')
        self.assertIn('it is not a regular file', self.fails())
        path.unlink()
        path.symlink_to('nowhere')
        self.assertIn('o such file', self.fails())
        path.unlink()
        self.write('asynclint.toml', '#' * (2 << 20))
        self.assertIn('it is larger than 1 MiB', self.fails())
        self.assertLess(time_used() - start, 3)

    def test_hostile_patterns(self):
        """Patterns that a naive matcher would never finish."""
        self.write('a' * 100 + '.py')
        self.write('asynclint.toml', 'exclude = ["%sb"]\n' % ('a*' * 50))
        start = time_used()
        self.assertEqual(self.run_program('--select', 'ASYNC251').returncode, 1)
        self.assertLess(time_used() - start, 2)

    def test_control_characters(self):
        """What a file says cannot reach the terminal."""
        self.assertIn('\\x1b[31m', self.wrong('"\\u001b[31m" = 1'))


class Suppressions(ProjectTest):
    """`# noqa` in the real program; fixtures/noqa has the fine points."""

    def test_whole_file(self):
        """A comment on a line of its own, with or without codes."""
        for comment, codes in (('# asynclint: noqa', set()),
                               ('#asynclint:NOQA', set()),
                               ('# asynclint: noqa: ASYNC251', {'D103'}),
                               ('# asynclint: noqa: D', {'ASYNC251'}),
                               ('# asynclint: noqa: D, ASYNC', set()),
                               ('# asynclint: noqa: ...', {'D103', 'ASYNC251'}),
                               ('"# asynclint: noqa"', {'D103', 'ASYNC251'}),
                               ('x = 1  # asynclint: noqa', {'D103', 'ASYNC251'})):
            self.write('a.py', SLEEP + comment + '\n')
            found = self.findings('a.py', '--select', 'ASYNC251,D103')
            self.assertEqual({finding['code'] for finding in found}, codes, comment)

    def test_unused(self):
        """On request, also for the whole file."""
        self.write('a.py', '# asynclint: noqa: D103\nx = 1  # noqa\n')
        self.assertEqual(self.check('a.py', select='D103'), [])
        self.assertEqual(self.check('a.py', '--unused-noqa', select='D103'),
                         ['a.py:1:1: NOQA001', 'a.py:2:8: NOQA001'])

    def test_what_is_found_in_the_folder(self):
        """A file's comment holds for what its folder's check says of the file."""
        self.write('a.py').chmod(0o755)
        self.write('b.py', '# asynclint: noqa: REQ004\n')
        self.assertEqual(self.check('.', '--unused-noqa', select='REQ004'), [])
        self.write('b.py', 'x = 1\n')
        self.assertEqual(self.check('.', select='REQ004'), ['./b.py:1:1: REQ004'])

    def test_an_unused_comment_cannot_hide_itself(self):
        """Not even in a run that looks at folders, too."""
        self.write('a.py', 'x = 1  # noqa\n').chmod(0o755)
        self.assertEqual(self.check(select='NOQA001,REQ004'), ['a.py:1:8: NOQA001'])

    def test_behind_a_string(self):
        """Where no comment can stand on the line itself, it stands behind the string."""
        text = 'f("""a \nb""",%s\n  1)\n'
        self.write('a.py', text % '')
        found = self.findings('a.py', '--select', 'W291')
        self.assertEqual([item['noqa_row'] for item in found], [2])
        self.write('a.py', text % '  # noqa: W291')
        self.assertEqual(self.check('a.py', '--unused-noqa', select='W291'), [])

    def test_without_tokens(self):
        """A rule that looks at the file's bytes alone is suppressed as well."""
        self.write('a.py', '#!/usr/bin/python3  # noqa: REQ002\n')
        self.assertEqual(self.check('a.py', select='REQ002'), [])
        self.write('a.py', '#!/usr/bin/python3\n')
        self.assertEqual(self.check('a.py', select='REQ002'), ['a.py:1:1: REQ002'])


if __name__ == '__main__':
    unittest.main()
