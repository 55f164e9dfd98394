#!/usr/bin/env python3
"""--fix, --diff, --fix-only and --unsafe-fixes of the real program, on folders made for it."""
import json
import os
import pathlib
import shutil
import stat
import subprocess
import tempfile
import unittest

import _run

SHEBANG = '#!/usr/bin/env python3\n'


class Folders(unittest.TestCase):
    """Each test fills a folder."""

    def setUp(self):
        """Make the folder."""
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = pathlib.Path(holder.name).resolve() / 'project'
        self.root.mkdir()

    def write(self, name, text, mode=0o644):
        """Write a file below the root."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(mode)
        return path

    def run_here(self, select, *arguments, status=0, given=None):
        """Run the program in the root; stdout and stderr."""
        done = _run.run('--isolated', '--no-cache', '--select', select, *arguments, cwd=self.root,
                        given=given, status=status)
        return done.stdout.decode(), done.stderr.decode()


class Modes(Folders):
    """REQ004: chmod is the fix."""

    def modes(self, *names):
        """The files' modes."""
        return [stat.S_IMODE((self.root / name).stat().st_mode) for name in names]

    def test_single_files(self):
        """Only what is not executable, and x where r is."""
        self.write('a.py', SHEBANG)
        self.write('b.py', SHEBANG, 0o640)
        self.write('c.py', SHEBANG, 0o755)
        self.write('notes.txt', 'x\n')
        _, said = self.run_here('REQ004', '--fix', '.')
        self.assertEqual(said, 'asynclint: fixed 2 findings in 2 files\n')
        self.assertEqual(self.modes('a.py', 'b.py', 'c.py', 'notes.txt'),
                         [0o755, 0o750, 0o755, 0o644])
        self.assertEqual(self.run_here('REQ004', '--fix', '.'), ('', ''))

    def test_whole_folder(self):
        """The one finding of a folder mends all its files, not those of folders inside."""
        self.write('a.py', SHEBANG)
        self.write('b.py', SHEBANG)
        self.write('inner/c.py', SHEBANG)
        self.write('inner/d.py', SHEBANG, 0o755)
        _, said = self.run_here('REQ004', '--fix', '.')
        self.assertEqual(said, 'asynclint: fixed 2 findings in 3 files\n')
        self.assertEqual(self.modes('a.py', 'b.py', 'inner/c.py', 'inner/d.py'), [0o755] * 4)

    def test_named_file(self):
        """A file named by itself, together with its bytes."""
        self.write('a.py', 'x = 1 \n')
        _, said = self.run_here('REQ002,REQ004,W291', '--fix', 'a.py')
        self.assertEqual(said, 'asynclint: fixed 3 findings in 1 file\n')
        self.assertEqual(self.modes('a.py'), [0o755])
        self.assertEqual((self.root / 'a.py').read_text(), SHEBANG + 'x = 1\n')

    def test_diff(self):
        """A change of mode is shown as git shows it, and git and patch can do it."""
        self.write('a.py', 'x = 1 \n')
        shown, said = self.run_here('REQ004,W291', '--diff', 'a.py', status=1)
        self.assertEqual(shown, '--- a.py\n+++ a.py\n@@ -1 +1 @@\n-x = 1 \n+x = 1\n'
                                'diff --git a.py a.py\nold mode 100644\nnew mode 100755\n')
        self.assertEqual(said, 'asynclint: would fix 2 findings in 1 file\n')
        self.assertEqual(self.modes('a.py'), [0o644])
        subprocess.run(['git', 'init', '-q'], cwd=self.root, check=True)
        subprocess.run(['git', 'apply', '-p0', '-'], cwd=self.root, input=shown.encode(),
                       check=True)
        self.assertEqual(self.modes('a.py'), [0o755])
        self.assertEqual((self.root / 'a.py').read_text(), 'x = 1\n')
        self.run_here('REQ004,W291', '--diff', 'a.py')

    def test_stdin(self):
        """What comes in on stdin has no mode to mend."""
        self.write('a.py', SHEBANG)
        shown, _ = self.run_here('REQ004', '--fix', '-', '--stdin-filename', 'a.py',
                                 given=SHEBANG.encode())
        self.assertEqual(shown, SHEBANG)
        self.assertEqual(self.run_here('REQ004', '--diff', '-', '--stdin-filename', 'a.py',
                                       given=SHEBANG.encode()), ('', ''))
        self.assertEqual(self.modes('a.py'), [0o644])

    def test_shebang_without_bit(self):
        """EXE001 has the same fix as REQ004; one file, two findings."""
        self.write('a.py', SHEBANG)
        shown, _ = self.run_here('REQ004,EXE001', '--diff', '.', status=1)
        self.assertEqual(shown, 'diff --git ./a.py ./a.py\nold mode 100644\nnew mode 100755\n')
        _, said = self.run_here('REQ004,EXE001', '--fix', '.')
        self.assertEqual(said, 'asynclint: fixed 2 findings in 1 file\n')
        self.assertEqual(self.modes('a.py'), [0o755])

    def test_git_decides(self):
        """Where git's index says what is executable, a chmod would mend nothing."""
        self.write('a.py', SHEBANG)
        for arguments in ('init', '-q'), ('config', 'core.fileMode', 'false'), ('add', 'a.py'):
            subprocess.run(['git', *arguments], cwd=self.root, check=True)
        shown, _ = self.run_here('REQ004', '--fix', '.', status=1)
        self.assertIn("in git's index", shown)
        self.assertEqual(self.modes('a.py'), [0o644])


def apply_edits(text, edits):
    """The text with the edits of the JSON output done: rows and columns of characters, from 1."""
    rows = text.splitlines(keepends=True) + ['']

    def offset(place):
        return sum(map(len, rows[:place['row'] - 1])) + place['column'] - 1

    for edit in sorted(edits, key=lambda edit: offset(edit['location']), reverse=True):
        start, end = offset(edit['location']), offset(edit['end_location'])
        text = text[:start] + edit['content'] + text[end:]
    return text


class Output(Folders):
    """What the JSON output and the diff say of fixes."""

    # One finding each; what stands before it on the row takes more bytes than characters.
    ONE_FINDING = [
        ('W291', "x = 'é' \n"),
        ('D400', 'def f(é="ü"): """Wät"""\n'),
        ('D209', 'def f():\n    """Ä.\n\n    Öl."""\n'),
        ('D207', 'def f():\n    """Ä.\n\n  Öl.\n\n  ß."""\n'),
        ('ANN201', "é = 'ä'; f = 1\n\n\ndef ö(ä='ü'):\n    print(1)\n"),
        ('ASYNC251', "import time\n\n\nasync def f():\n    'ä'; time.sleep(1)\n"),
        ('AIO101', "async def g(): pass\n\n\nasync def f():\n    'ä'; g()\n"),
    ]

    def test_json(self):
        """Somebody else who does the edits comes to what --fix writes."""
        for code, text in self.ONE_FINDING:
            for newline in '\n', '\r\n':
                old = text.replace('\n', newline)
                path = self.write('a.py', old)
                shown, _ = self.run_here(code, '--output-format', 'json', 'a.py', status=1)
                finding, = json.loads(shown)
                self.assertEqual(set(finding['fix']), {'applicability', 'edits', 'message'})
                for edit in finding['fix']['edits']:
                    self.assertEqual(set(edit), {'content', 'location', 'end_location'})
                self.run_here(code, '--fix-only', '--unsafe-fixes', 'a.py')
                new = path.read_bytes().decode()
                self.assertNotEqual(new, old)
                self.assertEqual(apply_edits(old, finding['fix']['edits']), new, code)

    def test_diff_is_a_patch(self):
        """patch(1) makes the same of it, byte for byte; nothing is written before."""
        if shutil.which('patch') is None:
            self.skipTest('no patch')
        for mark in b'', b'\xef\xbb\xbf':
            for newline in b'\n', b'\r\n':
                old = mark + b'x = 1 \ny = 2\n\n\ndef f():\n\ty = 3 \n'.replace(b'\n', newline)
                for data in old, old + b'z = 1 ':
                    path = self.write('a.py', data)
                    done = _run.run('--isolated', '--no-cache', '--select', 'W', '--diff', 'a.py',
                                    cwd=self.root, status=1)
                    self.assertEqual(path.read_bytes(), data)
                    subprocess.run(['patch', '-s', '-p0', '--binary'], cwd=self.root,
                                   input=done.stdout, check=True)
                    patched = path.read_bytes()
                    self.write('a.py', data)
                    self.run_here('W', '--fix-only', 'a.py')
                    self.assertEqual(path.read_bytes(), patched)

    def test_stdin(self):
        """--diff and --fix-only of what comes in."""
        shown, said = self.run_here('W291', '--diff', '-', '--stdin-filename', 'in.py',
                                    given=b'x = 1 \n', status=1)
        self.assertEqual(shown, '--- in.py\n+++ in.py\n@@ -1 +1 @@\n-x = 1 \n+x = 1\n')
        self.assertEqual(said, 'asynclint: would fix 1 finding in 1 file\n')
        self.assertEqual(self.run_here('W291', '--fix-only', '-', given=b'x = 1 \n')[0], 'x = 1\n')
        self.assertEqual(self.run_here('W291', '--fix-only', '-', given=b'x = 1')[0], 'x = 1')


class Files(Folders):
    """What a file keeps when it is written anew."""

    def test_kept(self):
        """Mode, symbolic link and extended attributes."""
        path = self.write('a.py', 'x = 1 \n', 0o754)
        (self.root / 'link.py').symlink_to('a.py')
        attributes = True
        try:
            os.setxattr(path, 'user.note', b'kept')
        except OSError:
            attributes = False
        self.run_here('W291', '--fix', 'link.py')
        self.assertTrue((self.root / 'link.py').is_symlink())
        self.assertEqual(path.read_bytes(), b'x = 1\n')
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o754)
        if attributes:
            self.assertEqual(os.getxattr(path, 'user.note'), b'kept')

    def test_owner(self):
        """Owner and group, where this may set them."""
        path = self.write('a.py', 'x = 1 \n')
        if os.geteuid() != 0:
            self.skipTest('only root gives files away')
        os.chown(path, 1234, 4321)
        self.run_here('W291', '--fix', 'a.py')
        self.assertEqual((path.stat().st_uid, path.stat().st_gid), (1234, 4321))

    def test_hard_link(self):
        """A rewrite would part the names: it is refused, and the others are mended."""
        path = self.write('a.py', 'x = 1 \n')
        os.link(path, self.root / 'same.py')
        self.write('b.py', 'y = 1 \n')
        _, said = self.run_here('W291', '--fix', 'a.py', 'b.py', status=2)
        self.assertIn('a.py: has several hard links', said)
        self.assertEqual(path.read_bytes(), b'x = 1 \n')
        self.assertEqual((self.root / 'b.py').read_bytes(), b'y = 1\n')

    def test_write_protected(self):
        """A file that its owner has write-protected is left alone."""
        self.root.parent.chmod(0o755)
        self.root.chmod(0o777)
        path = self.write('a.py', 'x = 1 \n', 0o444)
        if shutil.which('setpriv') is None or os.geteuid() != 0:
            self.skipTest('wants setpriv, and root who may write everything')
        done = subprocess.run(['setpriv', '--reuid=65534', '--clear-groups', _run.PROGRAM,
                               '--isolated', '--no-cache', '--select', 'W', '--fix', 'a.py'],
                              cwd=self.root, capture_output=True, check=False)
        if b'setpriv' in done.stderr or done.returncode > 2:
            self.skipTest('setpriv cannot run the program')
        self.assertEqual(path.read_bytes(), b'x = 1 \n')
        self.assertEqual(done.returncode, 2)
        self.assertIn(b'a.py: is not to be written: Permission denied', done.stderr)

    def test_taken_back(self):
        """An `await` in the body of a class is not Python: it is said, and the rest is mended."""
        text = 'async def g(): pass\n\n\nasync def f():\n    class C:\n        g() \n    x = 1 \n'
        path = self.write('a.py', text)
        _, said = self.run_here('AIO101,W291', '--fix', '--unsafe-fixes', 'a.py', status=1)
        self.assertEqual(said, 'asynclint: a.py: fixes of AIO101 would have broken the syntax and '
                               'were not made\nasynclint: fixed 2 findings in 1 file\n')
        self.assertEqual(path.read_text(), text.replace(' \n', '\n'))

    def test_fix_only(self):
        """What is left is not said, and does not fail."""
        path = self.write('a.py', 'import os, sys\nx = 1 \nx  = l\n')
        shown, _ = self.run_here('W291,E741', '--fix-only', 'a.py')
        self.assertEqual((shown, path.read_text()), ('', 'import os, sys\nx = 1\nx  = l\n'))


if __name__ == '__main__':
    unittest.main()
