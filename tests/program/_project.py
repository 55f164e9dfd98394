"""A folder that a test fills, and the real program run in it."""
import json
import os
import pathlib
import resource
import subprocess
import tempfile
import unittest

PROGRAM = os.environ['ASYNCLINT']
SLEEP = 'import time\n\n\nasync def poll():\n    time.sleep(1)\n'


def time_used():
    """Return the seconds of processor time that programs run from here have taken.

    The clock on the wall also counts what else the machine does; a run that waits for ever ends by
    the time-out of run_program().
    """
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class ProjectTest(unittest.TestCase):
    """Each test fills the folder `self.root` and runs the program in it."""

    def setUp(self):
        """Make the folder."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve() / 'project'
        self.root.mkdir()

    def write(self, name, content=SLEEP):
        """Write a file below the root."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding='utf-8')
        return path

    def run_program(self, *arguments, **more):
        """Run the program in the root; the result has bytes."""
        more.setdefault('cwd', self.root)
        more.setdefault('timeout', 30)
        more.setdefault('stdin', subprocess.DEVNULL if 'input' not in more else None)
        return subprocess.run([PROGRAM, *arguments], capture_output='stdout' not in more,
                              check=False, **more)

    def check(self, *arguments, select='ASYNC251', status=None, **more):
        """Return the sorted `path:line:column: CODE` of what is found."""
        options = ['--select', select] if select else []
        result = self.run_program('check', *options, *arguments, **more)
        self.assertEqual(result.stderr, b'')
        lines = os.fsdecode(result.stdout).splitlines()
        self.assertEqual(result.returncode, bool(lines) if status is None else status)
        self.assertEqual(lines, sorted(lines, key=lambda line: os.fsencode(line.split(':')[0])))
        return [' '.join(line.split(' ')[:2]) for line in lines]

    def fails(self, *arguments, **more):
        """Return what is said on stderr by a run that ends with status 2."""
        result = self.run_program(*arguments, **more)
        self.assertEqual(result.returncode, 2, result)
        self.assertEqual(result.stdout, b'')
        self.assertTrue(result.stderr.startswith(b'asynclint: '), result)
        self.assertEqual(result.stderr.count(b'\n'), 1, result)
        return result.stderr.decode()[len('asynclint: '):-1]

    def findings(self, *arguments, **more):
        """Return the findings as --output-format json has them."""
        result = self.run_program('check', '--output-format', 'json', *arguments, **more)
        self.assertIn(result.returncode, (0, 1), result)
        return json.loads(result.stdout)
