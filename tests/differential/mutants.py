"""Breaks correct coroutines of real packages in twelve ways and counts what asynclint finds.

Every mutant is one file in which one coroutine was broken; the way says which rule has to find it.
Only places are broken whose callee or receiver is told by the file itself (recall.py breaks all).
Of each way there are 300, or as many as the packages have; at least 85 % of them have to be found,
and nothing of that rule in the coroutine as it was.
"""
import argparse
import ast
import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import _async_trees as trees
import _references as references

WANTED, SAMPLE = 300, 6  # of each way
LEAST_FOUND = 0.85
SEED = 5
PACKAGES = ['aiohttp', 'homeassistant', 'django', 'httpx']


class Module:
    """A source file, its tree and what its functions and classes are."""

    def __init__(self, path, text):
        self.path = str(path)
        self.name = path.stem
        self.text = text
        self.lines = text.encode().split(b'\n')
        self.tree = ast.parse(text)
        self.coroutines = {node.name for node in self.tree.body
                           if isinstance(node, ast.AsyncFunctionDef) and is_plain(node)}

    def replaced(self, changes, appended=''):
        """The text after replacing (start, end, new) places, and a text behind it."""
        lines = [line for line in self.lines]
        data = b'\n'.join(lines)
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        for (row, column), (end_row, end_column), new in sorted(changes, reverse=True):
            start = starts[row - 1] + column
            end = starts[end_row - 1] + end_column
            data = data[:start] + new.encode() + data[end:]
        return data.decode() + appended


def is_plain(function):
    """An undecorated coroutine function, no generator."""
    if function.decorator_list:
        return False
    return not any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in walk(function))


def walk(function):
    """The nodes that a function runs itself."""
    pending = list(function.body)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            pending.extend(ast.iter_child_nodes(node))


def coroutines(module):
    """(class or None, coroutine function) for those at the top and in classes at the top."""
    for node in module.tree.body:
        if isinstance(node, ast.AsyncFunctionDef):
            yield None, node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.AsyncFunctionDef):
                    yield node, inner


def start(node):
    """The (line, column) where it begins."""
    return node.lineno, node.col_offset


def end(node):
    """The (line, column) where it ends."""
    return node.end_lineno, node.end_col_offset


def dotted(node):
    """`a.b.c` of names and attributes, else an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return base and base + '.' + node.attr
    return ''


def imports(module, name):
    """Whether `import name` stands at the top."""
    return any(isinstance(node, ast.Import) and alias.name == name and not alias.asname
               for node in module.tree.body if isinstance(node, ast.Import)
               for alias in node.names)


def is_known_coroutine(module, owner, call):
    """Whether the file tells that the call makes a coroutine."""
    name = dotted(call.func)
    if name == 'asyncio.sleep':
        return imports(module, 'asyncio')
    if name in module.coroutines:
        return True
    if owner is None or not name.startswith('self.') or owner.bases:
        return False
    return any(isinstance(node, ast.AsyncFunctionDef) and is_plain(node)
               and name == 'self.' + node.name for node in owner.body)


def awaited_calls(module, owner, function):
    """(statement, await) for statements `await f(…)` of known coroutine functions."""
    for node in walk(function):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Await):
            call = node.value.value
            if isinstance(call, ast.Call) and is_known_coroutine(module, owner, call):
                yield node, node.value


def made_in_class(owner, *names):
    """Attributes of self that the class gives one of these constructors' results, and where."""
    for node in ast.walk(owner) if owner else ():
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) \
                and dotted(node.value.func) in names and len(node.targets) == 1:
            target = dotted(node.targets[0])
            if target.startswith('self.'):
                yield target, node


# ---- Twelve ways. Each yields (changes, appended text) for a coroutine. ----

def drop_await(module, owner, function):
    """`await f()` becomes `f()`."""
    for _, await_node in awaited_calls(module, owner, function):
        yield [(start(await_node), start(await_node.value), '')], ''


def drop_task(module, _, function):
    """`task = asyncio.create_task(…)` becomes `asyncio.create_task(…)`."""
    for node in walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) \
                and dotted(node.value.func) in ('asyncio.create_task', 'asyncio.ensure_future') \
                and imports(module, 'asyncio'):
            yield [(start(node), start(node.value), '')], ''


def drop_gather(module, _, function):
    """`await asyncio.gather(…)` becomes `asyncio.gather(…)`."""
    for node in walk(function):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Await):
            call = node.value.value
            if isinstance(call, ast.Call) and dotted(call.func) == 'asyncio.gather' \
                    and imports(module, 'asyncio') and not any(
                        keyword.arg == 'return_exceptions' for keyword in call.keywords):
                yield [(start(node.value), start(call), '')], ''


def block_directly(module, _, function):
    """`await asyncio.sleep(…)` becomes `time.sleep(…)`."""
    for node in walk(function):
        if isinstance(node, ast.Await) and isinstance(node.value, ast.Call) \
                and dotted(node.value.func) == 'asyncio.sleep' and imports(module, 'asyncio'):
            yield [(start(node), end(node.value.func), 'time.sleep')], '\nimport time\n'


def block_two_deep(_, __, function):
    """A call is put first in the coroutine that sleeps two calls further down."""
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        if len(function.body) == 1:
            return
        first = function.body[1]
    if getattr(first, 'decorator_list', None) or first.lineno == function.lineno:
        return
    indent = ' ' * first.col_offset
    yield [(start(first), start(first), f'mutant_load()\n{indent}')], (
        '\nimport time\n\n\ndef mutant_load():\n    mutant_query()\n\n\n'
        'def mutant_query():\n    time.sleep(1)\n')


def lock_annotations(owner):
    """Where annotations in a class say `asyncio.Lock`."""
    for node in ast.walk(owner):
        if isinstance(node, ast.AnnAssign):
            for part in ast.walk(node.annotation):
                if dotted(part) == 'asyncio.Lock':
                    yield part


def swap_lock(module, owner, function):
    """An `asyncio.Lock()` becomes a `threading.Lock()`, its `async with` a `with`."""
    for attribute, made in made_in_class(owner, 'asyncio.Lock'):
        for node in walk(function):
            if isinstance(node, ast.AsyncWith) and len(node.items) == 1 \
                    and dotted(node.items[0].context_expr) == attribute \
                    and any(isinstance(inner, ast.Await) for part in node.body
                            for inner in ast.walk(part)) and imports(module, 'asyncio'):
                annotations = [(start(part), end(part), 'threading.Lock')
                               for part in lock_annotations(owner)]
                yield [(start(made.value), end(made.value), 'threading.Lock()'),
                       (start(node), (node.lineno, node.col_offset + 6), ''), *annotations], \
                    '\nimport threading\n'


def enter_without_async(module, owner, function):
    """`async with` over an asyncio lock becomes `with`."""
    for attribute, _ in made_in_class(owner, 'asyncio.Lock', 'asyncio.Semaphore',
                                      'asyncio.Condition'):
        for node in walk(function):
            if isinstance(node, ast.AsyncWith) and len(node.items) == 1 \
                    and dotted(node.items[0].context_expr) == attribute \
                    and imports(module, 'asyncio'):
                yield [(start(node), (node.lineno, node.col_offset + 6), '')], ''


def move_to_module(module, owner, function):
    """A lock, event or queue that the class makes is made at the top of the module."""
    if not imports(module, 'asyncio'):
        return
    for attribute, made in made_in_class(owner, 'asyncio.Lock', 'asyncio.Event', 'asyncio.Queue',
                                         'asyncio.Condition'):
        if made.value.args or made.value.keywords:
            continue
        uses = any(dotted(node) == attribute for node in walk(function)
                   if isinstance(node, ast.Attribute))
        if uses:
            decorators = owner.decorator_list
            top = (min([owner.lineno, *(node.lineno for node in decorators)]), 0)
            constructor = dotted(made.value.func)
            yield [(start(made.value), end(made.value), 'MUTANT'),
                   (top, top, f'MUTANT = {constructor}()\n\n\n')], \
                '\nasync def mutant_main():\n    await asyncio.sleep(0)\n\n' \
                'asyncio.run(mutant_main())\n'


def lose_update(module, owner, function):
    """`name = await f()` in a method becomes `self.mutant_total += await f()`."""
    if owner is None or not function.args.args or function.args.args[0].arg != 'self':
        return
    locked = {id(inner) for node in walk(function) if isinstance(node, (ast.AsyncWith, ast.With))
              for inner in ast.walk(node)}
    for node in walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Await) \
                and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name) \
                and id(node) not in locked:
            yield [(start(node), start(node.value), 'self.mutant_total += ')], ''


def swallow_cancellation(module, owner, function):
    """`await f()` is put in a try statement whose handler takes everything."""
    for node, _ in awaited_calls(module, owner, function):
        if node.lineno == node.end_lineno and node.lineno != function.lineno:
            indent = ' ' * node.col_offset
            text = module.lines[node.lineno - 1][node.col_offset:node.end_col_offset].decode()
            yield [(start(node), end(node), f'try:\n{indent}    {text}\n'
                    f'{indent}except BaseException:\n{indent}    pass')], ''


def guarded(function):
    """The nodes in try bodies whose handlers take RuntimeError: a refused run() ends there."""
    taking = {'', 'RuntimeError', 'Exception', 'BaseException'}
    return {id(inner) for node in walk(function) if isinstance(node, ast.Try)
            if any(dotted(handler.type) in taking for handler in node.handlers)
            for part in node.body for inner in ast.walk(part)}


def run_inside(module, owner, function):
    """`await f()` becomes `asyncio.run(f())`."""
    if not imports(module, 'asyncio'):
        return
    inside = guarded(function)
    for node, await_node in awaited_calls(module, owner, function):
        if id(node) in inside:
            continue
        yield [(start(await_node), start(await_node.value), 'asyncio.run('),
               (end(await_node), end(await_node), ')')], ''


def catch_builtin_timeout(module, owner, function):
    """A time limit is put round `await f()` whose handler names the builtin TimeoutError."""
    if not imports(module, 'asyncio'):
        return
    for node, await_node in awaited_calls(module, owner, function):
        if node.lineno == node.end_lineno and node.lineno != function.lineno:
            indent = ' ' * node.col_offset
            call = await_node.value
            text = module.lines[call.lineno - 1][call.col_offset:call.end_col_offset].decode()
            yield [(start(node), end(node),
                    f'try:\n{indent}    await asyncio.wait_for({text}, 1)\n'
                    f'{indent}except TimeoutError:\n{indent}    pass')], ''


WAYS = [
    ('AIO101', drop_await), ('AIO401', drop_task), ('AIO402', drop_gather),
    ('ASYNC251', block_directly), ('AIO201', block_two_deep), ('AIO303', swap_lock),
    ('AIO104', enter_without_async), ('AIO306', move_to_module), ('AIO301', lose_update),
    ('ASYNC103', swallow_cancellation), ('AIO202', run_inside),
    ('AIO406', catch_builtin_timeout),
]

# The findings on the packages as they are: nothing to break there.
READ = references.PROJECT / 'tests' / 'corpora' / 'findings.tsv'

# What makes the unbroken coroutine of a way, where that is not the one that was there.
MENDED = {'AIO406': ('except TimeoutError', 'except asyncio.TimeoutError')}

class Mutant(collections.namedtuple('Mutant', 'way rule module rows changes appended')):
    """A coroutine and what breaks it."""

    def text(self):
        """The file with it broken."""
        return self.module.replaced(self.changes, self.appended)


def candidates(step, ways):
    """All mutants there could be, by way, of every so manieth file."""
    found = collections.defaultdict(list)
    for package in PACKAGES:
        for path in references.python_files(trees.folder_of(package))[::step]:
            try:
                text = path.read_bytes().decode()
            except UnicodeDecodeError:
                continue
            if 'async def' not in text or '\r' in text:
                continue
            try:
                module = Module(path, text)
            except SyntaxError:
                continue
            for owner, function in coroutines(module):
                for rule, way in ways:
                    for changes, appended in way(module, owner, function):
                        rows = range(function.lineno, function.end_lineno + 1)
                        found[way].append(Mutant(way.__name__, rule, module, rows, changes,
                                                 appended))
                        break
            module.tree = None
    return found


def known_findings():
    """(path, row, code) of what was read on the packages."""
    for line in READ.read_text(encoding='utf-8').splitlines():
        if line and not line.startswith('#'):
            _, path, row, code, *_ = line.split('\t')
            yield path, int(row), code


def is_broken_already(mutant, known):
    """Whether its coroutine has such a finding as it is."""
    return any(code == mutant.rule and row in mutant.rows and mutant.module.path.endswith('/' + path)
               for path, row, code in known)


def choose(found, wanted, ways):
    """So many of each way, or all there are."""
    chooser = random.Random(SEED)
    known = list(known_findings())
    chosen = []
    for _, way in ways:
        sound = [mutant for mutant in found[way] if not is_broken_already(mutant, known)]
        chosen += chooser.sample(sound, min(wanted, len(sound)))
    return chosen


def check(folder, texts):
    """Our findings as (file number, line, rule) for each text."""
    names = {}
    for number, text in enumerate(texts):
        path = pathlib.Path(folder, f'case{number:04}', f'case{number:04}.py')
        path.parent.mkdir()
        path.write_text(text, encoding='utf-8')
        names[str(path)] = number
    found = collections.defaultdict(list)
    for name, number in names.items():
        result = subprocess.run(
            [references.program(), 'check', '--isolated', '--select', 'ASYNC,AIO',
             '--target-version', '3.7', '--output-format', 'json', name],
            capture_output=True, text=True, check=False)
        if result.returncode not in (0, 1):
            raise SystemExit(f'{name}: exit {result.returncode}: {result.stderr[:300]}')
        for item in json.loads(result.stdout):
            if item['severity'] != 'info':
                found[number].append((item['location']['row'], item['code']))
    return found


def original_text(mutant):
    """The coroutine's file unbroken."""
    if mutant.rule in MENDED:
        return mutant.text().replace(*MENDED[mutant.rule])
    return mutant.module.text


def main():
    """Break, check, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--sample', action='store_true', help='fewer mutants, of fewer files')
    parser.add_argument('--show', action='store_true', help='print what is not found')
    parser.add_argument('--way', action='append', choices=[way.__name__ for _, way in WAYS])
    arguments = parser.parse_args()
    wanted = SAMPLE if arguments.sample else WANTED
    ways = [(rule, way) for rule, way in WAYS
            if not arguments.way or way.__name__ in arguments.way]
    chosen = choose(candidates(8 if arguments.sample else 1, ways), wanted, ways)
    with tempfile.TemporaryDirectory() as folder:
        broken = check(folder, [mutant.text() for mutant in chosen])
    with tempfile.TemporaryDirectory() as folder:
        whole = check(folder, [original_text(mutant) for mutant in chosen])
    made, hit, false = (collections.Counter() for _ in range(3))
    for number, mutant in enumerate(chosen):
        key = mutant.rule, mutant.way
        made[key] += 1
        before = [row for row, code in whole[number]
                  if code == mutant.rule and row in mutant.rows]
        after = [row for row, code in broken[number] if code == mutant.rule]
        everywhere = [row for row, code in whole[number] if code == mutant.rule]
        is_found = len(after) > len(everywhere)
        hit[key] += is_found
        false[key] += bool(before)
        if arguments.show and (before or not is_found):
            print('false' if before else 'missed', mutant.rule, mutant.way, mutant.module.name,
                  mutant.rows.start)
    fails = False
    for key in made:
        share = hit[key] / made[key]
        is_good = share >= LEAST_FOUND and not false[key]
        fails = fails or not is_good
        print(f'{key[0]:9} {key[1]:24} {hit[key]:3} of {made[key]:3} found, '
              f'{false[key]} in the original{"" if is_good else "  <--"}')
    print(f'{sum(hit.values())} of {sum(made.values())} mutants found, '
          f'{sum(false.values())} findings in the originals')
    sys.exit(fails or len(made) < len(ways))


if __name__ == '__main__':
    main()
