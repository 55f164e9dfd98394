connections = []


async def connect():
    """Take a turn of the event loop."""
    await asyncio.sleep(0.01)
    connections.append(object())
    return connections[-1]


async def drive():
    """Ask for the connection twice at the same time."""
    client = Client()
    await asyncio.gather(client.get(), client.get())
    print('outcome:', len(connections))

asyncio.run(drive())
