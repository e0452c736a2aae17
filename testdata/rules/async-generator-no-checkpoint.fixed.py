from contextlib import asynccontextmanager

import anyio


async def fetch(*args):
    await anyio.sleep(1)


async def once():
    await anyio.lowlevel.checkpoint()
    yield 1
    await anyio.lowlevel.checkpoint()


async def behind():
    await fetch()
    yield 1
    await anyio.lowlevel.checkpoint()


async def before():
    await anyio.lowlevel.checkpoint()
    yield 1
    await fetch()


async def loop(x):
    await fetch()
    for y in x:
        await anyio.lowlevel.checkpoint()
        yield y
    await fetch()


async def maybe_empty(x):
    for y in x:
        await fetch()
        yield y
    await anyio.lowlevel.checkpoint()


async def value():
    await fetch()
    x = yield 1
    await anyio.lowlevel.checkpoint()
    y = yield x
    await fetch(y)


async def early(x):
    await fetch()
    yield 1
    if x:
        await anyio.lowlevel.checkpoint()
        return
    await fetch()


async def right(x):
    await fetch()
    yield 1
    await fetch()
    async for y in x:
        yield y
    async with x:
        yield 2
    if x:
        return


async def for_ever():
    while True:
        await fetch()
        yield 1


@asynccontextmanager
async def manager():
    yield 1


def plain():
    yield 1
