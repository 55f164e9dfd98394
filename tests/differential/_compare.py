"""Two tools' findings on the same files, and the differences that are known and explained.

A list of explained differences has a line for each: corpus, path, place (line, or line:column),
code, sign and reason, separated by blanks. The sign is `+` for what asynclint alone says and `-` for what the reference
alone says; place and code may be `*`. A difference that no line explains fails, and so does a line
that explains none.
"""
import argparse
import collections
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import time

import _references as references

HERE = pathlib.Path(__file__).resolve().parent
WORKERS = 2
SAMPLE = 60  # about so many files of each corpus


def arguments(description):
    """The command line that every comparison has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument('--sample', action='store_true', help='a part of the files')
    parser.add_argument('--corpus', action='append', help='only this corpus')
    parser.add_argument('--set', action='append', help='only this set of options')
    parser.add_argument('--show', type=int, default=40, help='differences to print')
    return parser.parse_args()


def files_of(folder, sample):
    """The Python files of a corpus, relative to its folder."""
    paths = [path.relative_to(folder).as_posix() for path in references.python_files(folder)]
    return paths[::max(1, len(paths) // SAMPLE)] if sample else paths


def asynclint(folder, paths, options):
    """What asynclint says: a list of (path, line, column, code, message)."""
    command = [references.program(), 'check', '--isolated', '--no-force-exclude',
               '--output-format', 'json', *options, '--files-from', '-']
    result = subprocess.run(command, cwd=folder, input='\n'.join(paths), text=True,
                            capture_output=True, check=False)
    if result.returncode not in (0, 1):
        raise SystemExit(f'{command}: exit {result.returncode}: {result.stderr[:500]}')
    found = []
    for item in json.loads(result.stdout):
        path = pathlib.Path(item['filename'])
        path = path.relative_to(folder) if path.is_absolute() else path
        place = item['location']
        found.append((path.as_posix(), place['row'], place['column'], item['code'],
                      item['message']))
    return found


class Reference:
    """A worker script that reads paths and writes JSON lines, asked once for each content."""

    def __init__(self, name, script, python='py311'):
        self.python = references.REFERENCES / 'venv' / python / 'bin' / 'python'
        if not self.python.exists():
            references.skip(f'no interpreter {self.python}')
        self.script = HERE / script
        self.store = references.Store(name)
        self.tool = [name, self.script.read_text()]

    def work(self, folder, paths, options):
        """Ask the worker; one answer for each path."""
        if not paths:
            return []
        result = subprocess.run([self.python, '-I', self.script, json.dumps(options)], cwd=folder,
                                input='\n'.join(paths) + '\n', text=True, check=False,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        if len(answers) != len(paths):
            raise SystemExit(f'{self.script.name} ended early: {result.stderr[-500:]}')
        return answers

    def answers(self, folder, paths, options):
        """The answers, from the store where they are there."""
        keys = {path: self.store.key((folder / path).read_bytes(), [path, options], self.tool)
                for path in paths}
        said = {path: self.store.get(key) for path, key in keys.items()}
        missing = [path for path in paths if said[path] is None]
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            parts = [missing[number::WORKERS] for number in range(WORKERS)]
            for part, answers in zip(parts, pool.map(
                    lambda part: self.work(folder, part, options), parts)):
                for path, answer in zip(part, answers):
                    said[path] = answer
                    self.store.put(keys[path], answer)
        self.store.commit()
        return said


class Explained:
    """The checked-in list of differences."""

    def __init__(self, name):
        self.path = HERE / name
        self.entries = []
        for number, line in enumerate(self.path.read_text().splitlines(), 1):
            if not line.strip() or line.startswith('#'):
                continue
            match = re.fullmatch(r'(\S+) (\S+) (\S+) (\S+) ([-+]) (\S.*)', line)
            if match is None:
                raise SystemExit(f'{name}:{number}: not an explained difference')
            self.entries.append((number, match.groups()))
        self.used = set()

    def explains(self, corpus, path, place, code, sign):
        """Whether a line of the list is about this difference."""
        for number, entry in self.entries:
            if entry[:2] == (corpus, path) and entry[4] == sign and \
                    entry[2] in ('*', place) and entry[3] in ('*', code):
                self.used.add(number)
                return True
        return False

    def stale(self, seen):
        """The lines that explained nothing although their file was compared."""
        return [f'{self.path.name}:{number}: {" ".join(entry)}' for number, entry in self.entries
                if number not in self.used and entry[:2] in seen]


class Comparison:
    """Counts, and what is left unexplained."""

    def __init__(self, explained):
        self.explained = Explained(explained)
        self.seen = set()
        self.unexplained = []

    def compare(self, corpus, name, paths, ours, theirs):
        """Compare two Counters of (path, place, code); print one line of figures."""
        self.seen.update((corpus, path) for path in paths)
        known = 0
        left = []
        for sign, more, less in (('+', ours, theirs), ('-', theirs, ours)):
            for (path, place, code), count in (more - less).items():
                if self.explained.explains(corpus, path, place, code, sign):
                    known += count
                else:
                    left.append((corpus, path, place, code, sign, name))
        self.unexplained += sorted(left)
        print(f'{corpus:16} {name:28} files {len(paths):5}  ours {sum(ours.values()):6}  '
              f'theirs {sum(theirs.values()):6}  explained {known:4}  unexplained {len(left):4}',
              flush=True)

    def finish(self, show):
        """The exit status."""
        for item in self.unexplained[:show]:
            print('unexplained:', *item)
        stale = self.explained.stale(self.seen)
        for line in stale:
            print('stale:', line)
        return 1 if self.unexplained or stale else 0


def chosen(everything, names):
    """The items of a dictionary that were asked for."""
    return {name: value for name, value in everything.items() if not names or name in names}


def main(compare_corpus, explained, description):
    """Run compare_corpus(comparison, corpus, folder, paths, options) over the corpora."""
    options = arguments(description)
    comparison = Comparison(explained)
    start = time.monotonic()
    for corpus, folder in chosen(references.corpora(), options.corpus).items():
        folder = folder.resolve()
        compare_corpus(comparison, corpus, folder, files_of(folder, options.sample), options)
    status = comparison.finish(options.show)
    print(f'{time.monotonic() - start:.0f} s')
    sys.exit(status)
