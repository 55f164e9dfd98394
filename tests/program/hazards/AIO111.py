made = []


def make_task(loop, coroutine, **more):
    """Count the tasks."""
    made.append(coroutine)
    return asyncio.Task(coroutine, loop=loop, **more)


async def drive():
    """Run the example with what it makes counted."""
    asyncio.get_running_loop().set_task_factory(make_task)
    await main()
    print('outcome:', 'a task more' if made else 'no task more')

asyncio.run(drive())
