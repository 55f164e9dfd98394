said = []


async def is_up(host):
    """Tell that no host is up."""
    return host is None


def print(*words):
    """Note what `main` says."""
    said.append(words)

asyncio.run(main())
__import__('sys').stdout.write('outcome: ' + ('said to be up' if said else 'down') + '\n')
