"""`asynclint graph`: what functions do with each other, as text, JSON and DOT."""
import json
import re
import unittest

from _project import ProjectTest

APP = '''import asyncio
import threading

import db


async def main(pool):
    await fetch()
    await asyncio.gather(*[fetch() for _ in range(2)])
    kept = fetch()
    loop = asyncio.get_event_loop()
    loop.call_soon(tick)
    await loop.run_in_executor(None, db.query)
    threading.Thread(target=lambda: db.query()).start()
    db.load(tick)
    pool.unknown(tick)
    db.load(tick)
    return kept


async def fetch():
    async for row in db.rows():
        print(row)


def tick():
    pass


def alone():
    pass


asyncio.run(main(None))
'''
DB = '''import time


def query():
    time.sleep(1)


def load(after):
    query()


async def rows():
    yield 1
'''


class GraphTest(ProjectTest):
    """Two files, seen in each form."""

    def setUp(self):
        """Write the files."""
        super().setUp()
        self.write('app.py', APP)
        self.write('db.py', DB)

    def graph(self, *arguments, status=0, said=b''):
        """Return what is written."""
        result = self.run_program('graph', '--isolated', *arguments)
        self.assertEqual((result.returncode, result.stderr), (status, said))
        return result.stdout.decode()

    def json(self, *arguments):
        """Return the functions by name, the edges and the leaves as tuples of names."""
        graph = json.loads(self.graph('--output-format', 'json', *arguments))
        self.assertEqual(sorted(graph), ['edges', 'functions', 'leaves'])
        functions = graph['functions']
        self.assertEqual([each['id'] for each in functions], list(range(len(functions))))
        names = [each['name'] for each in functions]
        edges = [(names[each['from']], each['kind'], names[each['to']]) for each in graph['edges']]
        leaves = [(names[each['from']], each['name'], each['line']) for each in graph['leaves']]
        return {each['name']: each for each in functions}, edges, leaves

    def test_edges_have_their_kinds(self):
        """Each way in which a function can be used, once."""
        _, edges, leaves = self.json()
        self.assertEqual(sorted(edges), sorted([
            ('<module>', 'scheduled', 'main'), ('main', 'awaited', 'fetch'),
            ('main', 'scheduled', 'fetch'), ('main', 'callback', 'tick'),
            ('main', 'thread', 'query'), ('main', 'thread', 'lambda'), ('main', 'called', 'load'),
            ('main', 'passed', 'tick'), ('lambda', 'called', 'query'), ('load', 'called', 'query'),
            ('fetch', 'awaited', 'rows')]))
        self.assertEqual(leaves, [('query', 'time.sleep', 5)])

    def test_functions_have_contexts(self):
        """On the loop, in a thread, at import; and whether they lead to what blocks."""
        functions, _, _ = self.json()
        self.assertNotIn('alone', functions)
        contexts = {name: each['contexts'] for name, each in functions.items()}
        self.assertEqual(contexts, {
            '<module>': ['import'], 'main': ['loop'], 'fetch': ['loop'], 'tick': ['loop'],
            'lambda': ['thread'], 'query': ['loop', 'thread'], 'load': ['loop'], 'rows': ['loop']})
        blocking = [name for name, each in functions.items() if each['blocks']]
        self.assertEqual(blocking, ['main', 'lambda', 'query', 'load'])
        self.assertEqual([functions['rows'][key] for key in ('kind', 'line', 'column', 'path')],
                         ['async generator', 12, 11, 'db.py'])

    def test_text(self):
        """One line for each edge and each leaf."""
        text = self.graph('app.py', 'db.py')
        self.assertIn('app.py\n    <module>\n        schedules   main ', text)
        self.assertRegex(text, r'\n    main:7, coroutine, on a loop\n'
                               r' +awaits +fetch +:21\n +schedules +fetch +:21\n')
        self.assertRegex(text, r'\n +calls +load +db\.py:8, blocks\n')
        self.assertRegex(text, r'\n    query:4, function, on a loop, in a thread\n'
                               r' +calls +time\.sleep +BLOCKS\n')

    def test_dot_is_balanced_and_escaped(self):
        """A name is one string in DOT, whatever it holds, and shows no control character."""
        self.write('we"ird\\ \x1b[2J\n\u202e.py', APP)
        dot = self.graph('--output-format', 'dot')
        self.assertTrue(dot.startswith('digraph asynclint {\n') and dot.endswith('}\n'))
        self.assertEqual(dot.count('{'), dot.count('}'))
        for line in dot.splitlines():
            self.assertRegex(line, r'^([^"\\]|"([^"\\]|\\["\\])*")*$')
        self.assertIn(r'label="we\"ird\\ \\x1b[2J\\x0a\\u202e.py"', dot)
        self.assertRegex(dot, r'shape=octagon, color=red, label="time.sleep"')
        self.assertIsNone(re.search('[\x00-\x09\x0b-\x1f\u202e]', dot))
        text = self.graph()
        self.assertIn('we"ird\\ \\x1b[2J\\x0a\\u202e.py\n', text)

    def test_json_keeps_names(self):
        """What is escaped in JSON comes back as it was."""
        self.write('we"ird\n\u202e.py', APP)
        paths = {each['path'] for each in
                 json.loads(self.graph('--output-format', 'json'))['functions']}
        self.assertEqual(paths, {'app.py', 'db.py', 'we"ird\n\u202e.py'})

    def test_the_same_bytes_on_any_number_of_threads(self):
        """Neither jobs nor the order of the paths change anything."""
        for form in ('text', 'json', 'dot'):
            forms = {self.graph('--output-format', form, *arguments)
                     for arguments in (['app.py', 'db.py'], ['db.py', 'app.py'],
                                       ['-j', '1', 'app.py', 'db.py'],
                                       ['-j', '8', 'db.py', 'app.py'])}
            self.assertEqual(len(forms), 1, form)

    def test_what_the_user_knows(self):
        """Configured calls block, and run in threads what they are given."""
        _, edges, leaves = self.json('--thread-calls', '*.unknown', '--blocking-calls', 'print')
        self.assertIn(('main', 'thread', 'tick'), edges)
        self.assertIn(('fetch', 'print', 23), leaves)
        self.assertEqual(self.json('--non-blocking-calls', 'time.sleep')[2], [])

    def test_trouble(self):
        """Wrong forms, no files, and files that cannot be read."""
        self.assertIn('is none of text|json|dot', self.fails('graph', '--output-format', 'github'))
        self.assertIn('no option', self.fails('graph', '--select', 'E'))
        (self.root / 'empty').mkdir()
        self.assertEqual(self.graph('empty'), '')
        self.assertEqual(json.loads(self.graph('--output-format', 'json', 'empty')),
                         {'edges': [], 'functions': [], 'leaves': []})
        self.graph('gone.py', said=b'asynclint: gone.py cannot be read and is not in the graph\n')
        self.write('deep.py', '(' * 300 + ')' * 300 + '\n')
        self.assertIn('main:7', self.graph(
            said=b'asynclint: deep.py cannot be read and is not in the graph\n'))

    def test_broken_files_are_in_it_as_far_as_they_go(self):
        """A syntax error hides neither the file nor the others."""
        self.write('broken.py', 'async def early():\n    pass\n\ndef f(:\n')
        self.assertIn('early:1', self.graph())

    def test_help(self):
        """The help names the forms."""
        result = self.run_program('graph', '--help')
        self.assertEqual(result.returncode, 0)
        self.assertIn(b'--output-format FORM', result.stdout)
        self.assertNotIn(b'--select', result.stdout)


if __name__ == '__main__':
    unittest.main()
