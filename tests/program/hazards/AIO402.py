finished = []


async def work():
    """Take more than one turn of the event loop."""
    await asyncio.sleep(0.01)
    finished.append(1)

asyncio.run(main())
print('outcome:', 'finished' if len(finished) == 2 else 'lost')
