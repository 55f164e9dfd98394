import asyncio


async def drive():
    """Be cancelled inside the block."""
    async with Guard():
        raise asyncio.CancelledError

try:
    asyncio.run(drive())
    print('outcome: swallowed')
except asyncio.CancelledError:
    print('outcome: raised')
