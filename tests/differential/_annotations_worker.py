"""Print what flake8-annotations finds in the files named on standard input, one JSON line for each.

Run by the interpreter that has flake8-annotations 3.3.0. A line is [path, findings, problem];
findings are [line, column, code], columns 1-based in code points.

flake8-annotations looks for the colon behind which a function's body begins in the text of the line
before the body, and finds another place where comments or blank lines stand between; here the
tokens tell it, so that positions can be compared. A return annotation that is `Any` is shown at
itself, not at the colon.
"""
import io
import json
import sys
import tokenize

from flake8_annotations import ast_walker
from flake8_annotations.checker import (_DEFAULT_DISPATCH_DECORATORS,
                                        _DEFAULT_OVERLOAD_DECORATORS, TypeHintChecker)

FLAGS = ('suppress_none_returning', 'suppress_dummy_args', 'allow_untyped_defs',
         'allow_untyped_nested', 'mypy_init_return', 'allow_star_arg_any', 'respect_type_ignore')


class Colons:
    """Where the headers of one file's functions end."""

    def __init__(self, text):
        self.tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
        self.starts = {token.start: number for number, token in enumerate(self.tokens)}

    def find(self, node, lines):
        """The (line, byte column) of the return annotation, or of the header's colon."""
        if node.returns is not None:
            return node.returns.lineno, node.returns.col_offset
        column = len(lines[node.lineno - 1].encode()[:node.col_offset].decode())
        depth = 0
        for token in self.tokens[self.starts[node.lineno, column]:]:
            if token.string in ('(', '[', '{'):
                depth += 1
            elif token.string in (')', ']', '}'):
                depth -= 1
            elif token.string == ':' and depth == 0:
                line, at = token.start
                return line, len(lines[line - 1][:at].encode())
        raise AssertionError('no colon')


def findings(path):
    with tokenize.open(path) as file:
        text = file.read()
    lines = io.StringIO(text).readlines()
    checker = TypeHintChecker(None, lines)
    ast_walker.Function.colon_seeker = staticmethod(Colons(text).find)
    for line, column, message, _ in checker.run():
        column = len(lines[line - 1].encode()[:column].decode()) + 1
        yield [line, column, message.split()[0]]


def check(path):
    try:
        return [path, list(findings(path)), None]
    except (SyntaxError, UnicodeDecodeError, ValueError, tokenize.TokenError):
        return [path, [], 'does not compile']
    except RecursionError:
        return [path, [], 'too deep for the reference']


def main():
    asked = json.loads(sys.argv[1])
    for flag in FLAGS:
        setattr(TypeHintChecker, flag, asked.get(flag, False))
    TypeHintChecker.dispatch_decorators = set(
        asked.get('dispatch_decorators', _DEFAULT_DISPATCH_DECORATORS))
    TypeHintChecker.overload_decorators = set(
        asked.get('overload_decorators', _DEFAULT_OVERLOAD_DECORATORS))
    for line in sys.stdin:
        print(json.dumps(check(line.rstrip('\n'))), flush=True)


main()
