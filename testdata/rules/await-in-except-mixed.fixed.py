import asyncio

import trio


async def several(stream):
    try:
        await stream.send(b"x")
    except OSError:
        await stream.send(b"y")
        await asyncio.sleep(1)
        with trio.move_on_after(10, shield=True):
            await trio.sleep(1)
        raise
