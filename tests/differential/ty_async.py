"""ty-async's transitive blocking calls on real code: its true ones are ours too, its false are not.

ty-async follows calls by their last name alone. Every finding of it is read: the list says of each
why it is no finding of ours, `false:` where it is wrong and `true:` where we leave it to somebody
else or do not see it. The table of both precisions in tests/corpora/README.md is what comes out;
ours is read in tests/corpora/findings.tsv, where the findings of severity error are.
"""
import collections
import re
import subprocess

import _async_tools as tools
import _async_trees as trees
import _references as references

OUR_CODES = {
    'ASYNC200T': {'AIO201'},
    'ASYNC200': {'ASYNC210', 'ASYNC212', 'ASYNC220', 'ASYNC221', 'ASYNC222', 'ASYNC230',
                 'ASYNC232', 'ASYNC240', 'ASYNC250', 'ASYNC251', 'AIO204'},
}
LINE = re.compile(r'^(.+?):(\d+):\d+: (ASYNC200T?) (.*)$')


def ty_findings(tree):
    """What ty-async says on a tree."""
    folder = trees.folder_of(tree)
    tool = references.REFERENCES / 'venv' / 'py311' / 'bin' / 'ty-async'
    if not tool.exists():
        references.skip('no ty-async')
    result = subprocess.run(
        [tool, 'check', '--async200-transitive', '--async200-stdlib', *trees.TREES[tree][1]],
        cwd=folder, capture_output=True, text=True, check=False)
    verdicts = collections.Counter()
    for line in result.stdout.splitlines():
        found = LINE.match(line)
        if not found:
            continue
        path, row, code, words = found.groups()
        path = path[2:] if path.startswith('./') else path
        WORDS[tree, path, int(row), code] = words
        verdicts[code] += 1
        yield path, int(row), code


WORDS = {}


TABLE = references.PROJECT / 'tests' / 'corpora' / 'README.md'
VERDICTS = references.PROJECT / 'tests' / 'corpora' / 'findings.tsv'


def our_verdicts(tree):
    """How many of our AIO201 findings there are, and how many of them are true."""
    read = [line.split('\t') for line in VERDICTS.read_text(encoding='utf-8').splitlines()]
    verdicts = [line[4] for line in read if line[0] == tree and line[3] == 'AIO201']
    return len(verdicts), verdicts.count('true')


def table_row(tree, tool, count, true):
    """A line of the table."""
    share = f'{100 * true / count:.0f} %' if count else '-'
    return f'| {tree} | {tool} | {count} | {true} | {share} |'


def compare_table(tree, results):
    """Whether the table says what was found on a tree; `results` are (code, reason or None)."""
    reasons = [reason for code, reason in results if code == 'ASYNC200T']
    false = sum(reason is not None and reason.startswith('false:') for reason in reasons)
    table = TABLE.read_text(encoding='utf-8').splitlines()
    rows = [table_row(tree, 'ty-async', len(reasons), len(reasons) - false),
            table_row(tree, 'asynclint', *our_verdicts(tree))]
    missing = [row for row in rows if tree in IN_TABLE and row not in table]
    for row in missing:
        print('not in the table:', row)
    return not missing


IN_TABLE = {'aiohttp', 'django', 'homeassistant'}


def reason_of(tree, path, row, code):
    """The explanations that its message and the source give."""
    words = WORDS[tree, path, row, code]
    line = trees.source_lines(tree, path)[row - 1]
    if 'TimeWrapper.sleep' in words and 'asyncio.sleep' in line:
        return 'false: asyncio.sleep() is taken for the method sleep() of a class'
    if re.search(r'\*\.(read|write)_(text|bytes)|(zip|tar)file\.', words):
        return 'true: reads or writes files, which ASYNC230 says where the object is known'
    return None


if __name__ == '__main__':
    tools.compare(__doc__, 'ty_async.explained', ty_findings, OUR_CODES, 'ASYNC,AIO', reason_of,
                  compare_table)
