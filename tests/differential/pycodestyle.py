#!/usr/bin/env python3
"""Compares `asynclint pycodestyle` with pycodestyle 2.5.0, complete output by complete output.

    pycodestyle.py [corpora] [testsuite] [mutations] [input] [submissions] [speed]
                   [--sample [N]] [--corpus NAME] [--set NAME] [--count N] [--first N] [--show N]

Without a part named, all of them. What the reference says is computed once for each (content,
options) and kept under build/cache. A directory is walked in another order by the two (os.walk
against sorted), so what is compared is the output for each file, the files being named one by one.
"""
import argparse
import concurrent.futures
import difflib
import gzip
import io
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import tokenize

import _mutate as mutate
import _references as references

SETS = {
    'all': ['--select=E,W'],
    'default': [],
    'doc-length': ['--max-doc-length=72'],
    'hang-closing': ['--hang-closing'],
    'line-length': ['--max-line-length=100'],
    'ignore': ['--ignore=E501'],
    'show-source': ['--show-source'],
}
EVERYTHING = ['--select=E,W', '--max-doc-length=72', '--show-source']
PLACEHOLDER = '<FILE>'
WORKERS = 2
BATCH = 100
TIMEOUT = 120


def environment(folder, version=None):
    """Without a user's configuration, and with UTF-8 output; `version` is the reference's Python."""
    named = {} if version is None else {'ASYNCLINT_PYCODESTYLE_PYTHON': version}
    return {'PATH': os.environ['PATH'], 'HOME': str(folder), 'LC_ALL': 'C.UTF-8', **named}


class Reference:
    """pycodestyle 2.5.0, asked once for each (content, options)."""

    def __init__(self, room):
        self.python = references.pycodestyle_python()
        self.room = room
        self.store = references.Store('pycodestyle')
        self.workers = []
        told = subprocess.run([self.python, '--version'], capture_output=True, text=True,
                              check=True)
        self.name = f'pycodestyle 2.5.0 on {told.stdout.strip()}'
        self.version = told.stdout.split()[1]

    def start_worker(self):
        """A new interpreter; its greeting is read."""
        worker = subprocess.Popen(
            [self.python, '-I', pathlib.Path(__file__).parent / '_pycodestyle_worker.py'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=self.room,
            env=environment(self.room))
        worker.stdout.readline()
        return worker

    def say(self, worker, path, options):
        """The worker's answer for one file; with the option `-`, for it on standard input."""
        is_input = '-' in options
        options = [option for option in options if option != '-']
        worker.stdin.write(json.dumps({'path': str(path), 'options': options,
                                       'input': is_input}) + '\n')
        worker.stdin.flush()
        answer = json.loads(worker.stdout.readline())
        if 'output' in answer:
            answer['output'] = without_path(answer['output'], 'stdin' if is_input else str(path))
        return answer

    def answers(self, paths, options):
        """The answers for many files, in their order; what is not in the store is computed."""
        keys = [self.store.key(path.read_bytes(), options, self.name) for path in paths]
        found = [self.store.get(key) for key in keys]
        missing = [index for index, answer in enumerate(found) if answer is None]
        while missing and len(self.workers) < WORKERS:
            self.workers.append(self.start_worker())
        parts = [missing[number::WORKERS] for number in range(WORKERS)]

        def work(number):
            return [self.say(self.workers[number], paths[index], options)
                    for index in parts[number]]

        if missing:
            with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
                for part, said in zip(parts, pool.map(work, range(WORKERS))):
                    for index, answer in zip(part, said):
                        found[index] = answer
                        self.store.put(keys[index], answer)
            self.store.commit()
        return found


def without_path(output, path):
    """The output with the file's path, where a line begins with it, replaced."""
    return re.sub('^' + re.escape(path) + ':', PLACEHOLDER + ':', output, flags=re.MULTILINE)


def our_outputs(session, paths, options):
    """What asynclint prints for each file, its path replaced; the files named in one command."""
    command = [session.program, 'pycodestyle', *options, 'nothing.py', *paths]
    done = subprocess.run(command, capture_output=True, cwd=session.room, timeout=TIMEOUT,
                          check=False, env=environment(session.room, session.reference.version))
    if done.returncode not in (0, 1) or done.stderr:
        problem = f'status {done.returncode}: {done.stderr.decode(errors="replace")[:500]}'
        if len(paths) > 1:
            return [output for path in paths
                    for output in our_outputs(session, [path], options)]
        return [problem]
    return split_by_file(done.stdout.decode('utf-8', 'surrogateescape'), paths)


def split_by_file(output, paths):
    """The part of each file; lines that name none (shown source) belong to the one before."""
    parts = {str(path): [] for path in paths}
    current = None
    for line in output.split('\n')[:-1]:
        name = line.split(':', 1)[0]
        if name in parts:
            current = name
            line = PLACEHOLDER + line[len(name):]
        if current is None:
            raise ValueError(f'output before any file: {line!r}')
        parts[current].append(line + '\n')
    return [''.join(parts[str(path)]) for path in paths]


class Comparison:
    """Counts files, differences and crashes of the reference; shows the first differences."""

    def __init__(self, show):
        self.show = show
        self.files = self.differences = self.crashes = self.lines = 0

    def add(self, path, options, theirs, ours):
        """Compare one file's outputs."""
        self.files += 1
        if 'crash' in theirs:
            self.crashes += 1
            return
        self.lines += theirs['output'].count('\n')
        if theirs['output'] == ours:
            return
        self.differences += 1
        if self.show <= 0:
            return
        self.show -= 1
        print(f'--- {path} {" ".join(options)}')
        diff = difflib.unified_diff(theirs['output'].split('\n'), ours.split('\n'),
                                    'pycodestyle', 'asynclint', n=0, lineterm='')
        for line in list(diff)[2:22]:
            print('    ' + line.encode('utf-8', 'backslashreplace').decode())

    def row(self, *names):
        """Print the figures as a row; whether there was no difference."""
        crashes = f', reference crashed on {self.crashes}' if self.crashes else ''
        print(f'{" ".join(f"{name:<16}" for name in names)} {self.files:>6} files '
              f'{self.lines:>8} lines {self.differences:>5} differences{crashes}', flush=True)
        return self.differences == 0


class Session:
    """What all parts share."""

    def __init__(self, arguments, room):
        self.arguments = arguments
        self.room = pathlib.Path(room).resolve()
        # An empty configuration, and a path that shares no beginning with the others, keep both
        # programs from reading the settings of the projects they check.
        (self.room / 'setup.cfg').write_text('')
        (self.room / 'nothing.py').write_text('')
        self.reference = Reference(self.room)
        self.program = None if arguments.reference_only else references.program()

    def compare(self, comparison, paths, options):
        """Both programs over the files; absolute paths."""
        for start in range(0, len(paths), BATCH):
            batch = paths[start:start + BATCH]
            theirs = self.reference.answers(batch, options)
            if self.program is None:
                continue
            ours = our_outputs(self, batch, options)
            for path, their_answer, our_output in zip(batch, theirs, ours):
                comparison.add(path, options, their_answer, our_output)

    def write_files(self, contents, first=0):
        """Files in the room with these bytes, numbered."""
        paths = []
        for number, content in enumerate(contents, first):
            paths.append(self.room / f'case{number}.py')
            paths[-1].write_bytes(content)
        return paths

    def sample(self, paths):
        """At most --sample of the paths, the same ones each time."""
        if not self.arguments.sample or len(paths) <= self.arguments.sample:
            return paths
        chosen = random.Random(0).sample(range(len(paths)), self.arguments.sample)
        return [paths[index] for index in sorted(chosen)]


def part_corpora(session):
    """Every corpus with every set of options."""
    arguments = session.arguments
    right = True
    for set_name, options in SETS.items():
        if arguments.set and set_name not in arguments.set:
            continue
        for name, folder in references.corpora().items():
            if arguments.corpus and name not in arguments.corpus:
                continue
            comparison = Comparison(arguments.show)
            paths = session.sample(references.python_files(folder.resolve()))
            session.compare(comparison, paths, options)
            right &= comparison.row(name, set_name)
    return right


def cases_of(data):
    """The (expected codes, bytes) of a file of pycodestyle's testsuite: a `#:` line begins a case."""
    cases = []
    expected, lines = ['Okay'], []
    for line in data.splitlines(keepends=True) + [b'#:\n']:
        if not line.startswith(b'#:'):
            lines.append(line)
            continue
        if expected and lines:
            content = b''.join(lines)
            if 'noeol' in expected:
                content = content.rstrip(b'\n')
            cases.append(([code for code in expected if code not in ('Okay', 'noeol')], content))
        expected, lines = line.decode().split()[1:], []
    return cases


def unmet(expected, output):
    """What an output has too much or too little, by the rules of pycodestyle's testsuite."""
    found = re.findall(rf'^{PLACEHOLDER}:(\d+):(\d+): (\w+)', output, flags=re.MULTILINE)
    plain = [code.split(':')[0] for code in expected]
    counts = {code: sum(code == other for _, _, other in found) for code in plain}
    problems = [f'unexpected {code}:{row}:{column}' for row, column, code in found
                if code not in expected and f'{code}:{row}:{column}' not in expected]
    problems += [f'missing {code}' for code in set(plain) if counts[code] < plain.count(code)]
    problems += [f'too often {code}' for code in set(expected) & set(plain)
                 if counts[code] > plain.count(code)]
    return problems


def part_testsuite(session):
    """pycodestyle's own test files: whole, and case by case with what each case expects."""
    folders = list((references.REFERENCES / 'pcs_src').glob('pycodestyle-2.5.0/testsuite'))
    if not folders:
        references.skip('no sources of pycodestyle 2.5.0')
    files = sorted(folders[0].resolve().glob('*.py'))
    right = True
    for set_name, options in {**SETS, 'everything': EVERYTHING}.items():
        comparison = Comparison(session.arguments.show)
        session.compare(comparison, files, options)
        right &= comparison.row('testsuite', set_name)
    options = ['--select=E,W', '--max-doc-length=72']
    cases = [(expected, content) for file in files for expected, content in
             cases_of(file.read_bytes())]
    paths = session.write_files(content for _, content in cases)
    comparison = Comparison(session.arguments.show)
    session.compare(comparison, paths, options)
    right &= comparison.row('testsuite', 'cases')
    if session.program is None:
        return right
    ours = our_outputs(session, paths, options)
    theirs = session.reference.answers(paths, options)
    met = missed = excused = 0
    for (expected, _), path, our_output, their_answer in zip(cases, paths, ours, theirs):
        if not unmet(expected, our_output):
            met += 1
        elif unmet(expected, their_answer.get('output', '')):
            excused += 1
        else:
            missed += 1
            print(f'--- {path} expects {expected}: {unmet(expected, our_output)}')
    print(f'testsuite        expectations     {met} met, {missed} missed, '
          f'{excused} that {session.reference.name} does not meet either')
    return right and missed == 0


def part_mutations(session):
    """Files with accidents, whole corpora as material, everything turned on."""
    material = [path for folder in references.corpora().values()
                for path in references.python_files(folder.resolve())]
    count = session.arguments.sample or session.arguments.count
    first = session.arguments.first
    right = True
    for set_name, options in {'everything': EVERYTHING, 'default': [],
                              'hanging': ['--hang-closing', '--ignore=E101,E5']}.items():
        comparison = Comparison(session.arguments.show)
        for start in range(first, first + count, BATCH):
            numbers = range(start, min(start + BATCH, first + count))
            paths = session.write_files(
                (mutate.mutated(material, number) for number in numbers), start)
            session.compare(comparison, paths, options)
        right &= comparison.row('mutations', set_name)
    return right


def is_read_twice(data):
    """Whether pycodestyle reads a line of this input twice.

    After a string over several lines it goes back by the string's rows and forward by its LFs. On
    standard input there can be more rows than LFs, and it reads again what it has read. That is not
    followed.
    """
    text = io.TextIOWrapper(io.BytesIO(data), encoding='utf-8', errors='ignore').read()
    lines = iter(text.splitlines(keepends=True))
    try:
        return any(token.type == tokenize.STRING and '\n' in token.string and
                   token.string.count('\n') != token.end[0] - token.start[0]
                   for token in tokenize.generate_tokens(lambda: next(lines, '')))
    except (tokenize.TokenError, SyntaxError):
        return False


def part_input(session):
    """The same on standard input, where pycodestyle decodes and cuts lines in other ways."""
    material = [path for folder in references.corpora().values()
                for path in references.python_files(folder.resolve())]
    count = session.arguments.sample or 1000
    comparison = Comparison(session.arguments.show)
    numbers = range(100_000, 100_000 + count)
    paths = session.write_files((mutate.mutated(material, number) for number in numbers), 100_000)
    options = [*EVERYTHING, '-']
    for path, answer in zip(paths, session.reference.answers(paths, options)):
        if session.program is None or is_read_twice(path.read_bytes()):
            continue
        done = subprocess.run(
            [session.program, 'pycodestyle', *options], input=path.read_bytes(),
            capture_output=True, cwd=session.room, timeout=TIMEOUT, check=False,
            env=environment(session.room, session.reference.version))
        output = done.stdout.decode('utf-8', 'surrogateescape') + done.stderr.decode()
        comparison.add(path, options, answer, without_path(output, 'stdin'))
    return comparison.row('input', 'everything')


def oracle_folder():
    """../shared/submissions, beside the project or above it; None where it is not there."""
    for above in references.PROJECT.parents:
        if (above / 'shared' / 'submissions').is_dir():
            return above / 'shared' / 'submissions'
    return None


def part_submissions(session):
    """The oracle's verdicts on real submissions, line by line."""
    right = True
    oracle = oracle_folder()
    if oracle is None:
        print('submissions      NOT COMPARED: there is no ../shared/submissions')
        return right
    for state in ('head', 'history'):
        with gzip.open(oracle / f'{state}.oracle.jsonl.gz', 'rt') as lines:
            records = [record for record in map(json.loads, lines)
                       if record['requirement'] == 'pycodestyle']
        folder = (references.REFERENCES / 'submissions' / state).resolve()
        there = [record for record in records if (folder / record['path']).is_file()]
        if not there:
            print(f'submissions      {state}: NOT COMPARED, no submissions at {folder}')
            continue
        if len(there) < len(records):
            print(f'submissions      {state}: {len(records) - len(there)} of {len(records)} files are '
                  'not there')
        records = session.sample(there) if session.arguments.sample else there
        comparison = Comparison(session.arguments.show)
        for start in range(0, len(records), BATCH):
            batch = records[start:start + BATCH]
            paths = [folder / record['path'] for record in batch]
            ours = our_outputs(session, paths, [])
            for path, record, output in zip(paths, batch, ours):
                told = ''.join(f'{PLACEHOLDER}:{detail}\n' for detail in record['details'])
                comparison.add(path, [], {'output': told}, output)
        right &= comparison.row('submissions', state)
    return right


def processor_seconds(command, room):
    """User and system time of a command, which another load on the machine hardly changes."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=room, env=environment(room))
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return used.ru_utime + used.ru_stime


def part_speed(session):
    """How many times as fast as pycodestyle on CPython's library, one processor each."""
    if session.arguments.sample or session.program is None:
        return True
    folder = references.corpora()['cpython'].resolve()
    ours = [session.program, 'check', '--isolated', '--no-cache', '--no-respect-gitignore', '--jobs=1',
            '--select=E,W', folder]
    theirs = [session.reference.python, '-m', 'pycodestyle', '--select=E,W', folder]
    our_seconds = min(processor_seconds(ours, session.room) for _ in range(5))
    their_seconds = processor_seconds(theirs, session.room)
    ratio = their_seconds / our_seconds
    print(f'speed            cpython          asynclint {our_seconds:.2f} s, pycodestyle '
          f'{their_seconds:.1f} s of processor time: {ratio:.0f} times as fast')
    return ratio >= 100


PARTS = {'corpora': part_corpora, 'testsuite': part_testsuite, 'mutations': part_mutations, 'input': part_input,
         'submissions': part_submissions, 'speed': part_speed}


def run_part(session, name):
    """Exit status of one part; one that is skipped does not hide what the others found."""
    try:
        return 0 if PARTS[name](session) else 1
    except SystemExit as stopped:
        return stopped.code


def main():
    """Run the parts named on the command line; status 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('parts', nargs='*', metavar='part', help=', '.join(PARTS))
    parser.add_argument('--sample', type=int, nargs='?', const=40,
                        help='only so many files of each corpus')
    parser.add_argument('--corpus', action='append')
    parser.add_argument('--set', action='append', help=', '.join(SETS))
    parser.add_argument('--count', type=int, default=5000, help='mutated files')
    parser.add_argument('--first', type=int, default=0, help='number of the first mutated file')
    parser.add_argument('--show', type=int, default=3, help='differences shown for each row')
    parser.add_argument('--reference-only', action='store_true', help='only fill the cache')
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - set(PARTS)
    if unknown:
        parser.error(f'no such part: {", ".join(sorted(unknown))}')
    with tempfile.TemporaryDirectory() as room:
        session = Session(arguments, room)
        print(f'reference: {session.reference.name}')
        statuses = [run_part(session, name) for name in arguments.parts or PARTS]
    return 1 if 1 in statuses else max(statuses)


if __name__ == '__main__':
    sys.exit(main())
