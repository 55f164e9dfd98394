async def drive():
    """Ask for the same entry twice."""
    return await config('a'), await config('a')

asyncio.run(drive())
