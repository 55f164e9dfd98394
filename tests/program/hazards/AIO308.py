async def drive():
    """Cancel the task while it holds the lock."""
    lock = asyncio.Lock()
    task = asyncio.ensure_future(save(lock))
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])
    print('outcome:', 'locked' if lock.locked() else 'free')

asyncio.run(drive())
