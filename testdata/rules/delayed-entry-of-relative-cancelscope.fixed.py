import asyncio
import contextlib
from asyncio import timeout as limit

import anyio
import async_timeout
import trio

SHARED = asyncio.timeout(5)


async def work(*args): ...


class Client:
    scope = anyio.move_on_after(5)

    def __init__(self):
        self.limit = asyncio.timeout(5)
        self.scope = trio.CancelScope()

    async def run(self, timeout=limit(3)):
        async with self.limit:
            await work()

    def soon(self):
        return asyncio.timeout(5)


async def awaits_between(seconds):

    await work()
    async with asyncio.timeout(5):
        await work()


    async with open_it():
        with anyio.move_on_after(seconds) as inner:
            await work()
    print(inner.cancelled_caught)


    for x in seconds:
        async with async_timeout.timeout(5):
            await work(x)


async def at_once(seconds):

    with trio.move_on_after(seconds):
        await work()
    other = anyio.fail_after(5)
    print("soon")
    with other as cancel:
        await work(cancel)
    scopes = [trio.fail_after(5)]
    await work(trio.fail_after(5))
    return scopes


async def several(fast):
    if fast:
        scope = asyncio.timeout(5)
    else:
        scope = asyncio.timeout(50)
    await work()
    async with scope:
        await work()


async def forgotten():
    trio.fail_after(5)
    await work()
    asyncio.timeout(5)


def open_it(): ...


async def right(stack: contextlib.ExitStack, fast, timeout, move_on_after):
    with trio.move_on_after(5):
        await work()
    with trio.move_on_after(5) as scope:
        await work(scope)
    with (named := trio.move_on_after(5)):
        await work(named)
    async with asyncio.timeout(5), asyncio.timeout(6) as limit:
        await work(limit)
    with (trio.fail_after(5), trio.fail_after(6) as both):
        await work(both)
    with trio.move_on_after(5) if fast else trio.fail_after(6):
        await work()
    stack.enter_context(trio.fail_after(5))
    with stack.enter_context(trio.fail_after(5)):
        await work()
    made = trio.CancelScope()
    made = trio.CancelScope(relative_deadline=5)
    at = asyncio.timeout_at(asyncio.get_running_loop().time() + 5)
    await work(made, at)
    other = move_on_after(5)
    other = timeout(5)
    await work(other)
