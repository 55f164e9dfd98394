ticks = []


async def tick():
    """Count how often the event loop comes round."""
    import asyncio
    while True:
        await asyncio.sleep(0.01)
        ticks.append(1)


async def drive():
    """Run the example beside the counting."""
    import asyncio
    ticker = asyncio.ensure_future(tick())
    await asyncio.sleep(0.05)
    ticks.clear()
    await handler()
    print('outcome:', 'the loop goes on' if len(ticks) > 5 else 'the loop stands still')
    ticker.cancel()

__import__('asyncio').run(drive())
