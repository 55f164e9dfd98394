#!/usr/bin/env python3
"""The command line: options, codes, exit statuses, output that cannot be written."""
import os
import re
import subprocess
import unittest

from _project import PROGRAM, SLEEP, ProjectTest


class Options(ProjectTest):
    """What is taken, and what is refused by name."""

    def setUp(self):
        """Have one file with one finding of ASYNC251."""
        super().setUp()
        self.write('a.py')

    def test_check_is_what_runs_without_a_command(self):
        """`asynclint a.py` is `asynclint check a.py`."""
        plain = self.run_program('--select', 'ASYNC251', 'a.py')
        named = self.run_program('check', '--select', 'ASYNC251', 'a.py')
        self.assertEqual((plain.returncode, plain.stdout), (named.returncode, named.stdout))
        self.assertEqual(plain.stdout, b'a.py:5:5: ASYNC251 `time.sleep()` stops the event loop\n')

    def test_help_and_version(self):
        """Both go to stdout and succeed."""
        for argument in ('--help', '-h', '--version'):
            result = self.run_program(argument)
            self.assertEqual((result.returncode, result.stderr), (0, b''))
            self.assertTrue(result.stdout.strip())
        self.assertRegex(self.run_program('--version').stdout, rb'^asynclint \d+\.\d+\.\d+\n$')

    def test_help_has_every_option_that_errors_propose(self):
        """Each option in --help is taken."""
        text = self.run_program('--help').stdout.decode()
        names = re.findall(r'--(?:\[no-\])?([a-z-]+)', text)
        self.assertGreater(len(set(names)), 30)
        for name in set(names) - {'help', 'version'}:
            error = self.run_program('--' + name + '=?').stderr.decode()
            self.assertNotIn('there is no option', error, name)

    def test_unknown_options_name_the_nearest(self):
        """A misspelt option is refused, and its neighbour named."""
        self.assertEqual(self.fails('--selct', 'E'),
                         'there is no option `--selct`; the nearest is `--select`')
        self.assertEqual(self.fails('--qqqqqqqq'), 'there is no option `--qqqqqqqq`')
        self.assertEqual(self.fails('-x.py'), 'there is no option `-x.py`')

    def test_wrong_values(self):
        """A value of the wrong type is refused."""
        self.assertEqual(self.fails('--jobs', 'x'), '--jobs: `x` is not a number')
        self.assertEqual(self.fails('--jobs'), '--jobs wants N')
        self.assertEqual(self.fails('--jobs', '-1'), '--jobs: `-1` is not a number')
        self.assertEqual(self.fails('--isolated=yes'), '--isolated takes no value')
        self.assertEqual(self.fails('--target-version', '2.7'),
                         '--target-version: `2.7` is not a Python version such as 3.7')
        self.assertIn('the nearest is `json`', self.fails('--output-format', 'jsno'))
        self.assertIn('is not PATTERN:CODES', self.fails('--per-file-ignores', 'E501'))

    def test_unknown_codes_name_the_nearest(self):
        """A code that no rule has is refused wherever codes are taken."""
        self.assertEqual(self.fails('--select', 'ASYNC25I'),
                         '--select: there is no rule `ASYNC25I`; the nearest is `ASYNC250`')
        for option in ('--ignore', '--extend-select'):
            self.assertIn('there is no rule `QQQ1`', self.fails(option, 'QQQ1'))
        self.assertIn('there is no rule `QQQ1`', self.fails('--per-file-ignores', 'a.py:QQQ1'))
        self.assertIn('there is no rule `QQQ1`', self.fails('--severity', 'QQQ1:info'))
        self.assertIn('there is no rule `QQQ1`', self.fails('rule', 'QQQ1'))
        self.assertIn('there is no rule', self.fails('--select', 'ASYN'))

    def test_names_with_controls_are_escaped(self):
        """An option cannot write to the terminal."""
        self.assertIn('\\x1b[31m', self.fails('--\x1b[31m'))

    def test_a_path_like_an_option(self):
        """`--` ends the options; `./` hides the hyphen."""
        self.write('-x.py')
        self.assertEqual(self.check('--', '-x.py'), ['-x.py:5:5: ASYNC251'])
        self.assertEqual(self.check('./-x.py'), ['./-x.py:5:5: ASYNC251'])

    def test_options_and_paths_mix(self):
        """An option may follow a path."""
        self.assertEqual(self.check('a.py', '--exit-zero', status=0), ['a.py:5:5: ASYNC251'])


class Selection(ProjectTest):
    """Which rules run."""

    def setUp(self):
        """Have a file with ASYNC251, ANN201, D100 and D103."""
        super().setUp()
        self.write('a.py')

    def codes(self, *arguments):
        """Return the codes that are found."""
        result = self.run_program('check', '--output-format', 'text', 'a.py', *arguments)
        self.assertIn(result.returncode, (0, 1), result)
        return {line.split()[1].decode() for line in result.stdout.splitlines()}

    def test_beginnings_and_all(self):
        """A beginning names all codes behind it, but not those of another family."""
        self.assertEqual(self.codes('--select', 'ASYNC25'), {'ASYNC251'})
        self.assertEqual(self.codes('--select', 'ASYNC251'), {'ASYNC251'})
        self.assertEqual(self.codes('--select', 'D,ASYNC25'), {'ASYNC251', 'D100', 'D103'})
        self.assertLessEqual({'ASYNC251', 'D100', 'ANN201'}, self.codes('--select', 'ALL'))

    def test_aliases(self):
        """Other linters' codes name ours."""
        self.assertEqual(self.codes('--select', 'S7488'), {'ASYNC251'})

    def test_the_longer_code_wins(self):
        """Between select and ignore, and ignore among equals."""
        self.assertEqual(self.codes('--select', 'D', '--ignore', 'D100'), {'D103'})
        self.assertEqual(self.codes('--select', 'D103', '--ignore', 'D'), {'D103'})
        self.assertEqual(self.codes('--select', 'D', '--ignore', 'D'), set())

    def test_several_lists_add_up(self):
        """--select given twice is both."""
        self.assertEqual(self.codes('--select', 'D100', '--select=D103'), {'D100', 'D103'})

    def test_extend_select_keeps_the_preset(self):
        """What is on stays on."""
        self.assertLessEqual({'ASYNC251', 'D100'}, self.codes('--extend-select', 'ASYNC'))

    def test_presets(self):
        """The preset `async` leaves documentation alone."""
        self.assertIn('D100', self.codes())
        self.assertEqual({code[:3] for code in self.codes('--preset', 'async')}, {'ASY'})

    def test_per_file_ignores(self):
        """By name, by path, several codes."""
        self.assertEqual(self.codes('--select', 'D,ASYNC251', '--per-file-ignores', 'a.py:D100,ASYNC'),
                         {'D103'})
        self.assertEqual(self.codes('--select', 'D100', '--per-file-ignores', 'b.py:D100'), {'D100'})

    def test_what_cannot_be_read_is_always_said(self):
        """Neither --select nor --ignore silences E902."""
        for arguments in (('--select', 'D'), ('--ignore', 'E902'), ('--ignore', 'ALL')):
            result = self.run_program('gone.py', *arguments)
            self.assertEqual(result.returncode, 1)
            self.assertIn(b'gone.py:1:1: E902 ', result.stdout)

    def test_syntax_errors_cannot_be_ignored(self):
        """--ignore E9 has no effect, a comment neither."""
        self.write('a.py', 'def (:  # noqa\n')
        self.assertTrue(any(code.startswith('E9') for code in self.codes('--ignore', 'E9')))


class Status(ProjectTest):
    """Exit statuses."""

    def setUp(self):
        """Have one file with one error."""
        super().setUp()
        self.write('a.py')

    def status(self, *arguments):
        """Return the exit status."""
        return self.run_program('--select', 'ASYNC251', 'a.py', *arguments).returncode

    def test_findings_and_none(self):
        """1 and 0."""
        self.assertEqual(self.status(), 1)
        self.assertEqual(self.status('--exit-zero'), 0)
        self.assertEqual(self.status('--ignore', 'ASYNC251'), 0)

    def test_severities(self):
        """`info` never fails a run; --fail-on sets what does."""
        self.assertEqual(self.status('--severity', 'ASYNC:info'), 0)
        self.assertEqual(self.status('--severity', 'ASYNC:warning'), 1)
        self.assertEqual(self.status('--severity', 'ASYNC:warning', '--fail-on', 'error'), 0)
        self.assertEqual(self.status('--severity', 'ASYNC:error', '--fail-on', 'error'), 1)

    def test_hand_out_files_do_not_fail(self):
        """They are shown all the same, in a group of their own."""
        for name in ('main.py', '0-main.py', '12-main.py'):
            self.write('only/' + name)
        result = self.run_program('--select', 'ASYNC251', 'only')
        self.assertEqual(result.returncode, 0)
        self.assertEqual(result.stdout.count(b'ASYNC251'), 3)
        self.assertEqual(self.run_program('--select', 'ASYNC251', 'only', '--hand-out-files',
                                          'other.py').returncode, 1)

    def test_statistics(self):
        """A count for each code."""
        self.write('b.py')
        result = self.run_program('--select', 'ASYNC251', '--statistics')
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout, rb'^ +2 ASYNC251 ')

    def test_output_that_cannot_be_written(self):
        """Status 2 and a word on stderr; a closed pipe is nobody's trouble."""
        with open('/dev/full', 'w', encoding='utf-8') as full:
            result = subprocess.run([PROGRAM, 'a.py'], cwd=self.root, stdout=full,
                                    stderr=subprocess.PIPE, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b'output cannot be written', result.stderr)
        result = subprocess.run(['sh', '-c', '"$0" a.py >&-', PROGRAM], cwd=self.root,
                                stderr=subprocess.PIPE, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b'output cannot be written', result.stderr)
        for number in range(50):
            self.write(f'many/{number}.py', SLEEP + '    time.sleep(1)\n' * 200)
        result = subprocess.run(['sh', '-c', '"$0" --select ASYNC251 many | head -n 1', PROGRAM],
                                cwd=self.root, capture_output=True, check=False)
        self.assertEqual(result.stderr, b'')
        self.assertEqual(result.stdout.count(b'\n'), 1)

    def test_closed_descriptors(self):
        """A file that is opened does not take the place of stdin, stdout or stderr."""
        for closed in ('<&-', '2>&-', '<&- 2>&-'):
            result = subprocess.run(['sh', '-c', f'"$0" --select ASYNC251 a.py {closed}', PROGRAM],
                                    cwd=self.root, stdout=subprocess.PIPE, check=False)
            self.assertEqual(result.returncode, 1)
            self.assertEqual(result.stdout.count(b'ASYNC251'), 1)

    def test_the_environment_changes_nothing(self):
        """Locale, home and time zone are not looked at."""
        plain = self.run_program('--select', 'ALL', 'a.py').stdout
        for environment in ({'LC_ALL': 'tr_TR.UTF-8'}, {'LC_ALL': 'C', 'HOME': '/nowhere'},
                            {'TZ': 'Asia/Tokyo'}, {}):
            again = self.run_program('--select', 'ALL', 'a.py', env=environment).stdout
            self.assertEqual(again, plain)


class Color(ProjectTest):
    """Colours are for terminals, or for who asks."""

    def test_color(self):
        """--color, NO_COLOR and FORCE_COLOR."""
        self.write('a.py')
        environment = {key: value for key, value in os.environ.items()
                       if key not in ('NO_COLOR', 'FORCE_COLOR')}

        def colored(*arguments, **more):
            return b'\x1b[' in self.run_program('a.py', *arguments,
                                                env={**environment, **more}).stdout

        self.assertFalse(colored())
        self.assertTrue(colored('--color', 'always'))
        self.assertTrue(colored('--color=always', NO_COLOR='1'))
        self.assertTrue(colored(FORCE_COLOR='1'))
        self.assertFalse(colored('--color', 'never', FORCE_COLOR='1'))
        self.assertFalse(colored(FORCE_COLOR='1', NO_COLOR='1'))


class Stdin(ProjectTest):
    """`-` is what comes in on stdin."""

    def test_name(self):
        """`stdin` unless --stdin-filename names it; the file need not exist."""
        given = SLEEP.encode()
        self.assertEqual(self.check('-', input=given), ['stdin:5:5: ASYNC251'])
        self.assertEqual(self.check('--stdin-filename', 'x/y.py', '-', input=given),
                         ['x/y.py:5:5: ASYNC251'])

    def test_nothing(self):
        """An empty text is clean."""
        self.assertEqual(self.check('-', input=b''), [])

    def test_only_alone(self):
        """It does not go with other paths."""
        self.assertEqual(self.fails('-', 'a.py'), '`-` does not go with other paths')

    def test_excluded_and_ignored_by_name(self):
        """Excludes and per-file ignores hold for the name."""
        given = SLEEP.encode()
        self.assertEqual(self.check('-', '--stdin-filename', 'gen/y.py', '--exclude', 'gen',
                                    input=given), [])
        self.assertEqual(self.check('-', '--stdin-filename', 'y.py', '--per-file-ignores',
                                    'y.py:ASYNC', input=given), [])

    def test_hand_out(self):
        """A hand-out file's name makes it one."""
        result = self.run_program('--select', 'ASYNC251', '-', '--stdin-filename', 'main.py',
                                  input=SLEEP.encode())
        self.assertEqual(result.returncode, 0)
        self.assertIn(b'ASYNC251', result.stdout)


class Rules(ProjectTest):
    """asynclint rule."""

    def test_one(self):
        """Name, reason and examples."""
        result = self.run_program('rule', 'ASYNC251')
        self.assertEqual(result.returncode, 0)
        for part in (b'blocking-sleep', b'Why', b'    time.sleep(1)', b'asyncio.sleep(1)'):
            self.assertIn(part, result.stdout)

    def test_all(self):
        """Sorted by code, one line each; JSON has the same."""
        import json
        rules = json.loads(self.run_program('rule', '--all', '--output-format', 'json').stdout)
        codes = [rule['code'] for rule in rules]
        self.assertEqual(codes, sorted(codes))
        listed = self.run_program('rule', '--all').stdout.decode().splitlines()
        self.assertEqual([line.split()[0] for line in listed[:len(codes)]], codes)

    def test_wrong_use(self):
        """A code is wanted."""
        self.assertEqual(self.fails('rule'), 'rule wants a code or --all')


if __name__ == '__main__':
    unittest.main()
