"""Two parsers, one tree: what the compiler's parser makes of a file is what tree-sitter makes of it.

The files of this repository, those of the corpora, mutated ones, and statements made by chance.
Without `--sample` all files of the corpora are read.
"""
import pathlib
import subprocess
import sys
import tempfile

import _mutate
import _references
import _statements


def python_files(folder, pattern):
    """The files of that name under the folder, in order."""
    return sorted(path for path in folder.glob(pattern) if path.is_file())


def main():
    """Compare, and exit with 1 where there is a difference."""
    is_sample = '--sample' in sys.argv
    own = python_files(_references.PROJECT, '[!b]*/**/*.py')
    corpora = python_files(_references.REFERENCES, 'corpora/**/*.py')
    if not corpora:
        print('without corpora: the files of this repository only')
    paths = own + (corpora[::20] if is_sample else corpora)
    tool = _references.program().parent / 'tools' / 'compare_trees'
    made = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1000 if is_sample else 10000):
            made.append(pathlib.Path(folder, f'{number}.py'))
            made[-1].write_bytes(_mutate.mutated(paths, number))
            made.append(pathlib.Path(folder, f'statement_{number}.py'))
            made[-1].write_bytes(_statements.statement(number))
        names = ''.join(f'{path}\n' for path in paths + made)
        sys.exit(subprocess.run([str(tool)], input=names.encode(), check=False).returncode)


if __name__ == '__main__':
    main()
