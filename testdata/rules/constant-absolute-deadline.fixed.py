import asyncio
import math
import time
from math import inf

import anyio
import async_timeout
import trio
from trio import fail_at

LIMIT = 5


async def work(): ...


async def constants(loop: asyncio.AbstractEventLoop):
    with trio.fail_after(5):
        await work()
    with trio.fail_after(0):
        await work()
    with trio.move_on_after(5 * 60.0):
        await work()
    with trio.move_on_after(seconds=5):
        await work()
    with trio.fail_after(5):
        await work()
    with trio.CancelScope(relative_deadline=5):
        await work()
    with anyio.CancelScope(shield=True, deadline=anyio.current_time() + 5):
        await work()
    async with asyncio.timeout(5):
        await work()
    async with asyncio.timeout(delay=7):
        await work()
    async with async_timeout.timeout(7):
        await work()
    await trio.sleep(5)
    await anyio.sleep(delay=5)
    loop.call_later(5, print)
    asyncio.get_running_loop().call_later(10, print)


async def right(loop: asyncio.AbstractEventLoop, when, timeout_at, clock):
    with trio.fail_at(trio.current_time() + 5):
        await work()
    with trio.fail_at(when):
        await work()
    with trio.fail_at(math.inf):
        await work()
    with trio.fail_at(-math.inf), trio.move_on_at(inf), trio.fail_at(float("inf")):
        await work()
    with trio.CancelScope(relative_deadline=5), anyio.CancelScope(shield=True):
        await work()
    with trio.fail_after(5), trio.move_on_after(5):
        await work()
    async with asyncio.timeout_at(None):
        await work()
    async with asyncio.timeout_at(loop.time() + 5):
        await work()
    async with asyncio.timeout(5):
        await work()
    async with asyncio.timeout_at(time.time() + LIMIT):
        await work()
    async with timeout_at(5):
        await work()
    loop.call_at(when, print)
    loop.call_later(5, print)
    clock.fail_at(5)
