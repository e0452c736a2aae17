import asyncio

import anyio
import trio
import trio as t
from anyio import sleep
from trio import sleep as ts

NOTHING = 0


class Clock:
    async def sleep(self, seconds): ...


async def zero(clock: Clock, seconds, unknown):
    await trio.sleep(0)  # want "`trio.sleep\\(0\\)` does not sleep; use `trio.lowlevel.checkpoint\\(\\)`"
    await trio.sleep(0.0)  # want "trio.lowlevel.checkpoint"
    await trio.sleep(False)  # want "trio.lowlevel.checkpoint"
    await trio.sleep((0))  # want "trio.lowlevel.checkpoint"
    await trio.sleep(seconds=0)  # want "trio.lowlevel.checkpoint"
    await anyio.sleep(0)  # want "anyio.lowlevel.checkpoint"
    await anyio.sleep(delay=0)  # want "anyio.lowlevel.checkpoint"
    await ts(0)  # want "`t.lowlevel.checkpoint"
    await sleep(0)  # want "anyio.lowlevel.checkpoint"
    await t.sleep(0)  # want "t.lowlevel.checkpoint"
    for _ in seconds:
        await trio.sleep(  # want "trio.lowlevel.checkpoint"
            0  # a comment
        )
    wait = lambda: trio.sleep(0)  # want "trio.lowlevel.checkpoint"
    await wait()

    await asyncio.sleep(0)
    await asyncio.sleep(0, "value")
    await trio.sleep(NOTHING)
    await trio.sleep(seconds)
    await trio.sleep(1)
    await trio.sleep(0.1)
    await trio.sleep(*[0])
    await clock.sleep(0)
    await unknown.sleep(0)
    trio.run(trio.sleep, 0)


async def here():
    import trio as local

    await local.sleep(0)  # want "local.lowlevel.checkpoint"


async def hidden(anyio):
    await sleep(0)  # want "anyio.lowlevel.checkpoint"
