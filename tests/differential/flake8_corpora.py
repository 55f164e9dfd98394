"""flake8-async on real code, both ways: each finding of either is the other's too, or explained.

The lists flake8_corpora.theirs.explained and flake8_corpora.ours.explained have a line for each
difference that neither the source of the place nor the code alone explains. flake8-async looks at
one file at a time and only files with `async` in them are put to it; its answers are kept by what
is in the file.
"""
import collections
import re
import subprocess
import sys

import _async_tools as tools
import _async_trees as trees
import _references as references

CODES = ('ASYNC100 ASYNC101 ASYNC103 ASYNC104 ASYNC109 ASYNC110 ASYNC111 ASYNC112 ASYNC113 ASYNC114 '
         'ASYNC119 ASYNC120 ASYNC121 ASYNC123 ASYNC124 ASYNC126 ASYNC210 ASYNC211 ASYNC212 ASYNC220 '
         'ASYNC221 ASYNC222 ASYNC230 ASYNC231 ASYNC232 ASYNC240 ASYNC250 ASYNC251 ASYNC300 ASYNC400 '
         'ASYNC401 ASYNC900 ASYNC913').split()
OURS = {'ASYNC300': 'AIO401'}
LINE = re.compile(r'^(?:\./)?(.+?):(\d+):\d+: (ASYNC\d+) ')
STEP = {'homeassistant': 8}  # every so manieth file
tools.SMALL = ['httpx']  # flake8-async takes minutes for each of the others
AT_ONCE = 60

# What we report and flake8-async does not, by code.
OURS_ALONE = {
    'ASYNC110': 'flake8-async looks for the sleep of trio and anyio alone',
    'ASYNC120': 'flake8-async leaves it out under asyncio; here it has to be selected',
    'ASYNC230': 'methods of pathlib.Path count as well, as in ruff',
    'AIO401': 'flake8-async looks at asyncio.create_task() alone, and takes any call around for a use',
}


def files_of(tree):
    """The files that are compared, below the tree's folder."""
    folder = trees.folder_of(tree)
    paths = [path for part in trees.TREES[tree][1]
             for path in references.python_files(folder / part)]
    with_async = [path for path in paths if b'async ' in path.read_bytes()]
    return folder, [str(path.relative_to(folder)) for path in with_async[::STEP.get(tree, 1)]]


def run_flake8(folder, names):
    """{name: [[row, code]]} of what it says on these files."""
    tool = references.REFERENCES / 'venv' / 'py311' / 'bin' / 'flake8'
    if not tool.exists():
        references.skip('no flake8')
    result = subprocess.run(
        [tool, '--isolated', '--asyncio', '--disable-noqa', '-j1', '--select', ','.join(CODES),
         *names], cwd=folder, capture_output=True, text=True, check=False)
    said = {name: [] for name in names}
    for line in result.stdout.splitlines():
        found = LINE.match(line)
        if found:
            said[found[1]].append([int(found[2]), found[3]])
    return said


def their_findings(tree):
    """(path, row, code) of flake8-async."""
    folder, names = files_of(tree)
    store = references.Store('flake8_async')
    keys = {name: store.key((folder / name).read_bytes(), CODES, 'flake8-async 26.8.1')
            for name in names}
    asked = [name for name in names if store.get(keys[name]) is None]
    for first in range(0, len(asked), AT_ONCE):
        for name, said in run_flake8(folder, asked[first:first + AT_ONCE]).items():
            store.put(keys[name], said)
        store.commit()
    for name in names:
        for row, code in store.get(keys[name]):
            yield name, row, code


def decorators_above(lines, row):
    """Whether a decorator ends right above the definition in that row."""
    above = lines[row - 2].strip() if row > 1 else ''
    return above.startswith('@') or above == ')'


def only_raises(lines, row):
    """Whether the first statement of the function in that row raises."""
    body = row
    while body < len(lines) and not lines[body - 1].rstrip().endswith((':', '...')):
        body += 1
    quotes = 0
    while body < len(lines):
        text = lines[body].strip()
        quotes += text.count('"""')
        if text.startswith('raise'):
            return True
        if text and not text.startswith('#') and '"""' not in text and quotes % 2 == 0:
            return False
        body += 1
    return False


def is_in_plain_function(lines, row):
    """Whether the innermost `def` around a row has no `async`."""
    indent = len(lines[row - 1]) - len(lines[row - 1].lstrip())
    for line in reversed(lines[:row - 1]):
        text = line.lstrip()
        if text and len(line) - len(text) < indent:
            indent = len(line) - len(text)
            if text.startswith(('def ', 'async def ')):
                return text.startswith('def ')
    return True


def reason_of(tree, path, row, code):
    """Why a finding of flake8-async is none of ours, as far as the source says it."""
    lines = trees.source_lines(tree, path)
    if code == 'ASYNC124' and decorators_above(lines, row):
        return 'decorated: somebody else may ask for a coroutine function'
    if code == 'ASYNC124' and only_raises(lines, row):
        return 'does nothing but raise: it refuses, or stands for one that would wait'
    around = ' '.join(lines[max(0, row - 9):row + 8])
    if code in ('ASYNC103', 'ASYNC104') and '.cancelling()' in around:
        return 'asks cancelling() and raises where it is the task itself that is cancelled'
    if code in ('ASYNC103', 'ASYNC104') and '.cancel' in around:
        return 'what is awaited was cancelled right before: it is not this coroutine that ends'
    if code in ('ASYNC103', 'ASYNC104') and is_in_plain_function(lines, row):
        return 'a plain function is not cancelled: it handles the result of something that was'
    if code == 'ASYNC300' and 'await asyncio.create_task(' in lines[row - 1]:
        return 'awaited on the spot: AIO111'
    return None


def ours_are_explained(explanations):
    """A check of the other direction, for tools.compare()."""
    def holds(tree, results):
        theirs = {(path, row, OURS.get(code, code)) for path, row, code in their_findings(tree)}
        _, names = files_of(tree)
        selection = ','.join(OURS.get(code, code) for code in CODES)
        counts = collections.Counter()
        fails = False
        for path, row, code, _, _ in trees.findings(tree, selection, '--no-noqa'):
            if path not in names or (path, row, code) in theirs:
                continue
            if code in OURS_ALONE or explanations.explain(tree, path, row, code):
                counts[code] += 1
                continue
            fails = True
            print('ours alone, not explained:', tree, path, row, code)
        stale = explanations.stale([tree], CODES + ['AIO401'])
        for line in stale:
            print('explains nothing:', *line)
        if counts:
            print(f'{tree}: ours alone, explained:', dict(counts))
        return not fails and not stale
    return holds


if __name__ == '__main__':
    if '--fill' in sys.argv:  # asks flake8-async and says nothing
        for name_of_tree in sys.argv[2:]:
            collections.deque(their_findings(name_of_tree), maxlen=0)
        sys.exit()
    tools.compare(__doc__, 'flake8_corpora.theirs.explained', their_findings,
                  {'ASYNC300': {'AIO401'}}, ','.join(OURS.get(code, code) for code in CODES),
                  reason_of, ours_are_explained(
                      tools.Explanations('flake8_corpora.ours.explained')))
