"""Where the reference tools and corpora are, and a store for what they said.

`./dev references` puts them under build/references; ASYNCLINT_REFERENCES names another place.
"""
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import zlib

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
REFERENCES = pathlib.Path(os.environ.get('ASYNCLINT_REFERENCES',
                                         PROJECT / 'build' / 'references'))
CACHE = pathlib.Path(os.environ.get('ASYNCLINT_CACHE', PROJECT / 'build' / 'cache'))
SKIPPED = 77  # what ctest takes for "skipped"


def skip(reason, remedy='./dev references makes what is missing'):
    """End the script, loudly, without a verdict."""
    print(f'SKIPPED: {reason}; {remedy}', file=sys.stderr)
    sys.exit(SKIPPED)


def program():
    """The asynclint that is tested: ASYNCLINT, else the first build found."""
    named = os.environ.get('ASYNCLINT')
    places = [pathlib.Path(named)] if named else [
        PROJECT / 'build' / preset / 'asynclint' for preset in ('release', 'dev', 'asan')]
    for place in places:
        if place.exists():
            return place.resolve()
    return skip('asynclint is not built')


def pycodestyle_python():
    """The interpreter with pycodestyle 2.5.0: 3.7 where there is one, else the newest up to 3.11."""
    for version in ('37', '311', '310', '39', '38'):
        python = REFERENCES / 'venv' / f'py{version}' / 'bin' / 'python'
        if not python.exists():
            continue
        told = subprocess.run([python, '-c', 'import pycodestyle; print(pycodestyle.__version__)'],
                              capture_output=True, text=True, check=False)
        if told.stdout.strip() == '2.5.0':
            return python
    return skip('no interpreter with pycodestyle 2.5.0')


def corpora():
    """Name to folder of each corpus that is there."""
    root = REFERENCES / 'corpora'
    if not root.is_dir():
        skip(f'no corpora at {root}')
    return {folder.name: folder for folder in sorted(root.iterdir()) if folder.is_dir()}


def python_files(folder):
    """All .py files below a folder that are regular files, sorted."""
    return sorted(path for path in folder.rglob('*.py')
                  if path.is_file() and not path.is_symlink())


class Store:
    """What a reference said about (content, options), kept between runs."""

    def __init__(self, name):
        import sqlite3  # not every reference interpreter has it
        CACHE.mkdir(parents=True, exist_ok=True)
        self.base = sqlite3.connect(CACHE / f'{name}.sqlite', timeout=60)
        self.base.execute('CREATE TABLE IF NOT EXISTS said (key BLOB PRIMARY KEY, answer BLOB)')

    @staticmethod
    def key(content, options, tool):
        """The key of an answer: a digest of the bytes, the options and the tool's version."""
        digest = hashlib.sha256(content)
        digest.update(json.dumps([options, tool]).encode())
        return digest.digest()

    def get(self, key):
        """The stored answer, or None."""
        row = self.base.execute('SELECT answer FROM said WHERE key = ?', (key,)).fetchone()
        return json.loads(zlib.decompress(row[0])) if row else None

    def put(self, key, answer):
        """Keep an answer; commit() makes it last."""
        self.base.execute('INSERT OR REPLACE INTO said VALUES (?, ?)',
                          (key, zlib.compress(json.dumps(answer).encode())))

    def commit(self):
        """Write out what was put."""
        self.base.commit()
