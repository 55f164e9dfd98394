#!/usr/bin/env python3
"""What a run says about itself: --timings, and the line on the terminal."""
import os
import pty
import subprocess
import threading
import time
import unittest

from _project import PROGRAM, ProjectTest

ROW = rb'^ +\d+\.\d ms +\d+\.\d %  (.+)$'


class Timings(ProjectTest):
    """--timings: two tables on stderr, and nothing else changes."""

    def rows(self, *arguments):
        """The names of the rows of both tables, and what stdout had."""
        result = self.run_program('--preset', 'all', '--timings', *arguments)
        steps, checks = result.stderr.split(b'of the checks:\n')
        self.assertTrue(steps.startswith(b'time of all threads, by step:\n'))
        tables = []
        for table in (steps.splitlines()[1:], checks.splitlines()):
            for line in table:
                self.assertRegex(line, ROW)
            tables.append([line.decode().split('%  ')[1] for line in table])
        return (*tables, result)

    def test_steps_and_checks_have_a_row_each(self):
        """In the order of the steps; the slowest check first."""
        for name in ('a.py', 'b.py', 'c.py'):
            self.write(name)
        for jobs in ('1', '2'):
            steps, checks, result = self.rows('--jobs', jobs, '.')
            self.assertEqual(steps[0], 'finding files')
            self.assertEqual(steps[-1], 'all')
            self.assertLess(steps.index('tokens'), steps.index('tree'))
            self.assertLess(steps.index('tree'), steps.index('checks'))
            self.assertIn('async251_blocking_sleep', checks)
            plain = self.run_program('--preset', 'all', '--jobs', jobs, '.')
            self.assertEqual((plain.returncode, plain.stdout), (result.returncode, result.stdout))
            self.assertEqual(plain.stderr, b'')

    def test_only_what_is_asked_takes_time(self):
        """Without a rule that wants the tree, no check of trees has a row."""
        self.write('a.py')
        result = self.run_program('--select', 'W291', '--timings', 'a.py')
        self.assertNotIn(b'async251', result.stderr)


class Progress(ProjectTest):
    """How far a run is: on a terminal only, after a second, and gone at the end."""

    def run_on_terminal(self, seconds, environment):
        """Run over a pipe that stays open for some time; what the terminal and stdout got."""
        self.write('a.py')
        read, write = os.pipe()
        master, slave = pty.openpty()
        with subprocess.Popen([PROGRAM, '--select', 'ASYNC251', '--jobs', '1', 'a.py', f'/dev/fd/{read}'],
                              cwd=self.root, stdout=subprocess.PIPE, stderr=slave, pass_fds=[read],
                              env={**os.environ, **environment}) as process:
            os.close(slave)
            os.close(read)
            shown = []
            reader = threading.Thread(target=self.read_all, args=(master, shown))
            reader.start()
            time.sleep(seconds)
            os.close(write)
            output = process.stdout.read()
        reader.join()
        os.close(master)
        self.assertEqual(output, b'a.py:5:5: ASYNC251 `time.sleep()` stops the event loop\n')
        return b''.join(shown)

    @staticmethod
    def read_all(master, shown):
        """Collect what comes until the other side is closed."""
        while True:
            try:
                piece = os.read(master, 4096)
            except OSError:
                return
            if not piece:
                return
            shown.append(piece)

    def test_a_long_run_has_a_line_that_goes_away(self):
        """Drawn after a second; the last thing is that it is erased."""
        shown = self.run_on_terminal(1.3, {'TERM': 'xterm'})
        self.assertRegex(shown, rb'^(\r\d+ of 2 files\x1b\[K)+\r\x1b\[K$')

    def test_a_short_run_says_nothing(self):
        """Nor does one on a terminal that cannot take back a line."""
        self.assertEqual(self.run_on_terminal(0, {'TERM': 'xterm'}), b'')
        self.assertEqual(self.run_on_terminal(1.2, {'TERM': 'dumb'}), b'')


if __name__ == '__main__':
    unittest.main()
