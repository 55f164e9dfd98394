#!/usr/bin/env python3
"""flake8-async's own test files, under asyncio: every expected finding and no other.

Its files say behind each line what is to be found there (`# error: column` or `# ASYNC100: column`)
and are written for trio; its test suite replaces the library's name by `asyncio`, and so do we.
Four variants of each file are checked:

  plain       the (line, code) pairs the file expects; columns too where it is written for asyncio
  silent      the files marked ASYNCIO_NO_ERROR expect nothing
  noqa        the expectations replaced by `# noqa`, as its test suite does, are suppressed
  stripped    without async and await, only codes that hold in synchronous code may be left

What differs on purpose is listed in flake8_async.tsv with its reason; the list must be exact. A
line of `*` stands for all lines of a file.
"""
import ast
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
PROJECT = FOLDER.parent.parent
REFERENCES = pathlib.Path(os.environ.get("ASYNCLINT_REFERENCES", PROJECT / "build/references"))
PROGRAM = os.environ.get("ASYNCLINT", str(PROJECT / "build/dev/asynclint"))
LIST = FOLDER / "flake8_async.tsv"
MOST_DIVERGENCES = 12

# Not built: they speak of trio and anyio only, or have no meaning under asyncio.
NOT_BUILT = {"ASYNC" + number for number in
             "102 105 106 115 116 118 122 125 127 128 910 911 912".split()}
ALIASES = {"AIO401": "ASYNC300"}
# Marked NOASYNCIO for the words of their messages alone.
WORDS_ONLY = {"async240.py", "async250.py", "async250_multi_library.py"}
HOLD_IN_SYNC_CODE = {"ASYNC" + number for number in
                     "100 101 103 104 111 112 121 123 126 300 400 401".split()}
OPTIONS = {
    "--async200-blocking-calls": "--blocking-calls",
    "--transform-async-generator-decorators": "--transform-async-generator-decorators",
    "--no-checkpoint-warning-decorator": "--no-checkpoint-warning-decorators",
    "--startable-in-context-manager": "--startable-in-context-manager",
}


def read_codes(name, text):
    """The codes a file is about."""
    codes = re.findall(r"# ARG --enable=(\S+)", text)
    if codes:
        return set(codes[-1].split(","))
    return {"ASYNC" + re.match(r"async(...)", name).group(1)}


def read_options(text):
    """Our options for its `# ARG` lines; None where there is no such option."""
    options = []
    for argument in re.findall(r"# ARG (--.*)", text):
        name, _, value = argument.partition("=")
        if name == "--enable":
            continue
        if name not in OPTIONS:
            return None
        options.append(OPTIONS[name] + "=" + value.strip().rstrip(","))
    return options


def to_asyncio(text, base):
    """The same file for asyncio."""
    return re.sub(rf"(?<!-)(?:\b|(?<=_)){base}\b", "asyncio", text)


class Names(dict):
    """The names that an expectation's arguments are evaluated with."""

    def __missing__(self, name):
        return lambda *_: None


def read_expected(name, text):
    """The expected (line, code, column), columns 1-based."""
    expected = []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        if line.startswith("#") or "#" not in line:
            continue
        for code, _, arguments in re.findall(r"(error|ASYNC...)(_.*)?:([^#]*)(?=#|$)", line):
            names = Names(lineno=number, line=number)
            values = eval("[" + arguments.replace("\\n", "\n") + "]", {}, names)
            if code == "error":
                code = "ASYNC" + name[len("async"):][:3]
            expected.append((number, code, values[0] + 1 if values else 1))
    return expected


def run(text, codes, options):
    """Our findings as (line, code, column)."""
    known = ",".join(sorted({name for name in codes}))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "subject.py")
        path.write_text(text)
        result = subprocess.run(
            [PROGRAM, "check", "--isolated", "--target-version", "3.13", "--select", known,
             "--output-format", "json", *options, str(path)],
            capture_output=True, text=True, timeout=60)
    if result.returncode not in (0, 1):
        sys.exit("asynclint failed: " + result.stderr)
    found = []
    for finding in json.loads(result.stdout):
        place = finding["location"]
        code = ALIASES.get(finding["code"], finding["code"])
        found.append((place["row"], code, place["column"]))
    return found


class WithoutAsync(ast.NodeTransformer):
    """Takes async and await away."""

    def visit_Await(self, node):
        return self.visit(node.value)

    def exchange(self, node, kind):
        self.generic_visit(node)
        return kind(**{field: getattr(node, field) for field in node._fields
                       if hasattr(node, field)}, lineno=node.lineno, col_offset=node.col_offset)

    def visit_AsyncFunctionDef(self, node):
        return self.exchange(node, ast.FunctionDef)

    def visit_AsyncWith(self, node):
        return self.exchange(node, ast.With)

    def visit_AsyncFor(self, node):
        return self.exchange(node, ast.For)


def compare(name, expected, found, with_columns):
    """The differences as strings `file:line:code:missing` or `…:unexpected`."""
    if not with_columns:
        expected = [place[:2] for place in expected]
        found = [place[:2] for place in found]
    expected, found = collections.Counter(expected), collections.Counter(found)
    differences = []
    for place in sorted((expected - found).elements()):
        differences.append(f"{name}:{place[0]}:{place[1]}:missing")
    for place in sorted((found - expected).elements()):
        differences.append(f"{name}:{place[0]}:{place[1]}:unexpected")
    return differences


def check_file(path, counts):
    """All variants of one file."""
    text = path.read_text()
    marks = set(re.findall(r"# (NOASYNCIO|ASYNCIO_NO_ERROR|NOCOMPILE)\b", text))
    base = (re.findall(r"# BASE_LIBRARY (\w*)", text) or ["trio"])[0]
    codes = read_codes(path.name, text) if path.name.startswith("async") or "--enable" in text \
        else set()
    built = codes - NOT_BUILT
    options = read_options(text)
    if not built or options is None or "NOASYNCIO" in marks and \
            path.name not in WORDS_ONLY:
        counts["files left out"] += 1
        return []
    counts["files"] += 1
    if path.name not in WORDS_ONLY:
        text = to_asyncio(text, base)
    silent = "ASYNCIO_NO_ERROR" in marks

    def wanted(text):
        return [] if silent else [
            place for place in read_expected(path.name, text) if place[1] in built]

    expected = wanted(text)
    counts["expected"] += len(expected)
    counts["silent files"] += silent
    differences = compare(path.name, expected, run(text, built, options), base == "asyncio")
    quiet = re.sub(r"#[\s]*(error|ASYNC\d\d\d):.*", "# noqa", text)
    quiet_differences = compare(path.name, wanted(quiet), run(quiet, built, options), False)
    differences += ["noqa/" + difference for difference in quiet_differences
                    if difference not in differences]
    if not built & HOLD_IN_SYNC_CODE:
        tree = ast.fix_missing_locations(WithoutAsync().visit(ast.parse(text)))
        found = run(ast.unparse(tree), built, options)
        differences += compare("stripped/" + path.name, [], found, False)
    return differences


def read_list():
    """The divergences on purpose, with their reasons."""
    listed = {}
    for line in LIST.read_text().splitlines():
        if line and not line.startswith("#"):
            difference, _, reason = line.partition("\t")
            listed[difference] = reason
    return listed


def main():
    folders = sorted(REFERENCES.glob("flake8_async_src/*/tests/eval_files"))
    if not folders:
        print(f"no flake8-async sources under {REFERENCES}: nothing was compared")
        sys.exit(77)
    counts = collections.Counter()
    differences = []
    for path in sorted(folders[-1].glob("*.py")):
        differences += check_file(path, counts)
    listed = read_list()
    known = {difference: {difference, re.sub(r":\d+:", ":*:", difference)} & set(listed)
             for difference in differences}
    new = [difference for difference in differences if not known[difference]]
    stale = set(listed).difference(*known.values())
    for difference in new:
        print("new:  ", difference)
    for difference in stale:
        print("stale:", difference)
    unexplained = [difference for difference, reason in listed.items() if not reason.strip()]
    for difference in unexplained:
        print("without a reason:", difference)
    print(", ".join(f"{count} {what}" for what, count in counts.items()),
          f"{len(listed)} divergences listed", sep=", ")
    sys.exit(bool(new or stale or unexplained or len(listed) > MOST_DIVERGENCES))


if __name__ == "__main__":
    main()
