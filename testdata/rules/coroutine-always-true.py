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
        if self.connected():  # want "`self.connected..` is a coroutine, which is always true; await it"
            pass
        elif allowed():  # want "`allowed..`"
            pass
        while not self.connected():  # want "`self.connected..`"
            pass
        while self.event.wait():  # want "`self.event.wait..`"
            pass
        if self.event.is_set():
            pass
        if flag and allowed():  # want "`allowed..`"
            pass
        if allowed() and flag:  # want "`allowed..`"
            pass
        if flag and (unknown or allowed()):  # want "`allowed..`"
            pass
        assert allowed()  # want "`allowed..`"
        assert flag, allowed()
        assert not allowed(), "message"  # want "`allowed..`"
        x = 1 if allowed() else 2  # want "`allowed..`"
        y = allowed() or flag  # want "`allowed..`"
        z = flag or allowed()
        await z
        w = [u for u in unknown if allowed(u)]  # want "`allowed..`"
        if ok := allowed():  # want "`allowed..`"
            pass
        if (ok := allowed()) and flag:  # want "`allowed..`"
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
        held = allowed()
        if held:  # want "`held` holds a coroutine"
            pass
        kept = allowed()
        if kept:
            await kept
        return not allowed()  # want "`allowed..`"


def sync():
    if allowed():  # want "`allowed..`"
        pass
    return all(allowed(x) for x in [])  # want "`allowed..` is a coroutine, which is always true"


async def match(x):
    match x:
        case 1 if await allowed():
            pass


async def several(users):
    if any(allowed(u) for u in users):  # want "`allowed..` is a coroutine, which is always true"
        print("one")
    if all([allowed(u) for u in users]):  # want "`allowed..` is a coroutine, which is always true"
        print("all")
    print(any([allowed(), await allowed()]))  # want "`allowed..` is a coroutine"
    print(any([await allowed(u) for u in users]), any(users), any(u for u in users))


async def or_404(key):
    found = allowed(key)
    if not found:  # want "`found` holds a coroutine, which is always true"
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
        self.assertTrue(allowed())  # want "`allowed..` is a coroutine, which is always true; await it"
        self.assertFalse(allowed(), "message")  # want "`allowed..`"
        self.assertTrue(await allowed())
        self.assertTrue(asyncio.iscoroutine(allowed()))
        held = allowed()
        self.assertTrue(held)
        await held
        mock = AsyncMock(return_value=True)
        self.assertTrue(mock())  # want "`mock..`"
        self.assertTrue(mock.method())
        self.assertTrue(mock.called)


async def callbacks(ready: Callable[[], Awaitable[bool]], plain: Callable[[], bool]):
    if ready():  # want "`ready..` is a coroutine, which is always true"
        print("ready")
    if await ready() or plain():
        print("ready")
