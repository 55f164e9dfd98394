#!/usr/bin/env python3
"""What is asked of a project's folder, seen by the real program on folders made for it."""
import json
import os
import pathlib
import stat
import subprocess
import tempfile
import unittest

PROGRAM = os.environ['ASYNCLINT']
SHEBANG = '#!/usr/bin/env python3\n"""Say something about the module."""\n'


class Folders(unittest.TestCase):
    """Each test fills a folder and names what must be found in it."""

    def setUp(self):
        """Make the folder."""
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name).resolve() / 'project'
        self.root.mkdir()

    def tearDown(self):
        """Remove it."""
        self.folder.cleanup()

    def write(self, name, text='', executable=False):
        """Write a file below the root."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755 if executable else 0o644)
        return path

    def git(self, *arguments):
        """Run git in the root."""
        subprocess.run(['git', '-c', 'user.name=x', '-c', 'user.email=x@example.org', *arguments],
                       cwd=self.root, check=True, capture_output=True)

    def found(self, code, *paths):
        """Return {(path, message)} of a code's findings in the root."""
        command = [PROGRAM, 'check', '--isolated', '--select', code, '--output-format', 'json',
                   *(paths or ['.'])]
        result = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        self.assertIn(result.returncode, (0, 1), result.stderr)
        self.assertEqual(result.stderr, '')
        findings = json.loads(result.stdout)
        self.assertEqual({finding['code'] for finding in findings} - {code}, set())
        self.assertEqual(bool(findings), result.returncode == 1)
        return sorted((os.path.relpath(finding['filename'], self.root), finding['message'])
                      for finding in findings)

    def test_readme(self):
        """REQ001: a README.md at the root, with something in it."""
        self.assertEqual(self.found('REQ001'), [('.', 'no `README.md` in this folder')])
        self.write('docs/README.md', 'Not at the root.\n')
        self.assertEqual(self.found('REQ001'), [('.', 'no `README.md` in this folder')])
        readme = self.write('readme.txt', 'Hello.\n')
        self.assertEqual(self.found('REQ001'),
                         [('.', '`readme.txt` in this folder, but no `README.md`')])
        readme.unlink()
        self.write('README.md', ' \n\n')
        self.assertEqual(self.found('REQ001'), [('README.md', '`README.md` is empty')])
        self.write('README.md', 'Hello.\n')
        self.assertEqual(self.found('REQ001'), [])

    def test_no_file_is_executable(self):
        """REQ004: one finding for a folder in which no Python file is executable."""
        for name in ('a.py', 'b.py', 'inner/c.py', 'inner/d.py', 'alone/e.py'):
            self.write(name, SHEBANG)
        self.write('notes.txt', 'No program.\n')
        none = 'none of the 2 Python files in this folder is executable: `chmod +x *.py`'
        self.assertEqual(self.found('REQ004'), [
            ('.', none), ('alone/e.py', 'this file is not executable: `chmod +x`'),
            ('inner', none)])

    def test_some_files_are_executable(self):
        """REQ004: else one for each file."""
        self.write('a.py', SHEBANG, executable=True)
        self.write('b.py', SHEBANG)
        self.write('script', SHEBANG)
        self.assertEqual(self.found('REQ004'), [
            ('b.py', 'this file is not executable: `chmod +x`'),
            ('script', 'this file is not executable: `chmod +x`')])

    def test_named_files(self):
        """REQ004: files that are given one by one, as hooks do."""
        self.write('a.py', SHEBANG)
        self.write('b.py', SHEBANG, executable=True)
        self.assertEqual(self.found('REQ004', 'a.py', 'b.py'),
                         [('a.py', 'this file is not executable: `chmod +x`')])

    def check_git(self, version, *paths):
        """The index says what the file system cannot."""
        inner = [self.write(f'inner/{name}.py', SHEBANG, executable=True)
                 for name in ('one', 'one_more', 'other')]
        self.git('init', '-q')
        self.git('config', 'core.fileMode', 'false')
        self.git('config', 'index.version', str(version))
        self.git('add', '.')
        self.git('update-index', '--chmod=+x', 'inner/one_more.py')
        self.git('update-index', f'--index-version={version}')
        index = (self.root / '.git/index').read_bytes()
        self.assertEqual(index[:8], b'DIRC' + version.to_bytes(4, 'big'))
        self.write('inner/new.py', SHEBANG, executable=True)
        message = "this file is not executable in git's index: `chmod +x`"
        self.assertEqual(self.found('REQ004', *paths),
                         [('inner/one.py', message), ('inner/other.py', message)])
        self.git('config', 'core.fileMode', 'true')
        self.assertEqual(self.found('REQ004', *paths), [])
        inner[0].chmod(stat.S_IRUSR)
        self.assertEqual(self.found('REQ004', *paths),
                         [('inner/one.py', 'this file is not executable: `chmod +x`')])

    def test_git_index_2(self):
        """REQ004 with core.fileMode off, index version 2."""
        self.check_git(2)

    def test_git_index_4(self):
        """Version 4 writes names short."""
        self.check_git(4)

    def test_git_index_below_the_top(self):
        """The folder need not be the repository's top."""
        self.check_git(2, 'inner')

    def test_git_index_for_named_files(self):
        """Nor need there be a folder."""
        self.check_git(4, *('inner/one.py', 'inner/one_more.py', 'inner/other.py'))

    def test_git_work_tree(self):
        """REQ004: a linked work tree has its own index and a shared configuration."""
        self.write('a.py', SHEBANG, executable=True)
        self.write('b.py', SHEBANG, executable=True)
        self.git('init', '-q')
        self.git('config', 'core.fileMode', 'false')
        self.git('add', '.')
        self.git('update-index', '--chmod=+x', 'a.py')
        self.git('commit', '-qm', 'First')
        self.git('worktree', 'add', '-q', '../tree')
        self.root = self.root.parent / 'tree'
        (self.root / 'b.py').chmod(0o755)
        self.assertEqual(self.found('REQ004'), [
            ('b.py', "this file is not executable in git's index: `chmod +x`")])

    def test_broken_index(self):
        """What cannot be read decides nothing."""
        self.write('a.py', SHEBANG, executable=True)
        self.git('init', '-q')
        self.git('config', 'core.fileMode', 'false')
        self.git('add', '.')
        index = self.root / '.git/index'
        whole = index.read_bytes()
        for length in range(0, len(whole), 5):
            index.write_bytes(whole[:length])
            self.found('REQ004')

    def test_foreign_editors(self):
        """REQ006: a folder is named once, whatever is in it."""
        self.write('.vscode/settings.json', '{}\n')
        self.write('.vscode/.idea/x', 'x\n')
        self.write('x.sublime-project', '{}\n')
        self.write('.vimrc', '\n')
        self.write('vscode.py', SHEBANG)
        self.assertEqual(self.found('REQ006'), [
            ('.vscode', '`.vscode` is of Visual Studio Code'),
            ('x.sublime-project', '`x.sublime-project` is of Sublime Text')])

    def test_leftovers(self):
        """REQ007: swap, backup and lock files."""
        for name in ('.a.py.swp', 'a.py~', '#a.py#', '.b.py.swo', 'a.swp.py', 'a#b', '~'):
            self.write(name, 'x\n')
        os.symlink('user@host.1:2', self.root / '.#notes')
        (self.root / 'folder~').mkdir()
        self.assertEqual(self.found('REQ007'), [
            ('#a.py#', '`#a.py#` is an auto-save file of emacs'),
            ('.#notes', '`.#notes` is a lock file of emacs'),
            ('.a.py.swp', '`.a.py.swp` is a swap file of vim'),
            ('.b.py.swo', '`.b.py.swo` is a swap file of vim'),
            ('a.py~', '`a.py~` is a backup file'),
            ('~', '`~` is a backup file')])


if __name__ == '__main__':
    unittest.main()
