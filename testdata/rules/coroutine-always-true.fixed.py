import asyncio
import unittest
from typing import Awaitable, Callable, Coroutine
from unittest.mock import AsyncMock


async def allowed(user=None) -> bool:
    return True


def maybe(flag) -> "Coroutine | None": ...


class Client:
    def __init__(self):
        self.event = asyncio.Event()

    async def connected(self):
        return True

    async def run(self, flag, unknown):
        if await self.connected():
            pass
        elif await allowed():
            pass
        while not await self.connected():
            pass
        while await self.event.wait():
            pass
        if self.event.is_set():
            pass
        if flag and await allowed():
            pass
        if await allowed() and flag:
            pass
        if flag and (unknown or await allowed()):
            pass
        assert await allowed()
        assert flag, allowed()
        assert not await allowed(), "message"
        x = 1 if await allowed() else 2
        y = await allowed() or flag
        z = flag or allowed()
        await z
        w = [u for u in unknown if await allowed(u)]
        if ok := await allowed():
            pass
        if (ok := await allowed()) and flag:
            pass
        if self.connected:
            pass
        if unknown.connected():
            pass
        if await self.connected():
            pass
        if maybe(flag):
            pass
        coro = allowed() if flag else None
        if coro:
            await coro
        held = await allowed()
        if held:
            pass
        kept = allowed()
        if kept:
            await kept
        return not await allowed()


def sync():
    if allowed():
        pass
    return all(allowed(x) for x in [])


async def match(x):
    match x:
        case 1 if await allowed():
            pass


async def several(users):
    if any(allowed(u) for u in users):
        print("one")
    if all([await allowed(u) for u in users]):
        print("all")
    print(any([await allowed(), await allowed()]))
    print(any([await allowed(u) for u in users]), any(users), any(u for u in users))


async def or_404(key):
    found = await allowed(key)
    if not found:
        raise KeyError(key)
    return found


async def awaited_after_all(key):
    found = allowed(key)
    if found:
        return await found
    return found


def handed_on(key):
    found = allowed(key)
    if not found:
        raise KeyError(key)
    return found


class Test(unittest.IsolatedAsyncioTestCase):
    async def test(self):
        self.assertTrue(await allowed())
        self.assertFalse(await allowed(), "message")
        self.assertTrue(await allowed())
        self.assertTrue(asyncio.iscoroutine(allowed()))
        held = allowed()
        self.assertTrue(held)
        await held
        mock = AsyncMock(return_value=True)
        self.assertTrue(await mock())
        self.assertTrue(mock.method())
        self.assertTrue(mock.called)


async def callbacks(ready: Callable[[], Awaitable[bool]], plain: Callable[[], bool]):
    if await ready():
        print("ready")
    if await ready() or plain():
        print("ready")
