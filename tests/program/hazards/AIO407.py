import os

real_sleep = asyncio.sleep


async def drive():
    """Cancel the task and give it five turns to end."""
    task = asyncio.ensure_future(poll())
    await real_sleep(0)
    task.cancel()
    for _ in range(5):
        await real_sleep(0)
    print('outcome:', 'cancelled' if task.done() else 'survived', flush=True)
    os._exit(0)

asyncio.run(drive())
