said = []
tell = print


def print(*words):
    """Note what the generator says."""
    said.append(words)


async def drive():
    """Look right after the loop was left."""
    await first()
    tell('outcome:', 'closed' if said else 'left open')

asyncio.run(drive())
