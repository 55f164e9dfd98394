import asyncio


async def drive():
    """Handle two users at the same time."""
    users = await asyncio.gather(handle('ann'), handle('bob'))
    print('outcome:', *users)

asyncio.run(drive())
