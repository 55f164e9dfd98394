"""Runs pycodestyle 2.5.0 in this interpreter for the script that started it.

One request per line on standard input, `{"path", "options", "input"}`; one answer per line on standard
output, `{"output"}` with all that pycodestyle printed for that file, or `{"crash"}` with the
exception that ended it. Many files per interpreter: starting Python costs more than a file.
"""
import io
import json
import sys

import pycodestyle

guides = {}


def style_guide(options):
    """The StyleGuide of a command line without paths, as `pycodestyle OPTIONS` makes it."""
    if options not in guides:
        sys.argv = ['pycodestyle', *options, 'nothing.py']
        guides[options] = pycodestyle.StyleGuide(parse_argv=True)
    return guides[options]


def check(path, options, is_input):
    """What pycodestyle prints for one file, or for the same bytes on standard input."""
    guide = style_guide(tuple(options))
    guide.init_report()
    sys.stdout = io.StringIO()
    try:
        if is_input:
            data = io.BytesIO(open(path, 'rb').read())
            text = io.TextIOWrapper(data, encoding='utf-8', errors='ignore').read()
            pycodestyle.stdin_get_value = lambda: text
        guide.input_file('-' if is_input else path)
        return {'output': sys.stdout.getvalue()}
    except Exception as error:  # a bug of the reference: the driver counts these
        return {'crash': '%s: %s' % (type(error).__name__, error)}
    finally:
        sys.stdout = sys.__stdout__


def main():
    """Answer requests until the input ends."""
    print(json.dumps({'python': '%d.%d.%d' % sys.version_info[:3],
                      'pycodestyle': pycodestyle.__version__}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        answer = check(request['path'], request['options'], request['input'])
        print(json.dumps(answer), flush=True)


main()
