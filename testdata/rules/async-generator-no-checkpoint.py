from contextlib import asynccontextmanager

import anyio


async def fetch(*args):
    await anyio.sleep(1)


async def once():  # want "`once` may come here without a checkpoint since it began, or since its last `yield`"
    yield 1  # want "`once` may come here"


async def behind():  # want "`behind`"
    await fetch()
    yield 1


async def before():
    yield 1  # want "`before`"
    await fetch()


async def loop(x):
    await fetch()
    for y in x:
        yield y  # want "`loop`"
    await fetch()


async def maybe_empty(x):  # want "`maybe_empty`"
    for y in x:
        await fetch()
        yield y


async def value():
    await fetch()
    x = yield 1
    y = yield x  # want "`value`"
    await fetch(y)


async def early(x):
    await fetch()
    yield 1
    if x:
        return  # want "`early`"
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
