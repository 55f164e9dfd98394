"""Print what pydocstyle finds in the files named on standard input, one JSON line for each file.

Run by the interpreter that has pydocstyle 6.3.0. A line is [path, findings, problem]: findings are
[line, code, parameter] in pydocstyle's order, problem says why the file is outside the comparison.
"""
import json
import re
import sys
import tokenize

from pydocstyle.checker import ConventionChecker
from pydocstyle.config import ConfigurationParser
from pydocstyle.parser import ParseError


def findings(path, options):
    with tokenize.open(path) as file:
        source = file.read()
    errors = ConventionChecker().check_source(
        source, path, options['ignore_decorators'], options['property_decorators'],
        ignore_inline_noqa=True, ignore_self_only_init=options['ignore_self_only_init'])
    return [[error.line, error.code] for error in errors]


def check(path, options):
    try:
        return [path, findings(path, options), None]
    except (ParseError, SyntaxError, UnicodeDecodeError, tokenize.TokenError):
        return [path, [], 'does not compile']
    except RecursionError:
        return [path, [], 'too deep for the reference']
    except Exception as error:
        return [path, [], 'the reference fails: %s' % type(error).__name__]


def main():
    asked = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    properties = asked.get('property_decorators',
                           ConfigurationParser.DEFAULT_PROPERTY_DECORATORS)
    ignored = asked.get('ignore_decorators')
    options = {'property_decorators': set(properties.split(',')),
               'ignore_decorators': re.compile(ignored) if ignored else None,
               'ignore_self_only_init': asked.get('ignore_self_only_init', False)}
    for line in sys.stdin:
        print(json.dumps(check(line.rstrip('\n'), options)), flush=True)


main()
