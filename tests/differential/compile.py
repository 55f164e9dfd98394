#!/usr/bin/env python3
"""Compares E9, VER001 and AIO001 to AIO003 with the compilers of CPython 3.7 to 3.13 themselves.

For each interpreter N and each file, of the corpora, of a seeded lot of mutated ones and of small
ones generated about async: N compiles it, or asynclint reports something for target version N. A
report on a file that compiles fails the test; so does finding less than 97 of 100 files that do not,
or less than all of those about async. Interpreters are those that
ASYNCLINT_PYTHONS names (separated as in PATH) and what is found as pythonN.M.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import tokenize

import _async_cases
import _mutate
import _references as references

HERE = pathlib.Path(__file__).resolve().parent
VERSIONS = [f'3.{minor}' for minor in range(7, 14)]
CODES = 'E9,VER001,AIO001,AIO002,AIO003'
SHARE = 0.97
MUTATED, MUTATED_SAMPLE, CORPUS_SAMPLE = 5000, 500, 50


def interpreters():
    """Version to program."""
    programs = os.environ.get('ASYNCLINT_PYTHONS', '').split(os.pathsep)
    found = {}
    for program in [name for name in programs if name] + [
            shutil.which('python' + version) for version in reversed(VERSIONS)]:
        if not program:
            continue
        run = subprocess.run([program, '-c', 'import sys; print("%d.%d" % sys.version_info[:2])'],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        if run.returncode == 0 and run.stdout.strip() in VERSIONS:
            found.setdefault(run.stdout.strip(), program)
    return {version: found[version] for version in VERSIONS if version in found}


def ask(program, paths):
    """What the compiler says of each path; None where it crashes."""
    answers = []
    while len(answers) < len(paths):
        run = subprocess.run(['nice', program, '-I', str(HERE / '_compile_worker.py')],
                             input='\n'.join(paths[len(answers):]), stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, text=True, check=False)
        answers += [json.loads(line) for line in run.stdout.splitlines()]
        if len(answers) < len(paths):
            answers.append(None)
    return answers


def compiled(store, version, program, paths):
    """The same, remembered by content."""
    keys = {path: store.key(pathlib.Path(path).read_bytes(), [], f'compile {version}') for path in paths}
    said = {path: store.get(keys[path]) for path in paths}
    missing = [path for path in paths if said[path] is None]
    for path, answer in zip(missing, ask(program, missing)):
        said[path] = [answer]
        store.put(keys[path], [answer])
    store.commit()
    return {path: said[path][0] for path in paths}


def reported(version, paths):
    """Path to the lines that asynclint reports for that target."""
    command = [references.program(), 'check', '--isolated', '--no-force-exclude', '--no-cache',
               '--output-format', 'json', '--select', CODES, '--target-version', version,
               '--files-from', '-']
    run = subprocess.run(command, input='\n'.join(paths), stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f'{command}: exit {run.returncode}')
    lines = collections.defaultdict(list)
    for finding in json.loads(run.stdout):
        lines[finding['filename']].append((finding['location']['row'], finding['code']))
    return lines


def mutated_files(folder, material, count):
    """Write mutated files; their paths."""
    paths = []
    for number in range(count):
        path = pathlib.Path(folder) / f'{number:05}.py'
        path.write_bytes(_mutate.mutated(material, number))
        paths.append(str(path))
    return paths


def is_decodable(path):
    """Whether the file can be read as text: E903 goes by that, and not by what compile() skips."""
    try:
        with tokenize.open(path) as file:
            file.read()
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return False
    return True


def async_files(folder):
    """Write the generated files about async; their paths."""
    paths = []
    for number, text in enumerate(_async_cases.cases()):
        path = pathlib.Path(folder) / f'async{number:05}.py'
        path.write_text(text)
        paths.append(str(path))
    return paths


def kind_of(message):
    """A message without what is particular to one file."""
    message = re.sub(r"\(.*\)|'[^']*'|\d+", '…', message)
    return message[:70]


def compare(name, said, lines, version, show, share_wanted):
    """Count one lot for one version; True where it is good enough."""
    count = collections.Counter()
    missed = collections.Counter()
    for path, answer in said.items():
        if answer is None:
            count['crash'] += 1
            continue
        line, message = answer
        count['refused' if message else 'compiles'] += 1
        if message is None and path in lines:
            if {code for _, code in lines[path]} == {'E903'} and not is_decodable(path):
                continue
            count['false'] += 1
            print(f'  false alarm for {version}: {path}: {lines[path][:3]}')
        elif message and path in lines:
            count['found'] += 1
            count['line'] += any(row == line for row, _ in lines[path])
        elif message:
            missed[kind_of(message)] += 1
            if count['missed'] < show:
                print(f'  missed for {version}: {path}:{line}: {message}')
            count['missed'] += 1
    share = count['found'] / count['refused'] if count['refused'] else 1.0
    print(f"{name:8} {version:5} {count['compiles']:6} compile, {count['false']} false alarms; "
          f"{count['refused']:6} do not, found {100 * share:.2f} %, on the same line "
          f"{100 * count['line'] / max(1, count['found']):.1f} %"
          + (f"; {count['crash']} crash the interpreter" if count['crash'] else ''))
    for kind, times in missed.most_common():
        print(f'           missed {times}: {kind}')
    return count['false'] == 0 and share >= share_wanted


def main():
    """Both lots, all interpreters."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--sample', action='store_true', help='a part of the files')
    parser.add_argument('--mutated', type=int, help='how many mutated files')
    parser.add_argument('--show', type=int, default=0, help='missed files to print for each version')
    options = parser.parse_args()
    programs = interpreters()
    if not programs:
        references.skip('no interpreter of CPython 3.7 to 3.13 is installed')
    print('interpreters:', ', '.join(programs))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    every = [path for folder in references.corpora().values() for path in references.python_files(folder)]
    corpus = [str(path) for path in (every[::CORPUS_SAMPLE] if options.sample else every)]
    count = options.mutated or (MUTATED_SAMPLE if options.sample else MUTATED)
    store = references.Store('compile')
    good = True
    with tempfile.TemporaryDirectory() as folder:
        lots = {'corpora': corpus, 'mutated': mutated_files(folder, every, count),
                'async': async_files(folder)}
        for name, paths in lots.items():
            for version, program in programs.items():
                said = compiled(store, version, program, paths)
                good &= compare(name, said, reported(version, paths), version, options.show,
                                1.0 if name == 'async' else SHARE)
    sys.exit(0 if good else 1)


if __name__ == '__main__':
    main()
