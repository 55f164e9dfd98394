#!/usr/bin/env python3
"""Measures asynclint beside the tools it stands beside, on the same files in the same run.

    bench.py [--runs N] [--write docs/benchmarks.md] [NAME …]

Each row runs its commands in turn, N times round, and compares medians: the machine's moods meet
all of them alike. Times are shown as ratios; a ratio above 1 says that asynclint is faster.
"""

import argparse
import contextlib
import dataclasses
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import typing

ROOT = pathlib.Path(__file__).resolve().parents[2]
REFERENCES = pathlib.Path(os.environ.get('ASYNCLINT_REFERENCES', ROOT / 'build' / 'references'))
VENV = REFERENCES / 'venv' / 'py311' / 'bin'
PROGRAM = ROOT / 'build' / 'pgo' / 'asynclint'
BARE = ROOT / 'build' / 'pgo' / 'bare_parse'
CPYTHON = REFERENCES / 'corpora' / 'cpython'
HOMEASSISTANT = REFERENCES / 'corpora' / 'homeassistant'


@dataclasses.dataclass
class Sample:
    """What one run of one command took."""

    wall: float
    cpu: float
    peak: int  # KiB


@dataclasses.dataclass
class Command:
    """A command line with what it reads and where it runs."""

    name: str
    words: typing.List[str]
    cores: int = 1
    stdin: typing.Optional[pathlib.Path] = None
    before: typing.Optional[typing.Callable[[], None]] = None


@dataclasses.dataclass
class Row:
    """One comparison: the first command is asynclint's."""

    name: str
    commands: typing.List[Command]
    measure: str = 'wall'  # or 'cpu'
    wanted: str = ''


def run_once(command: Command) -> Sample:
    """Run a command bound to its number of cores; its output goes nowhere."""
    if command.before is not None:
        command.before()
    with contextlib.ExitStack() as stack:
        source = stack.enter_context(open(command.stdin or os.devnull, 'rb'))
        sink = stack.enter_context(open(os.devnull, 'wb'))
        words = ['taskset', '-c', '0' if command.cores == 1 else f'0-{command.cores - 1}', *command.words]
        start = time.perf_counter()
        process = subprocess.Popen(words, stdin=source, stdout=sink, stderr=sink)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f'{" ".join(command.words[:6])} … ended with {process.returncode}')
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def measure(row: Row, runs: int) -> typing.List[Sample]:
    """The medians of each of the row's commands, after one run that warms the page cache."""
    for command in row.commands:
        run_once(command)
    samples: typing.List[typing.List[Sample]] = [[] for _ in row.commands]
    for _ in range(runs):
        for taken, command in zip(samples, row.commands):
            taken.append(run_once(command))
    return [Sample(*(statistics.median(getattr(sample, field.name) for sample in taken)
                     for field in dataclasses.fields(Sample))) for taken in samples]


def list_files(folder: pathlib.Path, target: pathlib.Path) -> pathlib.Path:
    """A file that names every Python file of a tree."""
    target.write_text('\n'.join(str(path) for path in sorted(folder.rglob('*.py'))) + '\n', encoding='utf-8')
    return target


def touch_some(folder: pathlib.Path, count: int) -> typing.Callable[[], None]:
    """Changes the last line of `count` files of a tree, each time anew."""
    files = sorted(folder.rglob('*.py'))[::max(1, len(list(folder.rglob('*.py'))) // count)][:count]

    def change() -> None:
        for path in files:
            text = path.read_text(encoding='utf-8')
            path.write_text(f'{text}# {time.time_ns()}\n', encoding='utf-8')
    return change


def make_rows(work: pathlib.Path) -> typing.List[Row]:
    """All comparisons; trees that a row changes are copied into `work` first."""
    ours, ruff = [str(PROGRAM), 'check', '--isolated', '--exit-zero'], [str(VENV / 'ruff'), 'check', '--isolated', '--exit-zero']
    one = next(path for path in sorted(CPYTHON.glob('*.py')) if 980 <= path.read_bytes().count(b'\n') <= 1020)
    all_families = ['--select', 'E,W,D1,ANN,ASYNC']
    copy = work / 'homeassistant'
    shutil.copytree(HOMEASSISTANT, copy)
    ruff_cache, our_cache = str(work / 'ruff-cache'), str(work / 'our-cache')
    os.environ['XDG_CACHE_HOME'] = our_cache
    cached_ruff = [*ruff, '--cache-dir', ruff_cache, *all_families, str(copy)]
    cached_ours = [*ours, *all_families, str(copy)]
    plain_ruff, plain_ours = [*ruff, '--no-cache'], [*ours, '--no-cache']
    rows = [
        Row('one file of about 1,000 lines, whole process',
            [Command('asynclint', [*plain_ours, *all_families, str(one)]), Command('ruff', [*plain_ruff, *all_families, str(one)])],
            wanted='6'),
        Row('E and W on CPython\'s library, one core',
            [Command('asynclint', [*plain_ours, '--jobs', '1', '--select', 'E,W', str(CPYTHON)]),
             Command('ruff', [*plain_ruff, '--preview', '--select', 'E,W', str(CPYTHON)])], wanted='3'),
    ]
    for name, tree in (('CPython\'s library', CPYTHON), ('homeassistant', HOMEASSISTANT)):
        files = list_files(tree, work / f'{tree.name}.txt')
        rows += [
            Row(f'all families on {name}, one core, against a bare parse',
                [Command('asynclint', [*plain_ours, '--preset', 'all', '--jobs', '1', str(tree)]),
                 Command('tree-sitter alone', [str(BARE)], stdin=files)], measure='cpu', wanted='0.77'),
            Row(f'all families on {name}, one core',
                [Command('asynclint', [*plain_ours, '--preset', 'all', '--jobs', '1', str(tree)]),
                 Command('ruff', [*plain_ruff, *all_families, str(tree)])], wanted='0.5'),
            Row(f'all families on {name}, two cores against one',
                [Command('asynclint, two', [*plain_ours, '--preset', 'all', '--jobs', '2', str(tree)], cores=2),
                 Command('asynclint, one', [*plain_ours, '--preset', 'all', '--jobs', '1', str(tree)])], wanted='1.79'),
        ]
    rows += [
        Row('homeassistant, everything cached, two cores',
            [Command('asynclint', cached_ours, cores=2), Command('ruff', cached_ruff, cores=2)], wanted='6'),
        Row('homeassistant, ten files changed, two cores',
            [Command('asynclint', cached_ours, cores=2, before=touch_some(copy, 10)),
             Command('ruff', cached_ruff, cores=2, before=touch_some(copy, 10))], wanted='4'),
        Row('E and W on CPython\'s library, one core, pycodestyle',
            [Command('asynclint', [*plain_ours, '--jobs', '1', '--select', 'E,W', str(CPYTHON)]),
             Command('pycodestyle', [str(REFERENCES / 'venv' / 'py37' / 'bin' / 'python'), '-m', 'pycodestyle', '--select=E,W', str(CPYTHON)])],
            wanted='120'),
    ]
    return rows


def growth(runs: int, work: pathlib.Path) -> typing.List[str]:
    """For each curve the largest growth of time when the input doubles."""
    generate = [sys.executable, str(pathlib.Path(__file__).with_name('generate.py'))]
    plain = [str(PROGRAM), 'check', '--isolated', '--exit-zero', '--no-cache', '--preset', 'all', '--jobs', '1']
    curves = {'lines in one file': ([1_000 * 2 ** n for n in range(11)], lambda n: ['--files', '1', '--lines', str(n)]),
              'files of 40 lines': ([100 * 2 ** n for n in range(10)], lambda n: ['--files', str(n), '--lines', '40']),
              'nesting': ([1_000 * 2 ** n for n in range(8)], lambda n: ['--nesting', str(n)])}
    lines = ['| curve | from | to | time, largest step of a doubling |', '|---|---:|---:|---:|']
    for name, (sizes, arguments) in curves.items():
        medians = []
        for size in sizes:
            target = work / f'growth-{name.split()[0]}-{size}{".py" if name == "nesting" else ""}'
            subprocess.run([*generate, str(target), *arguments(size)], check=True)
            row = Row(name, [Command('asynclint', [*plain, str(target)])])
            medians.append(measure(row, runs)[0].wall)
        steps = [later / earlier for earlier, later in zip(medians, medians[1:])]
        lines.append(f'| {name} | {sizes[0]:,} | {sizes[-1]:,} | {max(steps):.2f} |')
    return lines


def version_of(words: typing.List[str]) -> str:
    """The first line that a command prints of its version."""
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip().splitlines()[0]


def main() -> None:
    """Run the comparisons that were named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('names', nargs='*', help='parts of row names')
    parser.add_argument('--runs', type=int, default=11)
    parser.add_argument('--growth', action='store_true', help='the growth curves as well')
    parser.add_argument('--write', type=pathlib.Path)
    options = parser.parse_args()
    report = ['| what | by | median ratio | wanted | peak memory |', '|---|---|---:|---:|---:|']
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for row in make_rows(work):
            if options.names and not any(name in row.name for name in options.names):
                continue
            ours, *others = measure(row, options.runs if 'pycodestyle' not in row.name else min(options.runs, 3))
            for command, other in zip(row.commands[1:], others):
                ratio = getattr(other, row.measure) / getattr(ours, row.measure)
                report.append(f'| {row.name} | {command.name} | {ratio:.2f} | {row.wanted} | {ours.peak / other.peak:.2f} |')
                print(report[-1], flush=True)
        if options.growth:
            report += ['', *growth(3, work)]
    head = [f'{platform.machine()}, {os.cpu_count()} cores; {version_of([str(PROGRAM), "--version"])}; '
            f'{version_of([str(VENV / "ruff"), "--version"])}; pycodestyle 2.5.0 on '
            f'{version_of([str(REFERENCES / "venv" / "py37" / "bin" / "python"), "--version"])}.', '']
    print('\n'.join(head + report))
    if options.write:
        options.write.parent.mkdir(exist_ok=True)
        options.write.write_text('# Benchmarks\n\nMade by `./dev bench`. A ratio above 1 says that asynclint takes less; '
                                 'peak memory is asynclint\'s over the other\'s.\n\n' + '\n'.join(head + report) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
