async def drive():
    """Add ten times one at the same time."""
    stats = Stats()
    await asyncio.gather(*[stats.add('u') for _ in range(10)])
    print('outcome:', stats.total)

asyncio.run(drive())
