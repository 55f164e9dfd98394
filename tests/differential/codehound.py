"""codehound's async checks on real code: each of its findings is ours too or explained."""
import json
import subprocess

import _async_tools as tools
import _async_trees as trees
import _references as references

CHECKS = {
    'CH001': {'ASYNC210', 'ASYNC220', 'ASYNC221', 'ASYNC222', 'ASYNC250', 'ASYNC251', 'AIO204'},
    'CH004': {'VER002', 'VER003', 'VER005'},
    'CH006': {'AIO401'},
    'CH007': {'AIO101'},
    'CH008': {'AIO202'},
    'CH013': {'AIO402'},
    'CH014': {'AIO308', 'AIO303'},
    'CH015': {'AIO109'},
    'CH018': {'VER003'},
    'CH022': {'VER003'},
    'CH030': {'AIO108'},
    'CH039': {'AIO305'},
    'CH047': {'AIO409'},
    'CH064': {'AIO106'},
    'CH090': {'AIO410'},
    'CH093': {'AIO107'},
}


def codehound_findings(tree):
    """What codehound says on a tree, its tests included."""
    folder = trees.folder_of(tree)
    tool = references.REFERENCES / 'venv' / 'py311' / 'bin' / 'codehound'
    if not tool.exists():
        references.skip('no codehound')
    result = subprocess.run(
        [tool, 'scan', '--include-tests', '--exit-zero', '--format', 'json', '--select',
         ','.join(CHECKS), *trees.TREES[tree][1]],
        cwd=folder, capture_output=True, text=True, check=False)
    for item in json.loads(result.stdout):
        path = item['path']
        yield path[2:] if path.startswith('./') else path, item['line'], item['code']


def reason_of(tree, path, row, code):
    """The explanations that the source gives."""
    lines = trees.source_lines(tree, path)
    if code == 'CH004':
        return 'in a coroutine get_event_loop() is get_running_loop(); elsewhere it is VER\'s'
    if code == 'CH047':
        above = reversed(lines[:row])
        definition = next(line.strip() for line in above if line.strip().startswith(
            ('def ', 'async def ')))
        if definition.startswith('def '):
            return 'a synchronous context manager: AIO409 is about @asynccontextmanager'
    if code == 'CH006':
        around = ' '.join(lines[max(0, row - 4):row])
        if 'assertRaises' in around or 'pytest.raises' in around:
            return 'the call is to fail: there will be no task'
    return None


if __name__ == '__main__':
    tools.compare(__doc__, 'codehound.explained', codehound_findings, CHECKS, 'ASYNC,AIO,VER',
                  reason_of)
