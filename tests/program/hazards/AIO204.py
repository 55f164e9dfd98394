import asyncio


async def drive():
    """Let another task of the same loop set what the example waits for."""
    done = wait.__annotations__['done']()

    async def finish():
        await asyncio.sleep(0.05)
        done.set()
    await asyncio.gather(finish(), wait(done))

asyncio.run(drive())
