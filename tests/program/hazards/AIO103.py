asyncio.run(stop(asyncio.Event()))
