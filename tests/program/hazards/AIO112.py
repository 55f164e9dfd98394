waiting = []
together = []
real_sleep = asyncio.sleep


async def sleep(_):
    """Count how many wait at the same time."""
    waiting.append(1)
    together.append(len(waiting))
    await real_sleep(0.01)
    waiting.pop()

asyncio.sleep = sleep
asyncio.run(main())
print('outcome:', max(together), 'at a time')
