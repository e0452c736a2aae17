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
        async with self._lock:
            pass
        async with self._lock:
            pass
        with self._tlock:
            pass
        with self._tlock:
            pass


async def main(thing, sem: asyncio.Semaphore):
    async with session():
        pass
    with session() as s, plain() as p:
        pass
    async with session() as s, session() as t:
        pass
    async with (
        session() as s,
        session(),
    ):
        pass
    with plain():
        pass
    with plain() as p, plain():
        pass
    async with plain(), session():
        pass
    with open("x") as f:
        pass
    async with sem:
        pass
    async with (sem):
        pass
    async with asyncio.timeout(1):
        pass
    with contextlib.suppress(ValueError):
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
    with await connect():
        pass
    async with await open_session():
        pass
    async with await connect():
        pass
    async with await connect():
        pass
    async with aiohttp.ClientSession() as client:
        async with client.get("x"):
            pass
        async with client.get("x"):
            pass


def sync(lock: asyncio.Lock):
    with lock:
        pass


async def stacks():
    async with contextlib.AsyncExitStack() as stack:
        a = await stack.enter_async_context(session())
        b = stack.enter_context(contextlib.closing(a))
        c = await stack.enter_async_context(session())
        d = stack.enter_context(contextlib.closing(c))
        print((await stack.enter_async_context(session())).value, b, d)
    with contextlib.ExitStack() as plain:
        plain.enter_context(session())
        plain.enter_context(open("x"))


def enters(unknown):
    unknown.enter_context(session())


@trio.as_safe_channel
async def numbers():
    yield 1


async def safe_channel():
    async with numbers() as stream:
        print(stream)
    async with numbers() as stream:
        print(stream)
