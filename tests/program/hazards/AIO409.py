import asyncio
import contextlib

closed = []
Pool.close = lambda self: asyncio.sleep(0, closed.append(1))


async def drive():
    """Fail inside the block."""
    async with open_pool():
        raise KeyError

with contextlib.suppress(KeyError):
    asyncio.run(drive())
print('outcome:', 'closed' if closed else 'open')
