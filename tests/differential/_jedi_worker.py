"""Tells for each [path, row, column] on standard input whether Jedi knows its coroutine function.

Runs in the environment that has Jedi. The argument is the project's folder; the answers are a list
of booleans: whether all that Jedi finds at the place are undecorated `async def` of the project.
"""
import json
import pathlib
import sys

import jedi


def is_own_coroutine(definition, root):
    """Whether it is an undecorated coroutine function below the root."""
    path = definition.module_path
    if definition.type != 'function' or path is None or root not in pathlib.Path(path).parents:
        return False
    node = definition._name.tree_name and definition._name.tree_name.parent
    above = node and node.parent
    if not above or above.type not in ('async_stmt', 'async_funcdef'):
        return False
    return above.parent.type != 'decorated'


def is_known(project, root, path, row, column):
    """Whether everything at the place is such a function."""
    text = (root / path).read_text(encoding='utf-8')
    line = text.split('\n')[row - 1]
    column = len(line.encode()[:column].decode())
    try:
        found = jedi.Script(text, path=str(root / path), project=project).goto(
            row, column, follow_imports=True)
    except Exception:  # whatever Jedi stumbles over
        return False
    return bool(found) and all(is_own_coroutine(definition, root) for definition in found)


def main():
    """Answer all questions."""
    root = pathlib.Path(sys.argv[1]).resolve()
    project = jedi.Project(str(root), added_sys_path=[str(root)], smart_sys_path=False)
    print(json.dumps([is_known(project, root, *place) for place in json.load(sys.stdin)]))


if __name__ == '__main__':
    main()
