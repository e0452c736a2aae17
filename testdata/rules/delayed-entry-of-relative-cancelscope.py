import asyncio
import contextlib
from asyncio import timeout as limit

import anyio
import async_timeout
import trio

SHARED = asyncio.timeout(5)  # want "the time of `asyncio.timeout\\(\\)` runs from here on"


async def work(*args): ...


class Client:
    scope = anyio.move_on_after(5)  # want "the time of `anyio.move_on_after\\(\\)` runs from here on"

    def __init__(self):
        self.limit = asyncio.timeout(5)  # want "the time of `asyncio.timeout\\(\\)` runs from here on"
        self.scope = trio.CancelScope()

    async def run(self, timeout=limit(3)):  # want "the time of `limit\\(\\)` runs"
        async with self.limit:
            await work()

    def soon(self):
        return asyncio.timeout(5)  # want "runs from here on"


async def awaits_between(seconds):
    outer = asyncio.timeout(5)  # want "the time of `asyncio.timeout\\(\\)` runs from here on, not from where it is entered"
    await work()
    async with outer:
        await work()

    inner = anyio.move_on_after(seconds)  # want "the time of `anyio.move_on_after\\(\\)`"
    async with open_it():
        with inner:
            await work()
    print(inner.cancelled_caught)

    again = async_timeout.timeout(5)  # want "the time of `async_timeout.timeout\\(\\)`"
    for x in seconds:
        async with again:
            await work(x)


async def at_once(seconds):
    scope = trio.move_on_after(seconds)  # want "`trio.move_on_after\\(\\)` is not entered where it is made"
    with scope:
        await work()
    other = anyio.fail_after(5)  # want "`anyio.fail_after\\(\\)` is not entered where it is made"
    print("soon")
    with other as cancel:
        await work(cancel)
    scopes = [trio.fail_after(5)]  # want "is not entered where it is made"
    await work(trio.fail_after(5))  # want "is not entered where it is made"
    return scopes


async def several(fast):
    if fast:
        scope = asyncio.timeout(5)  # want "runs from here on"
    else:
        scope = asyncio.timeout(50)  # want "runs from here on"
    await work()
    async with scope:
        await work()


async def forgotten():
    trio.fail_after(5)  # want "`trio.fail_after\\(\\)` does nothing unless it is entered"
    await work()
    asyncio.timeout(5)  # want "`asyncio.timeout\\(\\)` does nothing unless it is entered"


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
