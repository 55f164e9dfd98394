#!/usr/bin/env python3
"""Compares the INI reader with Python's configparser.RawConfigParser on made-up documents.

    ini.py [--sample [N]] [--seed N]

Runs itself under the reference's interpreter where that is another one.

Two documents at a time, read one after the other as setup.cfg and tox.ini are: the same sections,
keys and values in the same order, or the same exception in the same words.
"""
import argparse
import configparser
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import _references as references

LINES = [
    '[pep8]', '[DEFAULT]', '[a b]', '[x]y', ' [x2]', '[[x3]]', '[X]', '[=]', 'key = value', 'Key9: value',
    'key10:a=b', 'key11 =a:b', ' key12 = value', '  key2 = more', '    continued', '\tcontinued by a tab',
    'key13 =', 'key14 = a ; b', 'key3 = a # b', '# comment', '; comment', '   # indented comment', '', ' ',
    '   ', '\t', 'ignore = E1,', '   E2', '   ,W', 'a-b = 1', 'a_b = 2', 'A_C=3', '\u00e4 = \u00c4',
    'x = "quoted"', "x2 = it's", '\\ = \\n', 'key4 = \u00a0x\u00a0', '\u00a0key5 = x', '\u2003y = z',
    '\x0ckey6 = x', 'key7 = a\x0b', '- = -', '%(x)s = %(y)s', 'rem = x', 'a=1=2', 'trailing =  x  ',
    '\x1c', 'key8 = \U0001f600\u200b\u00ad', '  a: b', '[pycodestyle] # comment', '    deep = er', '\x85',
]
WRONG = ['[]', '[x', 'key', '= value', '  = value', ':', '-', 'key = twice\nkey = twice', '[t]\n[t]', '\ufeff']
ENDS = ['\n', '\n', '\n', '\n', '\r\n', '\r', '\n\n', '']


def document(chance):
    """Some lines, no line twice, and now and then a wrong one; most begin with a section."""
    lines = ['[pycodestyle]\n'] if chance.random() < 0.95 else []
    for line in chance.sample(LINES, chance.randint(0, 12)):
        lines.append(line + chance.choice(ENDS))
        if chance.random() < 0.02:
            lines.append(chance.choice(WRONG) + chance.choice(ENDS))
    return ''.join(lines)


def expected(paths):
    """What dump_ini should print."""
    parser = configparser.RawConfigParser()
    try:
        parser.read(paths, encoding='utf-8')
    except configparser.Error as error:
        return f'configparser.{type(error).__name__}: {error}\n'
    return ''.join(f'[{section!r}]\n' + ''.join(
        f'{key!r} = {parser.get(section, key)!r}\n' for key in parser.options(section))
        for section in parser.sections())


def main():
    """Compare; status 1 where something differs."""
    parser = argparse.ArgumentParser()
    parser.add_argument('--sample', type=int, nargs='?', const=500, default=3000)
    parser.add_argument('--seed', type=int, default=0)
    arguments = parser.parse_args()
    python = references.pycodestyle_python()  # 3.13 reads headers otherwise than 3.7
    if os.path.realpath(python) != os.path.realpath(sys.executable):
        os.execv(python, [python, *sys.argv])
    dump = references.program().parent / 'tools' / 'dump_ini'
    differences = failures = 0
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / name for name in ('setup.cfg', 'tox.ini')]
        for number in range(arguments.sample):
            chance = random.Random(f'{arguments.seed}:{number}')
            for path in paths:
                path.write_bytes(document(chance).encode())
            theirs = expected([str(path) for path in paths])
            failures += theirs.startswith('configparser')
            ours = subprocess.run([str(dump), *map(str, paths)], stdout=subprocess.PIPE,
                                  check=False).stdout.decode()
            if ours == theirs:
                continue
            differences += 1
            if differences <= 3:
                print(f'--- {[path.read_bytes().decode() for path in paths]}\n'
                      f'configparser: {theirs!r}\nasynclint:    {ours!r}')
    print(f'{arguments.sample} documents, {failures} with errors, {differences} differences')
    return 1 if differences else 0


if __name__ == '__main__':
    sys.exit(main())
