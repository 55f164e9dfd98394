#!/usr/bin/env python3
"""Compares the command `asynclint pycodestyle` with pycodestyle 2.5.0: options, configuration,
discovery, exit status, standard output and standard error of each call below.

What is left out of the comparison: all of a traceback but the exception (ours prints that alone),
where a warning was raised, measured times, and the words of --help and --show-pep8.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import _references as references

TREE = {
    'clean.py': b'"""Nothing wrong."""\n\nx = 1\n',
    'bad.py': b'import os, sys\nl=1\ndef f(a, b = 2):\n  return a+b \n\n\n\n\nx = f(1,2)  # ' + b'x' * 80 +
              b'\nif x == None: pass\ny = x if not x in [1] else lambda: 0\n' +
              b'z = "' + b'z' * 80 + b'"  # noqa\n',
    'continued.py': b'x = f(1,\n    2)\ny = [\n    1,\n]\nz = [\n    1,\n    ]\nif (x\n    and y):\n'
                    b'    pass\nw = (x +\n     y\n     + z)\n',
    'crlf.py': b'x = 1\r\ny=2\r\n\tz = 3 \r\n',
    'doc.py': b'"""A docstring whose first line is longer than seventy-two characters, by some."""\n'
              b'# A comment that is longer than seventy-two characters as well, by just some\n',
    'latin.py': b'x = "\xe9\xe8"+1\n',
    'cookie.py': b'# coding: latin-1\nx = "\xe9\xe8"+1  \n',
    'bom.py': b'\xef\xbb\xbfx=1\n',
    'names.py': 'def caf\u00e9( \u4f60 ):\n    return caf\u00e9 (\u4f60)\n'.encode(),
    'open.py': b'x = (1,\n',
    'string.py': b'x = """abc\ndef\n',
    'dedent.py': b'if x:\n        y\n    z\n',
    'empty.py': b'',
    'no_end.py': b'x = 1',
    'blank.py': b'x = 1\n\n\n',
    'script': b'x=1\n',
    'text.txt': b'x=1\n',
    'sub/deep.py': b'y=2\n',
    'sub/inner/z.py': b'z=2\n',
}
DIFF = b"""diff --git a/bad.py b/bad.py
index 1..2 100644
--- a/bad.py
+++ b/bad.py
@@ -1,2 +1,3 @@
 import os, sys
-l = 1
+l=1
 def f(a, b = 2):
@@ -10 +11,2 @@ def f(a, b = 2):
+if x == None: pass
+y = x if not x in [1] else lambda: 0
diff --git a/gone.py b/gone.py
--- a/gone.py
+++ /dev/null
@@ -1,2 +0,0 @@
-x
-y
--- a/sub/deep.py\t2020-01-01
+++ w/sub/deep.py\t2020-01-02
@@ -0,0 +1 @@
+y=2
--- a/text.txt
+++ b/text.txt
@@ -0,0 +1 @@
+x=1
"""
SECTION = '[pycodestyle]\n'


def call(*arguments, **more):
    """One call: arguments, `files` laid over the tree, `stdin`, `user` (the user's configuration),
    `cwd` and how to `compare`."""
    return {'arguments': list(arguments), **more}


def configured(text, *arguments, **more):
    """A call with this setup.cfg."""
    return call(*(arguments or ('bad.py', 'sub')), files={'setup.cfg': text}, **more)


CALLS = [
    # findings and their forms
    call('clean.py'), call('bad.py'), call('clean.py', 'bad.py'), call('.', compare='sorted'),
    call('sub'), call('sub/'), call('sub//'), call('./sub/../bad.py'), call('script'),
    call('text.txt'), call('bad.py', 'bad.py'), call('missing.py'), call('missing.py', 'bad.py'),
    call("it's.py"), call('a\tb.py'), call('caf\u00e9\u200b.py'), call(''), call('empty.py', 'no_end.py'),
    call('latin.py', 'cookie.py', 'bom.py', 'names.py', 'crlf.py'), call('blank.py'),
    call('open.py', 'string.py', 'dedent.py'), call('--show-source', 'open.py', 'string.py'),
    call('--show-source', 'bad.py', 'names.py', 'crlf.py', 'bom.py', 'latin.py', 'blank.py'),
    call('--format=pylint', 'bad.py'), call('--format=PyLint', 'bad.py'),
    call('--format=%(code)s', 'bad.py'), call('--format=%(path)s|%(row)5d|%(col)-4d|%(text).9s', 'bad.py'),
    call('--format=%(row)03d %(row)+d %(col)x %(text)r %(code)10s %%', 'bad.py'),
    call('--format=%(nothing)s', 'bad.py'), call('--format=%(row)q', 'bad.py'),
    call('--format=%(text)d', 'bad.py'), call('--format=%(row', 'bad.py'), call('--format=%', 'bad.py'),
    call('--format=%s', 'bad.py'), call('--format=%(row)s %s', 'bad.py'), call('--format=%d', 'bad.py'),
    call('--format=%(row)f %(row)e %(col)g %(row)o %(col)c', 'bad.py'), call('--format=', 'bad.py'),
    call('--format=%(nothing)s', 'clean.py'),
    # counting
    call('--first', 'bad.py', 'sub'), call('--first', '--repeat', 'bad.py', 'sub'),
    call('-r', '--first', 'bad.py', 'sub'), call('--statistics', 'bad.py', 'sub'),
    call('--statistics', '-qq', 'bad.py', 'continued.py'), call('--count', 'bad.py'),
    call('--count', 'clean.py'), call('--count', '--statistics', '--first', 'bad.py', 'sub'),
    call('-q', 'clean.py', 'bad.py', 'sub'), call('-qq', 'bad.py'), call('-qqq', 'bad.py'),
    call('-q', '--count', '--show-source', 'bad.py'), call('--benchmark', 'bad.py', 'sub'),
    call('--benchmark', '-qq', '--statistics', 'clean.py'), call('--show-pep8', 'bad.py', compare='findings'),
    # choosing
    call('--select=E2', 'bad.py'), call('--select=E,W', 'continued.py'), call('--select=E2,W', 'bad.py'),
    call('--select', 'E501', 'bad.py'), call('--select=E2', '--ignore=E225', 'bad.py'),
    call('--select=', 'continued.py'), call('--select=,', 'continued.py'), call('--select= E2 , E3', 'bad.py'),
    call('--ignore=E', 'bad.py'), call('--ignore=E2,E3', 'bad.py'), call('--ignore=', 'continued.py'),
    call('--ignore=X', 'continued.py'), call('--ignore=W605,E9', 'open.py', 'missing.py'),
    call('--select=W', 'open.py', 'missing.py'), call('--select=e2', 'bad.py'),
    call('--select=E133', '--hang-closing', 'continued.py'), call('--hang-closing', 'continued.py'),
    call('--select=E133,E131', '--hang-closing', 'continued.py'),
    call('--max-line-length=100', 'bad.py'), call('--max-line-length', '20', 'clean.py'),
    call('--max-line-length=0x14', 'clean.py'), call('--max-line-length=0b10100', 'clean.py'),
    call('--max-line-length=024', 'clean.py'), call('--max-line-length= 2_0 ', 'clean.py'),
    call('--max-line-length=0', 'clean.py'), call('--max-doc-length=72', 'doc.py'),
    call('--max-doc-length=100', 'doc.py'), call('--max-doc-length=20', 'clean.py', 'doc.py'),
    # which files
    call('--exclude=sub', '.', compare='sorted'), call('--exclude=sub', 'sub'), call('--exclude=sub/inner', 'sub'),
    call('--exclude=./sub/inner/', 'sub'), call('--exclude=bad.py', 'bad.py', 'sub'),
    call('--exclude=*.py', '.'), call('--exclude=', 'bad.py'), call('--exclude=[!b]*', 'bad.py', 'script'),
    call('--exclude=de?p.py,z*', 'sub'), call('--exclude=*/inner/*', 'sub'), call('--exclude=b[a-c]d.p[]y]', 'bad.py'),
    call('--exclude=[', 'bad.py'), call('--filename=*.txt,script', '.'), call('--filename=*.txt', 'bad.py'),
    call('--filename=', 'sub'), call('--filename=z.py', '.'), call('.', files={'.git/x.py': 'x=1\n', 'sub/.tox/x.py':
         'x=1\n', 'sub/inner/__pycache__/x.py': 'x=1\n'}, compare='sorted'),
    call('../project/sub'), call('deep.py', '../bad.py', cwd='sub'), call('a', files={'a/b/c/d/e.py': 'x=1\n'}),
    call('sub', 'linked', files={'linked': ('link', 'sub'), 'sub/again': ('link', '..'), 'sub/z.py':
         ('link', 'inner/z.py'), 'sub/gone.py': ('link', 'nowhere')}),
    # words about the run
    call('-v', 'bad.py', 'sub'), call('--verbose', 'sub'), call('-vv', 'bad.py', 'sub', 'open.py', 'continued.py'),
    call('-vq', 'bad.py'), call('-v', '-v', '-q', 'sub'),
    # the command line
    call(), call('--version'), call('--bogus'), call('-x'), call('-vx', 'bad.py'), call('--max-line-length'),
    call('--max-line-length=x', 'bad.py'), call('--max-line-length=09', 'bad.py'), call('--max-doc-length=1.5', 'bad.py'),
    call('--ma=1', 'bad.py'), call('--s', 'bad.py'), call('--st', 'bad.py'), call('--stat', '--cou', 'bad.py'),
    call('--first=1', 'bad.py'), call('--=1', 'bad.py'), call('--', '-x.py', 'bad.py'), call('bad.py', '--first'),
    call('--testsuite=x'), call('--doctest'), call('--version', '--bogus'), call('--bogus', '--version'),
    call('--select', '--first', 'bad.py'), call('--help', compare='options'), call('-h', compare='options'),
    call('--hel', compare='options'), call('--exclude'), call('-'), call('-\u00e9'),
    # standard input
    call('-', stdin=b'x=1\n'), call('-', stdin=b''), call('-', stdin=b'x=1'), call('-', stdin=b'\xef\xbb\xbfx=1\n'),
    call('-', stdin=b'x=1\r\ny=2\rz=3 \n'), call('-', stdin=b'x = "\xff\xe9"+1\n'),
    call('-', stdin=b'# coding: latin-1\nx = "\xe9"+1\n'), call('-', 'bad.py', stdin=b'x=1\n'),
    call('--show-source', '-', stdin='\u00e9=1\n'.encode()), call('-', stdin=b'x = 1\n\x0cy=2\n\n\x0c\nclass C:\n  x=1\n'),
    call('-', stdin='x = "a\u2028b" +1\ny = 1\x1d\nz=2\n'.encode()), call('-q', '-', stdin=b'x=1\n'),
    call('-v', '-', stdin=b'x=1\n'), call('--exclude=-', '-', stdin=b'x=1\n'),
    # diffs
    call('--diff', stdin=DIFF), call('--diff', '.', stdin=DIFF), call('--diff', 'sub', stdin=DIFF),
    call('--diff', '--show-source', '--statistics', '--count', stdin=DIFF), call('--diff', '-q', stdin=DIFF),
    call('--diff', '--filename=*.txt', stdin=DIFF), call('--diff', stdin=b''), call('--diff', '--exclude=bad.py', stdin=DIFF),
    call('--diff', stdin=b'@@ -1 +1 @@\n'), call('--diff', stdin=b'+++ b/bad.py\n@@ what @@\n'),
    call('--diff', stdin=DIFF.replace(b'\n', b'\r\n')), call('--diff', '--first', '-v', '..', cwd='sub', stdin=DIFF),
    # configuration
    configured(SECTION + 'ignore = E2\n'), configured(SECTION + 'ignore: E2\n'), configured(SECTION + 'select=W'),
    configured(SECTION + 'max-line-length = 100\n'), configured(SECTION + 'max_line_length=100\n'),
    configured(SECTION + 'Max-Line_Length=100\n'), configured(SECTION + 'max-line-length = 100 ; why\n'),
    configured(SECTION + 'max-line-length =\n    100\n'), configured(SECTION + 'max-line-length = 0x64\n'),
    configured(SECTION + 'ignore =\n    E2,\n\n    # not E9\n    E3\n  ,W\n'), configured(SECTION + 'ignore = E2\n# ignore = E3\n; x\n'),
    configured(SECTION + 'show-source = yes\ncount = On\nstatistics = 1\n'), configured(SECTION + 'show-source = maybe\n'),
    configured(SECTION + 'quiet = 1\n'), configured(SECTION + 'quiet = yes\n'), configured(SECTION + 'quiet = 1\n', '-q', 'bad.py'),
    configured(SECTION + 'verbose = 1\n'), configured(SECTION + 'format = pylint\n'),
    configured(SECTION + 'format = %(code)s\n'), configured(SECTION + 'hang-closing = true\n', 'continued.py'),
    configured(SECTION + 'max-doc-length = 72\n', 'doc.py'), configured(SECTION + 'first = true\nbogus = 1\nE = 2\n'),
    configured(SECTION + 'exclude = sub\n', '.', compare='sorted'), configured(SECTION + 'exclude = sub/inner\n'),
    configured(SECTION + 'exclude = inner/\n', 'z.py', '../sub', cwd='sub/inner'),
    configured(SECTION + 'exclude = ./sub\n', 'deep.py', 'inner', cwd='sub'), configured(SECTION + 'filename = *.txt\n', '.'),
    configured(SECTION + 'ignore = E2\n', '--ignore=E3', 'bad.py'), configured(SECTION + 'ignore = E2\n', '--select=E', 'bad.py'),
    configured(SECTION + 'select = E2\nignore = E225\n', 'bad.py'), configured(SECTION, 'continued.py'),
    configured('[pep8]\nignore = E2\n'), configured('[pep8]\nignore = E2\n' + SECTION + 'ignore=E3\n'),
    configured('[DEFAULT]\nignore = E2\n' + SECTION), configured('[DEFAULT]\nignore = E2\nbogus = 1\n' + SECTION + 'ignore=E3\n'),
    configured('[flake8]\nignore = E2\n'), configured('[Pycodestyle]\nignore = E2\n'), configured('[pycodestyle ]\nignore = E2\n'),
    configured('ignore = E2\n'), configured(SECTION + 'ignore\n'), configured(SECTION + 'ignore\n= 3\nx\n'),
    configured(SECTION + 'ignore = E2\nignore = E3\n'), configured(SECTION + 'ignore = E2\nIGNORE = E3\n'),
    configured(SECTION + SECTION), configured(SECTION + '[]\n'), configured(SECTION.strip() + ' and more\nignore = E2\n'),
    configured('\n  [pycodestyle]\n  ignore = E2\n'), configured(SECTION + '  ignore = E2\n    E3\n  select = W\n'),
    configured('\ufeff' + SECTION + 'ignore = E2\n'), configured(b'[pycodestyle]\nignore = \xff\n'), configured(SECTION + 'ignore = E2\r\nselect = \r\n'),
    configured('', 'bad.py'), configured(SECTION + 'ignore = E2\n'), configured(SECTION + 'ignore = E2\n', '-v', 'bad.py'),
    configured(SECTION + 'ignore = E2\nmax-line-length=100\n', '-vv', 'clean.py'), configured(SECTION + 'count = yes\n', '--diff', stdin=DIFF),
    call('-v', 'bad.py', files={'setup.cfg': SECTION + 'ignore = E2\nselect = \n', 'tox.ini': SECTION + 'ignore = E3\n'}),
    call('bad.py', files={'tox.ini': SECTION + 'ignore = E3\n'}), call(files={'setup.cfg': SECTION + 'ignore = E2\n'}, compare='sorted'),
    call(files={'tox.ini': ''}, compare='sorted'), call('sub/deep.py', files={'tox.ini': SECTION + 'ignore = E2\n'}),
    call('-v', 'sub/deep.py', files={'tox.ini': SECTION + 'ignore = E2\n', 'sub/setup.cfg': ''}),
    call('sub/deep.py', 'suby/a.py', files={'sub/setup.cfg': SECTION + 'ignore = E2\n', 'suby/a.py': 'x=1\n'}),
    call('-v', '/missing/x.py', 'bad.py'), call('bad.py', files={'setup.cfg': ('folder',), 'tox.ini': SECTION + 'ignore=E2\n'}),
    call('--config=other.ini', 'bad.py', files={'setup.cfg': SECTION + 'ignore=E2\nselect=\n', 'other.ini': SECTION + 'ignore=E3\n'}),
    call('--config=other.ini', '-v', 'bad.py', files={'other.ini': SECTION + 'ignore=E3\n'}),
    call('--config=missing.ini', 'bad.py'), call('--config', 'sub', 'bad.py'), call('--config=', 'bad.py'),
    call('bad.py', user=SECTION + 'ignore=E3\n'), call('-v', 'bad.py', user=SECTION + 'ignore=E3\n', files={'tox.ini': SECTION + 'select=\n'}),
    call('bad.py', user=SECTION + 'ignore=E3\n', files={'tox.ini': SECTION + 'ignore=W\n'}), call('bad.py', user='broken\n'),
    call('sub', user=SECTION + 'exclude=sub/inner\n', files={'tox.ini': ''}),
]


def lay_out(folder, files):
    """Write a tree: bytes, text, ('link', target) or ('folder',)."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or path.is_file():
            path.unlink()
        if content == ('folder',):
            path.mkdir()
        elif isinstance(content, tuple):
            path.symlink_to(content[1])
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)


def run(command, asked, room):
    """Standard output, standard error and status of one call in a tree of its own."""
    project = room / 'project'
    lay_out(project, {**TREE, **asked.get('files', {})})
    (room / 'setup.cfg').write_text('')
    if 'user' in asked:
        lay_out(room / 'user', {'pycodestyle': asked['user']})
    environment = {'PATH': os.environ['PATH'], 'HOME': str(room), 'LC_ALL': 'C.UTF-8',
                   'XDG_CONFIG_HOME': str(room / 'user')}
    done = subprocess.run([*command, *asked['arguments']], cwd=project / asked.get('cwd', '.'),
                          env=environment, input=asked.get('stdin', b''), capture_output=True,
                          timeout=60, check=False)
    return done.stdout, done.stderr, done.returncode


def exception_only(text):
    """Without the calls of a traceback and without the place of a warning."""
    if 'Traceback (most recent call last):\n' in text:
        before, _, after = text.rpartition('Traceback (most recent call last):\n')
        before = before.split('Traceback (most recent call last):\n', maxsplit=1)[0]
        text = before + ''.join(line for line in after.splitlines(keepends=True)
                                if not line.startswith(' '))
    return re.sub(r'^\S+:\d+: (UserWarning: .*\n)  .*\n', r'\1', text, flags=re.MULTILINE)


def comparable(result, how):
    """What is compared of a call's result."""
    stdout, stderr, status = result
    text = stdout.decode('utf-8', 'surrogateescape')
    text = re.sub(r'^[\d.]+ +(seconds elapsed)', r'\1', text, flags=re.MULTILINE)
    text = re.sub(r'^\d+ +(.* per second)', r'\1', text, flags=re.MULTILINE)
    if how == 'sorted':
        text = ''.join(sorted(text.splitlines(keepends=True)))
    elif how == 'findings':
        text = ''.join(re.findall(r'^\S+:\d+:\d+: .*\n', text, flags=re.MULTILINE))
    elif how == 'options':
        text = ' '.join(sorted(set(re.findall(r'(?<=\s)--?[a-z][a-z0-9-]*', text))))
    return text, exception_only(stderr.decode('utf-8', 'surrogateescape')), status


def main():
    """Compare every call; status 1 where one differs."""
    python = references.pycodestyle_python()
    program = references.program()
    differences = 0
    for asked in CALLS:
        results = []
        for command in ([python, '-m', 'pycodestyle'], [program, 'pycodestyle']):
            with tempfile.TemporaryDirectory() as folder:
                room = pathlib.Path(folder).resolve()
                results.append([str(part).replace(str(room), '<ROOM>') for part in
                                comparable(run(command, asked, room), asked.get('compare'))])
        if results[0] == results[1]:
            continue
        differences += 1
        shown = {key: value for key, value in asked.items() if key != 'arguments'}
        print(f'--- pycodestyle {" ".join(asked["arguments"])}   {shown if shown else ""}')
        for name, theirs, ours in zip(('stdout', 'stderr', 'status'), *results):
            if theirs != ours:
                print(f'  {name}: pycodestyle {theirs[-1500:]!r}\n  {name}: asynclint   {ours[-1500:]!r}')
    print(f'{len(CALLS)} calls, {differences} differences')
    return 1 if differences else 0


if __name__ == '__main__':
    sys.exit(main())
