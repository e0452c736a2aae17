import contextlib

import pytest
import trio


def other(fn): ...


async def generator():  # want "`generator` is an asynchronous generator, whose cleanup nobody guarantees"
    yield 1


class C:
    async def method(self):  # want "`method` is an asynchronous generator"
        await trio.sleep(1)
        yield 1

    @property
    async def items(self):  # want "`items` is an asynchronous generator"
        yield 1


@other
async def decorated():  # want "`decorated` is an asynchronous generator"
    x = yield
    print(x)


async def coroutine():
    def inner():
        yield 1

    async def nested():  # want "`nested` is an asynchronous generator"
        yield 1

    return lambda: (yield)


def plain():
    yield 1


@contextlib.asynccontextmanager
async def manager():
    yield 1


@pytest.fixture(scope="module")
async def fixture():
    yield 1


@trio.as_safe_channel
async def channel():
    yield 1
