import asyncio
import contextlib
import threading
from contextlib import asynccontextmanager, contextmanager

import aiohttp
import trio


@asynccontextmanager
async def session():
    yield 1


@contextmanager
def plain():
    yield 1


async def connect() -> "Both":
    return Both()


async def open_session() -> aiohttp.ClientSession: ...


class Both:
    def __enter__(self): ...
    def __exit__(self, *a): ...
    async def __aenter__(self): ...
    async def __aexit__(self, *a): ...


class Neither:
    pass


class Unknown(Base):
    async def __aenter__(self): ...
    async def __aexit__(self, *a): ...


class Service:
    def __init__(self):
        self._lock = asyncio.Lock()
        self._tlock = threading.Lock()

    async def run(self):
        with self._lock:  # want "`self._lock` has no `__enter__`: `with` fails on it; use `async with`"
            pass
        async with self._lock:
            pass
        async with self._tlock:  # want "`self._tlock` has no `__aenter__`: `async with` fails on it; use `with`"
            pass
        with self._tlock:
            pass


async def main(thing, sem: asyncio.Semaphore):
    with session():  # want "`session..` has no `__enter__`"
        pass
    with session() as s, plain() as p:  # want "`session..` has no `__enter__`"
        pass
    with session() as s, session() as t:  # want "`session..`" "`session..`"
        pass
    with (
        session() as s,  # want "`session..`"
        session(),  # want "`session..`"
    ):
        pass
    async with plain():  # want "`plain..` has no `__aenter__`"
        pass
    async with plain() as p, plain():  # want "`plain..`" "`plain..`"
        pass
    async with plain(), session():  # want "`plain..`"
        pass
    async with open("x") as f:  # want "`open..` has no `__aenter__`"
        pass
    with await sem:  # want "`with await` on `sem` was removed in Python 3.9; use `async with`"
        pass
    with (await sem):  # want "removed in Python 3.9"
        pass
    with asyncio.timeout(1):  # want "`asyncio.timeout..`"
        pass
    async with contextlib.suppress(ValueError):  # want "`contextlib.suppress..`"
        pass
    with Both():
        pass
    async with Both():
        pass
    async with Neither():
        pass
    with Unknown():
        pass
    with thing:
        pass
    with connect():  # want "`connect..` gives a coroutine, which is no context manager"
        pass
    with open_session():  # want "gives a coroutine"
        pass
    async with connect():  # want "await it first"
        pass
    async with await connect():
        pass
    async with aiohttp.ClientSession() as client:
        async with client.get("x"):
            pass
        with client.get("x"):  # want "`client.get..` has no `__enter__`"
            pass


def sync(lock: asyncio.Lock):
    with lock:  # want "`lock` has no `__enter__`"
        pass


async def stacks():
    async with contextlib.AsyncExitStack() as stack:
        a = stack.enter_context(session())  # want "`session..` has no `__enter__`: `enter_context..` fails on it"
        b = await stack.enter_async_context(contextlib.closing(a))  # want "has no `__aenter__`: `enter_async_context..` fails on it"
        c = await stack.enter_async_context(session())
        d = stack.enter_context(contextlib.closing(c))
        print((stack.enter_context(session())).value, b, d)  # want "`session..` has no `__enter__`"
    with contextlib.ExitStack() as plain:
        plain.enter_context(session())  # want "`session..` has no `__enter__`"
        plain.enter_context(open("x"))


def enters(unknown):
    unknown.enter_context(session())


@trio.as_safe_channel
async def numbers():
    yield 1


async def safe_channel():
    async with numbers() as stream:
        print(stream)
    with numbers() as stream:  # want "`numbers\\(\\)` has no `__enter__`"
        print(stream)
