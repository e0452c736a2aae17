import asyncio

import anyio


async def several(stream):
    try:
        await stream.send(b"x")
    finally:
        await stream.send(b"y")
        await asyncio.sleep(0)
        await anyio.sleep(1)  # want "raises `CancelledError` at once.*`anyio.move_on_after\\(..., shield=True\\)`"
        with anyio.CancelScope(shield=True):
            await anyio.sleep(1)
