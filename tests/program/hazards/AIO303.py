async def drive():
    """Update twice at the same time."""
    await asyncio.gather(update([]), update([]))

asyncio.run(drive())
