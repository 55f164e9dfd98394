"""How many dropped awaits AIO101 finds, of those whose callee can be told within the project.

In a copy of each tree every statement `await f(…)` loses its `await`. What is found there counts as
it is; of what is not, a sample is put to Jedi, on the tree as it was: where that finds nothing but
undecorated coroutine functions of the project behind `f`, the place should have been found. At
least 85 % have to be.
"""
import argparse
import ast
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import _async_trees as trees
import _references as references

TREES = ['httpx', 'aiohttp', 'django', 'homeassistant']
ASKED, SAMPLE = 200, 40  # of those not found, in each tree
LEAST_FOUND = 0.85
SEED = 3
WORKER = pathlib.Path(__file__).with_name('_jedi_worker.py')


def is_to_fail(statement):
    """Whether it is a block of a test that expects a failure: the misuse may be what it tests."""
    return isinstance(statement, ast.With) and any(
        'aises' in ast.unparse(item.context_expr) for item in statement.items)


def awaited_statements(tree):
    """The statements `await f(…)` outside blocks that are to fail."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if is_to_fail(node):
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Await) \
                and isinstance(node.value.value, ast.Call):
            yield node
        pending.extend(ast.iter_child_nodes(node))


def without_awaits(text):
    """The text without them, and (row, end of the callee) for each."""
    lines = text.encode().split(b'\n')
    places = []
    for node in sorted(awaited_statements(ast.parse(text)), key=lambda node: -node.col_offset):
        line = lines[node.lineno - 1]
        if line[node.col_offset:].startswith(b'await '):
            lines[node.lineno - 1] = line[:node.col_offset] + line[node.col_offset + 6:]
            callee = node.value.value.func
            places.append((node.lineno, (callee.end_lineno, callee.end_col_offset)))
    return b'\n'.join(lines).decode(), places


def break_tree(source, target):
    """Copy the Python files without the awaits. Returns {(path, row): end of the callee}."""
    broken = {}
    for path in references.python_files(source):
        name = path.relative_to(source)
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        data = path.read_bytes()
        try:
            text, places = without_awaits(data.decode())
        except (SyntaxError, ValueError):
            text, places = None, []
        copy.write_bytes(data if text is None or b'\r' in data else text.encode())
        broken.update({(str(name), row): end for row, end in places if b'\r' not in data})
    return broken


def found_places(folder, version):
    """(path, row) of what is reported."""
    result = subprocess.run(
        [references.program(), 'check', '--isolated', '--no-cache', '--select',
         'AIO101,AIO401,AIO402', '--target-version', version, '--output-format', 'json', '.'],
        cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode not in (0, 1):
        sys.exit(f'{folder}: exit {result.returncode}: {result.stderr[:300]}')
    root = str(folder.resolve()) + '/'
    return {(item['filename'].replace(root, '').removeprefix('./'), item['location']['row'])
            for item in json.loads(result.stdout)}


def resolvable(tree, places):
    """How many of the places Jedi can tell: [path, row, column of the callee's last character]."""
    python = references.REFERENCES / 'venv' / 'jedi' / 'bin' / 'python'
    if not python.exists():
        references.skip('no Jedi')
    folder = trees.folder_of(tree)
    store = references.Store('jedi')
    known, asked = 0, []
    for path, row, column in places:
        key = store.key((folder / path).read_bytes(), [tree, path, row, column], 'jedi')
        answer = store.get(key)
        if answer is None:
            asked.append((key, [path, row, column]))
        else:
            known += answer
    answers = subprocess.run([python, WORKER, str(folder)], check=True, text=True,
                             input=json.dumps([place for _, place in asked]),
                             stdout=subprocess.PIPE).stdout if asked else '[]'
    for (key, _), answer in zip(asked, json.loads(answers)):
        store.put(key, answer)
        known += answer
    store.commit()
    return known


def main():
    """Break, check, ask, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--sample', action='store_true', help='the smallest tree, a few questions')
    parser.add_argument('--tree', action='append', choices=TREES)
    arguments = parser.parse_args()
    fails = False
    for tree in arguments.tree or (TREES[:1] if arguments.sample else TREES):
        with tempfile.TemporaryDirectory() as folder:
            target = pathlib.Path(folder)
            broken = break_tree(trees.folder_of(tree), target)
            found = found_places(target, trees.TREES[tree][2]) & set(broken)
        missed = sorted(set(broken) - found)
        chosen = random.Random(SEED).sample(
            missed, min(len(missed), SAMPLE if arguments.sample else ASKED))
        count = resolvable(tree, [(path, broken[path, row][0], broken[path, row][1] - 1)
                                  for path, row in chosen])
        left = len(missed) * count / max(1, len(chosen))
        share = len(found) / max(1, len(found) + left)
        fails = fails or share < LEAST_FOUND
        print(f'{tree}: {len(broken)} awaits dropped, {len(found)} found; of {len(chosen)} others '
              f'{count} can be told: {100 * share:.0f} %{"" if share >= LEAST_FOUND else "  <--"}',
              flush=True)
    sys.exit(fails)


if __name__ == '__main__':
    main()
