#!/usr/bin/env python3
"""Unsafe fixes of coroutines and annotations: `await`, `asyncio.sleep` with its import, `-> None`.

Every row is asked for with LF, CR LF and a byte order mark; what comes out must be Python.
"""
import unittest

import _run

SHEBANG = '#!/usr/bin/env python3\n'
SLEEPER = 'async def f():\n    time.sleep(1)\n'
AWAITED = 'async def f():\n    await asyncio.sleep(1)\n'

# Code, before, after; None: nothing is done.
TABLE = [
    # The import goes before the first one, behind docstring and __future__ imports.
    ('ASYNC251', 'import time\n\n\n' + SLEEPER, 'import asyncio\nimport time\n\n\n' + AWAITED),
    ('ASYNC251', SHEBANG + '"""Doc."""\nfrom __future__ import annotations\n\nimport time\n\n\n'
     + SLEEPER, SHEBANG + '"""Doc."""\nfrom __future__ import annotations\n\nimport asyncio\n'
     'import time\n\n\n' + AWAITED),
    ('ASYNC251', SHEBANG + '# -*- coding: utf-8 -*-\n# Why\nimport time\n' + SLEEPER,
     SHEBANG + '# -*- coding: utf-8 -*-\n# Why\nimport asyncio\nimport time\n' + AWAITED),
    ('ASYNC251', '"""Doc."""\n\n\nasync def f():\n    import time\n    time.sleep(1)\n',
     '"""Doc."""\n\n\nimport asyncio\n\n\nasync def f():\n    import time\n'
     '    await asyncio.sleep(1)\n'),
    ('ASYNC251', '"""Doc."""; import time\n' + SLEEPER, None),
    # One that is there is used.
    ('ASYNC251', 'import asyncio\nimport time\n' + SLEEPER,
     'import asyncio\nimport time\n' + AWAITED),
    ('ASYNC251', 'import time\n' + SLEEPER + 'import asyncio.queues\n',
     'import time\n' + AWAITED + 'import asyncio.queues\n'),
    # Names that mean something else.
    ('ASYNC251', 'import time\nasyncio = None\n' + SLEEPER, None),
    ('ASYNC251', 'import time\nimport mine as asyncio\n' + SLEEPER, None),
    ('ASYNC251', 'import time\nimport asyncio\n\n\nasync def f(asyncio):\n'
     '    time.sleep(1)\n', None),
    ('ASYNC251', 'import time\nfrom mine import *\n' + SLEEPER, None),
    ('ASYNC251', 'import time\ntry:\n    import asyncio\nexcept ImportError:\n    pass\n' + SLEEPER,
     None),
    # Where there is no room for `await`, or the call is another one.
    ('ASYNC251', 'import time\n\n\nasync def f():\n    class C:\n        time.sleep(1)\n', None),
    ('ASYNC251', 'import time\n\n\nasync def f():\n    time.sleep(*x)\n', None),
    ('ASYNC251', 'import time\n\n\nasync def f():\n    time.sleep()\n', None),
    ('ASYNC251', 'import time\n\n\nasync def f():\n    return time.sleep(1)\n', None),
    ('ASYNC251', 'import asyncio\nimport time\n\n\nasync def f():\n'
     '    time.sleep(  # so\n        1)\n',
     'import asyncio\nimport time\n\n\nasync def f():\n'
     '    await asyncio.sleep(  # so\n        1)\n'),
    # Several in one file share the import.
    ('ASYNC251', 'import time\n\n\nasync def f():\n'
     '    time.sleep(1); time.sleep(2)\n\n\n' + SLEEPER,
     'import asyncio\nimport time\n\n\nasync def f():\n    await asyncio.sleep(1); '
     'await asyncio.sleep(2)\n\n\n' + AWAITED),
    ('AIO101', 'async def g(): pass\n\n\nasync def f():\n    g()\n',
     'async def g(): pass\n\n\nasync def f():\n    await g()\n'),
    ('AIO101', 'async def g(): pass\n\n\ndef f():\n    g()\n\n\nh = lambda: 1\ng()\n', None),
    ('AIO101', 'import asyncio\n\n\nasync def f():\n    if x: asyncio.sleep(1); y = 1\n',
     'import asyncio\n\n\nasync def f():\n    if x: await asyncio.sleep(1); y = 1\n'),
    # What `-> None` does not fit.
    ('ANN201', 'async def f():\n\tprint(1)\n', 'async def f() -> None:\n\tprint(1)\n'),
    ('ANN201', 'def f():\n    return lambda: 1\n', None),
    ('ANN201', 'def f():\n    return (None)\n', 'def f() -> None:\n    return (None)\n'),
    ('ANN201', 'def f():\n    x = yield\n', None),
    ('ANN201', 'def f():\n    g = lambda: (yield)\n    def h(): return 1\n',
     'def f() -> None:\n    g = lambda: (yield)\n    def h(): return 1\n'),
    # Together, each with what the other leaves.
    ('ASYNC251,AIO101,ANN201,W291', 'import time \n\n\nasync def g():\n    time.sleep(1) \n\n\n'
     'async def f():\n    g() \n', 'import asyncio\nimport time\n\n\nasync def g() -> None:\n'
     '    await asyncio.sleep(1)\n\n\nasync def f() -> None:\n    await g()\n'),
]


def fixed(code, data, *options):
    """What comes back from stdin."""
    return _run.run('--isolated', '--fix', '--select', code, *options, '-', given=data,
                    status=0).stdout


class Coroutines(unittest.TestCase):
    """The table."""

    def check(self, code, before, after):
        """One row."""
        if 'W' not in code:
            self.assertEqual(fixed(code, before), before)
        made = fixed(code, before, '--unsafe-fixes')
        self.assertEqual(made, before if after is None else after)
        self.assertEqual(fixed(code, made, '--unsafe-fixes'), made)
        compile(made, 'made.py', 'exec')

    def test_table(self):
        """All of it."""
        for code, before, after in TABLE:
            for mark in b'', b'\xef\xbb\xbf':
                for newline in '\n', '\r\n':
                    rows = [None if text is None else mark + text.replace('\n', newline).encode()
                            for text in (before, after)]
                    with self.subTest(code=code, before=rows[0]):
                        self.check(code, *rows)


if __name__ == '__main__':
    unittest.main()
