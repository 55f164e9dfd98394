#!/usr/bin/env python3
"""What the fixes of docstrings make of them: a table, in the file's own line ends and blanks.

Where a fix is safe, inspect.cleandoc() of the docstring and the rest of the program stay the same;
that is asked of Python for every row.
"""
import ast
import inspect
import unittest
import warnings

import _run

SAFE, UNSAFE, NONE = 'safe', 'unsafe', 'none'


def function(*lines):
    """A function of these lines."""
    return 'def f():\n' + ''.join(f'    {line}\n' if line else '\n' for line in lines)


# Code, how far to go, before, after.
TABLE = [
    ('D200', SAFE, function('"""', 'Wait.', '"""'), function('"""Wait."""')),
    ('D200', SAFE, 'def f():\n\t"""\n\tWait.\n\t"""\n', 'def f():\n\t"""Wait."""\n'),
    ('D200', UNSAFE, function('"""', 'Wait.  ', '"""'), function('"""Wait."""')),
    ('D200', NONE, function('"""', 'Say "wait"', '"""'), None),
    ('D200', NONE, function('"""', 'w' * 75, '"""'), None),
    ('D200', SAFE, function('"""', 'w' * 69, '"""'), function('"""' + 'w' * 69 + '"""')),
    ('D201', SAFE, function('', '', '"""Wait."""'), function('"""Wait."""')),
    ('D201', SAFE, function('# Why', '', '"""Wait."""'), function('# Why', '"""Wait."""')),
    ('D201', NONE, 'def f():\n\f\n    """Wait."""\n', None),
    ('D202', SAFE, function('"""Wait."""', '', '', 'return'), function('"""Wait."""', 'return')),
    ('D202', SAFE, function('"""Wait."""', '', '', 'def g(): pass'),
     function('"""Wait."""', '', 'def g(): pass')),
    ('D203', SAFE, 'class C:\n    """Wait."""\n', 'class C:\n\n    """Wait."""\n'),
    ('D203', SAFE, 'class C:\n\n\n    """Wait."""\n', 'class C:\n\n    """Wait."""\n'),
    ('D203', NONE, 'class C: """Wait."""\n', None),
    ('D203,D211', SAFE, 'class C:\n\n    """Wait."""\n', 'class C:\n    """Wait."""\n'),
    ('D204', SAFE, 'class C:\n    """Wait."""  # so\n    x = 1\n',
     'class C:\n    """Wait."""  # so\n\n    x = 1\n'),
    ('D204', NONE, 'class C:\n    """Wait."""; x = 1\n    y = 1\n', None),
    ('D205', UNSAFE, '"""Wait.\n\n\n\nLong.\n"""\n', '"""Wait.\n\nLong.\n"""\n'),
    ('D205', NONE, '"""Wait.\nLong.\n"""\n', None),
    ('D207', SAFE, function('"""Wait.') + '\n  Less.\n\n  More."""\n',
     function('"""Wait.', '', 'Less.', '', 'More."""')),
    # D208 would find the last line.
    ('D207', NONE, function('"""Wait.') + '\n  Less.\n    More."""\n', None),
    # Of the closing quotes' blanks two belong to the text.
    ('D207', UNSAFE, function('"""Wait.') + '\n  Less.\n    More.\n    """\n',
     function('"""Wait.', '', 'Less.', '  More.', '"""')),
    ('D207', NONE, function('"""Wait.') + '\n\tTab.\n    """\n', None),
    ('D208', SAFE, function('"""Wait.', '', '    More.', '      Most.', '"""'),
     function('"""Wait.', '', 'More.', '  Most.', '"""')),
    ('D208', UNSAFE, function('"""Wait.', '', 'More.', '  """'),
     function('"""Wait.', '', 'More.', '"""')),
    ('D209', UNSAFE, function('"""Wait.', '', 'More.  """'),
     function('"""Wait.', '', 'More.', '"""')),
    ('D209', SAFE, function('"""Wait.', '', 'Say \'wait\'"""'),
     function('"""Wait.', '', 'Say \'wait\'', '"""')),
    ('D210', SAFE, function('""" Wait."""'), function('"""Wait."""')),
    ('D210', UNSAFE, function('""" Wait. """'), function('"""Wait."""')),
    ('D210', SAFE, function('""" ', 'Wait.', '', 'More.', '"""'),
     function('"""', 'Wait.', '', 'More.', '"""')),
    ('D210', NONE, function('"""Say "wait" """'), None),
    ('D210', NONE, function('"""Wait.\\ """'), None),
    ('D212', SAFE, function('"""', 'Wait.', '', 'More.', '"""'),
     function('"""Wait.', '', 'More.', '"""')),
    ('D212', UNSAFE, function('"""', '  Wait.', '', 'More.', '"""'),
     function('"""Wait.', '', 'More.', '"""')),
    ('D212', NONE, function('"""', 'w' * 75, '', 'More.', '"""'), None),
    ('D213', SAFE, function('r"""Wait.', '', 'More.', '"""'),
     function('r"""', 'Wait.', '', 'More.', '"""')),
    ('D212,D213', SAFE, function('"""', 'Wait.', '', 'More.', '"""'),
     function('"""Wait.', '', 'More.', '"""')),
    ('D213', NONE, function('"""Wait.\\', '', 'More.', '"""'), None),
    ('D300', SAFE, function("'Wait.'"), function('"""Wait."""')),
    ('D300', SAFE, function("r'''Wait \\d.'''"), function('r"""Wait \\d."""')),
    ('D300', SAFE, function("'Don\\'t.'"), function('"""Don\\\'t."""')),
    ('D300', NONE, function("'''Say \"wait\"'''"), None),
    ('D300', NONE, function("'Joined ' 'of two.'"), None),
    ('D400', UNSAFE, function('"""Wait"""'), function('"""Wait."""')),
    ('D400,D415', UNSAFE, function('"""', 'Wait', '', 'More', '"""'),
     function('"""', 'Wait.', '', 'More', '"""')),
    ('D400', NONE, function('"""Wait', 'and more."""'), None),
    ('D400', NONE, function('"""Wait:"""'), None),
    ('D400', NONE, function('"""Wait\\x41"""'), None),
    ('D403', UNSAFE, function('"""wait now."""'), function('"""Wait now."""')),
    ('D403', NONE, function('"""waIt now."""'), None),
    ('D405', UNSAFE, '"""Wait.\n\nreturns\n-------\nfloat\n"""\n',
     '"""Wait.\n\nReturns\n-------\nfloat\n"""\n'),
    ('D407', NONE, '"""Wait.\n\nArgs:\n    n: How often.\n"""\n', None),
    ('D405,D406,D407,D410,D411', UNSAFE,
     '"""Wait.\n\nyields:\nfloat.\nreturns:\nint\n"""\n',
     '"""Wait.\n\nYields\n------\nfloat.\n\nReturns\n-------\nint\n"""\n'),
    ('D413', SAFE, function('"""Wait.', '', 'Returns', '-------', 'float', '"""'),
     function('"""Wait.', '', 'Returns', '-------', 'float') + '\n' + '    """\n'),
]


def program(data):
    """What CPython reads, with cleaned docstrings."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # of backslashes that mean nothing
        tree = ast.parse(data)
    for node in ast.walk(tree):
        body = getattr(node, 'body', None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr) and \
                isinstance(body[0].value, ast.Constant) and isinstance(body[0].value.value, str):
            body[0].value.value = inspect.cleandoc(body[0].value.value)
    return ast.dump(tree)


def fixed(code, data, *options):
    """What comes back from stdin."""
    return _run.run('--isolated', '--fix', '--select', code, *options, '-', given=data,
                    status=0).stdout


class Docstrings(unittest.TestCase):
    """Each row, with LF, CR LF, a byte order mark."""

    def check(self, code, far, before, after):
        """One row."""
        safe, unsafe = fixed(code, before), fixed(code, before, '--unsafe-fixes')
        self.assertEqual(safe, after if far == SAFE else before)
        self.assertEqual(unsafe, before if far == NONE else after)
        self.assertEqual(fixed(code, unsafe, '--unsafe-fixes'), unsafe)
        self.assertEqual(program(safe), program(before))
        if far == UNSAFE:
            self.assertNotEqual(program(unsafe), program(before))

    def test_table(self):
        """All of it."""
        for code, far, before, after in TABLE:
            for mark in b'', b'\xef\xbb\xbf':
                for newline in '\n', '\r\n':
                    rows = [None if text is None else mark + text.replace('\n', newline).encode()
                            for text in (before, after)]
                    with self.subTest(code=code, before=rows[0]):
                        self.check(code, far, *rows)

    def test_no_final_newline(self):
        """A docstring that ends the file."""
        self.assertEqual(fixed('D200', b'"""\nWait.\n"""'), b'"""Wait."""')
        self.assertEqual(fixed('D209', b'"""Wait.\n\nMore."""'), b'"""Wait.\n\nMore.\n"""')


if __name__ == '__main__':
    unittest.main()
