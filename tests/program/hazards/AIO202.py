asyncio.run(handler())
