# ctest: slow
"""Runs the examples of the AIO rules: `bad` has to fail as the rule says, `good` must not.

A rule's hazard is shown by a *driver*, Python code that is appended to the example and run by
CPython under `-X dev -W error` with a time limit. What it prints as `outcome: WORD` is the outcome;
an exception that leaves it is an outcome of that name, a warning that says so is `never awaited`,
and reaching the time limit is `hangs`. Hazards of older versions run on the Python 3.7 of
build/references; without it they are left out and said to be.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ['ASYNCLINT']
PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
REFERENCES = pathlib.Path(os.environ.get('ASYNCLINT_REFERENCES', PROJECT / 'build/references'))
PYTHON_37 = REFERENCES / 'venv/py37/bin/python'
DRIVERS = pathlib.Path(__file__).resolve().parent / 'hazards'
TIME_LIMIT = 10  # seconds

# What running `bad` and `good` comes to. A driver hazards/CODE.py is appended where there is one.
OUTCOMES = {
    'AIO001': ('SyntaxError', 'fine'),
    'AIO002': ('SyntaxError', 'fine'),
    'AIO003': ('SyntaxError', 'fine'),
    'AIO101': ('never awaited', 'fine'),
    'AIO102': ('said to be up', 'down'),
    'AIO103': ('TypeError', 'fine'),
    'AIO104': ('refused', 'fine'),
    'AIO105': ('RuntimeError', 'fine'),
    'AIO106': ('ValueError', 'fine'),
    'AIO107': ('never awaited', 'fine'),
    'AIO108': ('RuntimeError', 'fine'),
    'AIO109': ('TypeError', 'fine'),
    'AIO110': ('passed and never ran', 'passed and ran'),
    'AIO111': ('a task more', 'no task more'),
    'AIO112': ('1 at a time', '10 at a time'),
    'AIO201': ('the loop stands still', 'the loop goes on'),
    'AIO202': ('RuntimeError', 'fine'),
    'AIO203': ('hangs', 'fine'),
    'AIO204': ('hangs', 'fine'),
    'AIO301': ('1', '10'),
    'AIO302': ('2', '1'),
    'AIO303': ('hangs', 'fine'),
    'AIO304': ('hangs', 'fine'),
    'AIO305': ('1', '3'),
    'AIO306': ('RuntimeError', 'fine'),
    'AIO307': ('bob bob', 'ann bob'),
    'AIO308': ('locked', 'free'),
    'AIO401': ('collected', 'kept'),
    'AIO402': ('lost', 'finished'),
    'AIO403': ('hangs', 'fine'),
    'AIO404': ('hangs', 'fine'),
    'AIO405': ('left open', 'closed'),
    'AIO406': ('TimeoutError', 'fine'),
    'AIO407': ('survived', 'cancelled'),
    'AIO408': ('RuntimeError', 'fine'),
    'AIO409': ('open', 'closed'),
    'AIO410': ('swallowed', 'raised'),
}

# The hazard is one of these versions alone.
ON_PYTHON_37 = {'AIO306', 'AIO406', 'AIO407'}

# Rules whose examples cannot be run to show it, and why.
NOT_SHOWN = {}


def read_rules():
    """The AIO rules by code, as the program tells them."""
    text = subprocess.run([PROGRAM, 'rule', '--all', '--output-format', 'json'],
                          capture_output=True, check=True, text=True).stdout
    return {rule['code']: rule for rule in json.loads(text) if rule['code'].startswith('AIO')}


def read_driver(code):
    """The code that shows a rule's hazard."""
    path = DRIVERS / (code + '.py')
    return path.read_text(encoding='utf-8') if path.exists() else ''


def run(python, text):
    """What running the text comes to."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, 'example.py')
        path.write_text(text, encoding='utf-8')
        try:
            result = subprocess.run([python, '-X', 'dev', '-W', 'error', str(path)], cwd=folder,
                                    capture_output=True, text=True, timeout=TIME_LIMIT,
                                    stdin=subprocess.DEVNULL, check=False)
        except subprocess.TimeoutExpired:
            return 'hangs'
    told = re.findall(r'^outcome: (.+)$', result.stdout, re.MULTILINE)
    if told:
        return told[-1]
    if result.returncode:
        raised = re.findall(r'^([\w.]*(?:Error|Exception|Group))(?::|$)', result.stderr, re.MULTILINE)
        return raised[-1].rpartition('.')[2] if raised else 'fails: ' + result.stderr[-300:]
    return 'never awaited' if 'was never awaited' in result.stderr else 'fine'


class Hazards(unittest.TestCase):
    """One test for each rule."""

    maxDiff = None
    running = {}

    def test_every_rule_is_run_or_says_why_not(self):
        """None is forgotten, none that is gone is kept."""
        self.assertEqual(sorted([*OUTCOMES, *NOT_SHOWN]), sorted(read_rules()))

    def test_every_driver_is_used(self):
        """None is left over."""
        drivers = {path.stem for path in DRIVERS.glob('*.py')}
        self.assertEqual(sorted(drivers - set(OUTCOMES)), [])

    def test_outcomes_differ(self):
        """What `bad` comes to is told from what `good` does."""
        same = [code for code, (bad, good) in OUTCOMES.items() if bad == good]
        self.assertEqual(same, [])

    def show(self, code):
        """Compare what both examples come to with what they should."""
        python = python_of(code)
        if not os.access(python, os.X_OK):
            self.skipTest(f'{code}: there is no Python 3.7 in build/references')
        self.assertEqual(tuple(future.result() for future in self.running[code]), OUTCOMES[code])


def python_of(code):
    """The interpreter that shows a rule's hazard."""
    return str(PYTHON_37) if code in ON_PYTHON_37 else sys.executable


def start(pool, code, rule):
    """Run both examples of a rule in the background."""
    driver = read_driver(code)
    return [pool.submit(run, python_of(code), rule[example] + '\n\n' + driver)
            for example in ('bad', 'good')]


def add_tests(pool):
    """Give `Hazards` a test for each rule that can be shown; most of them only wait."""
    for code, rule in sorted(read_rules().items()):
        if code in OUTCOMES:
            Hazards.running[code] = start(pool, code, rule)

            def test(self, code=code):
                self.show(code)
            setattr(Hazards, 'test_' + code, test)


if __name__ == '__main__':
    with concurrent.futures.ThreadPoolExecutor(max_workers=6) as pool_of_all:
        add_tests(pool_of_all)
        unittest.main()
