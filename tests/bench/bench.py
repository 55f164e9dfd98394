#!/usr/bin/env python3
"""Measures asynclint beside the tools it stands beside, on the same files in the same run.

    bench.py [--quick] [--runs N] [--no-growth] [--write FILE] [NAME …]

Each row runs its commands in turn, several times round, and compares medians: the machine's moods
meet all of them alike. Times are shown as ratios; a ratio above 1 says that asynclint takes less.
With NAMEs only rows whose names hold one of them run. --quick makes few runs and short curves.
"""

import argparse
import dataclasses
import json
import math
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import typing

import figure

ROOT = pathlib.Path(__file__).resolve().parents[2]
REFERENCES = pathlib.Path(os.environ.get('ASYNCLINT_REFERENCES', ROOT / 'build' / 'references'))
VENV = REFERENCES / 'venv' / 'py311' / 'bin'
OLD_PYTHON = REFERENCES / 'venv' / 'py37' / 'bin' / 'python'
PROGRAM = ROOT / 'build' / 'pgo' / 'asynclint'
LAUNCH = ROOT / 'build' / 'pgo' / 'launch'
BARE = ROOT / 'build' / 'pgo' / 'bare_parse'
CPYTHON = REFERENCES / 'corpora' / 'cpython'
HOMEASSISTANT = REFERENCES / 'corpora' / 'homeassistant'
AIOHTTP = REFERENCES / 'corpora' / 'aiohttp-3.14.5'
FAMILIES = ['--select', 'E,W,D,ANN,ASYNC']


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
    cores: int = 0  # 0: as many as there are
    stdin: typing.Optional[pathlib.Path] = None
    before: typing.Optional[typing.Callable[[], None]] = None


@dataclasses.dataclass
class Row:
    """One comparison: the first command is asynclint's."""

    name: str
    commands: typing.List[Command]
    measure: str = 'wall'  # or 'cpu'
    wanted: str = ''
    is_short: bool = False  # some milliseconds: measured by hyperfine
    most_runs: int = 99
    times_the_runs: int = 1  # more where some hundredths decide
    is_in_quick: bool = True


@dataclasses.dataclass
class Effort:
    """How much time is spent on it."""

    runs: int
    short_runs: int
    rounds: int  # of growth curves
    lines: typing.List[int]
    files: typing.List[int]
    nesting: typing.List[int]


FULL = Effort(11, 100, 21, [1_000 * 2 ** n for n in range(10)] + [1_000_000],
              [10, 100, 781, 1_562, 3_125, 6_250, 12_500, 25_000, 50_000], [1_000 * 2 ** n for n in range(8)])
QUICK = Effort(2, 20, 2, [1_000 * 2 ** n for n in range(7)], [10, 100, 200, 400, 800, 1_600], [1_000 * 2 ** n for n in range(6)])


# ---- Running ----

def run_once(command: Command) -> Sample:
    """Run a command bound to its number of cores; its output goes nowhere."""
    if command.before is not None:
        command.before()
    words = command.words
    if command.cores:
        words = ['taskset', '-c', '0' if command.cores == 1 else f'0-{command.cores - 1}', *words]
    with tempfile.NamedTemporaryFile('r', encoding='ascii') as taken, open(command.stdin or os.devnull, 'rb') as source:
        status = subprocess.run([str(LAUNCH), taken.name, *words], stdin=source, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, check=False).returncode
        if status not in (0, 1):
            sys.exit(f'{" ".join(command.words[:6])} … ended with {status}')
        wall, cpu, peak = taken.read().split()
    return Sample(float(wall), float(cpu), int(peak))


def measure_short(row: Row, runs: int) -> typing.List[Sample]:
    """By hyperfine, which starts processes at little cost: in several rounds, each command in turn."""
    rounds = 5
    times: typing.List[typing.List[float]] = [[] for _ in row.commands]
    with tempfile.NamedTemporaryFile(suffix='.json') as target:
        for _ in range(rounds):
            subprocess.run(['hyperfine', '-N', '-i', '--warmup', '3', '--runs', str(max(2, runs // rounds)), '--export-json',
                            target.name, *(' '.join(command.words) for command in row.commands)],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            results = json.loads(pathlib.Path(target.name).read_text(encoding='utf-8'))['results']
            for taken, result in zip(times, results):
                taken += result['times']
    return [Sample(statistics.median(taken), 0, run_once(command).peak) for taken, command in zip(times, row.commands)]


def measure(row: Row, effort: Effort) -> typing.List[Sample]:
    """The medians of each of the row's commands, after one run that warms its caches; what takes too long for that runs `most_runs` times."""
    if row.is_short:
        return measure_short(row, effort.short_runs)
    samples: typing.List[typing.List[Sample]] = [[] for _ in row.commands]
    rounds = effort.runs * row.times_the_runs
    runs = [rounds] + [min(rounds, row.most_runs)] * (len(row.commands) - 1)
    for command, most in zip(row.commands, runs):
        if most > 1:
            run_once(command)
    for number in range(rounds):
        for taken, command, most in zip(samples, row.commands, runs):
            if number < most:
                taken.append(run_once(command))
    return [Sample(*(statistics.median(getattr(sample, field.name) for sample in taken)
                     for field in dataclasses.fields(Sample))) for taken in samples]


# ---- Rows ----

def list_files(folder: pathlib.Path, target: pathlib.Path) -> pathlib.Path:
    """A file that names every Python file of a tree."""
    target.write_text('\n'.join(str(path) for path in sorted(folder.rglob('*.py'))) + '\n', encoding='utf-8')
    return target


def touch_some(folder: pathlib.Path, count: int) -> typing.Callable[[], None]:
    """Changes the last line of `count` files of a tree, each time anew."""
    files = sorted(folder.rglob('*.py'))
    files = files[::max(1, len(files) // count)][:count]

    def change() -> None:
        for path in files:
            text = path.read_text(encoding='utf-8')
            path.write_text(f'{text}# {time.time_ns()}\n', encoding='utf-8')
    return change


def one_file() -> pathlib.Path:
    """A module of about 1,000 lines."""
    return next(path for path in sorted(CPYTHON.glob('*.py')) if 980 <= path.read_bytes().count(b'\n') <= 1020)


def sample_of(folder: pathlib.Path, count: int) -> typing.List[str]:
    """Some files of a tree, spread over it."""
    files = sorted(folder.rglob('*.py'))
    return [str(path) for path in files[::max(1, len(files) // count)][:count]]


def make_rows(work: pathlib.Path) -> typing.List[Row]:
    """All comparisons; trees that a row changes are copied into `work` first."""
    ours, ruff = [str(PROGRAM), 'check', '--isolated', '--exit-zero'], [str(VENV / 'ruff'), 'check', '--isolated', '--exit-zero']
    full_ruff = [*ruff, '--preview', '--line-length', '79']
    brief_ruff = [*full_ruff, '--output-format', 'concise']
    copy = work / 'homeassistant'
    shutil.copytree(HOMEASSISTANT, copy, symlinks=True)
    cache = ['--cache-dir', str(work / 'our-cache')]
    no_cache = ['--no-cache']

    def both(ours_more: typing.List[str], more: typing.List[str], cores: int, ruff_more: typing.Sequence[str] = (),
             before: typing.Optional[typing.Callable[[], None]] = None) -> typing.List[Command]:
        """Asynclint, and ruff with and without excerpts of the code."""
        return [Command('asynclint', [*ours, *ours_more, *more], cores, before=before),
                Command('ruff', [*full_ruff, *(ruff_more or ours_more), *more], cores, before=before),
                Command('ruff, `concise`', [*brief_ruff, *(ruff_more or ours_more), *more], cores, before=before)]

    rows = [
        Row('one file of about 1,000 lines, whole process', both(no_cache, [*FAMILIES, str(one_file())], 0), wanted='6', is_short=True),
        Row('E and W on CPython\'s library, one core', both(no_cache, ['--select', 'E,W', str(CPYTHON)], 1), wanted='3'),
    ]
    for name, tree in (('CPython\'s library', CPYTHON), ('homeassistant', HOMEASSISTANT)):
        files = list_files(tree, work / f'{tree.name}.txt')
        everything = [*ours, *no_cache, '--preset', 'all']
        rows += [
            Row(f'the same families on {name}, one core', both(no_cache, [*FAMILIES, str(tree)], 1), wanted='0.5'),
            Row(f'the same families on {name}, two cores', both(no_cache, [*FAMILIES, str(tree)], 2), wanted='0.5'),
            Row(f'the same families on {name}, against a bare parse, processor time',
                [Command('asynclint', [*ours, *no_cache, '--jobs', '1', *FAMILIES, str(tree)], 1),
                 Command('tree-sitter alone', [str(BARE)], 1, stdin=files)], measure='cpu', wanted='0.77'),
            Row(f'all checks on {name}, against a bare parse, processor time',
                [Command('asynclint', [*everything, '--jobs', '1', str(tree)], 1),
                 Command('tree-sitter alone', [str(BARE)], 1, stdin=files)], measure='cpu', wanted='0.77'),
            Row(f'all checks on {name}, two cores against one',
                [Command('asynclint, two', [*everything, '--jobs', '2', str(tree)], 2),
                 Command('asynclint, one', [*everything, '--jobs', '1', str(tree)], 1)], wanted='1.79', times_the_runs=3),
        ]
    ruff_cache = ['--cache-dir', str(work / 'ruff-cache')]
    rows += [
        Row('homeassistant, everything cached, two cores', both(cache, [*FAMILIES, str(copy)], 2, ruff_cache), wanted='6'),
        Row('homeassistant, ten files changed, two cores',
            both(cache, [*FAMILIES, str(copy)], 2, ruff_cache, touch_some(copy, 10)), wanted='4'),
        Row('E and W on 60 files of CPython\'s library, one core',
            [Command('asynclint', [*ours, *no_cache, '--select', 'E,W', *sample_of(CPYTHON, 60)], 1),
             Command('pycodestyle', [str(OLD_PYTHON), '-m', 'pycodestyle', '--select=E,W', *sample_of(CPYTHON, 60)], 1)],
            wanted='120', most_runs=3),
        Row('E and W on CPython\'s library, one core, once',
            [Command('asynclint', [*ours, *no_cache, '--select', 'E,W', str(CPYTHON)], 1),
             Command('pycodestyle', [str(OLD_PYTHON), '-m', 'pycodestyle', '--select=E,W', str(CPYTHON)], 1)],
            wanted='120', most_runs=1, is_in_quick=False),
        Row('E, W, ANN and ASYNC on 30 files of aiohttp, one core',
            [Command('asynclint', [*ours, *no_cache, '--select', 'E,W,ANN,ASYNC', *sample_of(AIOHTTP, 30)], 1),
             Command('flake8 with annotations and async',
                     [str(VENV / 'flake8'), '--isolated', '--jobs=1', '--select=E,W,ANN,ASYNC', *sample_of(AIOHTTP, 30)], 1)],
            most_runs=1),
    ]
    return rows


def shown_command(command: Command, work: pathlib.Path) -> str:
    """The command without this machine's paths, and not all of a long list of files."""
    words = [*(['taskset', '-c', f'0-{command.cores - 1}' if command.cores > 1 else '0'] if command.cores else []), *command.words]
    text = ' '.join(words[:24] + (['…'] if len(words) > 24 else []))
    for path, name in ((PROGRAM, 'asynclint'), (BARE, 'bare_parse'), (OLD_PYTHON, 'python3.7'), (VENV, ''), (REFERENCES / 'corpora', ''),
                       (work, 'work')):
        text = text.replace(f'{path}/', f'{name}/' if name else '').replace(str(path), name)
    return text + (f' < {command.stdin.name}' if command.stdin else '')


# ---- Instructions ----

def count_instructions(words: typing.List[str], stdin: typing.Optional[pathlib.Path] = None) -> int:
    """Instructions of one run, by callgrind."""
    with tempfile.TemporaryDirectory() as folder, open(stdin or os.devnull, 'rb') as source:
        result = subprocess.run(['valgrind', '--tool=callgrind', f'--callgrind-out-file={folder}/out', *words],
                                stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    found = re.search(r'refs:\s+([\d,]+)', result.stderr)
    return int(found[1].replace(',', '')) if found else 0


def instructions(work: pathlib.Path) -> typing.List[str]:
    """A table for one file: it does not depend on what else the machine does."""
    if shutil.which('valgrind') is None:
        return ['Instructions are not counted: there is no valgrind.']
    path = one_file()
    listed = work / 'one.txt'
    listed.write_text(f'{path}\n', encoding='utf-8')
    rows = [('asynclint, the same families', [str(PROGRAM), 'check', '--isolated', '--exit-zero', '--no-cache', *FAMILIES, str(path)], None),
            ('asynclint, all checks', [str(PROGRAM), 'check', '--isolated', '--exit-zero', '--no-cache', '--preset', 'all', str(path)], None),
            ('tree-sitter alone', [str(BARE)], listed)]
    lines = ['| one file of about 1,000 lines | million instructions |', '|---|---:|']
    for name, words, stdin in rows:
        lines.append(f'| {name} | {count_instructions(words, stdin) / 1e6:.1f} |')
    return lines


# ---- Growth ----

@dataclasses.dataclass
class Curve:
    """Sizes of one kind of input, and how it is made."""

    stem: str
    title: str
    sizes: typing.List[int]
    arguments: typing.Callable[[int], typing.List[str]]
    rounds: typing.List[typing.List[float]] = dataclasses.field(default_factory=list)  # in each the times by size
    counts: typing.Dict[int, int] = dataclasses.field(default_factory=dict)  # instructions by size

    def times(self) -> typing.List[float]:
        """Medians by size."""
        return [statistics.median(taken) for taken in zip(*self.rounds)]


LEAST_TIME = 0.05  # seconds: below, a process's start is too large a part
LONGEST_COUNTED = 0.4  # seconds, which take half a minute to count
LEAST_IN_ROUND = 0.5  # seconds: what takes less runs several times a round
REST = 3  # seconds: a virtual machine hands freed memory back to its host two seconds later, amid the next run


def doublings(sizes: typing.List[int], rounds: typing.List[typing.List[float]], least: float = 0) -> typing.List[float]:
    """The growth from each size to the next, as if that were twice the size; from values of `least` on.

    It is the median over the rounds of the later value over the earlier one of the same round.
    """
    return [statistics.median(values[place + 1] / values[place] for values in rounds) ** (1 / math.log2(size / before))
            for place, (before, size) in enumerate(zip(sizes, sizes[1:]))
            if statistics.median(values[place] for values in rounds) >= least]


def growth_of_counts(curve: Curve) -> str:
    """The largest growth of instructions, for the sizes that were counted."""
    if len(curve.counts) < 2:
        return ''
    return f'{max(doublings(list(curve.counts), [[float(count) for count in curve.counts.values()]])):.2f}'


def time_of(command: Command, before: float) -> float:
    """Processor time: the median of some runs where they are short. `before`: what it was in the round before.

    They follow a rest and one run like them, so that a virtual machine's memory is there for large sizes as it is for small ones.
    """
    if before >= LEAST_IN_ROUND:
        time.sleep(REST)
    first = run_once(command).cpu
    runs = max(1, min(10, int(LEAST_IN_ROUND / max(first, 1e-3))))
    return statistics.median(run_once(command).cpu for _ in range(runs))


def grow(curve: Curve, work: pathlib.Path, rounds: int) -> None:
    """Fill in the curve's times.

    The sizes take turns: what the machine does meanwhile meets all of them.
    """
    generate = [sys.executable, str(pathlib.Path(__file__).with_name('generate.py'))]
    plain = [str(PROGRAM), 'check', '--isolated', '--exit-zero', '--no-cache', '--preset', 'all', '--jobs', '1']
    targets = [work / f'{curve.stem}-{size}{".py" if curve.stem == "nesting" else ""}' for size in curve.sizes]
    for target, size in zip(targets, curve.sizes):
        subprocess.run([*generate, str(target), *curve.arguments(size)], check=True)
    taken = [0.0] * len(targets)
    for _ in range(rounds):
        taken = [time_of(Command('asynclint', [*plain, str(target)], 1), before) for target, before in zip(targets, taken)]
        curve.rounds.append(taken)
    if shutil.which('valgrind') is not None:
        curve.counts = {size: count_instructions([*plain, str(target)])
                        for size, target, median in zip(curve.sizes, targets, curve.times()) if LEAST_TIME <= median <= LONGEST_COUNTED}
    for target in targets:
        if target.is_dir():
            shutil.rmtree(target)


def growth(effort: Effort, work: pathlib.Path, folder: typing.Optional[pathlib.Path]) -> typing.List[str]:
    """For each curve the largest growth of time when the input doubles; figures into `folder`.

    Instructions are those of the middle sizes: they do not depend on how a machine has its memory.
    """
    curves = [Curve('lines', 'lines in one file', effort.lines, lambda n: ['--files', '1', '--lines', str(n)]),
              Curve('files', 'files of about 20 lines', effort.files, lambda n: ['--files', str(n), '--lines', '20']),
              Curve('nesting', 'nested blocks and brackets', effort.nesting, lambda n: ['--nesting', str(n)])]
    lines = ['| curve | from | to | time, largest growth for twice the input | wanted | each step | largest growth of the medians | instructions, the same |',
             '|---|---:|---:|---:|---:|---|---:|---:|']
    pictures = []
    for curve in curves:
        grow(curve, work, effort.rounds)
        steps = doublings(curve.sizes, curve.rounds, LEAST_TIME)
        lines.append(f'| {curve.title} | {curve.sizes[0]:,} | {curve.sizes[-1]:,} | {max(steps, default=0):.2f} | 2.1 | '
                     f'{" ".join(f"{step:.2f}" for step in steps)} | '
                     f'{max(doublings(curve.sizes, [curve.times()], LEAST_TIME), default=0):.2f} | {growth_of_counts(curve)} |')
        print(lines[-1], flush=True)
        if folder is not None:
            name = f'growth-{curve.stem}.svg'
            (folder / name).write_text(figure.draw(curve.title, curve.sizes, curve.times()), encoding='utf-8')
            pictures.append(f'![{curve.title}]({name})')
    return lines + [''] + pictures


# ---- The report ----

def all_lines(words: typing.List[str]) -> str:
    """What a command prints, as one line."""
    return ' '.join(subprocess.run(words, capture_output=True, text=True, check=False).stdout.split())


def first_line(words: typing.List[str]) -> str:
    """The first line that a command prints."""
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    return (result.stdout.strip() or result.stderr.strip()).splitlines()[0]


def describe_machine() -> typing.List[str]:
    """Processor, system and versions."""
    with open('/proc/cpuinfo', encoding='utf-8') as cpuinfo:
        model = next((line.split(':')[1].strip() for line in cpuinfo if line.startswith('model name')), platform.machine())
    with open('/proc/meminfo', encoding='utf-8') as meminfo:
        memory = int(meminfo.readline().split()[1]) / 2 ** 20
    return [f'- {model}, {os.cpu_count()} cores, {memory:.0f} GiB, Linux {platform.release()}',
            f'- {first_line([str(PROGRAM), "--version"])}, profile-guided (`./dev build --pgo`), {first_line(["cc", "--version"])}',
            f'- {first_line([str(VENV / "ruff"), "--version"])}; pycodestyle {first_line([str(OLD_PYTHON), "-m", "pycodestyle", "--version"])} '
            f'on {first_line([str(OLD_PYTHON), "--version"])}; flake8 {all_lines([str(VENV / "flake8"), "--version"])}']


def compare(rows: typing.List[Row], effort: Effort, work: pathlib.Path) -> typing.Tuple[typing.List[str], typing.List[str]]:
    """The table of ratios, and the commands."""
    table = ['| what | beside | ratio | wanted | peak memory |', '|---|---|---:|---:|---:|']
    commands = []
    for row in rows:
        ours, *others = measure(row, effort)
        for command, other in zip(row.commands[1:], others):
            ratio = getattr(other, row.measure) / max(getattr(ours, row.measure), 1e-9)
            table.append(f'| {row.name} | {command.name} | {ratio:.2f} | {row.wanted} | {ours.peak / other.peak:.2f} |')
            print(table[-1], flush=True)
        commands += [f'# {row.name}', *(shown_command(command, work) for command in row.commands), '']
    return table, commands


EXPLANATION = [
    '# Benchmarks', '',
    'Made by `./dev bench`, beside nothing else on the machine. Each ratio is the median of the other\'s time over the median of asynclint\'s:',
    'above 1, asynclint takes less. Peak memory is asynclint\'s over the other\'s: below 1, asynclint takes less. *Wanted* is what the project',
    'has set itself. ruff runs with its preview rules, with lines of 79 columns as asynclint has them, once with its usual output, which shows',
    'the code, and once with `concise` output, which is the form that asynclint writes. Outputs go nowhere. Growth is measured in rounds over all',
    'sizes: from one size to the next it is the median over the rounds of the later time over the earlier one of the same round.', '']


def describe_effort(effort: Effort) -> str:
    """How many runs the medians are of."""
    return (f'- {effort.runs} runs of each row at most, {effort.short_runs} where a run lasts milliseconds, three times as many for two cores '
            f'against one; {effort.rounds} rounds of growth')


def main() -> None:
    """Run the comparisons that were named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('names', nargs='*', help='parts of row names; "growth" and "instructions" too')
    parser.add_argument('--quick', action='store_true', help='few runs and short curves: some minutes')
    parser.add_argument('--runs', type=int)
    parser.add_argument('--no-growth', action='store_true')
    parser.add_argument('--write', type=pathlib.Path, help='the report as Markdown, figures beside it')
    options = parser.parse_args()
    effort = QUICK if options.quick else FULL
    if options.runs:
        effort = dataclasses.replace(effort, runs=options.runs, rounds=options.runs)

    def is_named(name: str) -> bool:
        return not options.names or any(part in name for part in options.names)

    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        rows = [row for row in make_rows(work) if is_named(row.name) and (row.is_in_quick or not options.quick)]
        table, commands = compare(rows, effort, work)
        counts = instructions(work) if is_named('instructions') else []
        print('\n'.join(counts), flush=True)
        figures = options.write.parent if options.write else None
        if figures:
            figures.mkdir(exist_ok=True)
        curves = growth(effort, work, figures) if is_named('growth') and not options.no_growth else []
    if options.write:
        report = [*EXPLANATION, *describe_machine(), describe_effort(effort), '', '## Ratios', '', *table, '', '## Instructions', '', *counts, '', '## Growth', '',
                  *curves, '', '## Commands', '', '```', *commands[:-1], '```', '']
        options.write.write_text('\n'.join(report), encoding='utf-8')


if __name__ == '__main__':
    main()
