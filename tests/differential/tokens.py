"""Compare the tokenizer with CPython 3.7's tokenize, token by token.

Every file of the corpora is read, and a seeded lot of damaged copies of them. Kind, start, end and
text of each token must be the same, the error, if tokenize ends in one, and whether the file can
be decoded at all. Without `--sample` all files are read.
"""

import difflib
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import tokenize

ROOT = pathlib.Path(__file__).resolve().parents[2]
REFERENCES = pathlib.Path(os.environ.get('ASYNCLINT_REFERENCES', ROOT / 'build' / 'references'))
PROGRAM = pathlib.Path(os.environ.get('ASYNCLINT', ROOT / 'build' / 'dev' / 'asynclint'))
DUMP = PROGRAM.parent / 'tools' / 'dump_tokens'
AT_ONCE = 50
SCRAPS = ['\\\n', '\\', "'", '"', "'''", '"""', '(', ')', ']', '{', '\t', ' ', '\f', '\r', '\r\n', '\n',
          '#', '$', '?', '!', '`', 'b', 'rb', 'f"', '0', '0x', '1e', '.', '...', '_', '\u00e9', '\u00b2',
          '\u0661', '\u2028', '\xa0', '\x00', '\x0b', ':=', '->', '<>', '**=', '//', '    ', '\x1c']
HEADERS = [b'\xef\xbb\xbf', b'# coding: latin-1\n', b'#!/bin/sh\n# -*- coding: koi8-r -*-\r\n',
           b'\n\f# vim: set fileencoding=cp1252 :\n', b'# coding: utf8\n', b'# coding=UTF_8-x\n',
           b'\xef\xbb\xbf# coding: utf-8\n', b'\xef\xbb\xbf# coding: utf8\n',
           b'\xef\xbb\xbf#\n#coding: latin-1\n', b'# coding: ascii\n', b'# coding: nonsense\n',
           b'# coding: euc-jp\nx = "\xa4\xa2"\n', b'# coding : latin-1 coding= \tiso_8859_15\n',
           b'x = 1\n# coding: latin-1\n', b'# coding: ISO Latin 1\n', b'# coding: shift_jis\n',
           b'# coding: rot13\n', b'#coding:', b'# coding: L1\r', b'# coding: gb2312\r\n']
BYTES = [b'\xe9', b'\xa4\xa2', b'\xff', b'\xc3\xa9', b'\xed\xa0\x80', b'\x80']


def reference_python():
    """The interpreter to compare with: 3.7, else the newest up to 3.11."""
    own = REFERENCES / 'venv' / 'py37' / 'bin' / 'python'
    names = [str(own)] + ['python3.%d' % minor for minor in (7, 11, 10, 9, 8)] + [sys.executable]
    for name in names:
        code = 'import sys; print("%d.%d" % sys.version_info[:2])'
        try:
            answer = subprocess.run([name, '-c', code], stdout=subprocess.PIPE, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            continue
        version = tuple(int(part) for part in answer.split(b'.'))
        if (3, 7) <= version <= (3, 11):
            return name, version
    return None, None


def describe(token):
    """One line for one token, as dump_tokens prints it."""
    text = token.string.replace('\\', '\\\\').replace('\n', '\\n')
    name = tokenize.tok_name[token.type]
    return '%s %d,%d-%d,%d %s\n' % ((name,) + token.start + token.end + (text,))


def print_reference(paths):
    """Print what dump_tokens should print for these files."""
    out = open(sys.stdout.fileno(), 'w', encoding='utf-8', newline='\n', errors='surrogatepass')
    for path in paths:
        out.write('file %s\n' % path)
        try:
            with tokenize.open(path) as stream:
                stream.read()
        except (SyntaxError, UnicodeError, LookupError):
            out.write('undecodable\n')
            continue
        problem = 'none'
        with tokenize.open(path) as stream:
            try:
                for token in tokenize.generate_tokens(stream.readline):
                    out.write(describe(token))
            except (IndentationError, tokenize.TokenError) as error:
                problem = error.args[0]
        out.write('problem %s\n' % problem)


def damage(text, random_):
    """A copy of the text with a few places changed."""
    for _ in range(random_.randint(1, 4)):
        start = random_.randrange(len(text) + 1)
        end = min(len(text), start + random_.choice([0, 0, 1, 1, 2, 5, 40]))
        text = text[:start] + random_.choice(SCRAPS + ['']) + text[end:]
    if random_.random() < 0.2:
        text = text[:random_.randrange(len(text) + 1)]
    return text


def damaged_copies(paths, folder, count):
    """Write `count` damaged copies into the folder and return their paths."""
    random_ = random.Random(37)
    made = []
    while len(made) < count:
        data = pathlib.Path(random_.choice(paths)).read_bytes()[:random_.choice([300, 3000, 20000])]
        text = damage(data.decode('utf-8', 'ignore'), random_)
        if random_.random() < 0.1:
            text = text.replace('\n', random_.choice(['\r\n', '\r']))
        data = text.encode('utf-8', 'ignore')
        if random_.random() < 0.2:
            data = random_.choice(HEADERS) + data
            if random_.random() < 0.5:
                data += random_.choice(BYTES) + b'\n'
        made.append('%s/%d.py' % (folder, len(made)))
        pathlib.Path(made[-1]).write_bytes(data)
    return made


def blocks(output):
    """The output's lines by file."""
    found = {}
    for line in output.decode('utf-8', 'surrogateescape').split('\n'):
        if line.startswith('file '):
            lines = found.setdefault(line[5:], [])
        elif line:
            lines.append(line)
    return found


def compare(paths, python, options):
    """Print the differences in these files; return how many were the same and how many not."""
    theirs = blocks(subprocess.run([python, __file__, '--reference'] + paths, check=True,
                                   stdout=subprocess.PIPE).stdout)
    ours = blocks(subprocess.run([str(DUMP)] + options + paths, check=True,
                                 stdout=subprocess.PIPE).stdout)
    same = different = 0
    for path in paths:
        if theirs[path] == ours[path]:
            same += 1
        else:
            different += 1
            lines = difflib.unified_diff(theirs[path], ours[path], path, 'asynclint', lineterm='', n=2)
            print('\n'.join(list(lines)[:30]).encode('utf-8', 'backslashreplace').decode())
    return same, different


def corpora(is_sample):
    """The files to read."""
    paths = sorted(str(path) for path in (REFERENCES / 'corpora').glob('**/*.py') if path.is_file())
    return paths[::40] if is_sample else paths


def main():
    """Compare, and exit with 1 where there is a difference, 77 without references."""
    is_sample = '--sample' in sys.argv
    python, version = reference_python()
    paths = corpora(is_sample)
    if python is None or not paths:
        print('skipped: no corpora or no CPython from 3.7 to 3.11 under %s' % REFERENCES)
        sys.exit(77)
    options = ['--walrus'] if version >= (3, 8) else []
    totals = [0, 0]
    with tempfile.TemporaryDirectory() as folder:
        paths += damaged_copies(paths, folder, 300 if is_sample else 3000)
        for start in range(0, len(paths), AT_ONCE):
            counts = compare(paths[start:start + AT_ONCE], python, options)
            totals = [total + count for total, count in zip(totals, counts)]
    print('tokens against CPython %d.%d: %d files the same, %d different'
          % (version + tuple(totals)))
    sys.exit(1 if totals[1] else 0)


if __name__ == '__main__':
    if sys.argv[1:2] == ['--reference']:
        print_reference(sys.argv[2:])
    else:
        main()
