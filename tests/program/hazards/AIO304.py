async def drive():
    """Make the cache where there is a loop."""
    await Cache().add()

asyncio.run(drive())
