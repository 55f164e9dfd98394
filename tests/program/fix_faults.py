#!/usr/bin/env python3
# ctest: slow
"""--fix while the system fails or the program dies, at every system call that it makes.

strace delivers the signal or the error. Whatever happens, a file is the old one or the new one.
"""
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import _run

OLD = b'#!/usr/bin/env python3\nx = 1 \n'
NEW = b'#!/usr/bin/env python3\nx = 1\n'
NAMES = 'a.py', 'b.py', 'c.py'
UNFINISHED = '.asynclint-unfinished-'
COMMAND = [_run.PROGRAM, '--isolated', '--no-cache', '--jobs', '1', '--select', 'W', '--fix']
# Under strace the leak checker of a sanitizer build cannot run.
ENVIRONMENT = {**os.environ, 'ASAN_OPTIONS': 'detect_leaks=0'}
LINE = re.compile(r'^(?:\d+ +)?(\w+)\((.*)')
ERRORS = {
    'openat': ('EACCES', 'EIO', 'EMFILE', 'ENOSPC', 'EINTR'),
    'read': ('EIO', 'EINTR'),
    'pread64': ('EIO', 'EINTR'),
    'write': ('ENOSPC', 'EIO', 'EINTR', 'EDQUOT'),
    'fsync': ('EIO', 'ENOSPC', 'EINTR'),
    'close': ('EIO', 'EINTR'),
    'rename': ('EACCES', 'EIO', 'ENOSPC', 'EXDEV'),
    'fchmod': ('EPERM', 'EIO'),
    'newfstatat': ('EACCES', 'EIO'),
    'fstat': ('EIO',),
    'faccessat2': ('EACCES',),
    'flistxattr': ('EIO',),
    'readlink': ('EIO', 'EACCES'),
}


class Faults(unittest.TestCase):
    """Three files with a blank too many, in a folder of their own."""

    def setUp(self):
        """Make the folder."""
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.trace = pathlib.Path(holder.name) / 'trace'
        self.folder = pathlib.Path(holder.name) / 'project'
        self.folder.mkdir()

    def write_files(self):
        """Start anew."""
        for path in self.folder.iterdir():
            path.unlink()
        for name in NAMES:
            (self.folder / name).write_bytes(OLD)

    def fix(self, *injection):
        """Mend the files under strace; the finished process."""
        return subprocess.run(['strace', '-f', '-o', self.trace, *injection, *COMMAND, *NAMES],
                              cwd=self.folder, env=ENVIRONMENT, capture_output=True, check=False)

    def calls(self):
        """Number of calls of each system call in a run without faults, and in its part before the
        first file is opened."""
        self.write_files()
        done = self.fix()
        self.assertEqual((done.returncode, self.contents()), (0, [NEW] * len(NAMES)), done.stderr)
        counts, before, is_started = collections.Counter(), {}, False
        for line in self.trace.read_text().splitlines():
            call = LINE.match(line)
            if call is None or call[1] in ('execve', 'exit_group'):
                continue
            if not is_started and call[1] == 'openat' and '"a.py"' in call[2]:
                is_started, before = True, dict(counts)
            counts[call[1]] += 1
        self.assertTrue(is_started)
        return counts, before

    def contents(self):
        """The files' bytes."""
        return [(self.folder / name).read_bytes() for name in NAMES]

    def leftovers(self):
        """Names of other files in the folder."""
        return sorted(set(os.listdir(self.folder)) - set(NAMES))

    def injected(self, counts, fault):
        """Run once for each call; what is injected, and the finished process."""
        for name, count in sorted(counts.items()):
            for number in range(1, count + 1):
                self.write_files()
                what = f'inject={name}:{fault}:when={number}'
                done = self.fix('-e', what)
                for content in self.contents():
                    self.assertIn(content, (OLD, NEW), what)
                yield what, done

    def test_killed_at_any_call(self):
        """Files are old or new; what is left beside them is hidden, not checked, not in the way."""
        counts, _ = self.calls()
        runs = killed = unfinished = 0
        for what, done in self.injected(counts, 'signal=KILL'):
            runs += 1
            killed += done.returncode == -9
            left = self.leftovers()
            unfinished += bool(left)
            self.assertLessEqual(len(left), 1, what)
            self.assertTrue(all(name.startswith(UNFINISHED) for name in left), (what, left))
            again = _run.run('--isolated', '--no-cache', '--select', 'W,REQ003', '--fix', '.',
                             cwd=self.folder)
            self.assertEqual((again.returncode, again.stdout), (0, b''), what)
            self.assertEqual((self.contents(), self.leftovers()), ([NEW] * len(NAMES), left), what)
        self.assertGreater(killed, runs * 0.9)
        self.assertGreater(unfinished, 10)
        print(f'\nkilled at {killed} of {runs} calls, {unfinished} times in the middle of a file')

    def test_terminated_at_any_call(self):
        """A signal that can be put off waits until the file is whole: nothing is left beside it."""
        counts, _ = self.calls()
        ended = 0
        for what, done in self.injected(counts, 'signal=TERM'):
            ended += done.returncode == -15
            self.assertEqual(self.leftovers(), [], what)
        self.assertGreater(ended, 50)

    def check_refusal(self, what, done):
        """After one failed call at most one file stays old, and then that is said."""
        old = sum(content == OLD for content in self.contents())
        self.assertLessEqual(old, 1, what)
        self.assertEqual(self.leftovers(), [], what)
        if old == 0:
            return
        self.assertNotEqual(done.returncode, 0, what)
        self.assertTrue(done.stderr or done.stdout, what)
        is_unread = b'E902' in done.stdout
        self.assertTrue(is_unread or done.returncode == 2, (what, done))
        self.assertTrue(is_unread or any(name.encode() in done.stderr for name in NAMES), what)

    def test_any_call_fails(self):
        """The file is intact, it is said, and the other files are mended."""
        counts, before = self.calls()
        runs = refused = 0
        for name, errors in ERRORS.items():
            for error in errors:
                for number in range(before.get(name, 0) + 1, counts[name] + 1):
                    self.write_files()
                    what = f'inject={name}:error={error}:when={number}'
                    done = self.fix('-e', what)
                    self.check_refusal(what, done)
                    runs += 1
                    refused += done.returncode != 0
        self.assertGreater(refused, 50)
        print(f'{runs} failed calls, {refused} refusals')

    def test_failing_for_good(self):
        """Where every file fails, every file stays and is named."""
        for name, error in (('fchmod', 'EPERM'), ('fsync', 'EIO'), ('rename', 'EACCES')):
            self.write_files()
            done = self.fix('-e', f'inject={name}:error={error}')
            self.assertEqual(self.contents(), [OLD] * len(NAMES), name)
            self.assertEqual((done.returncode, self.leftovers()), (2, []), name)
            for path in NAMES:
                self.assertIn(path.encode(), done.stderr)

    def change_meanwhile(self, change):
        """Change the file while the program is slow to sync the new one; what it is then."""
        self.write_files()
        with subprocess.Popen(
                ['strace', '-f', '-o', self.trace, '-e', 'inject=fsync:delay_enter=1s:when=1',
                 *COMMAND, *NAMES], cwd=self.folder, env=ENVIRONMENT, stderr=subprocess.PIPE,
                stdout=subprocess.DEVNULL) as process:
            while not self.leftovers():
                self.assertIsNone(process.poll(), 'never wrote a new file')
            change(self.folder / 'a.py')
            _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 2)
        self.assertIn(b'a.py: has changed since it was read', errors)
        self.assertEqual((self.contents()[1:], self.leftovers()), ([NEW] * 2, []))
        return (self.folder / 'a.py').read_bytes()

    def test_changed_meanwhile(self):
        """What somebody else writes meanwhile stands."""
        longer, as_long = OLD + b'y = 2\n', OLD.replace(b'1', b'2')

        def replace(path):
            other = path.with_suffix('.other')
            other.write_bytes(OLD)
            os.replace(other, path)

        def write_with_old_time(path):
            status = path.stat()
            path.write_bytes(as_long)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

        self.assertEqual(self.change_meanwhile(lambda path: path.write_bytes(longer)), longer)
        self.assertEqual(self.change_meanwhile(write_with_old_time), as_long)
        self.assertEqual(self.change_meanwhile(replace), OLD)


def can_trace():
    """Whether strace is there and may look at processes."""
    if shutil.which('strace') is None:
        return False
    tried = subprocess.run(['strace', '-f', '-o', os.devnull, '-e', 'inject=getpid:error=EIO',
                            'true'], capture_output=True, check=False)
    return tried.returncode == 0


if __name__ == '__main__':
    if not can_trace():
        _run.skip('strace is missing or may not trace: no faults were injected')
    unittest.main(argv=sys.argv[:1])
