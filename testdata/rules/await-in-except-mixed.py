import asyncio

import trio


async def several(stream):
    try:
        await stream.send(b"x")
    except OSError:
        await stream.send(b"y")
        await asyncio.sleep(1)
        await trio.sleep(1)  # want "a cancellation at an await in `except` replaces the exception"
        raise
