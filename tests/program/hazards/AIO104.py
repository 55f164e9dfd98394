try:
    asyncio.run(bump([]))
    print('outcome: fine')
except (AttributeError, TypeError):  # which one depends on the version of Python
    print('outcome: refused')
