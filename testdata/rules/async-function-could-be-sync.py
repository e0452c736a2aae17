import asyncio
from typing import Protocol, overload

import pytest


async def plain():  # want "`plain` never awaits anything; make it a plain function, unless its callers need a coroutine"
    return 1


async def raises():  # want "`raises` never awaits"
    raise ValueError


async def generator():  # want "`generator` never awaits"
    yield 1


async def lazy(items):  # want "`lazy` never awaits"
    return (x async for x in items)


async def outer():  # want "`outer` never awaits"
    async def inner():
        await asyncio.sleep(1)

    return inner


async def unused_inner():
    async def inner():  # want "`inner` never awaits"
        return 1

    return await inner()


def in_plain():
    async def inner():  # want "`inner` never awaits"
        return 1

    return asyncio.run(inner())


# What follows is silent.


async def awaits():
    await asyncio.sleep(1)


async def nested_await(flag):
    if flag:
        return [await x for x in flag]
    return None


async def iterates(items):
    return [x async for x in items]


async def first_iterable(items):
    return (x for x in await items)


async def loops(items):
    async for _ in items:
        pass


async def enters(manager):
    async with manager:
        pass


async def dots(): ...


async def documented():
    """Does nothing."""


async def passes():
    pass


async def abstract():
    raise NotImplementedError


@overload
async def declared(a: int) -> int: ...


@pytest.fixture
async def fixture():
    return 1


def plain_def():
    return 1


class Base(Protocol):
    async def method(self):
        return 1

    @staticmethod
    async def static():
        return 1


def handed_on(app):
    async def receive():
        return {}

    async def stored():
        return 1

    app.handlers["x"] = stored
    return app(receive)


def local_class():
    class Local:
        async def method(self):
            return 1

    return Local
