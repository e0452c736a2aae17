import asyncio
import contextlib
from abc import abstractmethod
from contextlib import asynccontextmanager
from typing import overload

import pytest
import trio


def work(*args): ...


async def fetch(*args):
    await trio.sleep(1)


async def none():
    work()
    await asyncio.sleep(0)


async def early(x):
    if x:
        await asyncio.sleep(0)
        return
    await fetch()


async def value(x):
    await asyncio.sleep(0)
    return x


async def branch(x):
    if x:
        await fetch()
    await asyncio.sleep(0)


async def maybe_empty(x):
    for y in x:
        await fetch(y)
    await asyncio.sleep(0)


async def surely_empty():
    for y in ():
        await fetch(y)
    await asyncio.sleep(0)


async def while_loop(x):
    while x:
        await fetch()
    await asyncio.sleep(0)


async def handled():
    try:
        await fetch()
    except ValueError:
        pass
    await asyncio.sleep(0)


async def suppressed():
    with contextlib.suppress(ValueError):
        await fetch()
    await asyncio.sleep(0)


async def short_cut(x):
    work(x and await fetch())
    await asyncio.sleep(0)


async def conditional(x):
    x = await fetch() if x else None
    work(x)
    await asyncio.sleep(0)


async def comprehension(x):
    work([await fetch(y) for y in x])
    await asyncio.sleep(0)


async def lazily(x):
    work(await fetch(y) for y in x)
    await asyncio.sleep(0)


async def nested():
    async def inner():
        await fetch()

    work(inner)
    await asyncio.sleep(0)


async def match(x):
    match x:
        case 1:
            await fetch()
    await asyncio.sleep(0)


async def timeout_only():
    async with asyncio.timeout(5):
        work()
    await asyncio.sleep(0)


async def empty_group():
    async with asyncio.TaskGroup():
        work()
    await asyncio.sleep(0)


class Manager:
    async def method(self):
        work()
        await asyncio.sleep(0)

    @property
    async def attribute(self):
        work()
        await asyncio.sleep(0)

    @abstractmethod
    async def abstract(self):
        work()

    @overload
    async def overloaded(self):
        work()

    async def __aenter__(self):
        work()

    async def __aexit__(self, *args):
        await fetch()


class Half:
    async def __aenter__(self):
        work()
        await asyncio.sleep(0)


class Derived(work):
    async def __aenter__(self):
        work()


async def awaits():
    await fetch()


async def returns():
    return await fetch()


async def both(x):
    if x:
        await fetch()
    else:
        await fetch()


async def loops(x):
    async for y in x:
        work(y)


async def enters(x):
    async with x:
        return


async def in_nursery():
    async with trio.open_nursery():
        work()


async def in_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch())


async def runs_once():
    for x in range(3):
        for y in (1, 2):
            await fetch(x, y)


async def runs_once_in_a_loop(x):
    while x:
        for y in [1]:
            await fetch(y)
    else:
        await fetch()


async def at_last():
    try:
        return
    finally:
        await fetch()


async def handled_and_again():
    try:
        await fetch()
    except ValueError:
        await fetch()


async def raises():
    raise ValueError


async def raises_or_awaits(x):
    if x:
        raise ValueError
    await fetch()


async def for_ever():
    while True:
        await fetch()


async def first_iterable():
    work(x for x in await fetch())


async def asynchronous_comprehension(x):
    work([y async for y in x])


async def matched(x):
    match x:
        case 1:
            await fetch()
        case _:
            await fetch()


async def empty():
    """Nothing."""


async def stub(): ...


@asynccontextmanager
async def manager():
    work()
    yield


@pytest.fixture
async def fixture():
    work()


def plain():
    work()
