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
    with trio.fail_at(5):  # want "`5` is a point of time on the event loop's clock, which begins anywhere; use `trio.fail_after\\(\\)`, or count from `trio.current_time\\(\\)`"
        await work()
    with trio.fail_at(0):  # want "trio.fail_after"
        await work()
    with trio.move_on_at(5 * 60.0):  # want "`5 \\* 60.0` is a point of time"
        await work()
    with trio.move_on_at(deadline=5):  # want "trio.move_on_after"
        await work()
    with fail_at(5):  # want "trio.fail_after"
        await work()
    with trio.CancelScope(deadline=5):  # want "use `relative_deadline`"
        await work()
    with anyio.CancelScope(shield=True, deadline=5):  # want "use `anyio.current_time\\(\\) \\+ 5`"
        await work()
    async with asyncio.timeout_at(5):  # want "use `asyncio.timeout\\(\\)`, or count from `loop.time\\(\\)`"
        await work()
    async with asyncio.timeout_at(when=7):  # want "asyncio.timeout"
        await work()
    async with async_timeout.timeout_at(7):  # want "async_timeout.timeout"
        await work()
    await trio.sleep_until(5)  # want "trio.sleep"
    await anyio.sleep_until(deadline=5)  # want "anyio.sleep"
    loop.call_at(5, print)  # want "loop.call_later"
    asyncio.get_running_loop().call_at(10, print)  # want "`asyncio.get_running_loop\\(\\).call_later\\(\\)`"


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
