"""Statements that nobody looks at change nothing: every file checked with and without them.

Documentation, annotations and asynchronous code are checked in the files of this repository, those
of the corpora, and mutated ones; then again together with a rule that looks at the whole tree.
Without `--sample` all files of the corpora are read.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

import _mutate
import _references

SELECTIONS = ['D,ANN,REQ008,REQ010', 'ASYNC', 'D,ANN,ASYNC']
WHOLE = 'VER004'  # wants the whole tree
FINDING = re.compile(r'.*:\d+:\d+: ')
LONE_RETURN = re.compile(rb'\r(?!\n)')  # the grammar takes it for a blank, and less is lost the less it sees


def findings(paths, selection):
    """The lines that report a finding of the selection, WHOLE's left out."""
    command = [str(_references.program()), 'check', '--isolated', '--no-cache', '--exit-zero', '--preset', 'all', '--select', selection]
    result = subprocess.run([*command, '--files-from', '-'], input='\n'.join(map(str, paths)), capture_output=True,
                            encoding='utf-8', check=False)
    if result.returncode != 0:
        sys.exit(f'{" ".join(command)}: status {result.returncode} {result.stderr}')
    return [line for line in result.stdout.splitlines() if FINDING.match(line) and f' {WHOLE} ' not in line]


def compare(paths, selection):
    """How many lines differ; the first ones are shown."""
    quiet, whole = findings(paths, selection), findings(paths, f'{selection},{WHOLE}')
    different = sorted(set(quiet) ^ set(whole))
    print(f'{selection}: {len(whole)} lines, {len(different)} different')
    for line in different[:10]:
        print(f'  {"only with" if line in quiet else "only without"} quiet statements: {line}')
    return len(different)


def main():
    """Compare, and exit with 1 where there is a difference."""
    is_sample = '--sample' in sys.argv
    own = _references.python_files(_references.PROJECT / 'fixtures') + _references.python_files(_references.PROJECT / 'tests')
    corpora = sorted((_references.REFERENCES / 'corpora').glob('**/*.py'))
    if not corpora:
        print('without corpora: the files of this repository only')
    paths = own + [path for path in (corpora[::20] if is_sample else corpora) if path.is_file()]
    with tempfile.TemporaryDirectory() as folder:
        made = [pathlib.Path(folder, f'{number}.py') for number in range(500 if is_sample else 10000)]
        for number, path in enumerate(made):
            path.write_bytes(LONE_RETURN.sub(b'\n', _mutate.mutated(paths, number)))
        sys.exit(sum(compare(paths + made, selection) for selection in SELECTIONS) > 0)


if __name__ == '__main__':
    main()
