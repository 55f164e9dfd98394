"""The code bases on which the async rules are read, and our findings on them."""
import json
import subprocess

import _references as references

# Tree to the folders that are checked, below its corpus, and the oldest Python it runs on.
TREES = {
    'aiohttp': ('aiohttp-3.14.5', ['.'], '3.10'),
    'cpython': ('cpython', ['asyncio', 'test/test_asyncio'], '3.11'),
    'django': ('django-5.2.19', ['.'], '3.10'),
    'homeassistant': ('homeassistant', ['homeassistant'], '3.12'),
    'httpx': ('httpx-0.28.1', ['.'], '3.8'),
}


def folder_of(tree):
    """The folder of a tree; ends the script where it is missing."""
    corpora = references.corpora()
    name = TREES[tree][0]
    if name not in corpora:
        references.skip(f'no corpus {name}')
    return corpora[name].resolve()


def findings(tree, codes, *options):
    """Our findings on a tree: (path, line, code, severity, message), paths below its folder."""
    folder = folder_of(tree)
    _, paths, version = TREES[tree]
    command = [references.program(), 'check', '--isolated', '--select', codes,
               '--target-version', version, '--output-format', 'json', *options, *paths]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode not in (0, 1):
        raise SystemExit(f'{command}: exit {result.returncode}: {result.stderr[:500]}')
    found = []
    for item in json.loads(result.stdout):
        path = item['filename']
        prefix = str(folder) + '/'
        path = path[len(prefix):] if path.startswith(prefix) else path
        path = path[2:] if path.startswith('./') else path
        found.append((path, item['location']['row'], item['code'], item['severity'],
                      item['message']))
    return found


def source_lines(tree, path):
    """The lines of a file of a tree."""
    return (folder_of(tree) / path).read_text(encoding='utf-8', errors='replace').split('\n')
