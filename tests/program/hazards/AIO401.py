import gc
import weakref

real_sleep = asyncio.sleep
waiters = []


async def sleep(delay):
    """Wait for a future that only the waiting task refers to; collect where `main` waits."""
    if delay == 1:
        waiter = asyncio.get_running_loop().create_future()
        waiters.append(weakref.ref(waiter))
        await waiter
        return
    await real_sleep(0)
    gc.collect()
    alive = [waiter() for waiter in waiters if waiter() is not None]
    print('outcome:', 'kept' if alive else 'collected')
    for waiter in alive:
        waiter.set_result(None)

asyncio.sleep = sleep
asyncio.run(main())
