import asyncio

import anyio


async def several(stream):
    try:
        await stream.send(b"x")
    finally:
        await stream.send(b"y")
        await asyncio.sleep(0)
        with anyio.move_on_after(10, shield=True):
            await anyio.sleep(1)
        with anyio.CancelScope(shield=True):
            await anyio.sleep(1)
