async def drive():
    """Bump three times at the same time."""
    counter = Counter()
    await asyncio.gather(*[counter.bump() for _ in range(3)])
    print('outcome:', counter.value)

asyncio.run(drive())
