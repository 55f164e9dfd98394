"""AIO302 is an error where several tasks are seen to run the same code, and a hint elsewhere."""
import unittest

from _project import ProjectTest

POOL = '''import asyncio

SESSION = None


async def session():
    global SESSION
    if SESSION is None:
        SESSION = await asyncio.sleep(1, 'session')
    return SESSION


class Pool:
    connection = None

    async def get(self):
        if self.connection is None:
            self.connection = await asyncio.sleep(1, 'connection')
        return self.connection

    async def both(self):
        {both}


POOL = Pool()


async def work(pool: Pool):
    await POOL.get()
    await pool.get()
    await session()
'''
APP = '''import asyncio
from pool import POOL, Pool, session, work


async def main(one: Pool):
    {main}


asyncio.run(main())
'''
GET, SESSION = (18, 'self.connection'), (9, 'SESSION')


class ConcurrencyTest(ProjectTest):
    """Ways to start tasks, and of which value two of them may make two."""

    def seen(self, main='pass', both='pass'):
        """Return the lines and names of errors."""
        self.write('pool.py', POOL.format(both=both))
        self.write('app.py', APP.format(main=main))
        found = self.findings('--isolated', '--select', 'AIO302', 'pool.py', 'app.py')
        self.assertEqual(len(found), 2, found)
        self.assertLessEqual({each['severity'] for each in found}, {'error', 'info'})
        return [(each['location']['row'], each['message'].split('`')[1])
                for each in found if each['severity'] == 'error']

    def test_several_tasks(self):
        """gather(), create_task() in a loop or twice, servers, routes, and what these lead to."""
        self.assertEqual(self.seen('await asyncio.gather(session(), session())'), [SESSION])
        self.assertEqual(self.seen('await asyncio.gather(*[session() for _ in "ab"])'), [SESSION])
        self.assertEqual(self.seen('await asyncio.gather(one.get(), one.get())'), [GET])
        self.assertEqual(self.seen('await asyncio.gather(*(one.get() for _ in "ab"))'), [GET])
        self.assertEqual(self.seen('await asyncio.gather(POOL.get(), POOL.get())'), [GET])
        self.assertEqual(self.seen('t = [asyncio.ensure_future(one.get()) for _ in "ab"]'), [GET])
        self.assertEqual(self.seen('for _ in "ab": asyncio.create_task(session())'), [SESSION])
        self.assertEqual(self.seen(both='await asyncio.wait([self.get(), self.get()])'), [GET])
        self.assertEqual(self.seen('await asyncio.gather(one.both(), one.both())',
                                   'await self.get()'), [GET])
        self.assertEqual(self.seen('await asyncio.start_server(one.get)'), [GET])
        self.assertEqual(self.seen('await asyncio.start_server(session)'), [SESSION])
        self.assertEqual(self.seen('await asyncio.gather(*[work(one) for _ in "ab"])'),
                         [SESSION, GET])

    def test_one_task_after_the_other(self):
        """What is awaited before the next one starts, and what has an object for each task."""
        for main in ('await session(); await session()',
                     'await asyncio.gather(session(), one.get())',
                     'await asyncio.create_task(session()); await asyncio.create_task(session())',
                     'for _ in "ab": await asyncio.wait_for(session(), 1)',
                     'for _ in "ab": await asyncio.gather(session())',
                     'for _ in "ab": await asyncio.create_task(one.get())',
                     'await asyncio.gather(Pool().get(), Pool().get())',
                     'await asyncio.gather(*[Pool().get() for _ in "ab"])',
                     'a = Pool(); b = Pool(); await asyncio.gather(a.get(), b.get())',
                     'await asyncio.gather(*[pool.get() for pool in [one]])'):
            self.assertEqual(self.seen(main), [], main)
        self.assertEqual(self.seen(both='await self.get(); await self.get()'), [])

    def test_where_the_tasks_come_from(self):
        """The place is another one of the finding."""
        self.write('pool.py', POOL.format(both='pass'))
        self.write('app.py', APP.format(main='await asyncio.gather(one.get(), one.get())'))
        text = self.run_program('check', '--isolated', '--select', 'AIO302', '.').stdout.decode()
        self.assertIn('app.py:6:37: several tasks come from here\n', text)

    def test_routes(self):
        """Handlers of a web framework run for requests that come at the same time."""
        self.write('web.py', 'from fastapi import FastAPI\n\napp = FastAPI()\nROWS = None\n\n\n'
                             '@app.get("/")\nasync def index():\n    global ROWS\n'
                             '    if not ROWS:\n        ROWS = await load()\n    return ROWS\n')
        found = self.findings('--isolated', '--select', 'AIO302', 'web.py')
        self.assertEqual([each['severity'] for each in found], ['error'])


if __name__ == '__main__':
    unittest.main()
