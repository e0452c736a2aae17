import asyncio
import contextlib
import threading

import trio


def connect(): ...


class Store:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.slots = trio.CapacityLimiter(3)
        self.plain = threading.Lock()

    async def locked(self):
        async with self.lock:
            yield 1  # want "`self.lock` stays locked while the generator waits at this `yield`"

    async def limited(self):
        for x in range(3):
            async with self.slots:
                yield x  # want "`self.slots` stays locked"

    async def plainly(self):
        with self.plain:
            yield 1  # want "`self.plain` stays locked"


async def resources(url):
    async with connect(url) as c:
        async for row in c:
            yield row  # want "`connect\\(\\)` is left only when the generator goes on"
    with open("x") as f:
        yield f  # want "`open\\(\\)` is left only"
    async with connect(url) as a, connect(url) as b:
        yield a + b  # want "left only"
    with contextlib.suppress(ValueError):
        with connect(url):
            yield 1  # want "left only"


async def single():
    async with connect() as c:
        yield c  # want "`connect\\(\\)` is left only"


async def harmless(url, gen):
    with contextlib.suppress(ValueError):
        yield 1
    with contextlib.nullcontext():
        yield 1
    async with contextlib.aclosing(gen) as items:
        async for x in items:
            yield x
    async with connect(url) as c:
        rows = await c.rows()
    for row in rows:
        yield row


def plain(url):
    with connect(url) as c:
        yield c


@contextlib.asynccontextmanager
async def manager(url):
    async with connect(url) as c:
        yield c


@trio.as_safe_channel
async def channel(url):
    async with connect(url) as c:
        yield c


@connect
async def unknown_decorator(url):
    async with connect(url) as c:
        yield c
