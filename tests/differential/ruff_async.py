"""ruff's async rules on real code: each of its findings is ours too or explained."""
import json
import subprocess

import _async_tools as tools
import _async_trees as trees
import _references as references

RULES = 'ASYNC,RUF006,RUF029,PLE1142'
OUR_CODES = {'RUF006': {'AIO401'}, 'RUF029': {'ASYNC124'}, 'PLE1142': {'AIO001'},
             'ASYNC230': {'ASYNC230', 'ASYNC231'}}


def ruff_findings(tree):
    """What ruff says, in preview, on a tree."""
    folder = trees.folder_of(tree)
    _, paths, version = trees.TREES[tree]
    ruff = references.REFERENCES / 'venv' / 'py311' / 'bin' / 'ruff'
    if not ruff.exists():
        references.skip('no ruff')
    target = 'py' + version.replace('.', '')
    result = subprocess.run(
        [ruff, 'check', '--isolated', '--preview', '--no-cache', '--exit-zero', '--select', RULES,
         '--target-version', target, '--output-format', 'json', *paths],
        cwd=folder, capture_output=True, text=True, check=False)
    for item in json.loads(result.stdout):
        if item['code'] is not None:  # what ruff cannot read
            path = item['filename'][len(str(folder)) + 1:]
            yield path, item['location']['row'], item['code']


def why_not_needless(lines, row):
    """Why ASYNC124 leaves out a function that RUF029 reports."""
    above = lines[row - 2].strip() if row > 1 else ''
    if above.startswith('@') or above == ')':
        return 'decorated: somebody else may ask for a coroutine function'
    body = row
    while body < len(lines) and not lines[body - 1].rstrip().endswith((':', '...')):
        body += 1
    while body < len(lines) and lines[body].strip().startswith('#'):
        body += 1
    if body < len(lines) and lines[body].strip().startswith('raise'):
        return 'does nothing but raise: it refuses, or stands for one that would wait'
    return None


def reason_of(tree, path, row, code):
    """The explanations that the source gives."""
    lines = trees.source_lines(tree, path)
    if code == 'RUF029':
        return why_not_needless(lines, row)
    around = ' '.join(lines[max(0, row - 4):row])
    if code == 'RUF006' and ('assertRaises' in around or
                             'pytest.raises' in around):
        return 'the call is to fail: there will be no task'
    return None


if __name__ == '__main__':
    tools.compare(__doc__, 'ruff_async.explained', ruff_findings, OUR_CODES, 'ASYNC,AIO',
                  reason_of)
