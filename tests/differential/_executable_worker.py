"""Print what flake8-executable finds in the files named on standard input, one JSON line for each.

Run by the interpreter that has flake8-executable 2.1. A line is [path, findings, problem]; findings
are [line, column, code]; a finding on the whole file is at 1:1, as asynclint shows it.
"""
import json
import sys

from flake8_executable import ExecutableChecker


def check(path):
    try:
        with open(path, encoding='utf-8') as file:
            lines = file.readlines()
    except UnicodeDecodeError:
        return [path, [], 'not UTF-8']
    if not lines:
        return [path, [], 'empty: flake8 does not ask the plugin']
    found = ExecutableChecker(filename=path, lines=lines).run()
    return [path, [[max(line, 1), column + 1, message.split()[0]]
                   for line, column, message, _ in found], None]


for name in sys.stdin:
    print(json.dumps(check(name.rstrip('\n'))), flush=True)
