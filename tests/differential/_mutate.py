"""Files with one to four small accidents, the same ones for the same number.

Characters, tokens and lines deleted, doubled, swapped and moved; tabs, line ends, control and
non-ASCII characters put in; ends cut off; strings and brackets left open; bytes that cannot be
decoded, byte order marks and encoding cookies.
"""
import random
import re

MOST_LINES = 250
TOKEN = re.compile(rb'[A-Za-z_0-9]+|[ \t]+|\r?\n|[^\sA-Za-z_0-9]+')
PIECES = [
    b'(', b')', b'[', b']', b'{', b'}', b'"', b"'", b'"""', b"'''", b'\\', b'\\\n', b'#', b'#:',
    b'#!x', b'# noqa', b' # NoQA: E501', b'#nopep8', b'# nopep8 ', b',', b', ', b' ,', b';', b'; ',
    b':', b' : ', b':=', b' := ', b'=', b' = ', b'==', b' == None', b' != True', b'<>', b'`', b'!',
    b'?', b'$', b'->', b' ->', b'**', b' ** ', b'*', b' @', b'@', b'-', b'+', b' + ', b'%', b' %',
    b'//', b' >> ', b'<<=', b' and ', b'\nand ', b' or\n', b' not ', b' in ', b' is ', b'not x in ',
    b' lambda', b'lambda: 0', b'f = lambda x: x', b'async ', b'await ', b'async def f(): pass\n',
    b'def f(a, b = 1, *, c: int=2) -> int:\n', b'class C: pass\n', b'@d\n', b'if x : y()\n',
    b'else: x\n', b'try: x\nexcept: y\n', b'except:', b'import os, sys\n', b'from x import(y)\n',
    b'import os\n', b'from __future__ import x\n', b'__all__ = []\n', b'l = 1\n', b'O = I = l\n',
    b'global l\n', b'with x as l: pass\n', b'def l(): pass\n', b'class I: pass\n',
    b'raise E, "x"\n', b'x.has_key(y)', b'type(a) == type(b)', b'if type(a) is type(b):',
    b'print >>f', b'print(', b'r"\\d"', b'"\\d"', b"'\\\n'", b'b"\\z"', b'f"{x!r:>{w}}"', b'rb""',
    b'0x', b'1e', b'1_000', b'1if x else y', b'0777', b'1..x', b'...', b'yield', b' yield\n', b'\n\n',
    b'\n\n\n', b'\n\n\n\n', b'\n#\n', b'\n    #\n', b'  # x', b' #x', b'#  x', b'#!x\n', b'    ',
    b'  ', b' ', b'\t', b' \t', b'\t ', b'        ', b'\f', b'\v', b'\r', b'\r\n', b'\n\r', b'\x1c',
    b'\x1e', b'\x85', b'\xa0', b'\x00', b'\x1a', b'\x7f', b'\xff', b'\xc3', b'\xe2\x80', b'\xed\xa0\x80',
    '\u00e9'.encode(), '\u4f60\u597d'.encode(), '\U0001f600'.encode(), 'e\u0301'.encode(),
    '\u00a0'.encode(), '\u3000'.encode(), '\u2028'.encode(), '\u0085'.encode(), '\ufeff'.encode(),
    '\u00b7'.encode(), '\u2118'.encode(), '\u0660'.encode(), '\u00aa = \u00b2'.encode(),
    '\u00a0\n'.encode(), b'x' * 80, b'# ' + b'x ' * 40 + b'\n', b'"""' + b'x ' * 40 + b'"""\n',
]
FIRST_LINES = [
    b'#!/usr/bin/env python3\n', b'# -*- coding: utf-8 -*-\n', b'# coding: latin-1\n',
    b'# -*- coding: cp1252 -*-\n', b'#coding=ascii\n', b'# vim: set fileencoding=utf8 :\n',
    b'# coding: nonsense\n', b'\xef\xbb\xbf', b'\xef\xbb\xbf# coding: latin-1\n', b'\n',
    b'\xef\xbb\xbf\n', b'\n# coding: iso-8859-15\n', b'x = 1\n# coding: latin-1\n', b'\f\n',
    b'# coding: utf-8-sig\n', b'# coding: UTF_8\n', b'"""x"""\n', b'    \n', b'\xff\n',
    b'# coding: latin-1\r\n', b'#!x\r# coding: latin-1\n', b' # coding: latin-1\n',
]


def _cut(data, chance):
    """Two places in the data, the first not behind the second, near each other."""
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randint(1, 12))


def _lines(data):
    return data.splitlines(keepends=True) or [b'']


def delete_bytes(data, chance):
    start, end = _cut(data, chance)
    return data[:start] + data[end:]


def double_bytes(data, chance):
    start, end = _cut(data, chance)
    return data[:end] + data[start:]


def swap_bytes(data, chance):
    start, end = _cut(data, chance)
    middle = (start + end) // 2
    return data[:start] + data[middle:end] + data[start:middle] + data[end:]


def replace_byte(data, chance):
    start, _ = _cut(data, chance)
    return data[:start] + bytes([chance.randrange(256)]) + data[start + 1:]


def insert_piece(data, chance):
    start, end = _cut(data, chance)
    return data[:start] + chance.choice(PIECES) + data[chance.choice([start, start, end]):]


def _change_tokens(data, chance, change):
    tokens = TOKEN.findall(data)
    if not tokens:
        return data
    at = chance.randrange(len(tokens))
    change(tokens, at)
    return b''.join(tokens)


def delete_token(data, chance):
    return _change_tokens(data, chance, lambda tokens, at: tokens.pop(at))


def double_token(data, chance):
    return _change_tokens(data, chance, lambda tokens, at: tokens.insert(at, tokens[at]))


def swap_tokens(data, chance):
    def swap(tokens, at):
        other = min(len(tokens) - 1, at + chance.randint(1, 4))
        tokens[at], tokens[other] = tokens[other], tokens[at]
    return _change_tokens(data, chance, swap)


def replace_token(data, chance):
    return _change_tokens(data, chance,
                          lambda tokens, at: tokens.__setitem__(at, chance.choice(PIECES)))


def insert_before_token(data, chance):
    return _change_tokens(data, chance,
                          lambda tokens, at: tokens.insert(at, chance.choice(PIECES)))


def delete_blanks(data, chance):
    def remove(tokens, at):
        for index in range(at, min(len(tokens), at + 40)):
            if tokens[index].strip(b' \t') == b'':
                tokens.pop(index)
                return
    return _change_tokens(data, chance, remove)


def _change_lines(data, chance, change):
    lines = _lines(data)
    change(lines, chance.randrange(len(lines)))
    return b''.join(lines)


def delete_line(data, chance):
    return _change_lines(data, chance, lambda lines, at: lines.pop(at))


def double_line(data, chance):
    return _change_lines(data, chance, lambda lines, at: lines.insert(at, lines[at]))


def swap_lines(data, chance):
    def swap(lines, at):
        other = min(len(lines) - 1, at + chance.randint(1, 3))
        lines[at], lines[other] = lines[other], lines[at]
    return _change_lines(data, chance, swap)


def join_lines(data, chance):
    return _change_lines(data, chance,
                         lambda lines, at: lines.__setitem__(at, lines[at].rstrip(b'\r\n')))


def insert_line(data, chance):
    return _change_lines(data, chance,
                         lambda lines, at: lines.insert(at, chance.choice(PIECES) + b'\n'))


def _reindent(lines, at, chance, change):
    for index in range(at, min(len(lines), at + chance.choice([1, 1, 1, 2, 5, 30]))):
        lines[index] = change(lines[index])


def indent_lines(data, chance):
    more = chance.choice([b' ', b'  ', b'   ', b'    ', b'        ', b'\t', b'\f', b' \t'])
    return _change_lines(data, chance, lambda lines, at: _reindent(
        lines, at, chance, lambda line: more + line))


def dedent_lines(data, chance):
    width = chance.choice([1, 2, 4, 4, 8])
    return _change_lines(data, chance, lambda lines, at: _reindent(
        lines, at, chance, lambda line: re.sub(rb'^[ \t]{1,%d}' % width, b'', line)))


def indent_by_tabs(data, chance):
    width = chance.choice([4, 8])
    return _change_lines(data, chance, lambda lines, at: _reindent(
        lines, 0 if chance.random() < 0.3 else at, chance,
        lambda line: re.sub(rb'^(?: {%d})+' % width,
                            lambda match: b'\t' * (len(match[0]) // width), line)))


def change_line_ends(data, chance):
    end = chance.choice([b'\r', b'\r\n', b'\n\r', b' \n', b'\t\n', b'\\\n', b'\f\n', b'\n\n', b''])
    if chance.random() < 0.3:
        return data.replace(b'\n', end)
    return _change_lines(data, chance, lambda lines, at: _reindent(
        lines, at, chance, lambda line: line.rstrip(b'\r\n') + end))


def begin_otherwise(data, chance):
    first = chance.choice(FIRST_LINES)
    return first + (data if chance.random() < 0.5 else b''.join(_lines(data)[1:]))


def cut_end(data, chance):
    return data[:chance.randrange(len(data) + 1)]


def end_otherwise(data, chance):
    return data.rstrip(b'\n') + chance.choice(
        [b'', b'\n\n', b'\n\n\n', b'\n    ', b'\n    \n', b' ', b'\\', b'\\\n', b'\n#', b'\n\f', b'\r',
         b'\n"""', b'\n(', b'\nx = [\n', b'\n  x\n', b'\n\t', b'\nif x:\n', b'\x1a', b'\n\x00', b'\n@\n'])


MUTATIONS = [
    delete_bytes, double_bytes, swap_bytes, replace_byte, insert_piece, insert_piece, insert_piece,
    delete_token, double_token, swap_tokens, replace_token, replace_token, insert_before_token,
    insert_before_token, insert_before_token, delete_blanks, delete_line, double_line, swap_lines,
    join_lines, insert_line, insert_line, indent_lines, dedent_lines, indent_by_tabs,
    change_line_ends, begin_otherwise, cut_end, end_otherwise,
]


def window(data, chance):
    """At most MOST_LINES lines of the data, from a random place."""
    lines = _lines(data)
    if len(lines) <= MOST_LINES:
        return data
    start = 0 if chance.random() < 0.3 else chance.randrange(len(lines) - MOST_LINES)
    return b''.join(lines[start:start + MOST_LINES])


def mutated(paths, number, seed=0):
    """The mutated file of that number; `paths` is where the material comes from."""
    chance = random.Random(f'{seed}:{number}')
    data = window(chance.choice(paths).read_bytes(), chance)
    for _ in range(chance.choice([1, 1, 2, 2, 3, 4])):
        data = chance.choice(MUTATIONS)(data, chance)
    return data
