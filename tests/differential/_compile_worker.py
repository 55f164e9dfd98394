"""Compiles the files that it reads the names of; prints [line, what] for each, or [0, null]."""
import json
import sys
import warnings

warnings.simplefilter('ignore')
for path in sys.stdin.read().splitlines():
    answer = [0, None]
    try:
        with open(path, 'rb') as file:
            compile(file.read(), 'file', 'exec', dont_inherit=True)
    except SyntaxError as error:
        answer = [error.lineno or 0, '%s: %s' % (type(error).__name__, error.msg)]
    except (ValueError, MemoryError, RecursionError, OverflowError, SystemError, LookupError) as error:
        answer = [0, type(error).__name__ + ': ' + str(error)[:80]]
    print(json.dumps(answer), flush=True)
