#!/usr/bin/env python3
"""Which files are checked: folders, links, what is no file, excludes, .gitignore."""
import os
import pathlib
import random
import socket
import subprocess
import threading
import unittest

from _project import PROGRAM, SLEEP, ProjectTest, time_used

NOBODY = 65534


def found(*paths):
    """What is found in files that hold SLEEP."""
    return sorted(f'{path}:5:5: ASYNC251' for path in paths)


class Walking(ProjectTest):
    """Folders and paths as they are given."""

    def setUp(self):
        """Have a small tree."""
        super().setUp()
        for name in ('a.py', 'b/c.py', 'b/d/e.pyi', 'b.py', 'b-1/f.py'):
            self.write(name)

    def test_paths_are_shown_as_given(self):
        """Without an argument they are relative; behind a folder they begin with it."""
        names = ['a.py', 'b-1/f.py', 'b.py', 'b/c.py', 'b/d/e.pyi']
        self.assertEqual(sorted(self.check()), found(*names))
        self.assertEqual(sorted(self.check('.')), found(*('./' + name for name in names)))
        self.assertEqual(sorted(self.check('./')), found(*('./' + name for name in names)))
        self.assertEqual(sorted(self.check(str(self.root))),
                         found(*(f'{self.root}/{name}' for name in names)))
        self.assertEqual(self.check('b/'), found('b/c.py', 'b/d/e.pyi'))
        self.assertEqual(self.check('b/../a.py'), found('b/../a.py'))

    def test_nothing_is_reported_twice(self):
        """Whichever way it is given twice."""
        self.assertEqual(self.check('a.py', './a.py', str(self.root / 'a.py')), found('a.py'))
        self.assertEqual(sorted(self.check('b', 'b/d', 'b/c.py', 'b')),
                         found('b/c.py', 'b/d/e.pyi'))
        self.assertEqual(len(self.check('.', 'b', self.root)), 5)

    def test_the_order_does_not_depend_on_the_arguments(self):
        """Sorted by path, in bytes."""
        self.assertEqual(self.check('b.py', 'a.py'), self.check('a.py', 'b.py'))

    def test_files_from(self):
        """Lines or NUL bytes, from a file or stdin."""
        self.write('list', 'a.py\nb.py\r\n\n')
        self.write('list0', 'a.py\0b.py\0')
        for name in ('list', 'list0'):
            self.assertEqual(self.check('--files-from', name), found('a.py', 'b.py'))
        self.assertEqual(self.check('--files-from', '-', input=b'a.py\n'), found('a.py'))
        self.assertEqual(self.check('--files-from', '-', input=b''), [])
        self.assertIn('cannot be read', self.fails('--files-from', 'gone'))

    def test_any_number_of_jobs_says_the_same(self):
        """The output is the same byte for byte."""
        for number in range(40):
            self.write(f'many/{number}.py', SLEEP * (number % 7 + 1))
        outputs = {self.run_program('--jobs', str(jobs), '--select', 'ALL').stdout
                   for jobs in (1, 2, 3, 16, 64, 1000)}
        self.assertEqual(len(outputs), 1)

    def test_what_is_python(self):
        """By suffix, or by a first line that names Python."""
        self.write('tool', '#!/usr/bin/env python3\n' + SLEEP)
        self.write('tool2', '#!/usr/bin/python3.11 -u\n' + SLEEP)
        self.write('tool3', '#!/usr/bin/env -S python3 -u\n' + SLEEP)
        for name in ('tool4', 'x.txt', 'y.PY'):
            self.write(name)
        self.write('tool5', '#!/bin/sh\n# python3\n')
        self.write('tool6', '#!/usr/bin/pythonic\n' + SLEEP)
        names = {line.split(':')[0] for line in self.check()}
        self.assertEqual({name for name in names if 'b' not in name and name != 'a.py'},
                         {'tool', 'tool2', 'tool3'})

    def test_what_is_text(self):
        """Other files are looked at where they are text."""
        for name, content in (('a.txt', b'text'), ('b.txt', b'caf\xe9'), ('c.txt', b'\x1b[1mx'),
                              ('a.bin', b'a\0b'), ('b.pdf', b'%PDF-1.4\n%\xe2\xe3\n\x01\x02'),
                              ('c.bin', b'\x7fELF')):
            self.write(name, content)
        self.assertEqual({line.split(':')[0] for line in self.check(select='REQ003')},
                         {'a.txt', 'b.txt', 'c.txt'})

    def test_non_ascii_and_invalid_names(self):
        """They are opened as they are, and shown escaped where a terminal would mind."""
        os.chdir(self.root)
        name = os.fsencode(self.root) + b'/n\xff\x1b\n.py'
        with open(name, 'w', encoding='utf-8') as file:
            file.write(SLEEP)
        self.write('\u00e9.py')
        result = self.run_program('--select', 'ASYNC251')
        self.assertIn(b'n\\xff\\x1b\\x0a.py:5:5: ', result.stdout)
        self.assertIn('\u00e9.py:5:5: '.encode(), result.stdout)
        self.assertNotIn(b'\x1b', result.stdout)


class NoFiles(ProjectTest):
    """What is there but is no file that can be read: one diagnostic each, and no waiting."""

    def e902(self, *arguments, **more):
        """Return {path: message} of E902 in a run of less than two seconds."""
        start = time_used()
        result = self.run_program('check', *arguments, '--select', 'E902,ASYNC251', **more)
        self.assertLess(time_used() - start, 2)
        self.assertEqual(result.stderr, b'')
        lines = [line.split(': ', 1) for line in os.fsdecode(result.stdout).splitlines()]
        self.assertEqual(len(lines), len({line[0] for line in lines}))
        self.findings_of_others = [line for line in lines if line[1].startswith('ASYNC251')]
        return {line[0].rsplit(':', 2)[0]: line[1][5:] for line in lines
                if line[1].startswith('E902')}

    def test_fifo_socket_and_folder(self):
        """In a walk and named; the other files' findings are there."""
        self.write('good.py')
        os.mkfifo(self.root / 'fifo.py')
        os.mkfifo(self.root / 'other_fifo')
        self.write('folder.py/inner.py')
        with socket.socket(socket.AF_UNIX) as unix:
            os.chdir(self.root)
            unix.bind('socket.py')
            expected = {'fifo.py', 'socket.py', 'folder.py'}
            self.assertEqual(set(self.e902()), expected)
            self.assertEqual(len(self.findings_of_others), 2)
            self.assertEqual(self.e902('fifo.py'), {'fifo.py': 'not a regular file'})
            self.assertEqual(set(self.e902('socket.py')), {'socket.py'})

    def test_devices(self):
        """A device is no file, but for stdin under its name."""
        self.assertEqual(self.e902('/dev/zero', '/dev/null'),
                         {'/dev/null': 'not a regular file', '/dev/zero': 'not a regular file'})
        result = self.run_program('--select', 'ASYNC251', '/dev/stdin', input=SLEEP.encode())
        self.assertEqual(result.stdout.count(b'ASYNC251'), 1)

    def test_gone(self):
        """A file that is not there, and a link to nothing."""
        self.assertIn('o such file', self.e902('gone.py')['gone.py'])
        self.assertIn('o such file', self.e902('gone/a.py')['gone/a.py'])
        (self.root / 'link.py').symlink_to('nowhere')
        self.assertEqual(set(self.e902()), {'link.py'})

    def test_link_loops(self):
        """Links to folders are not followed."""
        self.write('d/a.py')
        (self.root / 'd/up').symlink_to('..')
        (self.root / 'd/self').symlink_to('self')
        (self.root / 'loop').symlink_to('loop2')
        (self.root / 'loop2').symlink_to('loop')
        self.assertEqual(self.e902(), {})
        self.assertEqual(len(self.findings_of_others), 1)
        self.assertEqual(self.check('d/up/d'), found('d/up/d/a.py'))

    def test_links_to_files_are_files(self):
        """Each name is a file of its own."""
        self.write('a.py')
        (self.root / 'b.py').symlink_to('a.py')
        self.assertEqual(self.check(), found('a.py', 'b.py'))

    def test_a_folder_that_may_not_be_read(self):
        """One line for it, and the others' findings."""
        if os.getuid() != 0:
            self.skipTest('another user is needed, and so root')
        self.write('a.py')
        self.write('closed/b.py')
        self.write('c.py').chmod(0)
        (self.root / 'closed').chmod(0)
        for folder in (self.root, *self.root.parents[:-2]):
            folder.chmod(folder.stat().st_mode | 0o055)
        problems = self.e902(user=NOBODY, group=NOBODY)
        self.assertEqual(problems, {'closed': 'cannot be read: Permission denied',
                                    'c.py': 'cannot be read: Permission denied'})
        self.assertEqual(len(self.findings_of_others), 1)
        self.assertEqual(set(self.e902('closed', user=NOBODY, group=NOBODY)), {'closed'})

    def test_large_files(self):
        """Over the limit they are not read."""
        with open(self.root / 'sparse.py', 'wb') as file:
            file.truncate(5 << 30)
        self.write('small.py')
        self.assertEqual(self.e902(), {'sparse.py': 'too large to be checked'})
        self.assertEqual(set(self.e902('--max-file-bytes', '10')), {'sparse.py', 'small.py'})

    def test_files_that_come_and_go(self):
        """A tree that changes under the walk ends no run."""
        stop = threading.Event()

        def change():
            number = 0
            while not stop.is_set():
                path = self.write(f'x{number % 20}/y.py')
                path.unlink()
                path.parent.rmdir()
                number += 1

        thread = threading.Thread(target=change)
        thread.start()
        try:
            for _ in range(20):
                self.assertIn(self.run_program('--select', 'ASYNC251').returncode, (0, 1))
        finally:
            stop.set()
            thread.join()

    def test_the_current_folder_is_gone(self):
        """Nothing is there to be checked, and absolute paths still are."""
        self.write('a.py')
        folder = self.root / 'gone'
        folder.mkdir()
        command = f'cd gone && rmdir ../gone && "$0" --select ASYNC251 {self.root}/a.py'
        result = subprocess.run(['sh', '-c', command, PROGRAM], cwd=self.root,
                                capture_output=True, check=False)
        self.assertEqual((result.returncode, result.stderr), (1, b''))
        self.assertIn(b'a.py:5:5', result.stdout)

    def test_long_paths(self):
        """A path longer than the system takes is one diagnostic."""
        path = 'x/' * 3000 + 'a.py'
        self.assertIn('name too long', self.e902(path)[path])
        deep = self.root
        os.chdir(deep)
        for _ in range(30):
            os.mkdir('n' * 200)
            os.chdir('n' * 200)
        pathlib.Path('a.py').write_text(SLEEP, encoding='utf-8')
        os.chdir('/')
        self.assertEqual(len(self.e902()), 1)

    def test_few_descriptors(self):
        """A folder is closed before the next one is opened."""
        self.write('/'.join(['d'] * 60) + '/a.py')
        result = subprocess.run(['sh', '-c', 'ulimit -n 16; "$0" --select ASYNC251', PROGRAM],
                                cwd=self.root, capture_output=True, check=False)
        self.assertEqual((result.returncode, result.stdout.count(b'\n')), (1, 1), result)


class Excludes(ProjectTest):
    """--exclude and what is left out by itself."""

    def test_default_excludes(self):
        """In a walk, unless turned off; a path that is given is checked."""
        names = ['a.py', '.git/b.py', 'venv/lib/c.py', 'build/d.py', 'x/__pycache__/e.py']
        for name in names:
            self.write(name)
        self.assertEqual(self.check(), found('a.py'))
        self.assertEqual(len(self.check('--no-default-excludes')), 5)
        self.assertEqual(self.check('build/d.py', 'venv'), found('build/d.py', 'venv/lib/c.py'))

    def test_patterns(self):
        """A name anywhere, a path from the current folder."""
        for name in ('a.py', 'gen/b.py', 'x/gen/c.py', 'x/d_pb2.py'):
            self.write(name)
        self.assertEqual(self.check('--exclude', 'gen'), found('a.py', 'x/d_pb2.py'))
        self.assertEqual(self.check('--exclude', './gen,*_pb2.py'), found('a.py', 'x/gen/c.py'))
        self.assertEqual(self.check('--exclude', 'x/*'), found('a.py', 'gen/b.py'))
        self.assertEqual(self.check('--exclude', f'{self.root}/x'), found('a.py', 'gen/b.py'))

    def test_given_paths(self):
        """Excludes hold for them as well, unless told otherwise."""
        self.write('gen/b.py')
        for path in ('gen/b.py', 'gen', './gen/b.py', self.root / 'gen/b.py'):
            self.assertEqual(self.check('--exclude', 'gen', path), [])
        self.assertEqual(self.check('--exclude', 'gen', '--force-exclude', 'gen/b.py'), [])
        self.assertEqual(self.check('--exclude', 'gen', '--no-force-exclude', 'gen/b.py'),
                         found('gen/b.py'))


class Gitignore(ProjectTest):
    """.gitignore, compared with git's own word on generated trees."""

    PIECES = ['a', 'b', 'c', 'a.py', 'b.py', '*.py', '*', '**', '?', '[ab]', '[!a]', '[^b]*',
              '[[:alpha:]]', 'a*', '*b', 'a**b', '\\a', '\\*', 'a\\', '[a', 'x y', '[a-c].py']

    def git(self, *arguments, **more):
        """Run git in the root."""
        environment = {'PATH': os.environ['PATH'], 'HOME': str(self.root.parent),
                       'GIT_CONFIG_NOSYSTEM': '1'}
        return subprocess.run(['git', *arguments], cwd=self.root, env=environment,
                              capture_output=True, check=False, **more)

    def pattern(self, random_):
        """Make one line of a .gitignore."""
        pieces = [random_.choice(self.PIECES) for _ in range(random_.choice([1, 1, 1, 2, 3]))]
        line = '/'.join(pieces)
        line = random_.choice(['', '', '', '/', '**/']) + line + random_.choice(['', '', '/', '/**'])
        line = random_.choice(['', '', '', '!']) + line + random_.choice(['', '', ' ', '\\ '])
        return random_.choice([line] * 8 + ['# ' + line, '', line + '\r'])

    def make_tree(self, random_):
        """Fill the root with folders, files and .gitignore files."""
        folders = ['']
        for _ in range(8):
            folders.append(random_.choice(folders) + random_.choice('abc') + '/')
        for folder in folders:
            for name in ('a.py', 'b.py', 'ab.py', 'x y.py'):
                self.write(folder + name, '')
            if random_.random() < 0.5 or folder == '':
                lines = [self.pattern(random_) for _ in range(random_.randrange(1, 5))]
                self.write(folder + '.gitignore', '\n'.join(lines) + random_.choice(['', '\n']))

    def test_generated_trees(self):
        """The same files are left out, in 30 trees."""
        if self.git('--version').returncode != 0:
            self.skipTest('git is needed')
        base = self.root
        left_out = 0
        for seed in range(30):
            self.root = base / str(seed)
            self.root.mkdir()
            self.make_tree(random.Random(seed))
            self.git('init', '-q')
            self.write('.git/info/exclude', self.pattern(random.Random(-seed - 1)) + '\n')
            listed = self.git('ls-files', '--others', '--exclude-standard', '-z').stdout
            wanted = {os.fsdecode(name) for name in listed.split(b'\0') if name.endswith(b'.py')}
            every = {str(path.relative_to(self.root)) for path in self.root.rglob('*.py')
                     if path.is_file()}
            ours = {finding['filename'] for finding in
                    self.findings('--select', 'REQ002', '--no-default-excludes', '--exclude', '.git')}
            ours = {os.path.relpath(name, self.root) for name in ours}
            texts = {path: path.read_bytes() for path in self.root.rglob('.gitignore')}
            self.assertEqual(ours, wanted, (seed, texts))
            left_out += len(every - wanted)
        self.assertGreater(left_out, 100)

    def test_only_in_a_walk(self):
        """A path that is given is checked; --no-respect-gitignore turns it off."""
        self.write('.gitignore', 'gen/\nb.py\n')
        for name in ('a.py', 'b.py', 'gen/c.py'):
            self.write(name)
        self.assertEqual(self.check(), found('a.py'))
        self.assertEqual(self.check('b.py', 'gen'), found('b.py', 'gen/c.py'))
        self.assertEqual(len(self.check('--no-respect-gitignore')), 3)

    def test_from_the_repository_down(self):
        """Patterns of the folders above hold as far as the repository goes, not beyond."""
        self.write('.gitignore', '/sub/b.py\na.py\n')
        self.write('sub/a.py')
        self.write('sub/b.py')
        self.write('sub/c.py')
        self.assertEqual(len(self.check('sub')), 3)
        (self.root / '.git').mkdir()
        self.assertEqual(self.check('sub'), found('sub/c.py'))


if __name__ == '__main__':
    unittest.main()
